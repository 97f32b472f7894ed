"""A completion: a plan that was sent back once because something is missing, with one list of what (Awb 4:5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djmoney.money import Money

from grants.models.application import Application
from grants.models.budget_line import BudgetLine
from grants.models.edition import Edition
from grants.models.extra_answer import as_told, extra_missing
from grants.models.extra_question import FIELD
from grants.models.intake import Intake
from grants.models.missing import still_missing
from grants.models.page import Extra
from grants.models.plan import Member, Plan
from grants.models.questions import QUESTIONS
from grants.models.sheet import Sheet, beyond_scans
from grants.models.track import Duties
from grants.models.wait import Wait
from web.amounts import euro, write_amount
from web.language import said as in_words
from web.models import Person


@dataclass(frozen=True)
class Part:
    """Something that can be missing. `field` is where it is written on the page; some are of the longer form only."""

    text: str | Promise
    field: str
    only_eight: bool = False


# The one list: nothing else can be asked for. The group stands on a page of its own.
PARTS: dict[str, Part] = {
    "what": Part(gettext_lazy("What you are going to do"), "what"),
    "why_good": Part(gettext_lazy("Why it is good for the neighbourhood"), "why_good", only_eight=True),
    "who_joins": Part(gettext_lazy("Who takes part"), "who_joins"),
    "own_input": Part(gettext_lazy("What you bring yourselves"), "own_input", only_eight=True),
    "neighbours": Part(gettext_lazy("How other neighbours know of it"), "neighbours", only_eight=True),
    "where": Part(gettext_lazy("Where it is: the street, or the place"), "where_when"),
    "when": Part(gettext_lazy("When it is"), "where_when"),
    "costs": Part(gettext_lazy("What it costs, in a short list"), "costs"),
    "payers": Part(gettext_lazy("Who else pays, and how much"), "others", only_eight=True),
    "asked": Part(gettext_lazy("How much money you ask"), "asked"),
    "permission": Part(gettext_lazy("If permission is needed"), "permission", only_eight=True),
    "group": Part(gettext_lazy("Who are in your group"), "group"),
    "extra": Part(gettext_lazy("Your answer to the fund's own question"), "extra", only_eight=True),
}


def may_be_missing(edition: Edition, duties: Duties | None) -> list[tuple[str, str | Promise]]:
    """What can be asked for here, as choices: of the scheme's own list, never more than the form asked."""
    asks_little = duties is None or duties.asks_little
    asked = {name: part for name, part in PARTS.items() if not (part.only_eight and asks_little)}
    if edition.members_at_least == 1:
        del asked["group"]
    if "extra" in asked and not edition.extra_questions.exists():
        del asked["extra"]
    chosen = edition.may_be_missing or asked
    return [(name, part.text) for name, part in asked.items() if name in chosen]


