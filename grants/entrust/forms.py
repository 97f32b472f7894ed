"""What a resident types on a helper's device to say where the money may go."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN

from ledger.models import Payee
from ledger.models.iban import bank_of, read_iban
from web.forms import Form, Why

OFF = {"class": "medium", "autocomplete": "off", "spellcheck": "false"}
WHO = (
    (Payee.Kind.ME, _("Me")),
    (Payee.Kind.MEMBER, _("Someone else in our group")),
    (Payee.Kind.ORGANISATION, _("An organisation that holds it for us")),
)


class AccountForm(Form):
    """The account, with the resident's own fresh code. The browser of a helper keeps none of it."""

    why: ClassVar[dict[str, Why]] = {"code": "payment", "kind": "payment", "name": "payment", "iban": "payment"}

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("From our e-mail or our letter. Small letters and spaces are fine."),
        max_length=40,
        widget=forms.TextInput({"class": "medium", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Who gets the money?"), choices=WHO, widget=forms.RadioSelect, initial=Payee.Kind.ME
    )
    name = forms.CharField(
        label=_("Name on the account"),
        max_length=70,
        help_text=_("Exactly as it stands on the bank card."),
        widget=forms.TextInput(OFF),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        help_text=_("For instance NL91 ABNA 0417 1643 00. Spaces are fine."),
        widget=forms.TextInput(OFF),
    )

    def clean_iban(self) -> str:
        return str(read_iban(self.cleaned_data["iban"]).compact)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.cleaned_data
        if iban := typed.get("iban"):
            typed["bank"] = bank_of(IBAN(iban))
        return typed
