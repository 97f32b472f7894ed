"""What more than one verb asks people to type: verdicts on criteria, an award, and what somebody told."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models import AdvicePoint, Application, Criterion, Judgement, Member, Obligation
from grants.models.advice import AGAINST
from grants.models.decision import amount_of, costs_of
from grants.papers.post import language_of
from web.amounts import AmountField, write_amount
from web.forms import Form, Why
from web.language import said


class CriteriaForm(Form):
    """Two fields for each criterion: `verdict_<id>` and `reason_<id>`. Who thinks no says why."""

    WRITE_WHY: ClassVar[str | Promise]  # what somebody reads who didn't

    def add_criteria(self, application: Application, before: Mapping[int, AdvicePoint | Judgement]) -> None:
        """`before`: what was thought of them earlier, by the id of the criterion."""
        self.criteria = list(application.edition.criteria.all())
        for criterion in self.criteria:
            self.add_criterion(criterion, before.get(criterion.pk))

    def add_criterion(self, criterion: Criterion, before: AdvicePoint | Judgement | None) -> None:
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
                self.add_error(f"reason_{criterion.pk}", str(self.WRITE_WHY))
            verdicts.append((criterion, verdict, reason))
        return {"verdicts": verdicts}

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The verdict and the reason of each criterion, as fields to draw."""
        return [(self[f"verdict_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.criteria]


class MemberField(forms.ModelChoiceField[Member]):
    def label_from_instance(self, member: Member) -> str:
        return str(member.person)


class ToldForm(Form):
    """What was said on the phone or in a talk, and by whom."""

    why: ClassVar[dict[str, Why]] = {"member": "decision", "answer": "decision"}

    member = MemberField(Member.objects.none(), label=_("Who told you?"), empty_label=None, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("What did they say?"),
        help_text=_("The group gets a copy of this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what they said.")},
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data)
        members = application.plan.members.select_related("person").order_by("pk")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # its own kind


class ObligationsField(forms.ModelMultipleChoiceField[Obligation]):
    def label_from_instance(self, obligation: Obligation) -> str:
        return f"{said(obligation, 'title')}: {said(obligation, 'text')}"


class GiveForm(Form):
    """How much, why it is less, and what is agreed: all that was published stands ticked."""

    why: ClassVar[dict[str, Why]] = {"amount": "decision", "reason": "decision", "obligations": "decision"}

    amount = AmountField(label=_("Amount"), widget=forms.TextInput(attrs={"class": "short"}))
    reason = forms.CharField(
        label=_("Less than they ask? Write why"),
        help_text=_("The residents read this in their letter."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    obligations = ObligationsField(
        label=_("What do we agree?"),
        help_text=_("This was published with the scheme. Nothing else can be agreed."),
        queryset=Obligation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, application: Application, **prefilled: Any) -> None:
        self.application = application
        self.agreed = list(application.edition.obligations.all())
        super().__init__(data, initial={"amount": application.asked, "obligations": self.agreed} | prefilled)
        self.fields["obligations"].queryset = application.edition.obligations.all()  # type: ignore[attr-defined]  # its own kind
        if not self.agreed:
            del self.fields["obligations"]


class AwardForm(GiveForm):
    """All that was asked, or a part with the reason: some of the costs, or a sum. What is agreed stands ticked."""

    why: ClassVar[dict[str, Why]] = {**GiveForm.why, "lines": "decision"}
    field_order = ("lines",)

    lines = forms.TypedMultipleChoiceField(
        label=_("Only some of the costs? Tick those"),
        help_text=_("The amount follows from them."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, application: Application, offer: Money | None = None) -> None:
        """`offer`: what is left, where that is less than they ask."""
        prefilled = {"amount": offer, "reason": why_the_rest(application, offer)} if offer else {}
        super().__init__(data, application=application, **prefilled)
        costs = costs_of(application)
        self.fields["lines"].choices = [  # type: ignore[attr-defined]  # its own kind
            (place, f"{line.what}: {write_amount(line.amount)}") for place, line in costs.items() if line.amount
        ]
        if not costs:
            del self.fields["lines"]

    def clean(self) -> dict[str, Any]:
        """The amount follows from the costs that were ticked; another one beside them is asked back."""
        lines, amount = self.cleaned_data.get("lines") or [], self.cleaned_data.get("amount")
        if lines and amount:
            follows = amount_of(self.application, lines)
            if amount not in {follows, self.initial["amount"]}:
                words = {"amount": write_amount(follows)}
                self.add_error(
                    "amount", _("The costs you ticked are %(amount)s. Fill that in, or untick them.") % words
                )
            self.cleaned_data["amount"] = follows
        return self.cleaned_data


def why_the_rest(application: Application, left: Money) -> str:
    """In the words of its residents: granted insofar as there is money (Awb 4:25)."""
    with translation.override(language_of(application.plan.first_contact)):
        return gettext("There is %(left)s left. That is why you don't get everything.") % {"left": write_amount(left)}
