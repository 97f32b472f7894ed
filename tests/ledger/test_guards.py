"""What the database itself refuses, tried with plain SQL on the database the tests run on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.models import Account, Budget, Commitment, Posting, Purse, Transfer
from tests.ledger import make_money
from web import clock, guards
from web.models import Person

Refused = Callable[[str, str], None]


@pytest.fixture
def refused(commitment: Commitment, purse: Purse) -> Refused:
    """`refused(sql, name)`: the database says no, and its words hold this name."""

    def try_it(sql: str, name: str) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    return try_it


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_transfer"])
def test_what_was_posted_is_never_changed_or_deleted(refused: Refused, table: str) -> None:
    refused(f"UPDATE {table} SET id = id + 1000", f"{table}_is_append_only_update")
    refused(f"DELETE FROM {table}", f"{table}_is_append_only_delete")


def test_a_posting_is_not_changed_through_the_nouns_either(commitment: Commitment) -> None:
    with pytest.raises(IntegrityError, match="is_append_only"), transaction.atomic():
        Posting.objects.update(document="x")
    with pytest.raises(IntegrityError, match="is_append_only"), transaction.atomic():
        Transfer.objects.all().delete()


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_transfer", "ledger_account"])
def test_no_table_is_truncated(refused: Refused, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; its DELETE is refused row by row")
    connection.check_constraints()  # rows just written would stop a TRUNCATE before its guard does
    refused(f"TRUNCATE {table} CASCADE", "is_not_truncated")


def test_replacing_a_row_is_no_way_around(refused: Refused) -> None:
    """INSERT OR REPLACE deletes first, and fires the delete guard only with PRAGMA recursive_triggers=ON."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite knows INSERT OR REPLACE")
    columns = "id, posting_id, debit_id, credit_id, cents"
    refused(
        f"INSERT OR REPLACE INTO ledger_transfer ({columns}) SELECT id, posting_id, debit_id, credit_id, 1"
        " FROM ledger_transfer",
        "ledger_transfer_is_append_only_delete",
    )


@pytest.mark.parametrize("change", ["debits = debits + 1", "credits = 0", "newest_transfer = newest_transfer + 1"])
def test_totals_are_never_written_by_hand(refused: Refused, change: str) -> None:
    refused(f"UPDATE ledger_account SET {change} WHERE credits > 0", "totals_are_never_written_by_hand")


def test_the_newest_transfer_is_not_counted_twice(refused: Refused, budget: Budget) -> None:
    """The edit a look at the newest transfer alone would let through."""
    newest = Transfer.objects.latest("pk")
    refused(
        f"UPDATE ledger_account SET credits = credits + {newest.cents} WHERE id = {newest.credit_id}",
        "totals_are_never_written_by_hand",
    )


@pytest.mark.parametrize("change", ["kind = 'given'", "may_go_negative = NOT may_go_negative", "currency = 'USD'"])
def test_an_account_stays_what_it_is(refused: Refused, change: str) -> None:
    refused(f"UPDATE ledger_account SET {change} WHERE kind = 'promised'", "an_account_stays_what_it_is")


def test_an_account_is_never_deleted_and_opens_empty(refused: Refused, budget: Budget) -> None:
    refused("DELETE FROM ledger_account", "an_account_is_never_deleted")
    with pytest.raises(IntegrityError, match="an_account_opens_empty"), transaction.atomic():
        Account.objects.create(budget=budget, kind="reserved", credits=100)


def put(budget: Budget, by: Person, debit: Account, credit: Account, cents: int = 100, **about: Any) -> None:
    """A transfer written straight, without the nouns' own care."""
    with transaction.atomic():
        kind = about.pop("kind", Posting.Kind.RELEASE)
        posting = Posting.objects.create(kind=kind, budget=budget, by=by, **about)
        Transfer.objects.create(posting=posting, debit=debit, credit=credit, cents=cents)


@pytest.mark.parametrize("cents", [0, -5])
def test_a_transfer_moves_money(commitment: Commitment, officer: Person, cents: int) -> None:
    budget = commitment.budget
    funding, available = budget.account(Account.Kind.FUNDING), budget.account(Account.Kind.AVAILABLE)
    with pytest.raises(IntegrityError, match="a_transfer_moves_money"):
        put(budget, officer, funding, available, cents)
    with pytest.raises(IntegrityError, match=r"goes_somewhere_else|only_where_it_may"):
        put(budget, officer, funding, funding)


