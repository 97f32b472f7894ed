"""Add everything up again, from the transfers, and say what isn't right."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from ledger.guards import BROKEN
from ledger.models.chain import day_chain
from web import guards

# What is wrong, in words, and the rows where it is wrong: the first column says which row.
TOTALS = """
    SELECT a.id, a.debits, a.credits, COALESCE(d.cents, 0), COALESCE(c.cents, 0) FROM ledger_account a
    LEFT JOIN (SELECT debit_id AS id, SUM(cents) AS cents FROM ledger_transfer GROUP BY debit_id) d ON d.id = a.id
    LEFT JOIN (SELECT credit_id AS id, SUM(cents) AS cents FROM ledger_transfer GROUP BY credit_id) c ON c.id = a.id
    WHERE a.debits <> COALESCE(d.cents, 0) OR a.credits <> COALESCE(c.cents, 0)"""

# A closed period shows nothing afterwards: what was posted before it closed is still there.
AFTERWARDS = {name: broken for name, broken in BROKEN.items() if name != "a_closed_period_takes_no_postings"}

POSTED = """(SELECT COUNT(*) FROM ledger_posting p WHERE p.payment_id = y.id AND p.kind = '{kind}'
    AND NOT EXISTS (SELECT 1 FROM ledger_posting r WHERE r.reverses_id = p.id))"""

SUM_OF = """(SELECT COALESCE(SUM(y.cents), 0) FROM ledger_payment y
    WHERE y.commitment_id = a.commitment_id AND y.status = '{status}')"""

CHECKS: dict[str, str] = {
    "the totals of an account are not those of its transfers (account, debits, credits, counted)": TOTALS,
    "an account is below zero": "SELECT id, balance FROM ledger_account WHERE balance < 0 AND NOT may_go_negative",
    "a budget's accounts don't add up to nothing (budget, cents)": (
        "SELECT budget_id, SUM(balance) FROM ledger_account GROUP BY budget_id HAVING SUM(balance) <> 0"
    ),
    "a posting has no transfers": (
        "SELECT id FROM ledger_posting WHERE id NOT IN (SELECT posting_id FROM ledger_transfer)"
    ),
    **{
        f"a transfer breaks the rule “{name}”": (
            "SELECT t.id FROM ledger_transfer t JOIN ledger_posting p ON p.id = t.posting_id"
            " JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id"
            f" WHERE {broken}"
        )
        for name, broken in AFTERWARDS.items()
    },
    "a payment's status isn't what was posted for it": (
        "SELECT y.id, y.status FROM ledger_payment y WHERE"
        f" {POSTED.format(kind='pay')} <> CASE WHEN y.status IN ('planned', 'dropped') THEN 0 ELSE 1 END"
        f" OR {POSTED.format(kind='confirm')} <> CASE WHEN y.status = 'confirmed' THEN 1 ELSE 0 END"
        f" OR {POSTED.format(kind='came_back')} <> CASE WHEN y.status = 'came_back' THEN 1 ELSE 0 END"
    ),
    "payments on their way are not what the account says (account, cents, payments)": (
        f"SELECT a.id, a.balance, {SUM_OF.format(status='on_its_way')} FROM ledger_account a"
        f" WHERE a.kind = 'on_its_way' AND a.balance <> {SUM_OF.format(status='on_its_way')}"
    ),
    "planned payments are not what is promised (account, cents, payments)": (
        f"SELECT a.id, a.balance, {SUM_OF.format(status='planned')} FROM ledger_account a"
        " JOIN ledger_commitment m ON m.id = a.commitment_id WHERE a.kind = 'promised' AND NOT m.imported"
        f" AND a.balance <> {SUM_OF.format(status='planned')}"
    ),
    "a confirmed payment isn't in the group's cash book": (
        "SELECT y.id FROM ledger_payment y JOIN ledger_commitment m ON m.id = y.commitment_id"
        " JOIN ledger_purse u ON u.thread = m.thread WHERE y.status = 'confirmed' AND NOT EXISTS ("
        "SELECT 1 FROM ledger_expense e WHERE e.payment_id = y.id AND e.direction = 'in' AND e.cents = y.cents)"
    ),
}


class Command(BaseCommand):
    help = "Recompute the books from their transfers. Exit code 1, and a list, when something isn't right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-chain", action="store_true", help="Don't print the digests per day.")

    def handle(self, *_args: Any, no_chain: bool, **_options: Any) -> None:
        """Say everything that is wrong, not just the first thing."""
        wrong = list(everything_wrong())
        for line in wrong:
            self.stdout.write(self.style.ERROR(f"✗ {line}"))
        if not no_chain:
            for day, transfers, digest in day_chain():
                self.stdout.write(f"{day} {transfers:>8} {digest}")
        if wrong:
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS("The books are right: every euro is in exactly one place."))


def everything_wrong() -> Iterator[str]:
    """Every missing guard and every row that breaks a rule, in words."""
    for name in guards.missing(connection.alias):
        yield f"the database has no guard “{name}” (run: manage.py migrate)"
    with connection.cursor() as cursor:
        for sentence, query in CHECKS.items():
            cursor.execute(query)
            for row in cursor.fetchall():
                yield f"{sentence}: {', '.join(map(str, row))}"
