"""Every list of the house is read by indexes: PostgreSQL says of each thing its page asks how it would find that.

As in `test_indexes` it is told not to read a table from end to end; one that is still read so has no index for it. That
a page asks no more when there is more to show stands in `test_many`.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests import busy

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite says it in other words."),
]
# As many rows as there are funders, seats, schemes and their rules: of these the whole table is the quickest way.
SMALL = {"web_funder", "web_seat", "web_user", "grants_scheme", "grants_edition", "grants_criterion", "ledger_budget"}
Asked = dict[str, tuple[str, list[str]]]  # by the name of a list: who reads it, and what its page asks


def asked_by(town: busy.Town) -> Asked:
    """The second visit counts: the first one fills the caches."""
    visitors, found = town.visitors(), Asked()
    for name, (role, address) in busy.lists(town).items():
        assert visitors[role].get(address).status_code == 200, name
        with CaptureQueriesContext(connection) as asked:
            visitors[role].get(address)
        found[name] = role, [query["sql"] for query in asked]
    return found


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asked]:
    """Of a town of 200 plans, filled once for all tests here. No table of it may be read from end to end."""
    with django_db_blocker.unblock(), transaction.atomic():
        town = busy.build()
        town.fill(200)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield asked_by(town)
        transaction.set_rollback(True)


def read_whole(sql: str) -> set[str]:
    """The large tables that would be read from end to end for this."""
    if not sql.startswith(("SELECT", "(", "WITH")):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        said = "\n".join(line for (line,) in cursor.fetchall())
    return set(re.findall(r"Seq Scan on (\w+)", said)) - SMALL


@pytest.mark.parametrize(
    "role", ["officer", "treasurer", "fund_admin", "auditor", "panel", "resident", "helper", "keeper", ""]
)
def test_no_list_reads_a_large_table_from_end_to_end(asked: Asked, role: str) -> None:
    lists = {name: queries for name, (reader, queries) in asked.items() if reader == role}
    assert lists
    for name, queries in lists.items():
        for sql in queries:
            assert not (found := read_whole(sql)), f"{name} reads all of {found}: {sql}"


def test_a_list_that_has_no_index_is_found(asked: Asked) -> None:
    assert read_whole("SELECT * FROM grants_application WHERE granted = 1") == {"grants_application"}


def test_no_query_is_compiled(asked: Asked) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",), "of a query that takes a tenth of a second it makes one"
