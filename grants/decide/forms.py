"""What deciders type: how much, or why not and what would be possible."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Criterion, Review
from web.amounts import AmountField
from web.forms import Form, Why
from web.language import said


class AwardForm(Form):
    """All that was asked, or a part of it with the reason."""

    why: ClassVar[dict[str, Why]] = {"amount": "decision", "reason": "decision"}

    amount = AmountField(label=_("Amount"), widget=forms.TextInput(attrs={"class": "short"}))
    reason = forms.CharField(
        label=_("Less than they ask? Write why"),
        help_text=_("The residents read this in their letter."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, initial={"amount": application.asked})


class GroundsField(forms.ModelMultipleChoiceField[Criterion]):
    def label_from_instance(self, criterion: Criterion) -> str:
        return said(criterion, "title")


class DeclineForm(Form):
    """At least one published criterion, the reason, and what would be possible."""

    why: ClassVar[dict[str, Why]] = {"grounds": "decision", "reason": "decision", "possible": "decision"}

    grounds = GroundsField(
        label=_("Which criterion does the plan not meet?"),
        queryset=Criterion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one criterion. Other reasons don't count.")},
    )
    reason = forms.CharField(
        label=_("Why? Use the residents' own words"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in words the residents understand.")},
    )
    possible = forms.CharField(
        label=_("What would be possible?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what would be possible: a smaller plan, another fund, a next time.")},
    )

    def __init__(self, *args: Any, application: Application, review: Review | None = None, **extra: Any) -> None:
        """What was judged a no stands ticked; the decider changes that."""
        against = [each.criterion_id for each in review.judgements.all() if each.is_a_no] if review else []
        super().__init__(*args, initial={"grounds": against}, **extra)
        self.fields["grounds"].queryset = application.scheme.criteria.all()  # type: ignore[attr-defined]  # its own kind
