"""Emptying the tables after a test with real transactions: the guards step aside, and migrating brings them back.

Imported by tests/conftest.py. A function-scoped patch would be undone before the tables are emptied.
"""

from typing import Any

from django.db import connections
from django.test import TransactionTestCase

from web import guards

_empty_the_tables = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own, not in the stubs


def without_guards(case: Any) -> None:
    for using in connections:
        guards.drop_all(using)
    _empty_the_tables(case)
    for using in connections:
        guards.install_all(using)


TransactionTestCase._fixture_teardown = without_guards  # type: ignore[attr-defined]  # see above
