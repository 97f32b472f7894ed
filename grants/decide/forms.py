"""What deciders type: how much, or why not and what would be possible."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Criterion, Judgement, Review
from grants.models.advice import unexplained
from grants.models.aside import Lives
from grants.typed import GiveForm
from web.forms import Form, Why
from web.language import said


class SettleForm(GiveForm):
    """A small plan judged and granted at once: everything stands at "in order", and all that was asked is granted."""

    why: ClassVar[dict[str, Why]] = {**GiveForm.why, "street": "decision", "strong": "decision"}
    field_order = ("street", "strong")
    VERDICTS: ClassVar[dict[str, tuple[Judgement.Verdict, Judgement.Verdict]]] = {
        Criterion.Kind.KNOCK_OUT: (Judgement.Verdict.YES, Judgement.Verdict.NO),
        Criterion.Kind.WEIGHED: (Judgement.Verdict.ENOUGH, Judgement.Verdict.NOT_YET),
    }

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

    def __init__(self, data: Any = None, *, application: Application, draft: Mapping[str, str]) -> None:
        super().__init__(data, application=application)
        self.criteria = list(application.edition.criteria.all())
        for criterion in self.criteria:
            self._add_criterion(criterion)
        self.initial = {**self.initial, **{name: text for name, text in draft.items() if self._knows(name, text)}}

    def _add_criterion(self, criterion: Criterion) -> None:
        good, bad = self.VERDICTS[criterion.kind]
        self.fields[f"verdict_{criterion.pk}"] = forms.ChoiceField(
            label=said(criterion, "title"),
            choices=[(good.value, _("in order")), (bad.value, bad.label)],
            initial=good.value,
            widget=forms.RadioSelect,
        )
        self.fields[f"reason_{criterion.pk}"] = forms.CharField(
            label=_("Reason: %(criterion)s") % {"criterion": said(criterion, "title")},
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _knows(self, name: str, text: str) -> bool:
        """Whether this can be shown here: at length one judges in more words than two."""
        choices = getattr(self.fields.get(name), "choices", None)
        return choices is None or text in dict(choices)

    def clean(self) -> dict[str, Any]:
        """What the action takes: the verdicts as (criterion, verdict, reason), what is strong, how much and why."""
        verdicts = []
        for criterion in self.criteria:
            verdict = self.cleaned_data.get(f"verdict_{criterion.pk}", "")
            reason = self.cleaned_data.get(f"reason_{criterion.pk}", "").strip()
            if verdict == self.VERDICTS[criterion.kind][1] and not reason:
                self.add_error(f"reason_{criterion.pk}", _("Write why, in words the residents understand."))
            verdicts.append((criterion, verdict, reason))
        for criterion in unexplained(self.application, verdicts):
            self.add_error(f"reason_{criterion.pk}", _("The panel thinks otherwise. Write why you don't follow it."))
        typed = {name: self.cleaned_data.get(name) for name in ("strong", "amount", "reason")}
        return typed | {"verdicts": verdicts, "obligations": self.cleaned_data.get("obligations", ())}

    @property
    def shown(self) -> dict[str, Any]:
        """What the letter beside it says: what was typed, or all that was asked."""
        typed = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {
            "amount": typed.get("amount") or self.application.asked,
            "reason": typed.get("reason") or "",
            "obligations": typed.get("obligations", self.agreed),
        }

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The verdict and the reason of each criterion, as fields to draw."""
        return [(self[f"verdict_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.criteria]


class SetAsideForm(Form):
    """Why it can't be judged as it is."""

    why: ClassVar[dict[str, Why]] = {"reason": "decision"}

    reason = forms.CharField(
        label=_("Why can’t you judge it as it is?"),
        help_text=_("The residents read this in their letter."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in words the residents understand.")},
    )


class GroundsField(forms.ModelMultipleChoiceField[Criterion]):
    def label_from_instance(self, criterion: Criterion) -> str:
        return said(criterion, "title")


class DeclineForm(Form):
    """At least one published criterion, or that no money is left; the reason, and what would be possible."""

    why: ClassVar[dict[str, Why]] = {
        "no_money": "decision",
        "grounds": "decision",
        "reason": "decision",
        "possible": "decision",
        "about_them": "decision",
    }

    no_money = forms.BooleanField(
        label=_("There is no money left for this plan"),
        help_text=_("Then you need no criterion. The letter says that other plans came first."),
        required=False,
    )
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

    about_them = forms.BooleanField(
        label=_("It rests on facts about the residents themselves, other than they told us"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        application: Application,
        review: Review | None = None,
        money_ended: bool = False,
        **extra: Any,
    ) -> None:
        """What was judged a no stands ticked; the decider changes that. `money_ended`: then that is reason enough."""
        against = [each.criterion_id for each in review.judgements.all() if each.is_a_no] if review else []
        super().__init__(*args, initial={"grounds": against}, **extra)
        self.fields["grounds"].queryset = application.edition.criteria.all()  # type: ignore[attr-defined]  # its own kind
        hint = application.scheme.funder.citing(_("Then they may react first."), "4:7")
        self.fields["about_them"].help_text = hint
        self.fields["grounds"].required = not money_ended
        if not money_ended:
            del self.fields["no_money"]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not (self.cleaned_data.get("grounds") or self.cleaned_data.get("no_money")):
            self.add_error("grounds", self.fields["grounds"].error_messages["required"])
        return self.cleaned_data
