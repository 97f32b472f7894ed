"""What a coordinator looks at: a period, and one scheme or all. The names are those in the address."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models import Scheme
from grants.models.period import Period
from web.clock import today
from web.days import DayField
from web.forms import Form, Why
from web.language import said
from web.models import Funder


class PeriodForm(Form):
    """Without an answer: this year until today. What can't be read is said at its field, and this year is shown."""

    why: ClassVar[dict[str, Why]] = dict.fromkeys(("geldgever", "van", "tot", "regeling"), "voluntary")
    narrows = True

    geldgever = forms.ChoiceField(label=_("Funder"), required=False)
    van = DayField(label=_("Received from"), required=False)
    tot = DayField(label=_("Until and including"), required=False)
    regeling = forms.ChoiceField(label=_("Scheme"), required=False)

    def __init__(self, asked: Mapping[str, Any], *, funders: list[Funder]) -> None:
        super().__init__(asked if asked.keys() & self.base_fields.keys() else None)
        self.funder = next((each for each in funders if each.slug == asked.get("geldgever")), funders[0])
        self.schemes = {each.slug: each for each in Scheme.objects.filter(funder=self.funder).order_by("title")}
        self.offer("regeling", [("", _("All")), *((slug, said(each, "title")) for slug, each in self.schemes.items())])
        if len(funders) > 1:
            self.offer("geldgever", [(each.slug, each.name) for each in funders])
        else:
            del self.fields["geldgever"]
        this_year = Period.this_year(self.funder)
        self.initial = {"van": this_year.first, "tot": this_year.last, "geldgever": self.funder.slug}
        self.full_clean()

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # both are
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("van"), found.get("tot")
        if first and last and first > last:
            self.add_error("tot", ValidationError(_("Choose a day that is not before the first one.")))
        return found

    @property
    def period(self) -> Period:
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        first = found.get("van") or self.initial["van"]
        last = found.get("tot") or max(today(), first)
        return Period(self.funder, first, last, self.schemes.get(found.get("regeling", "")))