class Completion(models.Model):
    """`missing` holds names of PARTS. `before` and `after` are the answers when it went back, and came again."""

    wait = models.OneToOneField(Wait, models.PROTECT, related_name="completion")
    number = models.PositiveSmallIntegerField()  # 1 is the once of rule 5; every other one is counted in public
    missing = models.JSONField(default=list)
    explanation = models.TextField(gettext_lazy("in your own words"), blank=True)
    reason = models.TextField(gettext_lazy("why again"), blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    completed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    told = models.TextField(gettext_lazy("what they sent or said"), blank=True)  # another way than here
    came_by = models.CharField(max_length=5, blank=True, choices=Intake.CameBy)
    why_later = models.TextField(gettext_lazy("why it was noted later"), blank=True)  # than on the day it came
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # who wrote on it last

    objects: ClassVar[models.Manager["Completion"]] = models.Manager()

    class Meta:
        verbose_name = gettext_lazy("completion")
        constraints = [
            models.CheckConstraint(name="a_second_return_has_a_reason", condition=Q(number=1) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.wait} · {self.number}"

    @property
    def parts(self) -> list[Part]:
        """The one list, as the residents read it."""
        return [PARTS[name] for name in self.missing if name in PARTS]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a helper wrote last, and none of the group said yes to it: that goes to nobody."""
        group = Member.objects.filter(plan=self.wait.application.plan_id)
        return self.kept_by_id is not None and not group.filter(person=self.kept_by_id).exists()

    @property
    def asked_before(self) -> Money | None:
        """The amount that was asked when it went back."""
        kept = self.before.get("asked")
        return euro(kept) if kept else None

    def part(self, asked: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a form asks, parted: what is on the list, and the rest."""
        names, listed = tuple(asked), {part.field for part in self.parts}
        here = {name for name in names if name in listed or ("extra" in listed and name.startswith(FIELD))}
        return tuple(name for name in names if name in here), tuple(name for name in names if name not in here)

    @property
    def changes(self) -> "list[Change]":
        """What the residents changed; nothing while they are still at it."""
        return changes(self.before, self.after) if self.after else []

    def duties_of(self, application: Application) -> Duties | None:
        """What was frozen; another track's once the amount was changed to one that belongs there."""
        track, frozen = application.track, application.duties
        is_another = amount_in_words(application.asked) != self.before.get("asked")
        return track.duties if is_another and track and frozen and track.kind != frozen.kind else frozen

    def still_missing(self, application: Application) -> dict[str, str]:
        """As for a draft. That a scheme has closed meanwhile takes nothing from who asked in time."""
        duties = self.duties_of(application)
        sentences = still_missing(application.plan, application.edition, application.asked, duties)
        asked = {field: sentence for field, sentence in sentences.items() if field}
        return beyond_scans(application, asked) | extra_missing(application)


def note_who_wrote(application: Application, person: Person) -> None:
    """`person` wrote on what came back to be completed; of a draft there is nothing to note."""
    Completion.objects.filter(wait__application=application, wait__ended_on=None).update(kept_by=person)


def asked_as_sent(shown: Application, waits: Sequence[Wait]) -> Money | None:
    """The amount this fund knows: while the residents complete the plan, what it was before."""
    is_back = shown.status == Application.Status.RETURNED
    return waits[0].completion.asked_before if is_back and waits else shown.asked


def snapshot(application: Application) -> dict[str, Any]:
    """All answers as they are kept now, as text; the budget lines in a list."""
    plan = Plan.objects.prefetch_related("lines").get(pk=application.plan_id)
    answers = {question.field: getattr(plan, question.field) for question in QUESTIONS}
    files = sorted(Sheet.objects.read_with(application).values_list("file", flat=True).distinct())
    lines = [[line.kind, line.what, line.who, amount_in_words(line.amount)] for line in plan.lines.all()]
    return answers | {
        "title": plan.title,
        "permission": plan.permission,
        "asked": amount_in_words(application.asked),
        "lines": lines,
        "sheets": files,
        "extra": [list(each) for each in as_told(application)],
    }


def amount_in_words(amount: Money | None) -> str:
    return "" if amount is None else f"{amount.amount:.2f}"


@dataclass(frozen=True)
class Change:
    """One answer or one line that is different now. Empty when it was not there, or is gone."""

    what: str
    old: str
    new: str


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What is different, in the order of the page and in the reader's language."""
    texts = {"asked": _("How much money do you ask?"), "title": _("What do you call your plan?")}
    texts |= {question.field: str(question.text) for question in QUESTIONS}
    texts["permission"] = _("Is permission or a permit needed?")
    answers = [Change(text, said(field, before), said(field, after)) for field, text in texts.items()]
    changed = [each for each in answers if each.old != each.new]
    old, new = before.get("sheets", []), after.get("sheets", [])
    files = [Change(_("Photos, drawings and documents"), str(len(old)), str(len(new)))] if old != new else []
    return [*changed, *changed_extra(before, after), *files, *changed_lines(before, after)]


def changed_extra(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """The answers to the scheme's own questions."""
    old, new = ({tuple(each[:2]): Extra(*each) for each in kept.get("extra", [])} for kept in (before, after))
    pairs = [(new.get(key) or old[key], old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]
    found = [
        Change(in_words(each, "text"), was.answer if was else "", now.answer if now else "") for each, was, now in pairs
    ]
    return [each for each in found if each.old != each.new]


def said(field: str, answers: dict[str, Any]) -> str:
    """An answer as people read it."""
    kept = str(answers.get(field, ""))
    if field == "asked":
        return write_amount(euro(kept)) if kept else ""
    if field == "permission":
        return str(dict(Plan.Permission.choices).get(kept, ""))
    return kept


def changed_lines(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Budget lines by what they are called: another amount, a new line, or one that is gone."""
    old, new = by_name(before.get("lines", [])), by_name(after.get("lines", []))
    return [
        Change(name, was or "", now or "")
        for name in dict.fromkeys([*old, *new])
        for was, now in zip_longest(old.get(name, []), new.get(name, []))
        if was != now
    ]


def by_name(lines: list[list[str]]) -> dict[str, list[str]]:
    """What each line says, by its kind and name; two lines may have the same name."""
    found: dict[str, list[str]] = {}
    for kind, what, who, amount in lines:
        label = what if kind == BudgetLine.Kind.COST else f"{what} ({BudgetLine.Kind(kind).label})"
        found.setdefault(label, []).append(write_amount(euro(amount)) if amount else who or "✓")
    return found
