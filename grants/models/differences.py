"""What is different between two editions of a scheme, in words: for who publishes the later one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.edition import Edition
from web.amounts import write_amount

ABOUT_THE_EDITION = {"id", "scheme", "number", "drafted_by", "publication_link", "what_changed", "what_changed_en"}
ABOUT_THE_ROW = {"id", "edition", "order"}


@dataclass(frozen=True)
class Difference:
    """One thing that is different. Empty on a side where it isn't there."""

    what: str
    before: str
    after: str


def differences(before: Edition, after: Edition) -> list[Difference]:
    """The fields of the edition itself, and then its rows."""
    return [
        *_of_fields("", before, after, ABOUT_THE_EDITION),
        *_of_areas(before, after),
        *(found for part in Edition.PARTS for found in _of_rows(before, after, part)),
    ]


def _of_fields(named: str, before: Any, after: Any, but: set[str]) -> Iterator[Difference]:
    for field in after._meta.concrete_fields:
        if not field.editable or field.name in but:
            continue
        old, new = in_words(before, field), in_words(after, field)
        if old != new:
            label = capfirst(str(field.verbose_name))
            yield Difference(f"{named}: {label}" if named else label, old, new)


def _of_areas(before: Edition, after: Edition) -> Iterator[Difference]:
    old, new = (", ".join(sorted(area.name for area in each.areas.all())) for each in (before, after))
    if old != new:
        yield Difference(str(_("Areas")), old or _("everywhere"), new or _("everywhere"))


def _of_rows(before: Edition, after: Edition, part: str) -> Iterator[Difference]:
    old, new = ({row.key: row for row in getattr(each, part).all()} for each in (before, after))
    for key in [*old, *(key for key in new if key not in old)]:
        row = new.get(key) or old[key]
        name = f"{capfirst(str(row._meta.verbose_name))} “{row}”"
        if key not in new:
            yield Difference(name, _("there"), _("gone"))
        elif key not in old:
            yield Difference(name, "", _("new"))
        else:
            yield from _of_fields(name, old[key], new[key], ABOUT_THE_ROW)


def in_words(thing: Any, field: "models.Field[Any, Any]") -> str:
    """What stands in this field, as people read it."""
    value = getattr(thing, field.name)
    if field.choices:
        return str(getattr(thing, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Money):
        return write_amount(value)
    if hasattr(value, "strftime"):
        return date_format(value, "j F Y")
    return "" if value is None or value == [] else str(value)
