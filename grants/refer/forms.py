"""What an officer types to send a plan on, and what residents answer."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Scheme
from grants.models.referral import schemes_for
from web.forms import Form, Why
from web.language import said

YES_OR_NO = [("yes", _("Yes, send it on")), ("no", _("No, keep it here"))]


class SchemeField(forms.ModelChoiceField[Scheme]):
    def label_from_instance(self, scheme: Scheme) -> str:
        return f"{said(scheme, 'title')} ({scheme.funder})"


class ReferForm(Form):
    """Where it fits, and why; and whether the law leaves no choice."""

    why: ClassVar[dict[str, Why]] = {"scheme": "decision", "reason": "decision", "by_law": "decision"}

    scheme = SchemeField(
        label=_("Where does it fit?"),
        queryset=Scheme.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where it fits.")},
    )
    reason = forms.CharField(
        label=_("Why does it fit there?"),
        help_text=_("The residents read this, and the other fund may ask them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it fits there. The residents read it.")},
    )
    by_law = forms.BooleanField(
        label=_("Not we, but that public body decides on this"),
        help_text=_("Then the law asks you to send it on at once, and to tell the residents (Awb 2:3)."),
        required=False,
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data)
        self.fields["scheme"].queryset = schemes_for(application)  # type: ignore[attr-defined]  # its own kind
        if not application.scheme.funder.is_public_body:
            del self.fields["by_law"]


class NoteForm(Form):
    """What they said on the phone or on paper."""

    why: ClassVar[dict[str, Why]] = {"yes": "decision", "note": "decision"}

    yes = forms.ChoiceField(label=_("What do the residents say?"), choices=YES_OR_NO, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("When did they say so, and how?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write when they said so, and how.")},
    )

    def clean_yes(self) -> bool:
        return bool(self.cleaned_data["yes"] == "yes")
