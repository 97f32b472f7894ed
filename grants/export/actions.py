"""What treasurers and auditors do: take everything of their funder with them, as one workbook."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile

from django.db import connection, transaction

from grants.access import require
from grants.models import Application
from grants.papers.case import write_case
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


def export_case(application: Application, *, by: Person, with_notes: bool = True) -> SpooledTemporaryFile[bytes]:
    """Everything of one case as a ZIP, on disk as soon as it is more than a megabyte; and a deed that it was taken.

    Without the notes of colleagues to each other it is what others are let read (Awb 7:4).
    """
    require(by, "export_case", application)
    packed = SpooledTemporaryFile[bytes](max_size=1_000_000)  # whoever sends it closes it
    notes = application.notes.visible_to(by).for_reading()
    write_case(application, packed, notes=notes if with_notes else ())
    packed.seek(0)
    record(by, "export_case", application, with_notes=with_notes)
    return packed


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
