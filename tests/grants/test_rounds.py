"""A round: which plans belong to it, and how long its answer may take."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from grants.ask.actions import submit
from grants.enquire.actions import answer_enquiry
from grants.models import Application, Edition, Scheme
from tests import make
from tests.conftest import Visitor
from web.models import Funder, Person

OPEN, JUST_OVER, LATER = "2026-03-10T12:00:00+01:00", "2026-03-23T12:00:00+01:00", "2026-03-27T12:00:00+01:00"


@pytest.fixture
def rounds(funder: Funder, officer: Person) -> Scheme:
    """From 1 to 20 March and from 1 to 20 September 2026; answered by the 15th of the month after."""
    scheme = make.scheme(funder, title="Rondepot")
    ranking = {"in_rounds": True, "division": Edition.Division.RANKING, "opens_on": date(2026, 1, 1)}
    with make.changing(scheme, **ranking) as edition:
        for month in (3, 9):
            days = {"opens_on": date(2026, month, 1), "closes_on": date(2026, month, 20)}
            edition.rounds.create(**days, answer_by=date(2026, month + 1, 15), ceiling=make.money(3_000))
    return scheme


@pytest.fixture
def in_march(rounds: Scheme, resident: Person) -> Application:
    with time_machine.travel(OPEN, tick=False):
        return submit(make.draft(rounds, resident), by=resident)


def test_a_plan_belongs_to_the_round_it_came_in(in_march: Application, rounds: Scheme) -> None:
    assert in_march.round == rounds.edition.rounds.first()
    assert in_march.answer_by == date(2026, 4, 15)


def test_a_plan_is_in_no_round_of_other_rules(in_march: Application, rounds: Scheme) -> None:
    later = make.changed(rounds).rounds.first()
    assert later
    assert in_march.round
    assert later.key == in_march.round.key
    with pytest.raises(IntegrityError, match="a_plan_is_sent_in_a_round_of_its_edition"), transaction.atomic():
        Application.objects.filter(pk=in_march.pk).update(round=later)


@pytest.mark.parametrize(
    ("asked_at", "answered_at", "answer_by"),
    [
        (
            OPEN,
            "2026-03-18T12:00:00+01:00",
            date(2026, 4, 15),
        ),  # open still: nothing ran yet
        (JUST_OVER, JUST_OVER, date(2026, 4, 15)),
        (JUST_OVER, LATER, date(2026, 4, 20)),  # three days stood still; the 18th is a Saturday
    ],
)
def test_the_clock_of_a_round_begins_when_it_closes(
    in_march: Application, officer: Person, resident: Person, asked_at: str, answered_at: str, answer_by: date
) -> None:
    with time_machine.travel(asked_at, tick=False):
        enquiry = make.asked(in_march, by=officer)
    with time_machine.travel(answered_at, tick=False):
        answer_enquiry(enquiry, answer="De buren.", by=resident)
    assert Application.objects.get().answer_by == answer_by


def test_everybody_reads_when_a_round_answers(rounds: Scheme) -> None:
    with time_machine.travel(OPEN, tick=False):
        page, rules = Visitor().get("/?bedrag=400"), Visitor().get(rounds.get_absolute_url())
    assert "You hear at the latest on 15 April 2026." in page.text
    assert "There is € 3.000 for this round." in rules.text
