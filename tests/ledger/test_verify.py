"""`manage.py ledger_verify`: says nothing is wrong when nothing is, and finds every kind of thing that is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from ledger.models import Budget, Commitment, Payment, Posting, Purse
from ledger.models.chain import day_chain
from tests.ledger import make_money
from web import clock, guards
from web.amounts import euro
from web.models import Person


def verify(*options: str) -> tuple[int, str]:
    """The exit code, and what was printed."""
    said = StringIO()
    try:
        call_command("ledger_verify", *options, stdout=said, no_color=True)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def by_hand(sql: str) -> None:
    """What somebody with the keys of the database could do."""
    connection.check_constraints()
    guards.drop_all()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    guards.install_all()


@pytest.fixture
def busy(advance: Commitment, payment: Payment, purse: Purse, treasurer: Person, resident: Person) -> Budget:
    """Books in which everything has happened once."""
    make_money.paid(advance, by=treasurer)
    advance.fix(euro(450), decision_ref="2026-17", by=treasurer)
    payment.put_on_its_way(by=treasurer)
    payment.came_back(on=timezone.localdate(payment.sent_at), reason="Onbekend", by=treasurer)
    make_money.paid(payment.commitment, by=treasurer)
    make_money.commitment(advance.budget, 10, holders=[resident], by=treasurer).release(by=treasurer)
    make_money.commitment(advance.budget, 5, holders=[resident], by=treasurer)
    return advance.budget


def test_books_that_are_right(busy: Budget) -> None:
    code, said = verify()
    assert (code, said.count("✗")) == (0, 0)
    assert len(said.splitlines()[0].split()[2]) == 64


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE ledger_account SET credits = credits + 1 WHERE kind = 'available'", "the totals of an account"),
        (
            "UPDATE ledger_transfer SET cents = cents + 1 WHERE id = (SELECT MAX(id) FROM ledger_transfer)",
            "the totals of an account",
        ),
        ("UPDATE ledger_posting SET decision_ref = ''", "to_recover_needs_a_decision"),
        ("UPDATE ledger_payment SET status = 'came_back' WHERE status = 'confirmed'", "a payment's status"),
        ("UPDATE ledger_payment SET status = 'dropped' WHERE status = 'planned'", "planned payments"),
        ("UPDATE ledger_payment SET cents = cents + 1 WHERE status = 'planned'", "planned payments"),
        ("DELETE FROM ledger_expense", "isn't in the group's cash book"),
    ],
)
def test_what_somebody_did_by_hand_is_found(busy: Budget, change: str, sentence: str) -> None:
    by_hand(change)
    code, said = verify("--no-chain")
    assert code == 1
    assert sentence in said


def test_a_posting_without_transfers_is_found(busy: Budget, treasurer: Person) -> None:
    Posting.objects.create(kind="raise", budget=busy, by=treasurer)
    assert "has no transfers" in verify()[1]


def test_a_missing_guard_is_found(busy: Budget) -> None:
    connection.check_constraints()
    guards.drop_all()
    code, said = verify()
    guards.install_all()
    assert code == 1
    assert "no guard “transfers_add_up”" in said


def test_a_changed_past_changes_every_digest_after_it(busy: Budget) -> None:
    before = list(day_chain())
    by_hand("UPDATE ledger_posting SET document = 'x' WHERE id = (SELECT MIN(id) FROM ledger_posting)")
    assert [link.digest for link in day_chain()] != [link.digest for link in before]


def test_the_chain_of_yesterday_is_the_same_tomorrow(budget: Budget, treasurer: Person) -> None:
    """Another day only adds a link."""
    before = list(day_chain())
    later = make_money.raise_by(budget, 500, by=treasurer)
    by_hand(f"UPDATE ledger_posting SET posted_at = '{clock.now() + timedelta(days=2)}' WHERE id = {later.pk}")
    after = list(day_chain())
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
