"""What an organisation types to invite a helper."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why

PLAIN = {"class": "medium", "autocomplete": "off"}


class LetInForm(Form):
    """An organisation that may help residents, and who leads its helpers."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "paid_by": "decision",
        "phone": "contact",
        "email": "voluntary",
        "lead_name": "contact",
        "lead": "contact",
    }

    name = forms.CharField(label=_("Name of the organisation"), max_length=120, widget=forms.TextInput(PLAIN))
    paid_by = forms.CharField(
        label=_("Who pays the helpers?"),
        help_text=_("Residents hear this before they let a helper in. For instance: the municipality of Waterveen."),
        max_length=120,
        widget=forms.TextInput(PLAIN),
    )
    phone = forms.CharField(label=_("Phone number of the organisation"), max_length=40, widget=forms.TextInput(PLAIN))
    email = forms.EmailField(
        label=_("E-mail address of the organisation"), required=False, widget=forms.EmailInput(PLAIN)
    )
    lead_name = forms.CharField(label=_("Who leads its helpers?"), max_length=120, widget=forms.TextInput(PLAIN))
    lead = forms.EmailField(
        label=_("The e-mail address of this person"),
        help_text=_("They get a mail, sign in with a code and invite the other helpers."),
        widget=forms.EmailInput(PLAIN),
    )


class InviteHelperForm(Form):
    """Somebody who works at the same organisation."""

    why: ClassVar[dict[str, Why]] = {"name": "contact", "email": "contact", "leads": "voluntary"}

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Residents read this name when they are asked if this helper may see their plan."),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They sign in with it. Use the address of their work."),
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    leads = forms.BooleanField(label=_("May invite and end helpers too"), required=False)
