"""What a group does in its own cash book. Nobody else writes there."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from djmoney.money import Money

from ledger.access import require
from ledger.models import Expense, Purse
from web.amounts import in_cents
from web.models import Person, record


@transaction.atomic
def book_expense(
    purse: Purse, *, amount: Money, photo: Any, what: str, on: datetime.date, direction: str, key: uuid.UUID, by: Person
) -> Expense:
    """Book money out (or in). The same `key` again books nothing: a double click is one line."""
    require(by, "book_expense", purse)
    known = Expense.objects.filter(purse=purse, key=key).first()
    if known:
        return known
    line = Expense.book(
        purse, key=key, direction=direction, cents=in_cents(amount), on=on, what=what, photo=photo or ""
    )
    record(by, "book_expense", purse, amount=amount, direction=direction)
    return line


@transaction.atomic
def change_expense(expense: Expense, *, amount: Money, photo: Any, what: str, on: datetime.date, by: Person) -> Expense:
    """Write it differently. Only until the cash book is handed in."""
    require(by, "change_expense", expense.purse)
    new_photo = {"photo": photo} if photo else {}
    expense.change(cents=in_cents(amount), what=what, on=on, **new_photo)
    record(by, "change_expense", expense.purse, amount=amount, on=on)
    return expense


@transaction.atomic
def delete_expense(expense: Expense, *, by: Person) -> None:
    """Take a line out. Only until the cash book is handed in."""
    require(by, "delete_expense", expense.purse)
    purse, amount = expense.purse, expense.amount
    expense.take_away()
    record(by, "delete_expense", purse, amount=amount)


@transaction.atomic
def counter_expense(expense: Expense, *, by: Person) -> Expense:
    """Mend a line after handing in: both stay to be seen."""
    require(by, "counter_expense", expense.purse)
    counter = expense.counter()
    record(by, "counter_expense", expense.purse, amount=expense.amount)
    return counter


@transaction.atomic
def hand_in(purse: Purse, *, by: Person) -> None:
    """Show the cash book to the funders."""
    require(by, "hand_in", purse)
    purse.hand_in()
    record(by, "hand_in", purse)
