"""What people tell us to find a scheme: all of it may be left open. The names are those in the address."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models.area import Place
from grants.models.fit import Wish
from web.amounts import AmountField
from web.forms import Form, Why

POSTCODE = re.compile(r"(?P<digits>[1-9][0-9]{3})(?:[A-Z]{2})?")
A_FEW = 6  # choices: more become a list that folds


class SearchForm(Form):
    """A link with these fields is a search too, so it never needs the button."""

    why: ClassVar[dict[str, Why]] = {"postcode": "voluntary", "bedrag": "voluntary", "buurt": "voluntary"}

    postcode = forms.CharField(
        label=_("Your postcode"),
        required=False,
        help_text=_("Four digits are enough."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
    )
    bedrag = AmountField(
        label=_("About how much money?"),
        required=False,
        help_text=_("For instance 450."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked if asked.keys() & self.base_fields.keys() else None)
        self.full_clean()
        found = self.cleaned_data if self.is_bound else {}
        place = Place.at(found["postcode"], asked.get("buurt", "")) if found.get("postcode") else None
        self.wish = Wish(found.get("bedrag"), place)

    def offer_neighbourhoods(self) -> None:
        """Ask which of the neighbourhoods at this postcode it is; not to know is the first answer."""
        choices = self.wish.place.choices if self.wish.place else []
        if len(choices) > 1:
            self.fields["buurt"] = forms.ChoiceField(
                label=_("Which neighbourhood is it?"),
                required=False,
                choices=[("", _("I don't know, or another one")), *((area.code, area.name) for area in choices)],
                widget=forms.RadioSelect if len(choices) <= A_FEW else forms.Select,
            )

    def clean_postcode(self) -> str:
        """The four digits; the letters are not kept."""
        typed = "".join(self.cleaned_data["postcode"].split()).upper()
        found = POSTCODE.fullmatch(typed)
        if typed and not found:
            raise ValidationError(_("Write the four digits of your postcode, for instance 1234."))
        return found["digits"] if found else ""
