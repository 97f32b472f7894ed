"""Keyset pages: the next page starts after the last row that was seen, so page 1,000 is as quick as page 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.dateparse import parse_date

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`after` is what the next page's link carries; empty on the last page."""

    rows: Sequence[Row]
    after: str

    def __len__(self) -> int:
        return len(self.rows)


def first(rows: QuerySet[Row], *order: str, count: int, whole: QuerySet[Row] | None) -> list[Row]:
    """So many of these rows in this order. With `whole`, they are found by their ids, and what `whole` joins to them is
    read for these alone: else a database may carry it along while it sorts all that fit.
    """
    if whole is None:
        return list(rows.order_by(*order)[:count])
    return list(whole.filter(pk__in=rows.order_by(*order).values("pk")[:count]).order_by(*order))


def page_by_date(
    rows: QuerySet[Row], *, field: str, after: str, size: int = 50, whole: QuerySet[Row] | None = None
) -> Page[Row]:
    """Oldest `field` (a date, never null here) first, then by id. A link we can't read gives the first page."""
    day, pk = read_after(after)
    if day and pk:
        rows = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": pk}))
    found = first(rows, field, "pk", count=size + 1, whole=whole)
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field).isoformat()}_{last.pk}" if last else "")


def page_latest_first(rows: QuerySet[Row], *, field: str, after: str, size: int = 50) -> Page[Row]:
    """Latest `field` (a date, never null here) first, then highest id."""
    day, pk = read_after(after)
    if day and pk:
        rows = rows.filter(Q(**{f"{field}__lt": day}) | Q(**{field: day, "pk__lt": pk}))
    found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], f"{getattr(last, field).isoformat()}_{last.pk}" if last else "")


def page_newest_first(
    rows: QuerySet[Row], *, after: str, size: int = 50, whole: QuerySet[Row] | None = None
) -> Page[Row]:
    """Highest id first."""
    if after.isdecimal():
        rows = rows.filter(pk__lt=int(after[:18]))
    found = first(rows, "-pk", count=size + 1, whole=whole)
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def page_oldest_first(rows: QuerySet[Row], *, after: str, size: int = 50) -> Page[Row]:
    """Lowest id first: what waits longest is done first."""
    if after.isdecimal():
        rows = rows.filter(pk__gt=int(after[:18]))
    found = list(rows.order_by("pk")[: size + 1])
    return Page(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def read_after(text: str) -> tuple[Any, int | None]:
    day, _dash, pk = text.partition("_")
    try:
        return parse_date(day), int(pk[:18]) if pk.isdecimal() else None
    except ValueError:
        return None, None
