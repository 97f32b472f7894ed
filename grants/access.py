"""Who may do what with plans and applications: one table, asked by every action."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

import web.access
from grants.models import (
    Application,
    Consent,
    Helper,
    HelpingOrganisation,
    Idea,
    Invitation,
    Member,
    Plan,
)
from grants.rules import (
    is_oneself_without_a_seat,
    is_open,
    is_still_there,
    is_the_system,
    lets_in_organisations,
    reads_the_books,
    runs_the_house,
    still_opens,
    takes_ideas,
)
from web.access import Table, rule
from web.amounts import write_amount
from web.models import Person, Seat

DECIDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)


def plan_of(thing: Any) -> Plan:
    return thing if isinstance(thing, Plan) else thing.plan


@rule(_("Only the group behind this plan can do this."))
def is_member(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person).exists()


@rule(_("Only the first contact of the group can do this."))
def is_first_contact(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person, role=Member.Role.FIRST_CONTACT).exists()


@rule(_("Only the group behind this plan can do this, or a helper they let in."))
def is_member_or_helper(person: Person, thing: Any) -> bool:
    plan = plan_of(thing)
    return is_member.asks(person, plan) or is_let_in.asks(person, plan)


@rule(_("Only a helper of an organisation can do this."))
def helps(person: Person, thing: Any) -> bool:
    return Helper.objects.of(person).exists()


@rule(_("Only a helper whom the residents let in can do this."))
def is_let_in(person: Person, thing: Any) -> bool:
    return Consent.objects.of(person).filter(plan=plan_of(thing)).exists()


@rule(_("This resident has sent a plan or signs in. They change it themselves, or call the fund."))
def nobody_else_changes_it(person: Person, application: Application) -> bool:
    """Only for who was written down by a helper and did nothing of their own yet."""
    resident = application.plan.first_contact
    sent = Application.objects.exclude(status=Application.Status.DRAFT).filter(plan__members__person=resident)
    began = Consent.objects.of(person).filter(plan=application.plan_id, how=Consent.How.SPOKEN)
    return not resident.can_sign_in and not sent.exists() and began.exists()


@rule(_("The group has another first contact now. Ask them for a new code."))
def is_of_the_first_contact(person: Person, invitation: Invitation) -> bool:
    return is_first_contact.asks(invitation.person, invitation) if invitation.person else False


@rule(_("Only who got this from us can answer it."))
def is_its_resident(person: Person, invitation: Invitation) -> bool:
    return invitation.person_id == person.pk


@rule(_("Only who leads the helpers of this organisation can do this."))
def leads_its_helpers(person: Person, thing: Helper | HelpingOrganisation) -> bool:
    organisation = thing.organisation_id if isinstance(thing, Helper) else thing.pk
    return Helper.objects.of(person).filter(organisation=organisation, leads=True).exists()


@rule(_("This is about somebody else in the group."))
def is_this_member(person: Person, member: Member) -> bool:
    return member.person_id == person.pk


@rule(_("Nobody offers you to become the first contact now."))
def is_offered_it(person: Person, member: Member) -> bool:
    return member.person_id == person.pk and member.handover_offered_at is not None


@rule(_("You are in this group yourself. Only the partner can answer."))
def is_not_in_the_group(person: Person, invitation: Invitation) -> bool:
    in_it = Q(person=person) | Q(person__became=person)
    return not Member.objects.filter(in_it, plan=invitation.plan_id).exists()


@rule(_("Only the first contact of the group can do this, or an officer who has the plan."))
def leads_or_is_officer(person: Person, thing: Any) -> bool:
    plan = plan_of(thing)
    if Member.objects.filter(plan=plan, person=person, role=Member.Role.FIRST_CONTACT).exists():
        return True
    funders = Seat.objects.of(person, *DECIDERS).values("funder")
    return plan.applications.filter(scheme__funder__in=funders).exclude(status=Application.Status.DRAFT).exists()


@rule(_("Only an officer of this funder can do this."))
def is_officer(person: Person, thing: Application | Idea) -> bool:
    return Seat.objects.of(person, *DECIDERS).filter(funder=thing.funder_id).exists()


@rule(_("Only someone with a mandate from this funder can decide."))
def has_mandate(person: Person, application: Application) -> bool:
    return Seat.objects.of(person, *DECIDERS).filter(funder=application.scheme.funder, mandate__isnull=False).exists()


@rule(_("You are in this group yourself, or you helped it. A colleague has to do this."))
def is_impartial(person: Person, application: Application) -> bool:
    in_it = Exists(Member.objects.filter(plan=OuterRef("pk"), person=person))
    helped = Exists(Consent.objects.filter(plan=OuterRef("pk"), helper__person=person))
    return Plan.objects.filter(~in_it, ~helped, pk=application.plan_id).exists()


@rule(_("You work for a funder. A plan is the residents' own: they go on with it without signing in."))
def has_no_seat(person: Person, application: Application) -> bool:
    return not Seat.objects.of(person).exists()


@rule(_("You are signed in. Your plan stands with your plans, on any device."))
def has_no_sign_in(person: Person, application: Application) -> bool:
    return not person.can_sign_in


@rule(_("You help with this plan. It stays the residents' own."))
def never_helped(person: Person, application: Application) -> bool:
    return not Consent.objects.filter(plan=application.plan_id, helper__person=person).exists()


@rule(_("This plan belongs to somebody else."))
def is_held_by_nobody(person: Person, application: Application) -> bool:
    holder = application.plan.first_contact
    return not (holder.can_sign_in or holder.became_id or holder.seats.exists())


MAY: Table = {
    "change_details": (is_oneself_without_a_seat,),
    "tell_idea": (takes_ideas,),
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
    "invite_helper": (leads_its_helpers,),
    "end_helper": (leads_its_helpers,),
    "mark_posted": (is_officer,),
    "take_up": (is_officer, is_impartial),
    "send_back": (is_officer, is_impartial),
    "go_on_as_it_stands": (is_officer, is_impartial),
    "enquire": (is_officer, is_impartial),
    "note_answer": (is_officer, is_impartial),
    "go_on_without": (is_officer, is_impartial),
    "answer_enquiry": (is_member,),
    "judge": (is_officer, is_impartial),
    "award": (has_mandate, is_impartial),
    "decline": (has_mandate, is_impartial),
    "tell_story": (is_member,),
    "close": (is_officer, is_impartial),
    "fix": (has_mandate, is_impartial),
    "export": (reads_the_books,),
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