def test_no_account_goes_below_zero(commitment: Commitment, officer: Person) -> None:
    promised, available = commitment.account(Account.Kind.PROMISED), commitment.budget.account(Account.Kind.AVAILABLE)
    with pytest.raises(IntegrityError, match="no_account_goes_below_zero"):
        put(commitment.budget, officer, promised, available, 40_001, commitment=commitment)


def test_money_goes_only_where_it_may(commitment: Commitment, officer: Person) -> None:
    available, given = commitment.budget.account(Account.Kind.AVAILABLE), commitment.account(Account.Kind.GIVEN)
    with pytest.raises(IntegrityError, match="money_goes_only_where_it_may"):
        put(commitment.budget, officer, available, given, commitment=commitment)


def test_a_transfer_stays_in_one_budget_and_one_commitment(
    commitment: Commitment, advance: Commitment, officer: Person, resident: Person
) -> None:
    elsewhere = Budget.objects.create(funder=commitment.budget.funder, name="Andere pot", year=2026)
    promised = commitment.account(Account.Kind.PROMISED)
    with pytest.raises(IntegrityError, match="a_transfer_stays_in_one_budget"):
        put(commitment.budget, officer, promised, elsewhere.account(Account.Kind.AVAILABLE), commitment=commitment)
    with pytest.raises(IntegrityError, match="a_transfer_stays_in_one_budget"):
        put(commitment.budget, officer, promised, advance.account(Account.Kind.ON_ITS_WAY), commitment=commitment)
    with pytest.raises(IntegrityError, match="a_transfer_stays_in_one_budget"):
        put(elsewhere, officer, promised, commitment.budget.account(Account.Kind.AVAILABLE), commitment=commitment)


def test_asking_money_back_needs_a_decision(advance: Commitment, treasurer: Person) -> None:
    make_money.paid(advance, by=treasurer)
    advanced, recover = advance.account(Account.Kind.ADVANCED), advance.account(Account.Kind.TO_RECOVER)
    with pytest.raises(IntegrityError, match="to_recover_needs_a_decision"):
        put(advance.budget, treasurer, advanced, recover, commitment=advance)
    put(advance.budget, treasurer, advanced, recover, commitment=advance, decision_ref="2026-17")
    assert advance.to_recover.amount == 1


def test_a_closed_period_takes_no_postings(commitment: Commitment, officer: Person) -> None:
    commitment.budget.close()
    promised, available = commitment.account(Account.Kind.PROMISED), commitment.budget.account(Account.Kind.AVAILABLE)
    with pytest.raises(IntegrityError, match="a_closed_period_takes_no_postings"):
        put(commitment.budget, officer, promised, available, commitment=commitment)


def test_a_key_books_once_and_a_posting_is_reversed_once(commitment: Commitment, officer: Person) -> None:
    first = Posting.objects.earliest("pk")
    with pytest.raises(IntegrityError, match=r"booked_only_once|ledger_posting\.key"), transaction.atomic():
        Posting.objects.create(kind=first.kind, budget=first.budget, by=officer, key=first.key)
    with pytest.raises(IntegrityError, match="a_reversal_reverses_something"), transaction.atomic():
        Posting.objects.create(kind=first.kind, budget=first.budget, by=officer, reverses=first)


def test_a_cash_book_that_was_handed_in_stays_as_it_was(refused: Refused, purse: Purse) -> None:
    line = make_money.line(purse)
    purse.hand_in()
    refused("UPDATE ledger_expense SET cents = 1", "what_was_handed_in_stays")
    refused("DELETE FROM ledger_expense", "what_was_handed_in_is_never_deleted")
    with pytest.raises(IntegrityError, match="mended_by_a_counter_entry"), transaction.atomic():
        purse.expenses.create(cents=1, on=clock.today())
    line.what = ""  # what people wrote can be erased, also afterwards
    line.save()
    assert not purse.expenses.get().what


def test_every_guard_of_the_ledger_is_installed(db: None) -> None:
    assert not guards.missing()
    names = {guard.name for kept in guards.KEPT.values() for guard in kept}
    assert {"transfers_add_up", "web_deed_is_append_only_delete"} <= names
