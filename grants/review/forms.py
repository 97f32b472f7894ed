"""What officers type when they judge: a verdict for each published criterion; and when something is missing: what."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Review
from grants.models.advice import unexplained
from grants.models.aside import Lives
from grants.models.completion import may_be_missing
from grants.typed import CriteriaForm
from web.clock import add_weeks, today
from web.days import DayField
from web.forms import Form, Why


class JudgeForm(CriteriaForm):
    """What is strong comes first, then a verdict for each criterion."""

    WRITE_WHY = _("Write why, in words the residents understand.")

    why: ClassVar[dict[str, Why]] = {"street": "decision", "strong": "decision"}

    street = forms.ChoiceField(
        label=_("Do you live in this street?"),
        choices=Lives.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say if you live in this street.")},
    )
    strong = forms.CharField(
        label=_("What is strong about this plan?"),
        help_text=_("The residents read this."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, application: Application, last: Review | None, draft: Mapping[str, str]
    ) -> None:
        """What was judged before stands there, and over it what `draft` holds of what was typed since."""
        super().__init__(data)
        self.application = application
        before = {each.criterion_id: each for each in last.judgements.all()} if last else {}
        self.initial["strong"] = last.strong if last else ""
        self.add_criteria(application, before)
        self.initial = {**self.initial, **draft}

    def clean(self) -> dict[str, Any]:
        """What the action takes: `strong`, and the verdicts as (criterion, verdict, reason)."""
        judged = super().clean()
        for criterion in unexplained(self.application, judged["verdicts"]):
            self.add_error(f"reason_{criterion.pk}", _("The panel thinks otherwise. Write why you don't follow it."))
        return {"strong": self.cleaned_data.get("strong", "")} | judged


class SendBackForm(Form):
    """What is missing, from the fixed list, and by when. A second time asks for a reason."""

    why: ClassVar[dict[str, Why]] = {
        "missing": "decision",
        "explanation": "voluntary",
        "until": "decision",
        "reason": "decision",
    }

    missing = forms.MultipleChoiceField(
        label=_("What is missing?"),
        help_text=_("One list, once. Choose everything that you need to decide."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose from the list what is missing.")},
    )
    explanation = forms.CharField(
        label=_("In your own words: what exactly?"),
        help_text=_("The residents read this with the list."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DayField(
        label=_("Until which day?"),
        help_text=_("Two weeks is usual, a week the least. Write it like 31-12-2026."),
    )
    reason = forms.CharField(
        label=_("Why does it go back a second time?"),
        help_text=_("The residents read this. Each second time is counted on the scheme’s page."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why it goes back again.")},
    )

    def __init__(self, data: Any = None, *, application: Application, was_back: bool) -> None:
        super().__init__(data, initial={"until": add_weeks(today(), 2)})
        choices = may_be_missing(application.edition, application.duties)
        self.fields["missing"].choices = choices  # type: ignore[attr-defined]  # its own kind
        if not was_back:
            del self.fields["reason"]
