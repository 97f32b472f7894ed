"""What the second person types: nothing to sign, a reason not to."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models import Application, Obligation
from web.amounts import AmountField
from web.forms import Form, Why


class ProposeForm(Form):
    """How much, and why less than they ask."""

    why: ClassVar[dict[str, Why]] = {"amount": "decision", "reason": "decision", "obligations": "decision"}

    amount = AmountField(label=_("Amount"), widget=forms.TextInput(attrs={"class": "short"}))
    reason = forms.CharField(
        label=_("Less than they ask? Write why"),
        help_text=_("The residents read this in their letter."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    obligations = forms.ModelMultipleChoiceField(
        label=_("What do we agree?"),
        help_text=_("This was published with the scheme. Nothing else can be agreed."),
        queryset=Obligation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, application: Application, offer: Money | None = None) -> None:
        """`offer`: what is left, where that is less than they ask."""
        agreed = application.edition.obligations.all()
        super().__init__(data, initial={"amount": offer or application.asked, "obligations": list(agreed)})
        self.fields["obligations"].queryset = agreed  # type: ignore[attr-defined]  # its own kind
        if not agreed:
            del self.fields["obligations"]


class RefuseForm(Form):
    """For the colleague who proposed it."""

    why: ClassVar[dict[str, Why]] = {"reason": "decision"}

    reason = forms.CharField(
        label=_("Why not? Your colleague reads this"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why not, for your colleague.")},
    )
