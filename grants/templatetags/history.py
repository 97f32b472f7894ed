"""What deeds and reasons read like: one sentence for each verb, the same for residents, officers and auditors."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants.models.decision import HOLD
from web.clock import now
from web.models import Deed

register = template.Library()

AT_ONCE = 100  # deeds on a page

# Every verb a deed about a plan can have. `%(by)s` is who did it.
SENTENCES: dict[str, str | Promise] = {
    "claim_draft": _("%(by)s took the plan along."),
    "mail_way_back": _("%(by)s mailed themselves the way back to the plan."),
    "ask_for_code": _("%(by)s asked for a code to send the plan."),
    "submit": _("%(by)s sent the plan."),
    "confirm_address": _("%(by)s confirmed the e-mail address."),
    "complete": _("%(by)s completed the plan and sent it again."),
    "propose": _("%(by)s signed first to grant the money. A colleague signs too."),
    "sign": _("%(by)s signed second, and granted the money."),
    "refuse_to_sign": _("%(by)s did not sign."),
    "award_quietly": _("%(by)s said how much is right. The decision comes with the other plans of the round."),
    "decline_quietly": _("%(by)s said no. The decision comes with the other plans of the round."),
    "announce": _("%(by)s told what was decided, with all plans of the round."),
    "recall": _("%(by)s took the decision back before the letter left."),
    "step_aside": _("%(by)s lives in this street, so a colleague judges the plan."),
    "advise": _("A member of the panel of residents advised."),
    "leave_to_others": _("A member of the panel lives in this street, so the others advise."),
    "settle": _("%(by)s judged the plan."),
    "hear": _("%(by)s asked what the residents say, before a decision."),
    "propose_referral": _("%(by)s asked if the plan may go to another fund."),
    "note_referral_answer": _("%(by)s wrote down what the residents said about another fund."),
    "refer": _("%(by)s let the plan go to another fund."),
    "keep_here": _("%(by)s said that the plan stays here."),
    "arrive": _("The plan came from another fund."),
    "extend": _("%(by)s told the residents that the answer takes longer."),
    "remind": _("The residents were reminded of their last day."),
    "set_aside": _("%(by)s decided to read the plan no further."),
    "withdraw": _("%(by)s withdrew the plan."),
    "open_support": _("%(by)s opened the page for neighbours."),
    "close_support": _("%(by)s closed the page for neighbours."),
    "speak": _("A neighbour said what they think of the plan."),
    "answer_worry": _("%(by)s answered a neighbour’s worry."),
    "invite": _("%(by)s invited somebody to the group."),
    "take_back": _("%(by)s took an invitation back."),
    "accept_invitation": _("%(by)s joined the group."),
    "leave_group": _("%(by)s left the group."),
    "remove_member": _("%(by)s took somebody out of the group, who asked for it."),
    "make_paper_code": _("%(by)s printed a letter with a code for somebody in the group."),
    "enter": _("%(by)s came in with the code from the letter."),
    "offer_handover": _("%(by)s asked somebody else to become the first contact."),
    "accept_handover": _("%(by)s is the first contact now."),
    "decline_handover": _("%(by)s doesn't want to be the first contact."),
    "hand_over_with_note": _("%(by)s wrote down who the first contact is now."),
    "name_treasurer": _("%(by)s chose who looks after the money."),
    "became_legal_form": _("%(by)s wrote down what kind of group this is now."),
    "add_partner": _("%(by)s named a partner."),
    "remove_partner": _("%(by)s took a partner off the list."),
    "confirm_as_partner": _("%(by)s takes part as a partner."),
    "decline_as_partner": _("%(by)s doesn't take part as a partner."),
    "start_for_resident": _("%(by)s began the plan."),
    "correct_contact": _("%(by)s changed how they are reached."),
    "give_consent": _("%(by)s said yes to a helper."),
    "renew_consent": _("%(by)s said yes to a helper again."),
    "move_consent": _("%(by)s said yes to another helper of the same organisation."),
    "end_consent": _("%(by)s ended a helper’s access."),
    "end_consent_with_note": _("%(by)s ended a helper’s access, because the residents asked for it."),
    "make_help_code": _("%(by)s made a code for a helper."),
    "ask_to_confirm": _("%(by)s asked if this is the plan."),
    "make_codes_on_paper": _("%(by)s printed a sheet with codes for the residents."),
    "ask_for_bank_code": _("%(by)s had a code mailed to give the bank details."),
    "make_bank_code_on_paper": _("%(by)s printed a letter with a code to give the bank details."),
    "confirm_plan": _("%(by)s said that this is the plan."),
    "become_plan": _("%(by)s made a plan of an idea."),
    "follow_up": _("%(by)s began a plan that follows an earlier one."),
    "say_what_differs": _("%(by)s wrote down what is different this time."),
    "show_example": _("%(by)s shows the plan as an example."),
    "hide_example": _("%(by)s took the example back."),
    "want_it_too": _("%(by)s began with an example of others."),
    "ask_also": _("%(by)s wrote the plan for another fund too."),
    "let_them_see": _("%(by)s let the funds see of each other what was asked there."),
    "keep_apart": _("%(by)s let the funds see nothing of each other any more."),
    "take_in": _("%(by)s took in the plan that came on paper, by mail, by phone or at the desk."),
    "find_out": _("%(by)s finds out if it may be done here."),
    "answer_clearance": _("%(by)s found out if it may be done here."),
    "pass_on": _("%(by)s asked a colleague to find out if it may be done here, or named another day."),
    "assign": _("%(by)s gave the plan to a colleague to read."),
    "ask_new_address": _("%(by)s mailed a code to another address that they gave."),
    "reach_by_mail": _("%(by)s mailed a letter that came back to another address."),
    "move_by_phone": _("%(by)s wrote down another e-mail address of somebody in the group, given on the phone."),
    "reach_by_post": _("%(by)s wrote down that letters come by post from now on."),
    "take_up": _("%(by)s reads the plan."),
    "send_back": _("%(by)s sent the plan back: something is missing."),
    "go_on_as_it_stands": _("%(by)s reads on with the plan as it is now."),
    "enquire": _("%(by)s asked the group a question."),
    "answer_enquiry": _("%(by)s answered the question."),
    "note_answer": _("%(by)s wrote down an answer from the phone."),
    "note_completion": _("%(by)s wrote down what completes the plan."),
    "go_on_without": _("%(by)s goes on without the answer."),
    "mark_posted": _("%(by)s posted a letter."),
    "judge": _("%(by)s judged the plan."),
    "award": _("%(by)s granted the money."),
    "decline": _("%(by)s declined the plan. The letter says why, and what would be possible."),
    "react": _("%(by)s sent a reaction: an objection, a view or a complaint."),
    "register_reaction": _("%(by)s wrote down a reaction of the residents."),
    "handle_reaction": _("%(by)s handles the reaction."),
    "put_reaction_off": _("%(by)s needs more time to answer the reaction."),
    "answer_reaction": _("%(by)s answered the reaction."),
    "hand_over_work": _("%(by)s gave it to a colleague, because somebody leaves."),
    "promise": _("%(by)s promised the residents something."),
    "keep_promise": _("A promise was kept: %(by)s did it."),
    "excuse_promise": _("%(by)s said why a promise can't be kept."),
    "intend": _("%(by)s asked what the group says: the money may become less."),
    "answer_intention": _("%(by)s said what the group thinks of that."),
    "note_view": _("%(by)s wrote down what the group thinks of that."),
    "drop_intention": _("%(by)s decided that nothing changes."),
    "revise": _("%(by)s decided that the money becomes less."),
    "decide_anew": _("%(by)s decided anew, after an objection."),
    "export_case": _("%(by)s took the whole file along."),
    "tell_story": _("%(by)s told how it went."),
    "stop": _("%(by)s said that it isn't happening."),
    "fix": _("%(by)s fixed the amount."),
    "close": _("%(by)s closed the plan."),
    "set_up_application": _("%(by)s wrote down its number in another system."),
    "take_over": _("Taken over from an earlier register."),
    "give_bank_details": _("%(by)s gave the bank details."),
    "check_iban": _("%(by)s called about the new IBAN: it is right."),
    "note_name_check": _("%(by)s looked if the name belongs to the IBAN."),
    "put_on_its_way": _("%(by)s put the money on its way."),
    "confirm": _("The money has been paid."),
    "came_back": _("The money came back. Check the IBAN."),
    "book_expense": _("%(by)s wrote in the cash book."),
    "change_expense": _("%(by)s changed a line in the cash book."),
    "delete_expense": _("%(by)s removed a line from the cash book."),
    "counter_expense": _("%(by)s mended a line in the cash book."),
    "hand_in": _("%(by)s handed in the cash book."),
}
# Seen by the group alone: a cash book is theirs until they hand it in.
NOT_DECIDED_YET = {"propose", "refuse_to_sign", "award_quietly", "decline_quietly"}  # nothing is decided by it
TAKEN = {"award", "decline", "sign", "announce"}  # what can be taken back while its letter waits
THE_GROUPS_OWN = {"book_expense", "change_expense", "delete_expense", "counter_expense"}


@register.filter
def sentence(deed: Deed) -> str:
    """What happened, as a sentence. A verb without one is shown by its name, so that nothing is hidden."""
    said = SENTENCES.get(deed.verb)
    by = str(deed.by.now)
    if deed.on_behalf_of:
        by = gettext("%(resident)s, at the desk of %(helper)s,") % {"resident": deed.on_behalf_of.now, "helper": by}
    return str(said) % {"by": by} if said else f"{by}: {deed.verb}"


@register.filter
def for_funder(deeds: list[Deed]) -> list[Deed]:
    """What a funder's people see of it: all but the group's own cash book."""
    return [deed for deed in deeds if deed.verb not in THE_GROUPS_OWN]


@register.filter
def for_group(deeds: Iterable[Deed]) -> list[Deed]:
    """What the group sees of it: all but what funders' people say among themselves before they decide.

    A decision is among themselves too until its letter leaves, and whatever was taken back before that.
    """
    shown: list[Deed] = []
    left = now() - HOLD
    for deed in deeds:
        if deed.verb == "recall":
            shown = [each for each in shown if each.verb not in TAKEN or each.at <= deed.at - HOLD]
        elif deed.verb not in NOT_DECIDED_YET and (deed.verb not in TAKEN or deed.at <= left):
            shown.append(deed)
    return shown


@register.filter
def newest(deeds: Sequence[Deed], everything: str = "") -> Sequence[Deed]:
    """The last of them, oldest first, so that a page stays light however much happened; or all for who asks."""
    return deeds if everything else list(deeds)[-AT_ONCE:]
