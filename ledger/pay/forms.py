"""What is typed about bank details and payments."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN

from ledger.models import Payee
from ledger.models.iban import bank_of, read_iban
from web import clock
from web.days import DayField
from web.forms import Form, Why

WHO = {
    Payee.Kind.ME: _("Me"),
    Payee.Kind.MEMBER: _("Someone else in our group"),
    Payee.Kind.ORGANISATION: _("An organisation that holds it for us"),
}


class BankDetailsForm(Form):
    """Who gets the money, and on which account."""

    why: ClassVar[dict[str, Why]] = {"kind": "payment", "name": "payment", "iban": "payment"}

    kind = forms.ChoiceField(
        label=_("Who gets the money?"), choices=WHO.items(), widget=forms.RadioSelect, initial=Payee.Kind.ME
    )
    name = forms.CharField(
        label=_("Name on the account"),
        max_length=70,
        help_text=_("Exactly as it stands on the bank card."),
        widget=forms.TextInput({"class": "medium", "autocomplete": "name"}),
    )
    iban = forms.CharField(
        label=_("IBAN"),
        max_length=50,
        help_text=_("For instance NL91 ABNA 0417 1643 00. Spaces are fine."),
        widget=forms.TextInput({"class": "medium", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_iban(self) -> str:
        return str(read_iban(self.cleaned_data["iban"]).compact)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if iban := typed.get("iban"):
            typed["bank"] = bank_of(IBAN(iban))
        return typed


class WrittenDownForm(BankDetailsForm):
    """The same, written down for the group by somebody of the fund."""

    kind = forms.ChoiceField(
        label=_("Who gets the money?"), choices=Payee.Kind.choices, widget=forms.RadioSelect, initial=Payee.Kind.ME
    )


class CheckForm(Form):
    """Whom the second person called about a changed IBAN, and what was said."""

    why: ClassVar[dict[str, Why]] = {"note": "decision"}

    note = forms.CharField(
        label=_("Whom did you call, on which number, and what did they say?"),
        max_length=500,
        help_text=_("Call a number that was known at the award. A newer one may come from whoever changed the IBAN."),
        widget=forms.Textarea({"rows": 3}),
    )


class DayForm(Form):
    """The bank's day. Today, unless something else is typed."""

    why: ClassVar[dict[str, Why]] = {"on": "decision"}

    on = DayField(
        label=_("The bank's date"),
        initial=clock.today,
        help_text=_("For instance 31-12-2026."),
    )


class CameBackForm(DayForm):
    """Why the bank sent it back."""

    why: ClassVar[dict[str, Why]] = DayForm.why | {"reason": "decision"}

    reason = forms.CharField(
        label=_("Why did it come back?"), max_length=200, help_text=_("What the bank says, in your own words.")
    )


class NameCheckForm(Form):
    """What the treasurer's own bank says about the name beside the IBAN."""

    why: ClassVar[dict[str, Why]] = {"result": "decision"}

    result = forms.ChoiceField(
        label=_("What does your bank say about the name?"), choices=Payee.NameCheck.choices, widget=forms.RadioSelect
    )
