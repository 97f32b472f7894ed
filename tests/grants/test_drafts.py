"""Drafts move along when their holder signs in, and go when nobody touched them for 90 days."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from grants.models import Application, Member, Plan, Scheme
from grants.models.draft import KEPT, adopt_drafts, erase_old_drafts
from tests import make
from web import clock
from web.models import Person


@pytest.fixture
def nobody(db: None) -> Person:
    """Whoever started a draft on a phone and didn't say who they are."""
    return Person.objects.create(phone="06 5")


def test_a_holders_drafts_become_those_of_the_person_who_signs_in(
    scheme: Scheme, nobody: Person, resident: Person
) -> None:
    draft = make.draft(scheme, nobody)
    adopt_drafts(nobody, resident)
    nobody.refresh_from_db()
    assert draft.plan.members.get().person == resident
    assert nobody.now == resident


def test_what_is_known_of_a_person_is_kept_and_only_gaps_are_filled(nobody: Person, resident: Person) -> None:
    nobody.name, nobody.house_number = "Iemand anders", "7"
    nobody.save()
    adopt_drafts(nobody, resident)
    resident.refresh_from_db()
    assert (resident.name, resident.phone, resident.house_number) == ("Samira Lindeboom", "06 00000001", "7")


def test_one_who_is_in_the_group_already_is_not_in_it_twice(scheme: Scheme, nobody: Person, resident: Person) -> None:
    draft = make.draft(scheme, nobody, resident)
    adopt_drafts(nobody, resident)
    assert [member.person for member in draft.plan.members.all()] == [resident]
    assert draft.plan.members.get().role == Member.Role.FIRST_CONTACT


def test_adopting_twice_or_oneself_changes_nothing(scheme: Scheme, nobody: Person, resident: Person) -> None:
    draft = make.draft(scheme, nobody)
    other = make.person()
    adopt_drafts(nobody, nobody)
    adopt_drafts(nobody, resident)
    adopt_drafts(nobody, other)
    nobody.refresh_from_db()
    assert nobody.now == resident
    assert draft.plan.members.get().person == resident


def test_somebody_who_can_sign_in_never_becomes_somebody_else(
    scheme: Scheme, resident: Person, neighbour: Person
) -> None:
    draft = make.draft(scheme, resident)
    make.user(resident)
    adopt_drafts(Person.objects.get(pk=resident.pk), neighbour)
    resident.refresh_from_db()
    assert resident.now == resident
    assert draft.plan.members.get().person == resident


def test_an_untouched_draft_goes_after_ninety_days_and_its_nobody_is_forgotten(scheme: Scheme, nobody: Person) -> None:
    make.draft(scheme, nobody)
    with time_machine.travel(clock.now() + KEPT - timedelta(hours=1)):
        assert erase_old_drafts() == 0
    with time_machine.travel(clock.now() + KEPT + timedelta(hours=1)):
        assert erase_old_drafts() == 1
        assert erase_old_drafts() == 0
    assert not Plan.objects.exists()
    assert not Application.objects.exists()
    nobody.refresh_from_db()
    assert nobody.phone == ""
    assert nobody.erased_at is not None


def test_what_was_sent_stays(application: Application, resident: Person) -> None:
    with time_machine.travel(clock.now() + 3 * KEPT):
        assert erase_old_drafts() == 0
    resident.refresh_from_db()
    assert resident.name == "Samira Lindeboom"
    assert Application.objects.get() == application


@pytest.mark.parametrize("known_by", ["a sign-in", "a seat", "another plan"])
def test_whoever_is_known_for_something_else_is_not_forgotten(
    scheme: Scheme, resident: Person, funder: Any, known_by: str
) -> None:
    make.draft(scheme, resident)
    if known_by == "a sign-in":
        make.user(resident)
    elif known_by == "a seat":
        make.seat(resident, funder, "officer")  # type: ignore[arg-type]  # the name of the role
    else:
        make.application(scheme, resident)
    with time_machine.travel(clock.now() + KEPT + timedelta(hours=1)):
        assert erase_old_drafts() == 1
    resident.refresh_from_db()
    assert resident.name == "Samira Lindeboom"
