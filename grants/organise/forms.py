"""What an organisation types to invite a helper."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why


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
