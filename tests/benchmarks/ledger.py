"""The ledger beside bare SQL doing the same work in the same run: `make bench` prints the ratios.

The goals: posting ≤ 3 times a bare INSERT on PostgreSQL; a balance ≤ 0.1
times a bare SUM; a thousand balances ≤ 0.3 times a bare GROUP BY; verifying everything ≤ 1 time a bare GROUP BY.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

import django

ACCOUNTS, TRANSFERS_EACH, POSTINGS = 1_000, 100, 300


def seconds(work: Callable[[], object], beside: Callable[[], object], times: int) -> tuple[float, float]:
    """The median of each, the wait for the disk included; in turns, so that a busy machine slows both."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _each in range(times):
        for which, do in enumerate((work, beside)):
            begin = time.perf_counter()
            do()
            spent[which].append(time.perf_counter() - begin)
    return median(spent[0]), median(spent[1])


def say(what: str, ours: float, bare: float, goal: str) -> None:
    print(f"{what:<44} {ours * 1000:>9.2f} ms {bare * 1000:>9.2f} ms {ours / bare:>7.2f}x   {goal}")  # noqa: T201


@contextmanager
def own_database() -> Iterator[None]:
    from django.test.utils import setup_databases, teardown_databases

    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def fill() -> None:
    """A budget and 1,000 commitments of 100 transfers each, in bulk, through the same tables and triggers."""
    from ledger.models import Account, Budget, Commitment, Posting, Transfer
    from web.amounts import from_cents
    from web.models import Funder, Person

    by = Person.objects.create(name="Een")
    funder = Funder.objects.create(name="Fonds", slug="fonds", mailbox="fonds@waterveen.example", phone="0900 0000")
    budget = Budget.objects.create(funder=funder, name="Pot", year=2026)
    budget.set_to(from_cents(100_000_000), by=by)
    rows = [
        Commitment(budget=budget, reference=str(nth), label="x", fixed_at_once=True, imported=True)
        for nth in range(ACCOUNTS)
    ]
    commitments = Commitment.objects.bulk_create(rows, 5_000)
    accounts = Account.objects.bulk_create(
        [Account(kind=Account.Kind.PROMISED, budget=budget, commitment=each) for each in commitments], 5_000
    )
    postings = Posting.objects.bulk_create(
        [Posting(kind=Posting.Kind.PROMISE, budget=budget, commitment=each, by=by) for each in commitments], 5_000
    )
    available = budget.account(Account.Kind.AVAILABLE)
    transfers = [
        Transfer(posting=posting, debit=available, credit=account, cents=100)
        for posting, account in zip(postings, accounts, strict=True)
        for _each in range(TRANSFERS_EACH)
    ]
    begin = time.perf_counter()
    Transfer.objects.bulk_create(transfers, 5_000)
    print(f"{len(transfers):,} transfers in bulk: {time.perf_counter() - begin:.1f} s")  # noqa: T201


def measure() -> None:
    from django.db import connection

    from ledger.management.commands.ledger_verify import TOTALS
    from ledger.models import Account, Budget, Move, Posting
    from web.models import Person

    by, budget = Person.objects.get(), Budget.objects.get()
    funding, available = budget.account(Account.Kind.FUNDING), budget.account(Account.Kind.AVAILABLE)
    busiest = available.pk

    def ask(sql: str) -> Callable[[], object]:
        def run() -> object:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else None

        return run

    serial = "BIGSERIAL" if connection.vendor == "postgresql" else "INTEGER"
    ask(f"CREATE TABLE bare (id {serial} PRIMARY KEY, debit BIGINT, credit BIGINT, cents BIGINT)")()
    out, into = "SELECT debit_id AS id, -cents AS cents", "SELECT credit_id, cents"
    sides = f"({out} FROM ledger_transfer UNION ALL {into} FROM ledger_transfer)"
    group_by = f"SELECT id, SUM(cents) FROM {sides} both_sides GROUP BY id"

    say(
        "post one transfer | one bare INSERT",
        *seconds(
            lambda: Posting(kind=Posting.Kind.RAISE, budget=budget, by=by).post(Move(funding, available, 100)),
            ask("INSERT INTO bare (debit, credit, cents) VALUES (1, 2, 100)"),
            POSTINGS,
        ),
        "goal ≤ 3x on PostgreSQL",
    )
    say(
        "balance of an account of 100,000 transfers",
        *seconds(
            lambda: Account.objects.values_list("balance").get(pk=busiest),
            ask(f"SELECT SUM(cents) FROM {sides} both_sides WHERE id = {busiest}"),
            20,
        ),
        "goal ≤ 0.1x a bare SUM",
    )
    say(
        "balances of 1,000 accounts",
        *seconds(lambda: list(Account.objects.values_list("id", "balance")), ask(group_by), 20),
        "goal ≤ 0.3x a bare GROUP BY",
    )
    say("verify all totals", *seconds(ask(TOTALS), ask(group_by), 10), "goal ≤ 1x a bare GROUP BY")


def main() -> None:
    django.setup()
    from django.db import connection

    with own_database():
        print(f"\nLedger on {connection.vendor}: ours | bare SQL")  # noqa: T201
        fill()
        measure()


if __name__ == "__main__":
    main()
