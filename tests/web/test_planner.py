"""SQLite knows its tables each day; PostgreSQL keeps count of its own."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from web.planner import DONE, analyze, analyze_each_day

pytestmark = pytest.mark.django_db


def is_analyzed() -> bool:
    with CaptureQueriesContext(connection) as asked:
        analyze_each_day()
    return "ANALYZE" in [query["sql"] for query in asked]


def test_it_is_done_once_a_day_and_on_sqlite_alone() -> None:
    cache.delete(DONE)
    on_sqlite = connection.vendor == "sqlite"
    assert [is_analyzed(), is_analyzed()] == [on_sqlite, False]
    cache.delete(DONE)
    assert is_analyzed() == on_sqlite


def test_sqlite_knows_the_size_of_a_table() -> None:
    for _nth in range(3):
        make.person()
    analyze()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'web_person'")
            sizes = {row[0].split()[0] for row in cursor.fetchall()}
        assert {"3", "4"} & sizes, sizes
