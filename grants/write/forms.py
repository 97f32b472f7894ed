"""What residents type when they write a plan: the one page with its budget lines, and the code of a draft."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from grants.models import Application, BudgetLine, Edition, Plan
from grants.models.draft import asks_little, kept_answers, kept_lines, stand_already
from grants.models.draft_code import DraftCodeField
from grants.models.extra_answer import all_extra
from grants.models.extra_question import FIELD
from grants.models.questions import QUESTIONS
from web.amounts import AmountField
from web.forms import Form, Why, bound
from web.language import said

SHORT = {"class": "short"}
MOST_LETTERS = 60_000  # of one answer: some twenty pages
TOO_LONG = _("This is more than 60,000 letters. Make it shorter, or call us: then we find a way for the rest.")


class AnswerField(forms.CharField):
    """The answer to one of the open questions, with an example of one."""

    def __init__(self, name: str, *, rows: int) -> None:
        question = next(each for each in QUESTIONS if each.field == name)
        self.example = question.example
        widget = forms.Textarea(attrs={"rows": rows})
        # A validator, not max_length: that makes a browser cut off in silence what is pasted.
        fits = [MaxLengthValidator(MOST_LETTERS, TOO_LONG)]
        super().__init__(label=question.text, help_text=question.help, required=False, widget=widget, validators=fits)


class LineForm(Form):
    """A budget line with an amount; an empty one is left out."""

    why: ClassVar[dict[str, Why]] = {"what": "decision", "amount": "decision"}

    what = forms.CharField(label=_("What"), required=False, max_length=200)
    amount = AmountField(label=_("Amount"), required=False, widget=forms.TextInput(attrs=SHORT))

    def clean(self) -> dict[str, Any]:
        what, amount = self.cleaned_data.get("what"), self.cleaned_data.get("amount")
        if what and not amount and "amount" not in self.errors:
            self.add_error("amount", _("Write about how much this costs. An estimate is fine."))
        if amount and not what:
            self.add_error("what", _("Write what this amount is for."))
        return self.cleaned_data


class PayerForm(LineForm):
    """Somebody else who pays, and how much."""

    what = forms.CharField(label=_("Who pays"), required=False, max_length=200)


class InKindForm(Form):
    """Something that is given without money: hours, material, a room."""

    why: ClassVar[dict[str, Why]] = {"what": "decision", "who": "decision"}

    what = forms.CharField(label=_("What"), required=False, max_length=200)
    who = forms.CharField(label=_("From whom"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("who") and not self.cleaned_data.get("what"):
            self.add_error("what", _("Write what they give: hours, material, a room."))
        return self.cleaned_data


# The lists of lines: the prefix in the page, its form, and the kind of line it becomes.
LISTS: dict[str, tuple[type[Form], BudgetLine.Kind]] = {
    "costs": (LineForm, BudgetLine.Kind.COST),
    "others": (PayerForm, BudgetLine.Kind.PAID_BY_OTHERS),
    "in_kind": (InKindForm, BudgetLine.Kind.IN_KIND),
}


class PlanForm(Form):
    """The one page, or with `only` a part of it. The amount decides how many questions there are."""

    why: ClassVar[dict[str, Why]] = {
        "asked": "decision",
        "title": "voluntary",
        "what": "decision",
        "why_good": "decision",
        "who_joins": "decision",
        "own_input": "decision",
        "neighbours": "decision",
        "where_when": "decision",
        "own_money": "voluntary",
        "permission": "decision",
    }
    OBLIGATORY = frozenset({"asked", "what", "where_when"})  # of the short form
    VOLUNTARY = frozenset({"title", "own_money"})
    ONLY_EIGHT = ("title", "why_good", "own_input", "neighbours", "own_money", "permission")

    asked = AmountField(
        label=_("How much money do you ask?"),
        help_text=_("Write it as you always do: 450 or 1.250,50."),
        widget=forms.TextInput(attrs=SHORT),
    )
    title = forms.CharField(
        label=_("What do you call your plan?"),
        required=False,
        max_length=120,
        help_text=_("A few words. If you get money, everybody can read it. No name yet? Then we use your first words."),
    )
    what = AnswerField("what", rows=5)
    why_good = AnswerField("why_good", rows=4)
    who_joins = AnswerField("who_joins", rows=3)
    own_input = AnswerField("own_input", rows=3)
    neighbours = AnswerField("neighbours", rows=3)
    where_when = AnswerField("where_when", rows=2)
    own_money = AmountField(
        label=_("How much do you pay yourselves?"), required=False, widget=forms.TextInput(attrs=SHORT)
    )
    permission = forms.ChoiceField(
        label=_("Is permission or a permit needed?"),
        help_text=_("You don't know? Then choose that. We find out together with you."),
        choices=Plan.Permission.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        edition: Edition,
        application: Application | None = None,
        amount: str = "",
        only: tuple[str, ...] | None = None,
        with_costs: bool = False,
    ) -> None:
        """`amount` is a first guess, from a link; what was typed since counts before it. The short form has the list
        of costs only for who wants one.
        """
        super().__init__(data, files, initial=kept_answers(application) if application else {"asked": amount})
        typed = data.get("asked") if data else None
        self.asks_little = asks_little(edition, self.initial["asked"] if typed is None else typed)
        self.with_costs = with_costs or not self.asks_little
        voluntary = self.VOLUNTARY | self.ask_extra(edition, application)
        self.leave_out(only, application)
        for name in self.OBLIGATORY if self.asks_little else self.fields.keys() - voluntary:
            if name in self.fields:
                self.fields[name].required = True
        self.lists = {name: self.list_of(name, application) for name in LISTS if self.shows(name, application, only)}
        self.exclusions = edition.excluded if "costs" in self.lists else []
        self.note_exclusions()

    def ask_extra(self, edition: Edition, application: Application | None) -> set[str]:
        """What this scheme asks besides, but in the short form; gives what may stay empty."""
        if self.asks_little:
            return set()
        questions = all_extra(application) if application else list(edition.extra_questions.all())
        for each in questions:
            about: dict[str, Any] = {"label": said(each, "text"), "help_text": each.told, "required": False}
            self.fields[each.field] = forms.CharField(**about, widget=forms.Textarea(attrs={"rows": 2}))
            bound(self.fields[each.field])
            self.initial[each.field] = each.answer
        return {each.field for each in questions if not each.obligatory}

    def leave_out(self, only: tuple[str, ...] | None, application: Application | None) -> None:
        """What the short form doesn't ask (never what was written), what other pages ask, and what a fund reads."""
        written = {name for name in self.ONLY_EIGHT if self.initial.get(name) or (self.data and self.data.get(name))}
        unasked = set(self.ONLY_EIGHT) - written if self.asks_little else set()
        elsewhere = self.fields.keys() - set(only) if only is not None else set()
        for name in self.fields.keys() & (unasked | elsewhere | stand_already(application)):
            del self.fields[name]

    def shows(self, name: str, application: Application | None, only: tuple[str, ...] | None) -> bool:
        if only is not None:
            return name in only
        is_asked = self.with_costs if name == "costs" else not self.asks_little
        return is_asked or bool(kept_lines(application, LISTS[name][1])) or self.typed_in(name)

    def typed_in(self, name: str) -> bool:
        return any(key.startswith(f"{name}-") and "_FORMS" not in key and self.data[key] for key in self.data)

    def list_of(self, name: str, application: Application | None) -> Any:
        """Three empty lines more than there are. A page that came without the list's count has no lines."""
        data = self.data if self.is_bound and f"{name}-TOTAL_FORMS" in self.data else None
        lines = forms.formset_factory(LISTS[name][0], extra=3, max_num=60, absolute_max=80)
        return lines(data, prefix=name, initial=kept_lines(application, LISTS[name][1]))

    def note_exclusions(self) -> None:
        """Say beside a cost what this scheme doesn't pay for, when the words look alike. Nobody is stopped."""
        for line in self.lists.get("costs", ()):
            what = str(line["what"].value() or "")
            line.note = next((said(each, "text") for each in self.exclusions if each.concerns(what)), "")

    def full_clean(self) -> None:
        """Keeping a draft asks nothing to be complete: only what can't be read is asked back."""
        obligatory = [field for field in self.fields.values() if field.required]
        for field in obligatory:
            field.required = False
        super().full_clean()
        for field in obligatory:
            field.required = True

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(lines.is_valid() for lines in self.lists.values() if lines.is_bound)])

    def clean(self) -> dict[str, Any]:
        """What the action takes: the answers, and the lines that were filled in."""
        return self.cleaned_data | {name: filled_in(lines) for name, lines in self.lists.items() if lines.is_bound}

    def ask_back(self, missing: dict[str, str]) -> None:
        """Say at each field what is still missing, on a form that was kept before and is now shown again."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        for field, sentence in missing.items():
            if field in self.fields:
                self.add_error(field, sentence)
            elif not field or field in self.lists:
                self.add_error(None, sentence)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The open questions of this page, each with its example."""
        return [self[question.field] for question in QUESTIONS if question.field in self.fields]

    @property
    def extra(self) -> list[forms.BoundField]:
        """The scheme's own questions on this page."""
        return [self[name] for name in self.fields if name.startswith(FIELD)]

    @property
    def parts(self) -> tuple[str, ...]:
        """All that this form replaces: its fields and its lists."""
        return (*self.fields, *self.lists)


def filled_in(lines: Any) -> list[dict[str, Any]]:
    """The lines in which something was typed, without the empty rest; none of them while one can't be read."""
    if not lines.is_valid():
        return []
    return [line.cleaned_data for line in lines if getattr(line, "cleaned_data", {}).get("what")]


class DoorForm(Form):
    """The code of the draft that somebody was writing, after their session ended."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = DraftCodeField()
