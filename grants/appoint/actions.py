"""What fund admins do with people: give somebody a role at the funder, from one day to another, and end it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Clearance, Member
from grants.models.handover import OpenWork, leaves_work
from grants.rules.staff import did_not_decide_on_it, is_impartial
from web.clock import today
from web.models import Funder, Person, Seat, User, record
from web.sign_in.invite import invite
from web.sign_in.letters import tell_seated

WITH_MANDATE = (Seat.Role.OFFICER, Seat.Role.DECIDER)


@transaction.atomic
def appoint(
    funder: Funder,
    *,
    name: str,
    email: str,
    role: str,
    starts_on: date,
    by: Person,
    mandate: Money | None = None,
    ends_on: date | None = None,
) -> Seat:
    """Seat somebody and mail it to them; who is new gets a link to choose a password. Every power given leaves a deed.

    Raises ValidationError at the field: for oneself, who is known as somebody else, a role they have, a wrong mandate.
    """
    require(by, "appoint", funder)
    Funder.objects.select_for_update(no_key=True).get(pk=funder.pk)
    user = User.objects.of_address(email)
    if user.person == by:
        raise ValidationError({"email": [_("Nobody gives a role to themselves. Ask a colleague.")]})
    if mandate is not None and role not in WITH_MANDATE:
        raise ValidationError({"mandate": [_("Only officers and deciders have a mandate.")]})
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": [_("This is before the first day.")]})
    _refuse_who_is_known_otherwise(funder, user.person)
    _refuse_a_double(funder, user.person, role, starts_on, ends_on)
    if not user.person.name:
        user.person.name = name
        user.person.save(update_fields=["name"])
    up_to: object = mandate  # the stubs take a MoneyField for a DecimalField
    about = {"mandate": up_to, "starts_on": starts_on, "ends_on": ends_on}
    seat = Seat.objects.create(person=user.person, funder=funder, role=role, **about)
    told = {"person_id": user.person_id, "role": role, "mandate": mandate or "", "starts_on": starts_on}
    record(by, "give_a_seat", seat, **{**told, "ends_on": ends_on or ""})  # type: ignore[arg-type]  # values of many kinds
    if user.has_usable_password():
        tell_seated(user, seat, by=by)
    else:
        invite(user, by=by)
    return seat


def _refuse_who_is_known_otherwise(funder: Funder, person: Person) -> None:
    """A seat shuts the door by code: a resident would lose their own plans to a role that they never asked for."""
    seats = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), person=person)
    if seats.filter(funder=funder).exists():
        return
    if seats.exists() or Member.objects.filter(person=person).exists():
        raise ValidationError({"email": [_("This address can't have a role. Ask for another address at work.")]})


def _refuse_a_double(funder: Funder, person: Person, role: str, starts_on: date, ends_on: date | None) -> None:
    """One seat of a role at a time, so that a mandate is never read from two."""
    same = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), funder=funder, person=person, role=role)
    if ends_on:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise ValidationError({"role": [_("They have this role already. End it first, or choose other days.")]})


@transaction.atomic
def end_seat(seat: Seat, *, ends_on: date, by: Person, to: Person | None = None) -> Seat:
    """The last day of somebody's role: today or later, and never later than it was. A funder keeps a fund admin.

    What they have and isn't done goes to `to` at once, all of it. Raises ValidationError when it would be nobody's.
    """
    require(by, "end_seat", seat.funder)
    Funder.objects.select_for_update(no_key=True).get(pk=seat.funder_id)
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update())
    if seat.ends_on and seat.ends_on < ends_on:  # later days are a role given, by somebody else than whose it is
        raise ValidationError({"ends_on": [_("A last day can only be brought forward. Give the role again.")]})
    if ends_on < max(today(), seat.starts_on):
        raise ValidationError({"ends_on": [_("Choose today or a later day.")]})
    if seat.role == Seat.Role.FUND_ADMIN:
        others = Seat.objects.filter(funder=seat.funder, role=seat.role, ends_on=None).exclude(pk=seat.pk)
        if not others.exists():
            raise ValidationError({"ends_on": [_("Somebody has to stay fund admin. Give a colleague the role first.")]})
    Seat.objects.filter(pk=seat.pk).update(ends_on=ends_on)
    seat.ends_on = ends_on
    if work := leaves_work(seat):
        _hand_over(work, seat, to, by=by)
    record(by, "end_seat", seat, person_id=seat.person_id, role=seat.role, ends_on=ends_on)
    return seat


def _hand_over(work: OpenWork, seat: Seat, to: Person | None, *, by: Person) -> None:
    """To a colleague who answers residents here. What they may not touch is nobody's, and stands so in the inbox."""
    if to is None or to == seat.person or not Seat.held(to, seat.funder_id, *WITH_MANDATE):
        raise ValidationError({"to": [_("Choose a colleague who takes over the work.")]})
    for application in work.applications.select_for_update(no_key=True).order_by("pk"):
        taken = to if is_impartial.asks(to, application) else None
        Application.objects.filter(pk=application.pk).update(officer=taken)
        record(by, "hand_over_work", application, person_id=taken.pk if taken else "")
    for promise in work.promises.select_related("application").order_by("pk"):
        promise.change(owner=to)
        record(by, "hand_over_work", promise, person_id=to.pk)
    for reaction in work.reactions.select_related("application__scheme").order_by("pk"):
        fit = is_impartial.asks(to, reaction) and did_not_decide_on_it.asks(to, reaction)
        reaction.change(handler=to if fit else None)
        record(by, "hand_over_work", reaction, person_id=to.pk if fit else "")
    for clearance in work.clearances.select_related("application__scheme").order_by("pk"):
        Clearance.objects.filter(pk=clearance.pk, answer="").update(owner=to)
        record(by, "hand_over_work", clearance, person_id=to.pk)
