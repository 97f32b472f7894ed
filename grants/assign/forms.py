"""Which plans, as they were seen, and whose desk."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.models import Application
from web.forms import Form, Why
from web.models import Person


class AssignForm(Form):
    """Only `to` is typed; who had each plan comes along from the page (`seen`)."""

    why: ClassVar[dict[str, Why]] = {"to": "decision"}

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who gets them?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # its own kind


def as_seen(rows: Iterable[Application], said: Iterable[str]) -> dict[Application, int | None]:
    """Each of these rows with who had it when the page was made: “12:5”, or “12:0” where nobody had."""
    had = dict(each[:40].split(":") for each in said if each.count(":") == 1)
    return {row: int(had[str(row.pk)]) or None for row in rows if str(row.pk) in had and had[str(row.pk)].isdecimal()}
