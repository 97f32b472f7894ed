"""Eight real processes want to promise from one budget at the same time: exactly what fits is promised.

On a database of its own (a file for SQLite, a second database for PostgreSQL), through the same settings.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

HOUSE = Path(__file__).resolve().parents[2]
PROCESSES, TRIES_EACH = 8, 10

SET_UP = """
from django.core.management import call_command
from ledger.models import Budget
from web.amounts import euro
from web.models import Funder, Person
call_command("migrate", verbosity=0)
person = Person.objects.create(name="Een")
funder = Funder.objects.create(name="Fonds", slug="fonds", mailbox="fonds@waterveen.example", phone="0900 0000")
Budget.objects.create(funder=funder, name="Pot", year=2026).set_to(euro(1_000), by=person)
"""

RESERVE = "Budget.objects.get().reserve(euro(100), by=person)\n"

AWARD = """
import sys
from django.core.exceptions import ValidationError
from ledger.models import Budget
from web.amounts import euro
from web.models import Person
person, budget, done = Person.objects.get(name="Een"), Budget.objects.get(), 0
print("ready", flush=True)
sys.stdin.readline()
for nth in range({tries}):
    try:
        budget.promise(
            euro(100), reference=f"{{sys.argv[1]}}-{{nth}}", label="x", thread=None, page="", fixed_at_once=True,
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
import sys
from ledger.models import Account, Budget, Move, Posting
from web.models import Person
by, budget = Person.objects.get(name="Een"), Budget.objects.get()
there = Move(budget.account(Account.Kind.AVAILABLE), budget.account(Account.Kind.RESERVED), 1)
back = Move(there.credit, there.debit, 1)
print("ready", flush=True)
sys.stdin.readline()
for nth in range(20):
    there_first = (nth + int(sys.argv[1])) % 2
    move, kind = (there, Posting.Kind.RESERVE) if there_first else (back, Posting.Kind.UNRESERVE)
    Posting(kind=kind, budget=budget, by=by).post(move)
print("done")
"""

BEGIN = "import django; django.setup()\n"


@pytest.fixture
def own_database(tmp_path: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment of processes that share one database nobody else uses."""
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "BUURTKAS_VAR": str(tmp_path)}
    if connection.vendor == "sqlite":
        yield surroundings | {"DATABASE_URL": f"sqlite:///{tmp_path / 'together.sqlite3'}"}
        return
    settings, name = connection.settings_dict, f"{connection.settings_dict['NAME']}_together"
    server = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT'] or 5432}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield surroundings | {"DATABASE_URL": f"{server}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def start(code: str, where: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BEGIN + code, *arguments]
    return subprocess.Popen(
        command, env=where, cwd=HOUSE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def said_by(process: subprocess.Popen[str]) -> str:
    out, trouble = process.communicate("go\n", timeout=300)
    assert process.returncode == 0, trouble
    return out.splitlines()[-1] if out else ""


def at_once(code: str, where: dict[str, str], processes: int) -> list[str]:
    """What each said last. They are let go only when all stand ready."""
    together = [start(code, where, str(nth)) for nth in range(processes)]
    for process in together:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in together:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [said_by(process) for process in together]


@pytest.mark.wide
@pytest.mark.django_db
def test_opposite_postings_never_wait_for_each_other_for_ever(own_database: dict[str, str]) -> None:
    """Accounts are locked in the order of their ids: unordered, PostgreSQL ended most of these as deadlocks."""
    said_by(start(SET_UP + RESERVE, own_database))
    assert at_once(BACK_AND_FORTH, own_database, 4) == ["done"] * 4
    assert said_by(start(COUNT, own_database)) == "0 0 900"


@pytest.mark.wide
@pytest.mark.django_db
def test_eighty_awards_of_100_from_1000_by_eight_processes_are_ten(own_database: dict[str, str]) -> None:
    said_by(start(SET_UP, own_database))
    done = at_once(AWARD.format(tries=TRIES_EACH), own_database, PROCESSES)
    assert sum(map(int, done)) == 10
    assert said_by(start(COUNT, own_database)) == "10 1000 0"
