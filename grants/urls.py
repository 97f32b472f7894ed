"""The table of contents: every page of asking and giving, by verb."""

from django.urls import path

from grants.advise import views as advise
from grants.again import views as again
from grants.allow import views as allow
from grants.appoint import views as appoint
from grants.ask import views as ask
from grants.audit import views as audit
from grants.brand import views as brand
from grants.confirm import views as confirm
from grants.decide import views as decide
from grants.disclose import views as disclose
from grants.divide import views as divide
from grants.enclose import views as enclose
from grants.enquire import views as enquire
from grants.entrust import views as entrust
from grants.export import views as export
from grants.extend import views as extend
from grants.help import views as help_
from grants.join import views as join
from grants.objection import views as objection
from grants.organise import views as organise
from grants.oversee import views as oversee
from grants.overview import views as overview
from grants.phrase import views as phrase
from grants.promise import views as promise
from grants.reach import views as reach
from grants.recall import views as recall
from grants.refer import views as refer
from grants.report import views as report
from grants.resume import views as resume
from grants.review import views as review
from grants.revise import views as revise
from grants.setup import views as setup
from grants.share import views as share
from grants.sign import views as sign
from grants.suggest import views as suggest
from grants.support import views as support
from grants.urls_of_rounds import rounds
from grants.urls_of_work import work
from grants.write import views as write

