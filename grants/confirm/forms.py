"""What is typed when residents say yes: their name, the code they read out, or a photo of their signature."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models import Invitation
from web.forms import Form, Why
from web.uploads import PictureField

WRONG_CODE = _("This code isn't right, or it has been used. Look at it again, or ask for a new one.")


class HereForm(Form):
    """The resident types this, not the helper."""

    why: ClassVar[dict[str, Why]] = {"name": "decision"}

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("You type this yourself. With it you say that this is your plan."),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )


class YesCodeForm(Form):
    """The code that the resident says, over the phone or at the desk."""

    why: ClassVar[dict[str, Why]] = {"code": "decision"}

    code = forms.CharField(
        label=_("The code that the resident says"),
        help_text=_("It starts with the number of the plan, like 1042-ACEFH-JKQRW."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )

    def clean_code(self) -> Invitation:
        found = Invitation.objects.open().of_code(self.cleaned_data["code"])
        invitation = found.filter(purpose=Invitation.Purpose.SAY_YES).first()
        if invitation is None:
            raise ValidationError(WRONG_CODE)
        return invitation

    def clean(self) -> dict[str, object]:
        return {"invitation": self.cleaned_data.get("code")}


class PaperForm(Form):
    """A signed plan on paper: its photo, and what the helper states."""

    why: ClassVar[dict[str, Why]] = {"picture": "decision", "statement": "decision"}

    picture = PictureField(
        label=_("A photo of the signed plan"), help_text=_("The name, the day and the signature can be read.")
    )
    statement = forms.CharField(
        label=_("When and how was it signed?"),
        help_text=_("For instance: I read it aloud at her home on 3 March. She signed it herself."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
