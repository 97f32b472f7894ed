"""What a fund's people promise to residents: with a name and a day, kept or excused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.appoint.actions import end_seat
from grants.models import Application, Letter, Promise
from grants.promise import actions
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.models import Deed, Person, Seat

WHAT = "Wij vragen het waterschap naar de kade."


@pytest.fixture
def promised(application: Application, officer: Person) -> Promise:
    return actions.promise(application, what=WHAT, until=clock.today() + timedelta(days=7), by=officer)


def test_residents_read_what_who_and_when(as_: SignedIn, promised: Promise, resident: Person, officer: Person) -> None:
    page = as_(resident).get(reverse("grants:track", args=[promised.application_id])).text
    assert WHAT in page
    assert officer.name in page
    assert "What we promised you" in page


def test_it_is_kept_once(as_: SignedIn, promised: Promise, officer: Person, decider: Person) -> None:
    address = reverse("grants:settle_promise", args=[promised.pk])
    assert as_(officer).post(address, {"kept": "yes"}).status_code == 302
    with pytest.raises(ValidationError, match="just done this"):
        actions.excuse_promise(promised, excuse="Toch niet.", by=decider)
    assert Promise.objects.get().kept_on == clock.today()
    assert Deed.objects.filter(verb="keep_promise", by=officer).count() == 1


def test_what_is_not_kept_is_excused_with_a_sentence(
    as_: SignedIn, promised: Promise, officer: Person, resident: Person
) -> None:
    address = reverse("grants:settle_promise", args=[promised.pk])
    assert as_(officer).post(address, {"excuse": " "}).context["form"].errors.keys() == {"excuse"}
    as_(officer).post(address, {"excuse": "Het waterschap antwoordt niet. Wij bellen in mei."})
    track = as_(resident).get(reverse("grants:track", args=[promised.application_id])).text
    assert "Wij bellen in mei." in track


def test_residents_get_a_letter_when_it_is_not_kept(promised: Promise, officer: Person, resident: Person) -> None:
    Person.objects.filter(pk=resident.pk).update(wants_mails=Person.WantsMails.LETTERS)
    actions.excuse_promise(promised, excuse="Het waterschap antwoordt niet. Wij bellen in mei.", by=officer)
    letter = Letter.objects.get(event="promise/excused")
    assert letter.to == resident
    assert letter.mail is not None
    assert all(said in letter.text for said in (WHAT, "Wij bellen in mei.", officer.name))


def test_who_has_no_mail_gets_it_by_post(promised: Promise, officer: Person, resident: Person) -> None:
    Person.objects.filter(pk=resident.pk).update(reached_by=Person.ReachedBy.POST)
    actions.excuse_promise(promised, excuse="Wij bellen in mei.", by=officer)
    assert Letter.objects.to_post().filter(event="promise/excused").exists()


def test_a_kept_promise_sends_nothing(promised: Promise, officer: Person) -> None:
    before = Letter.objects.count()
    actions.keep_promise(promised, by=officer)
    assert Letter.objects.count() == before


def test_both_at_once_is_refused_by_the_database(promised: Promise) -> None:
    with pytest.raises(IntegrityError, match="kept_or_excused"), transaction.atomic():
        Promise.objects.update(kept_on=clock.today(), excused_on=clock.today(), excuse="Toch niet.")


@pytest.mark.parametrize("half", [{"excuse": "Toch niet."}, {"excused_on": date(2026, 3, 2)}])
def test_an_excuse_has_its_day(promised: Promise, half: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="an_excuse_has_its_day"), transaction.atomic():
        Promise.objects.update(**half)


@pytest.mark.parametrize(("days", "what", "field"), [(-1, WHAT, "until"), (1, " ", "what")])
def test_a_promise_has_a_day_and_words(
    application: Application, officer: Person, days: int, what: str, field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.promise(application, what=what, until=clock.today() + timedelta(days=days), by=officer)
    assert refused.value.message_dict.keys() == {field}


def test_who_answers_residents_here_promises(
    application: Application, officer: Person, treasurer: Person, outsider: Person
) -> None:
    until = clock.today()
    for person in (treasurer, outsider):
        with pytest.raises(PermissionDenied):
            actions.promise(application, what=WHAT, until=until, by=person)
        with pytest.raises(ValidationError, match="answers residents"):
            actions.promise(application, what=WHAT, until=until, owner=person, by=officer)


def test_what_is_due_first_stands_first_and_late_is_said(
    as_: SignedIn, promised: Promise, officer: Person, application: Application
) -> None:
    visitor, address = as_(officer), reverse("grants:promises")
    few = queries_of(visitor, address)
    for days in (20, 3):
        actions.promise(application, what=f"Over {days} dagen.", until=clock.today() + timedelta(days=days), by=officer)
    page = visitor.get(address).text
    places = [page.index(what) for what in ("Over 3 dagen.", WHAT, "Over 20 dagen.")]
    assert places == sorted(places)
    assert queries_of(visitor, address) == few == DOOR + 3  # one's role, whom one stands in for, the promises
    assert "Late" not in visitor.get(address).text
    Promise.objects.filter(pk=promised.pk).update(until=clock.today() - timedelta(days=1))
    assert "Late" in visitor.get(address).text


def test_a_leavers_promises_go_to_who_takes_over(
    promised: Promise, officer: Person, decider: Person, fund_admin: Person
) -> None:
    seat = Seat.objects.get(person=officer)
    end_seat(seat, ends_on=clock.today(), to=decider, by=fund_admin)
    assert Promise.objects.get().owner == decider


def test_nobody_of_the_group_promises_for_the_fund(application: Application, decider: Person) -> None:
    own = make.application(application.scheme, decider)
    with pytest.raises(PermissionDenied, match="in this group"):
        actions.promise(own, what=WHAT, until=clock.today(), by=decider)
