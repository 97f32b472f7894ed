"""What people type in their cash book: two things, and two more for who wants to."""

import uuid
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web import clock
from web.amounts import AmountField
from web.days import DayField
from web.forms import Form, Why
from web.uploads import PictureField


class LineForm(Form):
    """One line of the cash book."""

    why: ClassVar[dict[str, Why]] = {
        "amount": "decision",
        "photo": "voluntary",
        "what": "voluntary",
        "on": "voluntary",
    }
    more = ("what", "on")  # under the fold-out

    amount = AmountField(label=_("How much?"), widget=forms.TextInput({"class": "short"}))
    photo = PictureField(label=_("Photo of the receipt"), help_text=_("A PDF is fine too."), required=False)
    what = forms.CharField(label=_("What for?"), max_length=200, required=False)
    on = DayField(
        label=_("When?"),
        required=False,
        initial=clock.today,
        help_text=_("For instance 31-12-2026."),
    )

    def clean_on(self) -> object:
        return self.cleaned_data["on"] or clock.today()


class NewLineForm(LineForm):
    """A line that isn't there yet. `key` makes a double click one line."""

    why: ClassVar[dict[str, Why]] = LineForm.why | {"key": "decision"}

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
