"""What an auditor looks for: whose readings, and about whom."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from grants.models import Member
from web.forms import Form, Why
from web.models import Funder, Person
from web.models.reading import ReadingQuerySet

NUMBER = re.compile(r"(?:\d{4}-)?(?P<pk>\d{1,15})")  # of an application, with its year or without


class ReadingsForm(Form):
    """Whose readings, and about whom: a link with these fields is a search too."""

    why: ClassVar[dict[str, Why]] = {"wie": "voluntary", "over": "voluntary"}
    narrows = True

    wie = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who read it"), required=False, empty_label=_("Everybody")
    )
    over = forms.CharField(
        label=_("About whom"),
        required=False,
        help_text=_("The number of an application, or the name of a resident."),
        max_length=100,
    )

    def __init__(self, asked: Mapping[str, Any], *, funders: QuerySet[Funder]) -> None:
        super().__init__(asked)
        readers = Person.objects.filter(seats__funder__in=funders).distinct().order_by("name")
        self.fields["wie"].queryset = readers  # type: ignore[attr-defined]  # its own kind
        self.full_clean()

    def narrowed(self, readings: ReadingQuerySet) -> ReadingQuerySet:
        """Those that fit. What can't be read finds nothing, rather than everything."""
        if self.errors:
            return readings.none()
        who, about = self.cleaned_data["wie"], self.cleaned_data["over"]
        if who:
            readings = readings.filter(by=who)
        if not about:
            return readings
        if number := NUMBER.fullmatch(about):
            return readings.filter(strand=int(number["pk"]))
        named = Member.objects.filter(person__name__icontains=about).values("plan")
        return readings.filter(thread__in=named)

    def address(self, after: str) -> str:
        """The next page, of the same search."""
        kept = {name: self.data.get(name, "") for name in ("wie", "over")}
        return f"?{urlencode(kept | {'after': after})}" if after else ""