app_name = "grants"
urlpatterns = [
    *work,
    path("regeling/<slug:slug>/", overview.scheme, name="scheme"),
    path("regeling/<slug:slug>/zo-gaat-het/", overview.process, name="process"),
    path("register/", disclose.register, name="register"),
    path("register/register.csv", disclose.register_csv, name="register_csv"),
    path("mijn-plannen/", overview.my_plans, name="my_plans"),
    path("mijn-gegevens/", reach.details, name="details"),
    path("mijn-gegevens/mailadres/", reach.new_email, name="new_email"),
    path("mijn-gegevens/mailadres/code/", reach.change_email, name="change_email"),
    path("aanvraag/<int:pk>/", overview.track, name="track"),
    path("brief/<int:pk>.pdf", overview.letter, name="letter"),
    path("werk/overzicht/", oversee.overview, name="oversee"),
    path("werk/overzicht/overzicht.xlsx", oversee.workbook, name="oversee_workbook"),
    path("ingezien/", audit.readings, name="readings"),
    path("werk/<int:pk>/", overview.application, name="application"),
    # set up a scheme, its letters and its people
    path("regelingen-beheer/", setup.schemes, name="set_up"),
    path("regelingen-beheer/nieuw/<slug:slug>/", setup.new_scheme, name="new_scheme"),
    path("regelingen-beheer/<slug:slug>/", setup.set_up_scheme, name="set_up_scheme"),
    path("regelingen-beheer/<slug:slug>/naam/", setup.rename_scheme, name="rename_scheme"),
    path("regelingen-beheer/<slug:slug>/wijzigen/", setup.begin_edition, name="begin_edition"),
    path("regelingen-beheer/<slug:slug>/voorbeeld/", setup.preview, name="preview"),
    path("regelingen-beheer/<slug:slug>/voorbeeld/stappen/", setup.preview_process, name="preview_process"),
    path("regelingen-beheer/<slug:slug>/geld/", setup.pay_from, name="pay_from"),
    path("regelingen-beheer/<slug:slug>/bekendmaken/", setup.publish_edition, name="publish_edition"),
    path("regelingen-beheer/<slug:slug>/weg/", setup.drop_edition, name="drop_edition"),
    path("regelingen-beheer/<slug:slug>/deel/<slug:name>/", setup.set_up_part, name="set_up_part"),
    path("regelingen-beheer/<slug:slug>/deel/<slug:name>/<int:pk>/", setup.set_up_row, name="set_up_row"),
    path("regelingen-beheer/<slug:slug>/brieven/", phrase.letters_of_scheme, name="own_words"),
    path("regelingen-beheer/<slug:slug>/brieven/<path:kind>/", phrase.phrase, name="phrase"),
    path("medewerkers/<slug:slug>/", appoint.people, name="people"),
    path("medewerkers/rol/<int:pk>/", appoint.end_seat, name="end_seat"),
    path("fonds/<slug:slug>/", brand.fund, name="fund"),
    path("fonds/<slug:slug>/logo.jpg", brand.logo, name="logo"),
    path("fonds/<slug:slug>/logo/weg/", brand.take_logo_away, name="take_logo_away"),
    path("fonds/<slug:slug>/voorbeeld.pdf", brand.example_letter, name="example_letter"),
    # write and ask
    path("regeling/<slug:slug>/vragen/", write.start, name="ask"),
    path("regeling/<slug:slug>/op-papier/", write.empty_form, name="empty_form"),
    path("regeling/<slug:slug>/ruimte/", write.room, name="room"),
    path("plan/<int:pk>/", write.edit, name="edit"),
    path("plan/<int:pk>/stap/<int:number>/", write.step, name="step"),
    path("plan/<int:pk>/foto/", enclose.sheets, name="sheets"),
    path("plan/blad/<int:pk>.jpg", enclose.sheet, name="sheet"),
    path("plan/<int:pk>/versturen/", ask.send, name="send"),
    path("plan/<int:pk>/code/", ask.confirm, name="confirm"),
    path("plan/<int:pk>/plan.pdf", ask.paper, name="paper"),
    path("aanvraag/<int:pk>/compleet-maken/", write.complete, name="complete"),
    path("aanvraag/<int:pk>/opnieuw-versturen/", ask.send_again, name="send_again"),
    path("aanvraag/<int:pk>/intrekken/", ask.withdraw, name="withdraw"),
    # resume a draft
    path("plan/verder/", resume.go_on, name="go_on"),
    path("plan/verder/<str:code>/", resume.go_on, name="go_on_with"),
    path("plan/klaar/", resume.leave, name="leave"),
    path("plan/van-mij/", resume.claim, name="claim"),
    path("plan/niet-van-mij/", resume.not_mine, name="not_mine"),
    path("plan/<int:pk>/mail/", resume.mail_way_back, name="mail_way_back"),
    # support of neighbours
    path("steun/<slug:address>/", support.speak, name="support"),
    path("steun/plan/<int:pk>/", support.overview, name="support_overview"),
    path("steun/plan/<int:pk>/openen/", support.open_support, name="open_support"),
    path("steun/plan/<int:pk>/sluiten/", support.close_support, name="close_support"),
    path("steun/plan/<int:pk>/poster.pdf", support.poster, name="poster"),
    path("steun/plan/<int:pk>/vragenlijst.pdf", support.questionnaire, name="questionnaire"),
    path("steun/zorg/<int:pk>/", support.answer_worry, name="answer_worry"),
    # join a group
    path("plan/groep/code/", join.enter, name="enter"),
    path("meedoen/", join.join, name="join_by_code"),
    path("meedoen/<str:token>/", join.join, name="join"),
    path("plan/<int:pk>/groep/", join.group, name="group"),
    path("plan/<int:pk>/groep/uitnodigen/", join.invite, name="invite"),
    path("plan/<int:pk>/groep/uitnodiging/<int:number>/terug/", join.take_back, name="take_back"),
    path("plan/<int:pk>/groep/weggaan/", join.leave_group, name="leave_group"),
    path("plan/<int:pk>/groep/<int:number>/weg/", join.remove_member, name="remove_member"),
    path("plan/<int:pk>/groep/<int:number>/brief/", join.paper_code, name="paper_code"),
    path("werk/<int:pk>/groep/<int:number>/brief/", join.paper_code_by_officer, name="paper_code_by_officer"),
    # share the work in a group
    path("plan/<int:pk>/groep/<int:number>/overdragen/", share.offer_handover, name="offer_handover"),
    path("plan/<int:pk>/groep/overnemen/", share.accept_handover, name="accept_handover"),
    path("werk/<int:pk>/eerste-contact/", share.hand_over_with_note, name="hand_over_with_note"),
    path("plan/<int:pk>/groep/kas/", share.name_treasurer, name="name_treasurer"),
    path("plan/<int:pk>/groep/vorm/", share.legal_form, name="legal_form"),
    path("plan/<int:pk>/groep/partner/", share.add_partner, name="add_partner"),
    path("plan/<int:pk>/groep/partner/<int:number>/weg/", share.remove_partner, name="remove_partner"),
    path("partner/<str:token>/", share.partner, name="partner"),
    # help residents, and the organisation one does that for
    path("hulp/", help_.my_residents, name="my_residents"),
    path("hulp/nieuw/", help_.start, name="start_for_resident"),
    path("hulp/klaar/", help_.next_resident, name="next_resident"),
    path("hulp/<int:pk>/", help_.resident, name="resident"),
    path("hulp/<int:pk>/gegevens/", help_.correct_contact, name="correct_contact"),
    path("werk/organisaties/", organise.organisations, name="organisations"),
    path("werk/organisaties/<int:number>/stoppen/", organise.end_organisation, name="end_organisation"),
    path("werk/organisaties/<slug:slug>/nieuw/", organise.let_in, name="let_in"),
    path("hulp/organisatie/", organise.organisation, name="organisation"),
    path("hulp/organisatie/uitnodigen/", organise.invite_helper, name="invite_helper"),
    path("hulp/organisatie/<int:number>/stoppen/", organise.end_helper, name="end_helper"),
    # residents let helpers in and out, and say yes to what one wrote down
    path("plan/<int:pk>/hulp/", allow.helpers, name="helpers"),
    path("plan/<int:pk>/hulp/code/", allow.help_code, name="help_code"),
    path("plan/<int:pk>/hulp/<int:number>/stoppen/", allow.end_consent, name="end_consent"),
    path("hulp/code/", allow.type_help_code, name="type_help_code"),
    path("werk/<int:pk>/hulp/stoppen/", allow.end_with_note, name="end_consent_with_note"),
    path("hulp/<int:pk>/ja/", confirm.ways_to_confirm, name="ways_to_confirm"),
    path("hulp/<int:pk>/ja/hier/", confirm.confirm_here, name="confirm_here"),
    path("hulp/<int:pk>/ja/mailen/", confirm.ask_to_confirm, name="ask_to_confirm"),
    path("hulp/<int:pk>/ja/code/", confirm.confirm_by_code, name="confirm_by_code"),
    path("hulp/<int:pk>/ja/papier/", confirm.confirm_on_paper, name="confirm_on_paper"),
    path("hulp/<int:pk>/ja/codes.pdf", confirm.codes_on_paper, name="codes_on_paper"),
    path("ja/<str:token>/", confirm.say_yes, name="say_yes"),
    path("ja/<str:token>/blad/<int:pk>.jpg", confirm.sheet_by_link, name="sheet_by_link"),
    path("aanvraag/<int:pk>/handtekening.jpg", confirm.signature, name="signature"),
    path("plan/<int:pk>/nog-een-keer/", again.follow_up, name="follow_up"),
    path("plan/<int:pk>/wat-is-anders/", again.what_differs, name="what_differs"),
    path("plan/<int:pk>/geschiedenis/", again.history, name="history"),
    path("plan/<int:pk>/voorbeeld/", again.show_example, name="show_example"),
    path("plan/<int:pk>/voorbeeld/terug/", again.hide_example, name="hide_example"),
    path("voorbeelden/", again.examples, name="examples"),
    path("voorbeelden/<int:pk>/", again.example, name="example"),
    path("voorbeelden/<int:pk>/<int:number>.jpg", again.example_photo, name="example_photo"),
    path("idee/", suggest.tell_idea, name="tell_idea"),
    path("regeling/<slug:slug>/idee/", suggest.tell_idea, name="tell_idea_here"),
    path("idee/<int:pk>/<str:key>/", suggest.idea, name="idea"),
    path("idee/<int:pk>/<str:key>/plan/", suggest.become_plan, name="become_plan"),
    path("idee/<int:pk>/<str:key>/wissen/", suggest.take_idea_back, name="take_idea_back"),
    path("werk/ideeen/", suggest.ideas, name="ideas"),
    path("werk/ideeen/nieuw/", suggest.write_down_idea, name="write_down_idea"),
    path("werk/idee/<int:pk>/", suggest.answer_idea, name="answer_idea"),
    # one plan, several funds
    path("plan/<int:pk>/ook-elders/", divide.ask_also, name="ask_also"),
    path("plan/<int:pk>/van-elkaar/", divide.share, name="let_them_see"),
    # residents give their bank details on a helper's device
    path("hulp/<int:pk>/rekening/", entrust.bank_details, name="bank_details"),
    path("hulp/<int:pk>/rekening/code/", entrust.ask_for_bank_code, name="ask_for_bank_code"),
    path("hulp/<int:pk>/rekening/formulier.pdf", entrust.paper_form, name="bank_paper_form"),
    path("werk/<int:pk>/rekening/code.pdf", entrust.code_on_paper, name="bank_code_on_paper"),
    # advise as a panel
    path("advies/", advise.panel, name="panel"),
    path("advies/<int:pk>/", advise.advise, name="advise"),
    path("advies/<int:pk>/blad/<int:number>.jpg", advise.sheet, name="panel_sheet"),
    # review and decide
    path("werk/<int:pk>/oppakken/", review.take_up, name="take_up"),
    path("werk/<int:pk>/terugsturen/", review.send_back, name="send_back"),
    path("werk/<int:pk>/zoals-het-is/", review.go_on_as_it_stands, name="go_on_as_it_stands"),
    path("aanvraag/<int:pk>/vraag/", enquire.answer, name="answer_enquiry"),
    path("werk/<int:pk>/vraag/", enquire.enquire, name="enquire"),
    path("werk/<int:pk>/horen/", enquire.hear, name="hear"),
    path("werk/<int:pk>/doorsturen/", refer.refer, name="refer"),
    path("aanvraag/<int:pk>/doorsturen/", refer.answer, name="answer_referral"),
    path("werk/<int:pk>/meer-tijd/", extend.extend, name="extend"),
    path("werk/<int:pk>/vraag/antwoord/", enquire.note_answer, name="note_answer"),
    path("werk/<int:pk>/vraag/verder/", enquire.go_on_without, name="go_on_without"),
    path("werk/<int:pk>/beoordelen/", review.judge, name="judge"),
    path("werk/<int:pk>/besluiten/", decide.decide, name="decide"),
    path("werk/<int:pk>/snel/", decide.settle, name="settle"),
    path("werk/<int:pk>/voorstellen/", sign.propose, name="propose"),
    path("werk/<int:pk>/tekenen/", sign.sign, name="sign"),
    *rounds,
    path("werk/<int:pk>/terugnemen/", recall.recall, name="recall"),
    path("werk/<int:pk>/niet-behandelen/", decide.set_aside, name="set_aside"),
    # after the letter
    path("aanvraag/<int:pk>/reageren/", objection.react, name="react"),
    path("werk/<int:pk>/reactie/", objection.register, name="register_reaction"),
    path("werk/beloften/", promise.promises, name="promises"),
    path("werk/<int:pk>/beloven/", promise.promise, name="promise"),
    path("werk/belofte/<int:pk>/", promise.settle_promise, name="settle_promise"),
    path("werk/<int:pk>/herzien/", revise.revise, name="revise"),
    path("werk/<int:pk>/herzien/gesprek/", revise.note_view, name="note_view"),
    path("werk/<int:pk>/herzien/niet/", revise.drop, name="drop_intention"),
    path("aanvraag/<int:pk>/uw-kijk/", revise.answer, name="answer_intention"),
    path("werk/reactie/<int:pk>/opnieuw/", revise.decide_anew, name="decide_anew"),
    path("werk/reactie/<int:pk>/", objection.reaction, name="reaction"),
    path("werk/reactie/<int:pk>/oppakken/", objection.handle, name="handle_reaction"),
    path("werk/reactie/<int:pk>/later/", objection.put_off, name="put_reaction_off"),
    # report
    path("aanvraag/<int:pk>/verhaal/", report.tell_story, name="tell_story"),
    path("aanvraag/<int:pk>/gaat-niet-door/", report.stop, name="stop"),
    path("verhaal/foto/<int:pk>.jpg", report.story_photo, name="story_photo"),
    path("werk/<int:pk>/vaststellen/", report.fix, name="fix"),
    path("werk/<int:pk>/sluiten/", report.close, name="close"),
    path("werk/<int:pk>/dossier.zip", export.case, name="case_file"),
    path("geld/werkboek/", export.page, name="export"),
    path("geld/werkboek/<slug:slug>.xlsx", export.workbook, name="workbook"),
]
