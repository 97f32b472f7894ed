"""What fund admins do with people: give somebody a role at the funder, from one day to another, end it, hand over."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Clearance, Handover, Member
from grants.models.desk import ANSWERERS
from grants.models.handover import OpenWork, anybody, leaves_desk, next_to_stand_in, successor_of
from grants.papers.work import Work, tell_of_work
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

    What they have then and isn't done goes to `to`: at once when they leave today, else the day after their last.
    """
    require(by, "end_seat", seat.funder)
    Funder.objects.select_for_update(no_key=True).get(pk=seat.funder_id)
    seat.refresh_from_db(from_queryset=Seat.objects.select_for_update(no_key=True))
    _refuse_last_day(seat, ends_on)
    Seat.objects.filter(pk=seat.pk).update(ends_on=ends_on)
    seat.ends_on = ends_on
    if leaves_desk(seat):
        _leave_to(to, seat, by=by)
    record(by, "end_seat", seat, person_id=seat.person_id, role=seat.role, ends_on=ends_on)
    return seat


def _refuse_last_day(seat: Seat, ends_on: date) -> None:
    if seat.ends_on and seat.ends_on < ends_on:  # later days are a role given, by somebody else than whose it is
        raise ValidationError({"ends_on": [_("A last day can only be brought forward. Give the role again.")]})
    if ends_on < max(today(), seat.starts_on):
        raise ValidationError({"ends_on": [_("Choose today or a later day.")]})
    if seat.role == Seat.Role.FUND_ADMIN:
        others = Seat.objects.filter(funder=seat.funder, role=seat.role, ends_on=None).exclude(pk=seat.pk)
        if not others.exists():
            raise ValidationError({"ends_on": [_("Somebody has to stay fund admin. Give a colleague the role first.")]})


def _leave_to(to: Person | None, seat: Seat, *, by: Person) -> None:
    """Whoever has work chooses a colleague who answers residents here by then; who has none may."""
    work = OpenWork.of(seat.person, seat.funder_id)
    to = to or (seat.handover.to if hasattr(seat, "handover") else None)
    if to is None and not work:
        return
    last = seat.ends_on or today()
    there = Seat.objects.on(today() if last == today() else last + timedelta(days=1))
    if to is None or to == seat.person or not there.filter(person=to, funder=seat.funder, role__in=ANSWERERS).exists():
        raise ValidationError({"to": [_("Choose a colleague who answers residents here by then.")]})
    waits = work.stands_in.filter(person=to, away_until__gt=last).exists()
    if waits and next_to_stand_in(to, seat.person, None):  # with nobody else left, they aren't away any more
        away = _("They are away by then, and who leaves does their work. Choose somebody else.")
        raise ValidationError({"to": [away]})
    Handover.objects.update_or_create(seat=seat, defaults={"to": to})
    if last == today():
        _give(work, seat, to, by=by)


@transaction.atomic
def hand_over(seat: Seat, *, by: Person) -> Person | None:
    """The day after somebody's last: what they have goes to whoever was chosen, or who has their work by now; to whom.

    Without such a person plans and objections are nobody's, as the inbox shows. Once, however often it is asked.
    """
    require(by, "hand_over", seat.funder)
    Funder.objects.select_for_update(no_key=True).get(pk=seat.funder_id)
    handover = Handover.objects.get_or_create(seat=seat)[0]
    if not handover.claim() or not leaves_desk(seat):
        return None
    to = successor_of(seat.person, seat.funder_id)
    _give(OpenWork.of(seat.person, seat.funder_id), seat, to, by=by)
    record(by, "hand_over", seat, person_id=to.pk if to else "")
    return to


def _give(work: OpenWork, seat: Seat, to: Person | None, *, by: Person) -> None:
    """What `to` may not touch is nobody's; a promise and what to find out has somebody, as long as one is left.

    So has the work of a colleague who is away. Who gets it is told once, with a list of what came.
    """
    came = [*_give_plans(work, to, by=by), *_give_reactions(work, to, by=by)]
    heir = to or anybody(seat.funder_id)
    if heir is None:
        return
    came += [*_give_promises(work, heir, by=by), *_give_clearances(work, heir, by=by)]
    given = [(heir, each) for each in came] + _give_absences(work, seat.person, heir, by=by)
    for person in {who.pk: who for who, _what in given}.values():
        theirs = [what for who, what in given if who == person]
        tell_of_work(person, theirs, funder=seat.funder, by=by, was_of=seat.person)


def _give_plans(work: OpenWork, to: Person | None, *, by: Person) -> Iterator[Work]:
    locked = work.applications.select_for_update(no_key=True).order_by("pk")
    for application in locked.prefetch_related("plan", "scheme"):  # not joined, or those were locked too
        taken = to if to and is_impartial.asks(to, application) else None
        Application.objects.filter(pk=application.pk).update(officer=taken)
        record(by, "hand_over_work", application, person_id=taken.pk if taken else "")
        if taken:
            yield application


def _give_reactions(work: OpenWork, to: Person | None, *, by: Person) -> Iterator[Work]:
    for reaction in work.reactions.select_related("application__scheme", "application__plan").order_by("pk"):
        fit = to and is_impartial.asks(to, reaction) and did_not_decide_on_it.asks(to, reaction)
        reaction.change(handler=to if fit else None)
        record(by, "hand_over_work", reaction, person_id=to.pk if to and fit else "")
        if fit:
            yield reaction


def _give_promises(work: OpenWork, heir: Person, *, by: Person) -> Iterator[Work]:
    for promise in work.promises.select_related("application__plan").order_by("pk"):
        promise.change(owner=heir)
        record(by, "hand_over_work", promise, person_id=heir.pk)
        yield promise


def _give_clearances(work: OpenWork, heir: Person, *, by: Person) -> Iterator[Work]:
    theirs = work.clearances.select_related("application__scheme", "application__plan", "check_of")
    for clearance in theirs.order_by("pk"):
        Clearance.objects.filter(pk=clearance.pk, answer="").update(owner=heir)
        record(by, "hand_over_work", clearance, person_id=heir.pk)
        yield clearance


def _give_absences(work: OpenWork, leaver: Person, heir: Person, *, by: Person) -> list[tuple[Person, Work]]:
    """Whoever is away is replaced by somebody else from now on. With nobody left, they aren't away any more."""
    given: list[tuple[Person, Work]] = []
    for desk in work.stands_in.select_related("person").order_by("pk"):
        stands_in = next_to_stand_in(desk.person, leaver, heir)
        desk.replaced_by, desk.away_until = stands_in, desk.away_until if stands_in else None
        desk.save(update_fields=["replaced_by", "away_until"])
        record(by, "hand_over_work", desk, person_id=stands_in.pk if stands_in else "")
        given += [(stands_in, desk)] if stands_in else []
    return given
