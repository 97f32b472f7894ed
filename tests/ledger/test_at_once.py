"""Eight real processes want to promise from one budget at the same time: exactly what fits is promised.

On a database of its own (a file for SQLite, a second database for PostgreSQL), through the same settings.
"""

import pytest

from tests.own_database import at_once, said_by

PROCESSES, TRIES_EACH = 8, 10

SET_UP = """
from ledger.models import Budget
from web.amounts import euro
from web.models import Funder, Person
person = Person.objects.create(name="Een")
funder = Funder.objects.create(name="Fonds", slug="fonds", mailbox="fonds@waterveen.example", phone="0900 0000")
Budget.objects.create(funder=funder, name="Pot", year=2026).set_to(euro(1_000), by=person)
"""

RESERVE = "Budget.objects.get().reserve(euro(100), by=person)\n"

AWARD = """
from django.core.exceptions import ValidationError
from ledger.models import Budget
from web.amounts import euro
from web.models import Person
person, budget, done = Person.objects.get(name="Een"), Budget.objects.get(), 0
wait()
for turn in range({tries}):
    try:
        budget.promise(
            euro(100), reference=f"{{nth}}-{{turn}}", label="x", thread=None, page="", fixed_at_once=True,
            decided_by=None, holders=[], by=person,
        )
        done += 1
    except ValidationError:
        pass
print(done)
"""

COUNT = """
from django.core.management import call_command
from ledger.models import Budget, Commitment
cards = Budget.objects.get().cards()
call_command("ledger_verify", "--no-chain", verbosity=0)
print(Commitment.objects.count(), int(cards.promised.amount), int(cards.available.amount))
"""

BACK_AND_FORTH = """
from ledger.models import Account, Budget, Move, Posting
from web.models import Person
by, budget = Person.objects.get(name="Een"), Budget.objects.get()
there = Move(budget.account(Account.Kind.AVAILABLE), budget.account(Account.Kind.RESERVED), 1)
back = Move(there.credit, there.debit, 1)
wait()
for turn in range(20):
    there_first = (turn + nth) % 2
    move, kind = (there, Posting.Kind.RESERVE) if there_first else (back, Posting.Kind.UNRESERVE)
    Posting(kind=kind, budget=budget, by=by).post(move)
print("done")
"""


@pytest.mark.wide
@pytest.mark.django_db
def test_opposite_postings_never_wait_for_each_other_for_ever(own_database: dict[str, str]) -> None:
    """Accounts are locked in the order of their ids: unordered, PostgreSQL ended most of these as deadlocks."""
    said_by(SET_UP + RESERVE, own_database)
    assert at_once(BACK_AND_FORTH, own_database, 4) == ["done"] * 4
    assert said_by(COUNT, own_database) == "0 0 900"


@pytest.mark.wide
@pytest.mark.django_db
def test_eighty_awards_of_100_from_1000_by_eight_processes_are_ten(own_database: dict[str, str]) -> None:
    said_by(SET_UP, own_database)
    done = at_once(AWARD.format(tries=TRIES_EACH), own_database, PROCESSES)
    assert sum(map(int, done)) == 10
    assert said_by(COUNT, own_database) == "10 1000 0"
