"""What treasurers and auditors do: take everything of their funder with them, as one workbook."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from grants.access import require
from grants.papers.workbook import sheets_of
from web.models import Funder, Person, record
from web.sheets import write_workbook


def export(funder: Funder, *, by: Person) -> bytes:
    """The funder's workbook (XLSX), with the books as they are at this moment."""
    require(by, "export", funder)
    with _one_moment():
        workbook = write_workbook(sheets_of(funder))
    record(by, "export", funder)
    return workbook


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let all sheets see the same moment, so that they agree; others go on writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # our usual transactions would keep writers out
            try:
                yield
            finally:
                cursor.execute("COMMIT")
