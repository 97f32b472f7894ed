"""What treasurers type about a budget."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ledger.models import Budget
from web import clock
from web.amounts import AmountField
from web.forms import Form, Why

MEDIUM = {"class": "medium", "autocomplete": "off"}


class BudgetForm(Form):
    """The amount of this year, and what the bookkeeping wants to know."""

    why: ClassVar[dict[str, Why]] = {
        "amount": "decision",
        "ledger_account": "voluntary",
        "cost_centre": "voluntary",
        "task_field": "voluntary",
        "economic_category": "voluntary",
        "council_decision": "voluntary",
    }

    amount = AmountField(label=_("Budget for this year"), help_text=_("The whole amount, not the change."))
    ledger_account = forms.CharField(
        label=_("Ledger account"), max_length=40, required=False, widget=forms.TextInput(MEDIUM)
    )
    cost_centre = forms.CharField(label=_("Cost centre"), max_length=40, required=False, widget=forms.TextInput(MEDIUM))
    task_field = forms.CharField(
        label=_("Task field (taakveld)"), max_length=40, required=False, widget=forms.TextInput(MEDIUM)
    )
    economic_category = forms.CharField(
        label=_("Economic category (Iv3)"), max_length=40, required=False, widget=forms.TextInput(MEDIUM)
    )
    council_decision = forms.CharField(label=_("Council decision"), max_length=120, required=False)

    @classmethod
    def of(cls, budget: Budget, data: Any) -> "BudgetForm":
        """The form with what the budget is now."""
        now = {name: getattr(budget, name, None) for name in cls.base_fields}
        return cls(data, initial=now | {"amount": budget.cards().budget})


class NewBudgetForm(BudgetForm):
    """A budget that isn't there yet: also what it is called, and its year."""

    why: ClassVar[dict[str, Why]] = {**BudgetForm.why, "name": "decision", "year": "decision"}
    field_order = ("name", "year", "amount")

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("What the money is for. Use the same name next year.")
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=2000,
        max_value=2100,
        initial=lambda: clock.today().year,
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
    )
