"""A chain of SHA-256 digests over the books, one link a day: whoever kept yesterday's can see if the past was changed.

It covers only what is never erased: ids, amounts, dates and references, no names.
"""

import datetime
import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ledger.models.posting import Transfer

COLUMNS = (
    "id",
    "debit_id",
    "credit_id",
    "cents",
    "posting_id",
    "posting__key",
    "posting__kind",
    "posting__effective_date",
    "posting__by_id",
    "posting__budget_id",
    "posting__commitment_id",
    "posting__payment_id",
    "posting__document",
    "posting__decision_ref",
    "posting__reverses_id",
)


class Link(NamedTuple):
    """One day (UTC) on which was posted: how many transfers, and the digest of them and of every day before."""

    day: datetime.date
    transfers: int
    digest: str


def day_chain() -> Iterator[Link]:
    """The chain from the first day on, in one query. A digest depends on all rows up to and including its day."""
    rows = Transfer.objects.order_by("posting__posted_at", "id").values_list("posting__posted_at", *COLUMNS)
    before = ""
    for day, of_the_day in groupby(rows.iterator(5_000), key=lambda row: row[0].date()):
        link, transfers = hashlib.sha256(before.encode()), 0
        for posted_at, *row in of_the_day:
            link.update("|".join([posted_at.isoformat(), *map(str, row)]).encode() + b"\n")
            transfers += 1
        before = link.hexdigest()
        yield Link(day, transfers, before)
