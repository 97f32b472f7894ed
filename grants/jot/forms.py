"""What an officer writes down for colleagues."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why


class JotForm(Form):
    why: ClassVar[dict[str, Why]] = {"text": "decision"}

    text = forms.CharField(
        label=_("Your note"),
        help_text=_("Residents don't see it here. Who asks by law for all documents may get it: write facts."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your note first.")},
    )
