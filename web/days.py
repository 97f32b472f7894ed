"""The field for a day, as people write it: 31-12-2026."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]  # the first is how it is shown; the last is what a browser may send
SHORT = {"class": "short", "inputmode": "numeric", "autocomplete": "off"}


class DayField(forms.DateField):
    """A date, typed with the digits of a phone. What can't be read is asked back with an example."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write the day like 31-12-2026.")}

    def __init__(self, **about: Any) -> None:
        super().__init__(input_formats=FORMATS, widget=forms.DateInput(SHORT, format=FORMATS[0]), **about)
