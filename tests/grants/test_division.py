"""Dividing the last money: in the order of complete requests, under the ceiling, and eight at once."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from grants.decide.actions import award
from grants.models import Application, Scheme
from grants.review.actions import send_back
from ledger.models import Budget
from tests import make
from tests.ledger.test_at_once import at_once, own_database, said_by, start
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Funder, Person

__all__ = ["own_database"]
MORNING = datetime(2026, 3, 2, 9).astimezone()


def complete(scheme: Scheme, minute: int, asked: int, *, by: Person) -> Application:
    """Complete so many minutes after nine, and judged."""
    made = make.application(scheme, make.person(), asked=asked)
    Application.objects.filter(pk=made.pk).update(
        complete_at=MORNING + timedelta(minutes=minute, seconds=20 * made.pk % 60)
    )
    make.judgement(Application.objects.get(pk=made.pk), by=by)
    return Application.objects.get(pk=made.pk)


@pytest.fixture
def scarce(funder: Funder) -> Scheme:
    """1,000 euro."""
    return make.scheme(funder, money=1_000)


def test_who_was_complete_earlier_comes_first(scarce: Scheme, officer: Person) -> None:
    first, second = complete(scarce, 0, 600, by=officer), complete(scarce, 1, 500, by=officer)
    with pytest.raises(ValidationError, match="complete earlier") as refusal:
        award(second, amount=euro(500), by=officer)
    assert first.number in refusal.value.message
    award(first, amount=euro(300), reason="Minder.", by=officer)
    award(second, amount=euro(500), by=officer)
    assert Budget.objects.get().available == euro(200)


def test_with_enough_for_both_nobody_waits(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 0, 500, by=officer)
    award(complete(scarce, 1, 500, by=officer), amount=euro(500), by=officer)
    third = complete(scarce, 2, 100, by=officer)
    with pytest.raises(ValidationError, match="complete earlier"):
        award(third, amount=euro(100), by=officer)


def test_in_the_same_minute_nobody_is_first(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 5, 600, by=officer)
    award(complete(scarce, 5, 500, by=officer), amount=euro(500), by=officer)


def test_what_is_decided_or_went_back_takes_no_place(scarce: Scheme, officer: Person) -> None:
    back = make.application(scarce, make.person(), asked=600)
    send_back(back, missing=["what"], until=add_weeks(today(), 2), by=officer)
    second = complete(scarce, 1, 500, by=officer)
    award(second, amount=euro(500), by=officer)
    assert Budget.objects.get().available == euro(500)


def test_many_before_it_are_counted(scarce: Scheme, officer: Person) -> None:
    for minute in range(8):
        complete(scarce, minute, 400, by=officer)
    with pytest.raises(ValidationError, match="3 others"):
        award(complete(scarce, 9, 400, by=officer), amount=euro(400), by=officer)


def test_what_there_is_not_is_said_before_whose_turn_it_is(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 0, 1_000, by=officer)
    with pytest.raises(ValidationError, match=r"There is €.+1\.000 left"):
        award(complete(scarce, 1, 1_001, by=officer), amount=euro(1_001), by=officer)


def test_in_a_ranking_the_order_says_nothing(funder: Funder, officer: Person) -> None:
    ranked = make.scheme(funder, money=1_000, division="ranking", in_rounds=True)
    complete(ranked, 0, 600, by=officer)
    award(complete(ranked, 1, 500, by=officer), amount=euro(500), by=officer)


def test_over_the_ceiling_the_rest_is_offered(funder: Funder, officer: Person) -> None:
    """Awb 4:25: refused insofar as it would be exceeded, though the budget holds more."""
    scheme = make.scheme(funder, money=5_000, ceiling=make.money(800))
    award(complete(scheme, 0, 500, by=officer), amount=euro(500), by=officer)
    second = complete(scheme, 1, 500, by=officer)
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+300"):
        award(second, amount=euro(500), by=officer)
    award(Application.objects.get(pk=second.pk), amount=euro(300), reason="Het plafond is bereikt.", by=officer)
    assert Budget.objects.get().available == euro(4_200)


# Eight at once

SET_UP = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import make
from web.models import Seat
funder = make.funder()
officer = make.person("Fatima van Wilgen")
make.seat(officer, funder, Seat.Role.DECIDER, mandate=10_000)
scheme = make.scheme(funder, money=10_000)
for nth in range(40):
    made = make.application(scheme, make.person(), asked=500)
    make.judgement(made, by=officer)
from grants.models import Application
Application.objects.update(complete_at=Application.objects.order_by("pk")[0].complete_at)
"""

DECIDE = """
import sys
from django.core.exceptions import ValidationError
from grants.decide.actions import award
from grants.models import Application
from web.amounts import euro
from web.models import Person
officer, granted, refused = Person.objects.get(name="Fatima van Wilgen"), 0, 0
mine = list(Application.objects.order_by("pk"))[int(sys.argv[1])::8]
print("ready", flush=True)
sys.stdin.readline()
for application in mine:
    try:
        award(application, amount=euro(500), by=officer)
        granted += 1
    except ValidationError as refusal:
        assert "left in this budget" in refusal.messages[0], refusal.messages
        refused += 1
print(granted, refused)
"""

COUNT = """
from django.core.management import call_command
from grants.models import Application, Decision, Grant, Letter
from ledger.models import Budget
call_command("ledger_verify", "--no-chain", verbosity=0)
cards = Budget.objects.get().cards()
numbers = list(Decision.objects.order_by("sequence").values_list("sequence", flat=True))
assert numbers == list(range(1, 21)), numbers
print(
    Grant.objects.count(), Application.objects.filter(status="granted").count(), Letter.objects.count(),
    int(cards.promised.amount), int(cards.available.amount),
)
"""


@pytest.mark.wide
@pytest.mark.django_db
def test_forty_of_500_before_10000_by_eight_processes_are_twenty(own_database: dict[str, str]) -> None:
    said_by(start(SET_UP, own_database))
    done = [tuple(map(int, said.split())) for said in at_once(DECIDE, own_database, 8)]
    assert sum(granted for granted, _refused in done) == 20
    assert sum(refused for _granted, refused in done) == 20
    assert said_by(start(COUNT, own_database)) == "20 20 20 10000 0"
