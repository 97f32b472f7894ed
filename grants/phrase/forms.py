"""What a fund admin types for one kind of letter."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models.own_words import LONGEST
from web.forms import Form, Why

ROWS = {"rows": 4}


class PhraseForm(Form):
    why: ClassVar[dict[str, Why]] = {"text": "voluntary", "text_en": "voluntary"}

    text = forms.CharField(
        label=_("What do you add to this letter?"),
        help_text=_(
            "One paragraph, in easy Dutch: short sentences, words of every day, “u”. "
            "What has to be in the letter stays in it."
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    text_en = forms.CharField(
        label=_("And in English?"),
        help_text=_("Empty: an English letter holds the Dutch paragraph."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("text_en") and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write it in Dutch too: most letters are Dutch."))
        return said
