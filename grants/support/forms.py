"""What neighbours say, and what the group answers to a worry."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Support
from web.forms import Form, Why
from web.reach import reach_of


class SpeakForm(Form):
    """Three choices, a first name and a postcode. A way to be reached is welcome and never asked for."""

    why: ClassVar[dict[str, Why]] = {
        "kind": "decision",
        "message": "decision",
        "first_name": "decision",
        "postcode": "decision",
        "reach": "voluntary",
    }

    kind = forms.ChoiceField(
        label=_("What do you think of this plan?"), choices=Support.Kind.choices, widget=forms.RadioSelect
    )
    message = forms.CharField(
        label=_("What do you want to say about it?"),
        help_text=_("Do you have a worry? Then write here what it is. The group answers you."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_name = forms.CharField(
        label=_("Your first name"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "given-name"}),
    )
    postcode = forms.RegexField(
        regex=r"^\s*[1-9][0-9]{3}\s?[A-Za-z]{2}\s*$",
        label=_("Your postcode"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    reach = forms.CharField(
        label=_("Your e-mail address or phone number"),
        help_text=_("Then the group can tell you what was done with your worry."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "email"}),
    )

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].split()).upper()
        return f"{typed[:4]} {typed[4:]}"

    def clean_reach(self) -> dict[str, str]:
        return reach_of(self.cleaned_data["reach"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = dict(self.cleaned_data)
        if said.get("kind") == Support.Kind.WORRY and not said.get("message"):
            self.add_error("message", _("Write in a few words what your worry is."))
        reach: dict[str, str] = said.pop("reach", {})
        return said | reach


class AnswerForm(Form):
    """What the group did with a worry. The neighbour reads it, so it can't stay empty."""

    why: ClassVar[dict[str, Why]] = {"answer": "decision"}

    answer = forms.CharField(
        label=_("What did you do with this worry?"),
        help_text=_("Say it as you would at the door. It stands on the page for neighbours, without their name."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
