"""Who may do what with plans and applications: one table, asked by every action. The rules stand in `rules/`."""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from djmoney.money import Money

import web.access
from grants.models import Application
from grants.rules.group import (
    has_no_sign_in,
    is_first_contact,
    is_held_by_nobody,
    is_member,
    is_not_in_the_group,
    is_offered_it,
    is_this_member,
)
from grants.rules.help import (
    helps,
    is_its_resident,
    is_let_in,
    is_member_or_helper,
    is_of_the_first_contact,
    leads_its_helpers,
    never_helped,
    nobody_else_changes_it,
)
from grants.rules.house import (
    gives_roles,
    is_oneself_without_a_seat,
    is_open,
    is_still_there,
    is_the_system,
    lets_in_organisations,
    reads_the_books,
    runs_the_house,
    sets_up_schemes,
    still_opens,
    takes_ideas,
)
from grants.rules.staff import (
    DECIDERS,
    did_not_decide_it_before,
    did_not_decide_on_it,
    has_mandate,
    has_no_seat,
    is_impartial,
    is_in_panel,
    is_officer,
    is_own_desk,
    leads_or_is_officer,
    works_on_the_case,
)
from web.access import Table
from web.amounts import write_amount
from web.models import Person, Seat

MAY: Table = {
    "change_details": (is_oneself_without_a_seat,),
    "tell_idea": (takes_ideas,),
    "write_down_idea": (is_officer, takes_ideas),
    "answer_idea": (is_officer, is_still_there),
    "become_plan": (is_still_there,),
    "take_idea_back": (is_still_there,),
    "claim_draft": (has_no_seat, is_held_by_nobody, never_helped),
    "save_draft": (is_member_or_helper,),
    "mail_way_back": (is_first_contact, has_no_sign_in),
    "ask_for_code": (is_first_contact,),
    "submit": (is_first_contact,),
    "complete": (is_first_contact,),
    "withdraw": (is_first_contact,),
    "stop": (is_first_contact,),
    "open_support": (is_member,),
    "close_support": (is_member,),
    "speak": (is_open,),
    "answer_worry": (is_member,),
    "invite": (is_first_contact,),
    "take_back": (is_first_contact,),
    "accept_invitation": (still_opens,),
    "leave_group": (is_this_member,),
    "remove_member": (is_first_contact,),
    "make_paper_code": (leads_or_is_officer,),
    "enter": (still_opens,),
    "offer_handover": (is_first_contact,),
    "accept_handover": (is_offered_it,),
    "decline_handover": (is_offered_it,),
    "hand_over_with_note": (is_officer, is_impartial),
    "name_treasurer": (is_first_contact,),
    "became_legal_form": (is_first_contact,),
    "add_partner": (is_member,),
    "ask_also": (is_first_contact,),
    "follow_up": (is_member,),
    "say_what_differs": (is_member,),
    "show_example": (is_first_contact,),
    "hide_example": (is_first_contact,),
    "want_it_too": (takes_ideas,),
    "let_them_see": (is_first_contact,),
    "keep_apart": (is_first_contact,),
    "remove_partner": (is_member,),
    "answer_as_partner": (still_opens,),
    "answer_on_this_device": (is_not_in_the_group,),
    "start_for_resident": (helps,),
    "correct_contact": (is_let_in, nobody_else_changes_it),
    "ask_to_confirm": (is_let_in,),
    "make_codes_on_paper": (is_let_in,),
    "confirm_plan": (is_let_in,),
    "confirm_by_link": (still_opens, is_of_the_first_contact, is_its_resident),
    "use_code": (still_opens, is_of_the_first_contact),
    "give_consent": (is_first_contact,),
    "end_consent": (is_member,),
    "end_consent_with_note": (is_officer, is_impartial),
    "make_help_code": (is_first_contact,),
    "ask_for_bank_code": (is_let_in,),
    "give_bank_details_here": (is_let_in,),
    "make_bank_code_on_paper": (is_officer, is_impartial),
    "use_help_code": (still_opens, is_of_the_first_contact, helps),
    "let_in_organisation": (lets_in_organisations,),
    "end_organisation": (lets_in_organisations,),
    "invite_helper": (leads_its_helpers,),
    "end_helper": (leads_its_helpers,),
    "mark_posted": (is_officer,),
    "arrange_desk": (is_own_desk,),
    "take_in": (is_officer,),
    "take_up": (is_officer, is_impartial),
    "send_back": (is_officer, is_impartial),
    "go_on_as_it_stands": (is_officer, is_impartial),
    "enquire": (is_officer, is_impartial),
    "note_answer": (is_officer, is_impartial),
    "go_on_without": (is_officer, is_impartial),
    "hear": (is_officer, is_impartial),
    "extend": (is_officer, is_impartial),
    "answer_enquiry": (is_member,),
    "appoint": (gives_roles,),
    "end_seat": (gives_roles,),
    "begin_scheme": (sets_up_schemes,),
    "begin_edition": (sets_up_schemes,),
    "change_edition": (sets_up_schemes,),
    "publish_edition": (sets_up_schemes,),
    "drop_edition": (sets_up_schemes,),
    "advise": (is_in_panel, is_impartial),
    "leave_to_others": (is_in_panel,),
    "judge": (is_officer, is_impartial),
    "settle": (has_mandate, is_impartial),
    "step_aside": (is_officer,),
    "award": (has_mandate, is_impartial, did_not_decide_it_before),
    "decline": (has_mandate, is_impartial, did_not_decide_it_before),
    "set_aside": (has_mandate, is_impartial),
    "propose": (has_mandate, is_impartial, did_not_decide_it_before),
    "sign": (has_mandate, is_impartial, did_not_decide_it_before),
    "refuse_to_sign": (has_mandate, is_impartial),
    "recall": (has_mandate, is_impartial),
    "react": (is_member,),
    "register_reaction": (is_officer, is_impartial),
    "handle_reaction": (is_officer, is_impartial, did_not_decide_on_it),
    "put_reaction_off": (is_officer, is_impartial, did_not_decide_on_it),
    "answer_reaction": (is_officer, is_impartial, did_not_decide_on_it),
    "intend": (has_mandate, is_impartial),
    "answer_intention": (is_member,),
    "note_view": (is_officer, is_impartial),
    "drop_intention": (has_mandate, is_impartial),
    "revise": (has_mandate, is_impartial),
    "decide_anew": (has_mandate, is_impartial, did_not_decide_on_it),
    "tell_story": (is_member,),
    "close": (is_officer, is_impartial),
    "fix": (has_mandate, is_impartial),
    "export": (reads_the_books,),
    "export_case": (works_on_the_case,),
    "take_over": (is_the_system,),
    "erase": (runs_the_house,),
}

require = partial(web.access.require, MAY)
may = partial(web.access.may, MAY)
allowed = partial(web.access.allowed, MAY)


def require_mandate(application: Application, amount: Money, *, by: Person) -> None:
    """Refuse with a sentence unless the mandate of `by` reaches to `amount`: what is granted, refused or fixed."""
    if not Seat.objects.of(by, *DECIDERS).reaching(amount).filter(funder=application.scheme.funder).exists():
        raise ValidationError(
            gettext("Your mandate doesn't reach to %(amount)s. Ask a colleague.") % {"amount": write_amount(amount)}
        )
