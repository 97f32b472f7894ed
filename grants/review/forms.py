"""What officers type when they judge: for each published criterion a verdict, and a reason where it is a no."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Criterion, Judgement, Review
from web.forms import Form, Why
from web.language import said


class JudgeForm(Form):
    """Two fields for each criterion: `verdict_<id>` and `reason_<id>`. What is strong comes first."""

    why: ClassVar[dict[str, Why]] = {"strong": "decision"}

    strong = forms.CharField(
        label=_("What is strong about this plan?"),
        help_text=_("The residents read this."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, application: Application, last: Review | None, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.criteria = list(application.scheme.criteria.all())
        before = {each.criterion_id: each for each in last.judgements.all()} if last else {}
        self.initial["strong"] = last.strong if last else ""
        for criterion in self.criteria:
            self.add_criterion(criterion, before.get(criterion.pk))

    def add_criterion(self, criterion: Criterion, before: Judgement | None) -> None:
        choices = [(verdict.value, verdict.label) for verdict in Judgement.CHOICES[Criterion.Kind(criterion.kind)]]
        self.fields[f"verdict_{criterion.pk}"] = forms.ChoiceField(
            label=said(criterion, "title"),
            help_text=said(criterion, "text"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=before.verdict if before else None,
            error_messages={"required": _("Choose what you think of this.")},
        )
        self.fields[f"reason_{criterion.pk}"] = forms.CharField(
            label=_("Reason: %(criterion)s") % {"criterion": said(criterion, "title")},
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=before.reason if before else "",
        )

    def clean(self) -> dict[str, Any]:
        """What the action takes: `strong`, and the verdicts as (criterion, verdict, reason)."""
        verdicts = []
        for criterion in self.criteria:
            verdict = self.cleaned_data.get(f"verdict_{criterion.pk}", "")
            reason = self.cleaned_data.get(f"reason_{criterion.pk}", "").strip()
            if verdict in {Judgement.Verdict.NO, Judgement.Verdict.NOT_YET} and not reason:
                self.add_error(f"reason_{criterion.pk}", _("Write why, in words the residents understand."))
            verdicts.append((criterion, verdict, reason))
        return {"strong": self.cleaned_data.get("strong", ""), "verdicts": verdicts}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The verdict and the reason of each criterion, as fields to draw."""
        return [(self[f"verdict_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.criteria]
