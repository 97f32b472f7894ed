"""The register's rows as django-import-export reads them: each field by its own widget, each row through the action."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from djmoney.money import Money
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.widgets import Widget

from grants.management.registers.mapping import Mapping
from grants.management.registers.reading import Line
from grants.models import Application, Scheme
from grants.take_over.actions import LONGEST_TITLE, RegisterRow, take_over
from web.amounts import read_amount
from web.clock import today
from web.models import Person

EARLIEST, LATEST = 1900, 2200  # years
DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})[-/](?P<month>[0-9]{1,2})[-/](?P<year>[0-9]{4})")


def said(error: ValidationError) -> str:
    return " ".join(error.messages)


class Amount(Widget):
    """An amount in euros: a number, or typed as Dutch people do. 0 is an answer, nothing is not."""

    def clean(self, value: Any, row: Any = None, **about: Any) -> Money:
        if isinstance(value, bool) or value is None or not str(value).strip():
            raise ValueError("there is no amount")
        typed = self.number(value) if isinstance(value, int | float | Decimal) else str(value)
        try:
            return read_amount(typed, zero_too=True)
        except ValidationError as error:
            raise ValueError(f"“{value}”: {said(error)}") from error

    def number(self, value: float | Decimal) -> str:
        """A spreadsheet's number, as people type it. What its own arithmetic adds to whole cents (1e-6) is dropped."""
        exact = Decimal(str(value))
        if not exact.is_finite() or exact < 0 or abs(exact - round(exact, 2)) > Decimal("1e-6"):
            raise ValueError(f"{value} is not an amount in whole cents of 0 or more")
        return f"{round(exact, 2):f}".replace(".", ",")


class Text(Widget):
    """One line of text. What a database can't hold (control signs, half letters) is replaced where people see it."""

    def clean(self, value: Any, row: Any = None, **about: Any) -> str:
        line = "" if value is None else " ".join(str(value).split())
        return "".join("\ufffd" if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in line)


class Day(Widget):
    """A date: of a spreadsheet, 2016-12-31 or 31-12-2016. Nothing is nothing."""

    def clean(self, value: Any, row: Any = None, **about: Any) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        text = str(value).strip()
        dutch = DAY_FIRST.fullmatch(text)
        if not text:
            return None
        if dutch:
            text = f"{dutch['year']}-{int(dutch['month']):02}-{int(dutch['day']):02}"
        return date.fromisoformat(text[:10])


class Year(Widget):
    """A year: its first day."""

    def clean(self, value: Any, row: Any = None, **about: Any) -> date:
        text = str(value).strip().removesuffix(".0")
        if not re.fullmatch(r"[0-9]{4}", text) or not EARLIEST <= int(text) <= LATEST:
            raise ValueError(f"“{value}” is not a year")
        return date(int(text), 1, 1)


WIDGETS = {
    "title": Text,
    "group": Text,
    "case_number": Text,
    "asked": Amount,
    "granted": Amount,
    "year": Year,
    "received_on": Day,
    "given_on": Day,
}


class RegisterResource(Resource):
    """Takes over the rows of one register into one scheme."""

    class Meta:
        skip_diff = True
        report_skipped = True
        instance_loader_class = BaseInstanceLoader  # we look for nothing: the key tells what is there

    def __init__(self, scheme: Scheme, mapping: Mapping) -> None:
        super().__init__()
        self.scheme, self.mapping, self.by = scheme, mapping, Person.system()
        prefetch_related_objects([scheme], "budgets")  # asked for once, not for every row
        self.there = set(Application.objects.filter(scheme=scheme, imported=True).values_list("import_key", flat=True))
        self.taken_over: list[RegisterRow] = []
        for name, column in mapping.columns.items():
            attribute = "received_on" if name == "year" else name
            self.fields[name] = Field(attribute=attribute, column_name=column, widget=WIDGETS[name]())

    def get_import_id_fields(self) -> list[str]:
        return []

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[RegisterRow, bool]:
        return RegisterRow(key=row["key"]), True

    def import_instance(self, instance: RegisterRow, row: dict[str, Any], **about: Any) -> None:
        line: Line = row["line"]
        if line.wrong:
            raise ValidationError(line.wrong)
        super().import_instance(instance, line.cells, **about)
        if instance.group in self.mapping.private:
            instance.group = ""
        if instance.given_on is None and instance.received_on and "received_on" not in self.mapping.columns:
            instance.given_on = min(date(instance.received_on.year, 12, 31), today())
        instance.about = self.about(line.cells, instance)
        instance.title = instance.title or instance.group

    def about(self, cells: dict[str, Any], row: RegisterRow) -> str:
        """What else the register says, a line for each column; a private person's name is left out."""
        told = [f"{column}: {value}" for column in self.mapping.about if (value := Text().clean(cells.get(column)))]
        return "\n".join([row.title, *told] if len(row.title) > LONGEST_TITLE else told)

    def skip_row(self, instance: RegisterRow, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return instance.key in self.there

    def save_instance(self, instance: RegisterRow, is_create: bool, row: Any, **about: Any) -> None:  # noqa: FBT001  # import_export's signature
        take_over(self.scheme, row=instance, by=self.by)
        self.taken_over.append(instance)


def with_keys(lines: list[Line]) -> list[tuple[str, Line]]:
    """Each row with its key: a hash of what it says, and the how-manieth it is that says exactly that."""
    seen: Counter[str] = Counter()
    keyed = []
    for line in lines:
        said_in_it = json.dumps(line.cells, sort_keys=True, default=str, ensure_ascii=False)
        row_hash = hashlib.sha256(said_in_it.encode("utf-8", "replace")).hexdigest()
        seen[row_hash] += 1
        keyed.append((f"{row_hash}-{seen[row_hash]}", line))
    return keyed
