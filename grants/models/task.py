"""A task: what somebody of the funder does by a day besides reading plans, read from the nouns that ask it.

What may be done here, what was promised, what residents sent after our letter, what may become less, and what they
were asked and didn't answer in time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from grants.models.applications import READERS
from grants.models.clearance import Clearance
from grants.models.intention import Intention
from grants.models.promise import Promise
from grants.models.reaction import Reaction
from grants.models.wait import Wait
from web.clock import today
from web.language import said
from web.models import Person, Seat

Rows = QuerySet[Any, Any]

# Where each kind is done, and what it is called where the row itself has no words.
PAGES = {
    "clearance": "grants:clearance",
    "promise": "grants:settle_promise",
    "excused": "grants:settle_promise",
    "objection": "grants:reaction",
    "default": "grants:reaction",
    "view": "grants:reaction",
    "complaint": "grants:reaction",
    "anew": "grants:decide_anew",
    "intention": "grants:revise",
    "question": "grants:application",
    "completion": "grants:application",
}
WORDS: dict[str, str | Words] = {
    "objection": _("Answer an objection"),
    "default": _("Answer a notice of default"),
    "view": _("Answer a view"),
    "complaint": _("Answer a complaint"),
    "anew": _("Decide anew: they are right"),
    "intention": _("Decide if the grant becomes less"),
    "question": _("No answer came: go on"),
    "completion": _("It wasn't completed: go on"),
}
OURS_NOW = {"intention", "question", "completion"}  # it was the residents' turn until that day
NOBODYS = {"handler", "application__officer"}  # may be nobody: then it is everybody's
COLUMNS = ("kind", "pk", "what", "what_en", "day", "who", "plan", "application_id", "received_on", "done_on")


@dataclass(frozen=True)
class Task:
    """`day`: by when, or until when it was the residents' turn. `who` does it; nobody yet: None."""

    kind: str
    pk: int
    what: str
    what_en: str
    day: date
    who: str | None
    plan: str
    application_id: int
    received_on: date
    done_on: date | None

    @property
    def title(self) -> str | Words:
        return WORDS.get(self.kind) or said(self, "what")

    @property
    def url(self) -> str:
        return reverse(PAGES[self.kind], args=[self.pk])

    @property
    def number(self) -> str:
        """Of its application."""
        return f"{self.received_on.year}-{self.application_id}"

    @property
    def has_our_day(self) -> bool:
        return self.kind not in OURS_NOW

    @property
    def is_late(self) -> bool:
        return self.has_our_day and self.day < today()

    @property
    def is_for_today(self) -> bool:
        """Due today, or our turn since the residents' day has passed."""
        return self.day == today() if self.has_our_day else True


def tasks_of(person: Person, people: Collection[int] | None, *, most: int) -> list[Task]:
    """What these people have to do at the funders `person` reads for, with what nobody has yet: due first. One query.

    `people`: their ids; None: everybody's.
    """
    parts = [rows.filter(_of(people, who), _read_by(person)) for rows, who in _open()]
    return _together(parts, "task_day", most)


def done_by(person: Person, people: Collection[int] | None, *, since: date, most: int) -> list[Task]:
    """What they did since that day, the last first. One query."""
    parts = [rows.filter(_of(people, who), _read_by(person), task_done_on__gte=since) for rows, who in _done()]
    return _together(parts, "-task_done_on", most)


def _of(people: Collection[int] | None, who: str) -> Q:
    if people is None:
        return Q()
    theirs = Q(**{f"{who}__in": people})
    return theirs | Q(**{who: None}) if who in NOBODYS else theirs


def _read_by(person: Person) -> Q:
    return Q(task_funder__in=Seat.funders_of(person, *READERS))


def _together(parts: list[Rows], order: str, most: int) -> list[Task]:
    rows = [part.order_by().values_list(*(f"task_{name}" for name in COLUMNS)) for part in parts]
    found = rows[0].union(*rows[1:], all=True).order_by(order, "task_kind", "task_pk")[:most]
    return [Task(*row) for row in found]


def _open() -> list[tuple[Rows, str]]:
    """What is to be done, each kind with who does it."""
    late = Wait.objects.open().filter(until__lt=today())
    turn = Q(until__lt=today()) | ~Q(answer="")
    return [
        (_clearances(Clearance.objects.open()), "owner"),
        (_promises(Promise.objects.open()), "owner"),
        (_reactions(Reaction.objects.open()), "handler"),
        (_reactions(Reaction.objects.to_decide_anew(), kind=Value("anew")), "application__officer"),
        (_intentions(Intention.objects.open().filter(turn)), "by"),
        (_waits(late.filter(enquiry__isnull=False), "question"), "application__officer"),
        (_waits(late.filter(completion__isnull=False), "completion"), "application__officer"),
    ]


def _done() -> list[tuple[Rows, str]]:
    """What was done, each kind with who did it."""
    ended = Coalesce("decided_on", "dropped_on")
    return [
        (_clearances(Clearance.objects.exclude(answer=""), done_on=F("answered_on")), "answered_by"),
        (_promises(Promise.objects.exclude(kept_on=None), done_on=F("kept_on")), "owner"),
        (_promises(Promise.objects.exclude(excused_on=None), kind=Value("excused"), done_on=F("excused_on")), "owner"),
        (_reactions(Reaction.objects.exclude(outcome=""), done_on=TruncDate("answered_at")), "answered_by"),
        (_intentions(Intention.objects.exclude(decision=None, dropped_on=None), done_on=ended), "by"),
    ]


def _clearances(rows: Rows, **more: Any) -> Rows:
    what = {"kind": Value("clearance"), "what": F("check_of__title"), "what_en": F("check_of__title_en")}
    return _as_tasks(rows, what | {"day": F("due_on"), "who": F("owner__name")} | more)


def _promises(rows: Rows, **more: Any) -> Rows:
    what = {"kind": Value("promise"), "what": F("what")}
    return _as_tasks(rows, what | {"day": F("until"), "who": F("owner__name")} | more)


def _reactions(rows: Rows, **more: Any) -> Rows:
    return _as_tasks(rows, {"kind": F("kind"), "day": F("answer_by"), "who": F("handler__name")} | more)


def _intentions(rows: Rows, **more: Any) -> Rows:
    """Their page is the grant's."""
    at = "grant__application__"
    what = {"kind": Value("intention"), "pk": F(f"{at}pk")}
    return _as_tasks(rows, what | {"day": F("until"), "who": F("by__name")} | more, at)


def _waits(rows: Rows, kind: str) -> Rows:
    what = {"kind": Value(kind), "pk": F("application")}
    return _as_tasks(rows, what | {"day": F("until"), "who": F("application__officer__name")})


def _as_tasks(rows: Rows, columns: dict[str, Any], at: str = "application__") -> Rows:
    """With the columns of a task. `at` is the way from the row to its application."""
    about = {
        "pk": F("pk"),
        "what": Value("", TextField()),
        "what_en": Value("", TextField()),
        "plan": F(f"{at}plan__title"),
        "application_id": F(f"{at}pk"),
        "received_on": F(f"{at}received_on"),
        "done_on": Value(None, DateField(null=True)),
        "funder": F(f"{at}scheme__funder"),
    }
    marked: Rows = rows.annotate(**{f"task_{name}": column for name, column in (about | columns).items()})
    return marked
