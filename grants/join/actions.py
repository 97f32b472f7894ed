"""How people come into a group, come back to it without an account, and leave it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.join import letters
from grants.models import Application, Invitation, Member, Plan
from grants.models.draft import REACHED_AT, on_their_own
from grants.models.invitation import Key
from grants.models.naming import take_name_along
from ledger.models import KnownNumber
from web import clock
from web.models import Person, record

Purpose = Invitation.Purpose


@transaction.atomic
def invite(plan: Plan, *, email: str = "", name: str = "", by: Person) -> Key:
    """Make a link and a code with which one person joins; mail them too when `email` is given.

    `name` is how `by` is called, while a draft's first contact hasn't said so yet.
    """
    require(by, "invite", plan)
    if name and not by.name:
        by.name = name
        by.save(update_fields=["name"])
    person = Person.objects.create(email=email.lower(), language=by.language) if email else None
    made, key = Invitation.make(plan, purpose=Purpose.JOIN, by=by, person=person)
    if person:
        letters.send_invitation(plan, key, to=person, by=by)
    record(by, "invite", made)
    return key


@transaction.atomic
def take_back(invitation: Invitation, *, by: Person) -> None:
    """An invitation that nobody used yet opens nothing any more."""
    require(by, "take_back", invitation)
    invitation.take_back()
    record(by, "take_back", invitation)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person, **contact: str) -> Member:
    """`by`, perhaps somebody we didn't know until now, joins the group. Of two people with one link one joins."""
    require(by, "accept_invitation", invitation)
    for field, value in contact.items():
        if value:
            setattr(by, field, value)
    by.save()
    if Member.objects.filter(plan=invitation.plan, person=by).exists():
        raise ValidationError(_("You are in this group already."))
    invitation.use()
    member = Member.objects.create(plan=invitation.plan, person=by, joined_at=clock.now())
    invitation.plan.hand_out_the_money()
    record(by, "accept_invitation", member)
    letters.tell_joined(member)
    return member


@transaction.atomic
def leave_group(member: Member, *, by: Person) -> None:
    """A member steps out. The first contact hands that over first."""
    require(by, "leave_group", member)
    _take_out(member)
    record(by, "leave_group", member.plan)


@transaction.atomic
def remove_member(member: Member, *, by: Person) -> None:
    """The first contact takes somebody out who asked for it. They are told, so that it can't be done behind them."""
    require(by, "remove_member", member)
    letters.tell_removed(member.plan, to=member.person, by=by)
    _take_out(member)
    record(by, "remove_member", member.plan, person=member.person_id)


def _take_out(member: Member) -> None:
    """Out of the group, its codes and its money; of who is in nothing else here, only the name stays, in the history.

    `member` keeps pointing at who it was.
    """
    if member.leads:
        raise ValidationError(_("The first contact can't leave. Hand that over to somebody else first."))
    person = member.person
    Invitation.objects.open().filter(plan=member.plan, person=person).update(expires_at=clock.now())
    take_name_along([person], [member.plan])
    Member.objects.filter(pk=member.pk).delete()
    member.plan.hand_out_the_money()
    if not (person.memberships.exists() or person.can_sign_in or person.seats.exists()):
        Person.objects.filter(pk=person.pk).update(**dict.fromkeys(REACHED_AT, ""))
        KnownNumber.objects.filter(person=person).update(phone="")


@transaction.atomic
def make_paper_code(member: Member, *, by: Person, application: Application | None = None) -> str:
    """A code on paper for somebody who can't sign in. Earlier codes of theirs die. Gives the code, kept nowhere.

    An officer makes it for an `application` that lies with them: other funders of the plan don't read of it.
    """
    require(by, "make_paper_code", member)
    _refuse_accounts(member.person)
    person = on_their_own(member)
    open_codes = Invitation.objects.open().filter(plan=member.plan, person=person, purpose=Purpose.ENTER)
    open_codes.update(expires_at=clock.now())
    _made, key = Invitation.make(member.plan, purpose=Purpose.ENTER, by=by, person=person)
    record(by, "make_paper_code", application or member)
    return key.code


def _refuse_accounts(person: Person) -> None:
    """No paper opens an account."""
    if person.can_sign_in or person.seats.exists():
        raise ValidationError(
            _("%(name)s signs in with an e-mail address. No code on paper is needed.") % {"name": person}
        )


@transaction.atomic
def enter(invitation: Invitation, *, by: Person) -> None:
    """Come in with the code from the letter: this device acts as `by`, in this plan alone."""
    require(by, "enter", invitation)
    _refuse_accounts(by)
    invitation.use()
    record(by, "enter", invitation)
