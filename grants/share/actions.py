"""How a group shares the work: who is the first contact, who looks after the money, which partners take part."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Invitation, Member, Partner, Plan
from grants.models.invitation import Key
from grants.share import letters
from web import clock
from web.models import Person, record

Role = Member.Role


@transaction.atomic
def offer_handover(member: Member, *, by: Person) -> None:
    """Ask `member` to become the first contact. Nothing changes until they say yes; one is asked at a time."""
    require(by, "offer_handover", member)
    if member.leads:
        raise ValidationError(_("You are the first contact yourself."))
    member.plan.members.update(handover_offered_at=None)
    Member.objects.filter(pk=member.pk).update(handover_offered_at=clock.now())
    record(by, "offer_handover", member)
    letters.ask_to_take_over(member.plan, to=member.person, by=by)


@transaction.atomic
def accept_handover(member: Member, *, by: Person) -> None:
    """`by` says yes: from now on they are the first contact. Both get it in writing."""
    require(by, "accept_handover", member)
    before = member.become_first_contact()
    member.plan.hand_out_the_money()
    record(by, "accept_handover", member)
    letters.tell_handed_over(member, before=before)


@transaction.atomic
def decline_handover(member: Member, *, by: Person) -> None:
    """`by` says no: all stays as it was."""
    require(by, "decline_handover", member)
    Member.objects.filter(pk=member.pk).update(handover_offered_at=None)
    record(by, "decline_handover", member)


@transaction.atomic
def hand_over_with_note(application: Application, *, member: Member, note: str, by: Person) -> None:
    """An officer writes down who the first contact is now, and why: the one before can't say so."""
    require(by, "hand_over_with_note", application)
    if member.plan_id != application.plan_id or member.leads:
        raise ValidationError(_("Choose somebody else of this group."))
    before = member.become_first_contact()
    application.plan.hand_out_the_money()
    record(by, "hand_over_with_note", application, member=member.pk, note=note)
    letters.tell_written_down(application, member, before=before, by=by, note=note)


@transaction.atomic
def name_treasurer(plan: Plan, *, member: Member | None, by: Person) -> None:
    """Bank details and cash book are this member's from now on, besides the first contact's. None: nobody's else."""
    require(by, "name_treasurer", plan)
    plan.members.filter(role=Role.TREASURER).update(role=Role.MEMBER)
    if member:
        here = plan.members.filter(pk=member.pk, role=Role.MEMBER)
        if not here.update(role=Role.TREASURER):
            raise ValidationError(_("Choose somebody of this group who isn't the first contact."))
    plan.hand_out_the_money()
    record(by, "name_treasurer", plan, member=member.pk if member else "")


@transaction.atomic
def became_legal_form(plan: Plan, *, legal_form: str, group_name: str, by: Person) -> None:
    """The group is an association or foundation now, say. The plan and all that happened to it stay theirs."""
    require(by, "became_legal_form", plan)
    Plan.objects.filter(pk=plan.pk).update(legal_form=legal_form, group_name=group_name)
    plan.refresh_from_db()
    record(by, "became_legal_form", plan, legal_form=legal_form, group_name=group_name)


@transaction.atomic
def add_partner(plan: Plan, *, organisation: str, email: str, by: Person, **part: Any) -> Key:
    """Name a partner and its `part`: its kind, what it `brings`, and the `amount` that is worth, or None.

    Gives the key of the page on which the partner confirms it; mailed too when `email` is given.
    """
    require(by, "add_partner", plan)
    if email and plan.members.filter(person__email__iexact=email).exists():
        raise ValidationError(_("This is an address of your own group. Give the partner's own, or leave it empty."))
    contact = Person.objects.create(name=organisation, email=email.lower(), language=by.language)
    partner = Partner.objects.create(
        plan=plan, organisation=organisation, contact=contact, asked_by_mail=bool(email), **part
    )
    _made, key = Invitation.make(plan, purpose=Invitation.Purpose.CONFIRM, by=by, person=contact)
    if email:
        letters.ask_to_confirm(partner, key, by=by)
    record(by, "add_partner", partner, organisation=organisation)
    return key


@transaction.atomic
def remove_partner(partner: Partner, *, by: Person) -> None:
    """Off the list. Its contact is forgotten; that it was there stays in the history."""
    require(by, "remove_partner", partner)
    record(by, "remove_partner", partner, organisation=partner.organisation)
    Invitation.objects.open().filter(person=partner.contact).update(expires_at=clock.now())
    contact = partner.contact
    partner.delete()
    contact.email = ""
    contact.save(update_fields=["email"])


@transaction.atomic
def answer_as_partner(invitation: Invitation, *, yes: bool, by: Person, device: Person | None = None) -> Partner:
    """The partner says with one click whether it is right that they take part. `by` is its contact.

    `device`: as whom we know the device it is done on, if we do. The group doesn't answer for its partner (403).
    """
    require(by, "answer_as_partner", invitation)
    if device:
        require(device, "answer_on_this_device", invitation)
    partner = Partner.objects.get(plan=invitation.plan_id, contact=invitation.person_id)
    invitation.use()
    partner.answer(yes=yes)
    record(by, "confirm_as_partner" if yes else "decline_as_partner", partner)
    return partner
