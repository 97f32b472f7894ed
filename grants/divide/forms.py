"""What residents type when they ask another fund too: which one, how much there, and how much elsewhere."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models import Application, Scheme
from grants.models.missing import about_the_amount
from web.amounts import AmountField, write_amount
from web.forms import Form, Why
from web.language import said

SHORT = {"class": "short"}


class AskAlsoForm(Form):
    """One of the schemes that fit, and an amount. Drafts elsewhere may ask another amount from now on."""

    why: ClassVar[dict[str, Why]] = {"scheme": "decision", "asked": "decision"}

    scheme = forms.ChoiceField(label=_("Where do you ask too?"), widget=forms.RadioSelect)
    asked = AmountField(
        label=_("How much do you ask there?"),
        help_text=_("Write it as you always do: 450 or 1.250,50."),
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(
        self, data: Any = None, *, schemes: Sequence[Scheme], drafts: Sequence[Application], needed: Money | None
    ) -> None:
        super().__init__(data, initial={"asked": needed})
        self.schemes = {str(scheme.pk): scheme for scheme in schemes}
        self.fields["scheme"].choices = [(pk, in_short(scheme)) for pk, scheme in self.schemes.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.drafts = {f"asked_{draft.pk}": draft for draft in drafts}
        for name, draft in self.drafts.items():
            label = _("How much do you ask at %(scheme)s?") % {"scheme": said(draft.scheme, "title")}
            widget = forms.TextInput(attrs=SHORT)
            self.fields[name] = AmountField(label=label, required=False, widget=widget, initial=draft.asked)

    def clean(self) -> dict[str, Any]:
        """The scheme itself, and what the drafts elsewhere ask, by their ids."""
        typed = dict(self.cleaned_data)
        scheme = self.schemes.get(typed.get("scheme", ""))
        if scheme and typed.get("asked"):
            for field, sentence in about_the_amount(scheme.edition, typed["asked"]).items():
                self.add_error(field, sentence)
        divided = {draft.pk: typed.pop(name) for name, draft in self.drafts.items() if typed.get(name)}
        kept = {name: value for name, value in typed.items() if name not in self.drafts}
        return kept | {"scheme": scheme, "divided": divided}


def in_short(scheme: Scheme) -> str:
    """A choice: the scheme, who gives it, and how much at most."""
    most = write_amount(scheme.edition.maximum)
    return _("%(scheme)s, %(funder)s: at most %(amount)s") % {
        "scheme": said(scheme, "title"),
        "funder": scheme.funder,
        "amount": most,
    }


class ShareForm(Form):
    """An express tick; without it no fund sees anything of another one."""

    why: ClassVar[dict[str, Why]] = {"shared": "voluntary"}

    shared = forms.BooleanField(
        label=_("The funds may see of each other what we asked there and what the answer was."), required=False
    )
