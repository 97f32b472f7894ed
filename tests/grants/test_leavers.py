"""Work of who leaves: theirs until and with their last day, of whoever was chosen from the day after."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from grants.appoint import actions
from grants.management.leavers import hand_over_what_was_left
from grants.models import Application, Handover, Promise, Reaction
from grants.promise.actions import promise
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_appoint import at_work as at_work  # noqa: PLC0414  # the fixture
from web import clock
from web.clock import today
from web.models import Deed, Funder, Person, Seat

LAST = timedelta(days=10)


@pytest.fixture
def leaves(at_work: Seat, decider: Person, fund_admin: Person) -> Seat:
    """Fatima goes in ten days; Diederik takes over."""
    return actions.end_seat(at_work, ends_on=today() + LAST, to=decider, by=fund_admin)


def days_later(days: int) -> None:
    with clock.at(timezone.now() + timedelta(days=days)):
        hand_over_what_was_left()


def officers() -> list[int | None]:
    return list(Application.objects.order_by("pk").values_list("officer", flat=True)[:2])


def colleague(funder: Funder, name: str = "Nora Noot", **days: date) -> Person:
    person = make.person(name)
    make.seat(person, funder, Seat.Role.OFFICER, **days)  # type: ignore[arg-type]  # a mandate is not among them
    return person


def test_it_stays_theirs_until_and_with_the_last_day(leaves: Seat, officer: Person, decider: Person) -> None:
    for days in (0, 10):
        days_later(days)
        assert officers() == [officer.pk, officer.pk]
        assert Reaction.objects.get().handler == officer
    days_later(11)
    assert officers() == [decider.pk, None], "what Diederik may not touch is nobody's"
    assert Reaction.objects.get().handler == decider


def test_it_goes_once_however_often_the_clock_asks(leaves: Seat, officer: Person, decider: Person) -> None:
    for days in (11, 11, 40):
        days_later(days)
    assert Deed.objects.filter(verb="hand_over", by=Person.system()).count() == 1
    assert Deed.objects.filter(verb="hand_over_work", by=Person.system()).count() == 3
    Application.objects.update(officer=officer)
    with clock.at(timezone.now() + timedelta(days=41)):
        assert actions.hand_over(Seat.objects.get(pk=leaves.pk), by=Person.system()) is None
    assert officers() == [officer.pk, officer.pk], "a worker that comes late does nothing"


def test_what_came_on_the_desk_in_the_last_days_goes_along(
    leaves: Seat, officer: Person, decider: Person, application: Application
) -> None:
    promise(application, what="Wij bellen.", until=today() + LAST, by=officer)
    days_later(11)
    assert Promise.objects.get().owner == decider


def test_who_leaves_today_leaves_it_at_once_and_what_comes_that_day_follows(
    at_work: Seat, application: Application, officer: Person, decider: Person, fund_admin: Person
) -> None:
    actions.end_seat(at_work, ends_on=today(), to=decider, by=fund_admin)
    assert officers()[0] == decider.pk
    Application.objects.filter(pk=application.pk).update(officer=officer)
    days_later(1)
    assert officers()[0] == decider.pk


def test_a_successor_who_leaves_as_well_names_who_has_it_then(
    leaves: Seat, decider: Person, fund_admin: Person, funder: Funder
) -> None:
    """Also without any work of their own yet."""
    nora, theirs = colleague(funder), decider.seats.get()
    with pytest.raises(ValidationError, match="answers residents here by then"):
        actions.end_seat(theirs, ends_on=today() + timedelta(days=2), by=fund_admin)
    actions.end_seat(theirs, ends_on=today() + timedelta(days=2), to=nora, by=fund_admin)
    days_later(11)
    assert officers() == [nora.pk, nora.pk]
    assert Reaction.objects.get().handler == nora


def test_without_anybody_left_plans_are_nobodys_and_promises_find_somebody(
    leaves: Seat, officer: Person, decider: Person, funder: Funder, application: Application
) -> None:
    promise(application, what="Wij bellen.", until=today() + LAST, by=officer)
    nora = colleague(funder)
    Seat.objects.filter(person=decider).update(starts_on=today(), ends_on=today() + timedelta(days=5))
    days_later(11)
    assert officers() == [None, None]
    assert Reaction.objects.get().handler is None
    assert Promise.objects.get().owner == nora


def test_two_who_leave_to_each_other_leave_it_to_nobody(leaves: Seat, decider: Person, fund_admin: Person) -> None:
    """No circle keeps the clock busy."""
    actions.end_seat(decider.seats.get(), ends_on=today() + LAST - timedelta(days=1), to=leaves.person, by=fund_admin)
    days_later(11)
    assert officers() == [None, None]


def test_a_role_that_was_given_until_a_day_leaves_nothing_behind_either(at_work: Seat, officer: Person) -> None:
    Seat.objects.filter(pk=at_work.pk).update(ends_on=today() + LAST)
    days_later(10)
    assert officers() == [officer.pk, officer.pk]
    days_later(11)
    assert officers() == [None, None]
    assert Handover.objects.get().done_on == today() + timedelta(days=11)


def test_nothing_goes_while_another_role_goes_on(leaves: Seat, funder: Funder, officer: Person) -> None:
    make.seat(officer, funder, Seat.Role.DECIDER, starts_on=today() + LAST)
    days_later(11)
    assert officers() == [officer.pk, officer.pk]
    assert Handover.objects.get().done_on


def test_another_can_be_chosen_until_then(leaves: Seat, funder: Funder, fund_admin: Person) -> None:
    nora = colleague(funder)
    actions.end_seat(leaves, ends_on=today() + LAST, to=nora, by=fund_admin)
    actions.end_seat(leaves, ends_on=today() + timedelta(days=5), by=fund_admin)
    days_later(6)
    assert officers() == [nora.pk, nora.pk]


def test_who_takes_over_has_to_be_there_by_then(at_work: Seat, funder: Funder, fund_admin: Person) -> None:
    new = colleague(funder, starts_on=today() + LAST)
    gone = colleague(funder, "Jan Weg", ends_on=today() + LAST)
    for to, last in ((gone, LAST), (new, LAST - timedelta(days=5))):
        with pytest.raises(ValidationError, match="by then"):
            actions.end_seat(at_work, ends_on=today() + last, to=to, by=fund_admin)
    actions.end_seat(at_work, ends_on=today() + LAST, to=new, by=fund_admin)
    days_later(11)
    assert officers()[0] == new.pk


def test_only_the_clock_hands_over(leaves: Seat, fund_admin: Person) -> None:
    with pytest.raises(PermissionDenied):
        actions.hand_over(leaves, by=fund_admin)


def test_the_pages_say_when_and_to_whom(as_: SignedIn, at_work: Seat, fund_admin: Person, decider: Person) -> None:
    yusuf, address = as_(fund_admin), reverse("grants:end_seat", args=[at_work.pk])
    last = f"{today() + LAST:%d-%m-%Y}"
    assert "the day after it is theirs" in yusuf.get(address).text
    assert yusuf.post(address, {"ends_on": last}).context["form"].errors.keys() == {"to"}
    assert yusuf.post(address, {"ends_on": last, "to": decider.pk}).status_code == 302
    assert f"then to {decider.name}" in yusuf.get("/medewerkers/waterveen/").text
    again = yusuf.get(address).context["form"]
    assert (again["ends_on"].initial, again["to"].initial) == (today() + LAST, decider)
