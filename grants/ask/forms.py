"""What residents type: the plan with its budget lines, who they are, and the code that confirms it."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from grants.models import Application, BudgetLine, Plan, Scheme
from grants.models.questions import QUESTIONS
from web.amounts import AmountField
from web.forms import Form, Why
from web.models import Person
from web.models.code import as_typed

POSTCODE = forms.RegexField(
    regex=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
    label=_("Postcode"),
    widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
    error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
)


def lines_field(rows: int) -> forms.CharField:
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": rows, "data-fits": "600"}))


class LineForm(Form):
    """One budget line; an empty one is left out."""

    why: ClassVar[dict[str, Why]] = {"what": "decision", "amount": "decision"}

    what = forms.CharField(label=_("What"), required=False, max_length=200)
    amount = AmountField(label=_("Amount"), required=False, widget=forms.TextInput(attrs={"class": "short"}))

    def clean(self) -> dict[str, Any]:
        what, amount = self.cleaned_data.get("what"), self.cleaned_data.get("amount")
        if what and not amount and "amount" not in self.errors:
            self.add_error("amount", _("Write about how much this costs. An estimate is fine."))
        if amount and not what:
            self.add_error("what", _("Write what this amount is for."))
        return self.cleaned_data


Lines = forms.formset_factory(LineForm, extra=3, max_num=60, absolute_max=80)


class PlanForm(Form):
    """The one page. The amount comes first: it decides how many questions there are."""

    why: ClassVar[dict[str, Why]] = {
        "asked": "decision",
        "title": "voluntary",
        "what": "decision",
        "why_good": "decision",
        "who_joins": "decision",
        "own_input": "decision",
        "neighbours": "decision",
        "where_when": "decision",
        "permission": "decision",
    }
    OBLIGATORY = frozenset({"asked", "what", "where_when"})  # of the short form
    ONLY_EIGHT = ("title", "why_good", "own_input", "neighbours", "permission")

    asked = AmountField(
        label=_("How much money do you ask?"),
        help_text=_("Write it as you always do: 450 or 1.250,50."),
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    title = forms.CharField(
        label=_("What do you call your plan?"),
        required=False,
        max_length=120,
        help_text=_("A few words. No name yet? Then we use the first words of your plan."),
    )
    what = lines_field(5)
    why_good = lines_field(4)
    who_joins = lines_field(3)
    own_input = lines_field(3)
    neighbours = lines_field(3)
    where_when = lines_field(2)
    permission = forms.ChoiceField(
        label=_("Is permission or a permit needed?"),
        help_text=_("You don't know? Then choose that. We find out together with you."),
        choices=Plan.Permission.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, data: Any = None, *, scheme: Scheme, application: Application | None = None, amount: str = ""
    ) -> None:
        """`amount` is a first guess, from a link; what was typed since counts before it."""
        super().__init__(data, initial=initial_of(application) if application else {"asked": amount})
        self.asks_little = asks_little(scheme, data["asked"] if data and "asked" in data else self.initial["asked"])
        for question in QUESTIONS:
            self.fields[question.field].label, self.fields[question.field].help_text = question.text, question.help
        for name in self.ONLY_EIGHT if self.asks_little else ():
            if not (self.initial.get(name) or (data and data.get(name))):  # what was written once is never hidden
                del self.fields[name]
        for name in self.OBLIGATORY if self.asks_little else self.fields.keys() - {"title"}:
            self.fields[name].required = True
        self.costs = Lines(data, prefix="costs", initial=lines_of(application, BudgetLine.Kind.COST))
        self.others = Lines(data, prefix="others", initial=lines_of(application, BudgetLine.Kind.PAID_BY_OTHERS))
        self.asks_others = not self.asks_little or any(line.initial or line.has_changed() for line in self.others)

    def full_clean(self) -> None:
        """Keeping a draft asks nothing to be complete: only what can't be read is asked back."""
        obligatory = [field for field in self.fields.values() if field.required]
        for field in obligatory:
            field.required = False
        super().full_clean()
        for field in obligatory:
            field.required = True

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.costs.is_valid(), self.others.is_valid()])

    def clean(self) -> dict[str, Any]:
        """What the action takes: the answers, and the lines that were filled in."""
        return self.cleaned_data | {"costs": filled_in(self.costs), "others": filled_in(self.others)}

    def ask_back(self, missing: dict[str, str]) -> None:
        """Say at each field what is still missing, on a form that was kept before and is now shown again."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        for field, sentence in missing.items():
            self.add_error(field if field in self.fields else None, sentence)


def asks_little(scheme: Scheme, amount: Any) -> bool:
    """Whether this amount needs the short form only. What can't be read yet gets the scheme's lightest track."""
    try:
        asked = AmountField(required=False).clean(amount)
    except ValidationError:
        asked = None
    track = (scheme.track_for(asked) if asked else None) or scheme.first_track
    return track is None or track.duties.asks_little


def filled_in(lines: Any) -> list[dict[str, Any]]:
    if not lines.is_valid():
        return []
    return [line.cleaned_data for line in lines if line.cleaned_data.get("what") and line.cleaned_data.get("amount")]


def initial_of(application: Application) -> dict[str, Any]:
    plan = application.plan
    answers = {question.field: getattr(plan, question.field) for question in QUESTIONS}
    return answers | {"asked": application.asked, "title": plan.own_title, "permission": plan.permission}


def lines_of(application: Application | None, kind: BudgetLine.Kind) -> list[dict[str, Any]]:
    if application is None:
        return []
    return [{"what": line.what, "amount": line.amount} for line in application.plan.lines.all() if line.kind == kind]


class ContactForm(Form):
    """Who asks. Nothing here weighs in the decision; the postcode shows that the plan is from here."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "postcode": "decision",
        "house_number": "contact",
        "email": "contact",
        "phone": "voluntary",
        "reached_by": "contact",
    }

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "name"})
    )
    postcode = POSTCODE
    house_number = forms.CharField(
        label=_("House number"), max_length=20, widget=forms.TextInput(attrs={"class": "short"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a code. With it you send your plan."),
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "tel", "inputmode": "tel"}),
    )
    reached_by = forms.ChoiceField(
        label=_("May we mail you, or do you want letters by post?"),
        choices=[(Person.ReachedBy.MAIL, _("You may mail me")), (Person.ReachedBy.POST, _("I want letters by post"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, signed_in: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if signed_in:
            del self.fields["email"]  # known, and proven, by signing in

    def clean_postcode(self) -> str:
        return f"{self.cleaned_data['postcode'][:4]} {self.cleaned_data['postcode'][-2:].upper()}"


class CodeForm(Form):
    """The code from the mail."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = forms.CharField(
        label=_("The code from our e-mail"),
        help_text=_("Six letters and digits. Small letters and spaces are fine."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "one-time-code"}),
    )


class ContinueForm(Form):
    """The code that finds a draft again."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = forms.CharField(
        label=_("The code of your plan"),
        help_text=_("It looks like 1042-ACEFH-JKQRW."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )

    def clean_code(self) -> Plan:
        """The plan this code opens."""
        number, _dash, letters = self.cleaned_data["code"].strip().partition("-")
        number = "".join(filter(str.isdecimal, number))[:12]
        plan = Plan.objects.filter(pk=int(number), applications__status="draft").first() if number else None
        if plan is None or not as_typed(letters) or not plan.is_opened_by(self.cleaned_data["code"]):
            raise ValidationError(
                _("We can't find this plan. Check the code. Have you sent the plan already? Then sign in.")
            )
        return plan


class WithdrawForm(Form):
    """Withdrawing may say why, and need not."""

    why: ClassVar[dict[str, Why]] = {"reason": "voluntary"}

    reason = forms.CharField(
        label=_("Do you want to say why?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
