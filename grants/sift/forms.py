"""What narrows the inbox down, and what a list is called. The names of a sieve's fields are those in the address."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import KeptList, Scheme, Track
from grants.models.sieve import Sieve
from grants.models.status import Status
from web.forms import Form, Why
from web.language import said
from web.models import Person


class SieveForm(Form):
    """Asked by a link: nothing is changed by it. `lijst` stays what it was."""

    why: ClassVar[dict[str, Why]] = dict.fromkeys(("lijst", "stand", "regeling", "wie", "soort"), "voluntary")
    narrows = True

    lijst = forms.ChoiceField(label=_("Which list?"), required=False)
    stand = forms.ChoiceField(label=_("State"), required=False)
    regeling = forms.ChoiceField(label=_("Scheme"), required=False)
    wie = forms.ChoiceField(label=_("Who has it"), required=False)
    soort = forms.ChoiceField(label=_("Kind"), required=False)

    LISTS = (
        ("todo", _("To decide")),
        ("mine", _("Mine")),
        ("nobody", _("Nobody has it")),
        ("late", _("Late")),
        ("granted", _("Granted, not closed")),
        ("all", _("All")),
    )

    def __init__(self, sieve: Sieve, *, schemes: Iterable[Scheme], people: Iterable[Person]) -> None:
        super().__init__(initial=sieve.parts)
        everything = ("", _("All"))
        offered: dict[str, Any] = {
            "lijst": self.LISTS,
            "stand": [everything, *((each, each.label.capitalize()) for each in Status if each != Status.DRAFT)],
            "regeling": [everything, *((each.slug, said(each, "title")) for each in schemes)],
            "wie": [everything, *((str(each.pk), str(each)) for each in people)],
            "soort": [everything, *Track.Kind.choices],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # all of them are choices


class NameForm(Form):
    """What a list is called."""

    why: ClassVar[dict[str, Why]] = {"name": "decision"}

    name = forms.CharField(
        label=_("What do you call this list?"),
        max_length=40,
        help_text=_("Only you see it."),
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, kept: KeptList | None = None) -> None:
        super().__init__(data, initial={"name": kept.name} if kept else None)
