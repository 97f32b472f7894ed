"""What members of a panel type: a verdict for each published criterion, and why."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Advice, AdvicePoint, Application, Criterion, Judgement
from grants.models.advice import AGAINST
from grants.models.aside import Lives
from web.forms import Form, Why
from web.language import said


class AdviseForm(Form):
    """Two fields for each criterion: `verdict_<id>` and `reason_<id>`, with what they advised before."""

    why: ClassVar[dict[str, Why]] = {"street": "decision"}

    street = forms.ChoiceField(
        label=_("Do you live in this street?"),
        choices=[(Lives.ELSEWHERE.value, Lives.ELSEWHERE.label), (Lives.HERE.value, _("Yes, so the others advise"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say if you live in this street.")},
    )

    def __init__(self, data: Any = None, *, application: Application, before: Advice | None) -> None:
        super().__init__(data)
        self.criteria = list(application.edition.criteria.all())
        points = {each.criterion_id: each for each in before.points.all()} if before else {}
        if before:
            self.initial["street"] = Lives.ELSEWHERE
        for criterion in self.criteria:
            self.add_criterion(criterion, points.get(criterion.pk))

    def add_criterion(self, criterion: Criterion, before: AdvicePoint | None) -> None:
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
        """What the action takes: the verdicts as (criterion, verdict, reason)."""
        verdicts = []
        for criterion in self.criteria:
            verdict = self.cleaned_data.get(f"verdict_{criterion.pk}", "")
            reason = self.cleaned_data.get(f"reason_{criterion.pk}", "").strip()
            if verdict in AGAINST and not reason:
                self.add_error(f"reason_{criterion.pk}", _("Write why. Who decides weighs your reason."))
            verdicts.append((criterion, verdict, reason))
        return {"verdicts": verdicts}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The verdict and the reason of each criterion, as fields to draw."""
        return [(self[f"verdict_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.criteria]
