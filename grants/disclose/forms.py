"""What narrows the public register. A link with these names is a choice too; the names are those in the address."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from grants.models import Area, Grant, Scheme
from grants.models.register import Chosen
from web.forms import Form, Why
from web.language import said

Choices = list[tuple[str, str]]


class RegisterForm(Form):
    """Its choices are what stands in the register: four queries, however much that is."""

    why: ClassVar[dict[str, Why]] = dict.fromkeys(("geldgever", "regeling", "jaar", "buurt"), "voluntary")
    narrows = True

    geldgever = forms.ChoiceField(label=_("Funder"), required=False)
    regeling = forms.ChoiceField(label=_("Scheme"), required=False)
    jaar = forms.ChoiceField(label=_("Year"), required=False)
    buurt = forms.ChoiceField(label=_("Neighbourhood"), required=False)

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked if asked.keys() & self.base_fields.keys() else None)
        schemes = list(schemes_with_awards())
        offered = {
            "geldgever": sorted({(each.funder.slug, each.funder.name) for each in schemes}, key=lambda each: each[1]),
            "regeling": [(each.slug, f"{said(each, 'title')} ({each.funder})") for each in schemes],
            "jaar": years_with_awards(),
            "buurt": areas_with_awards(),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # all of them are
            field.choices = [("", _("All")), *choices]
        self.full_clean()

    @property
    def chosen(self) -> Chosen:
        """What was chosen; what we don't know is left out, and said at the field."""
        found = self.cleaned_data if self.is_bound else {}
        year = found.get("jaar")
        return Chosen(
            found.get("geldgever", ""), found.get("regeling", ""), int(year) if year else None, found.get("buurt", "")
        )


def schemes_with_awards() -> Any:
    awarded = Grant.objects.filter(application__scheme=OuterRef("pk"))
    shown = Scheme.objects.filter(Q(current__isnull=False) | Exists(awarded))
    return shown.select_related("funder").order_by("title", "pk")


def years_with_awards() -> Choices:
    """From the first award to the last, the latest first."""
    days = Grant.objects.public().values_list("awarded_on", flat=True)
    first, last = (days.order_by(*order).first() for order in (("awarded_on", "pk"), ("-awarded_on", "-pk")))
    if first is None or last is None:
        return []
    return [(str(year), str(year)) for year in range(last.year, first.year - 1, -1)]


def areas_with_awards() -> Choices:
    """Each area once, by the name it had last."""
    awarded = Grant.objects.filter(application__plan__area=OuterRef("pk"))
    areas = Area.objects.filter(Exists(awarded)).order_by("year")
    return sorted({area.code: area.in_town for area in areas}.items(), key=by_name)


def by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
