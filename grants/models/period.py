"""A period: what came in for one funder between two days, and what became of it. Nobody of the staff is in its figures.

What was taken over from an older register says nothing of how we work, so it isn't counted. Each figure is one query or
two, whatever the number of applications: the database counts, and medians are read off its counts per number of days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import (
    Count,
    DateField,
    DurationField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models.application import Application
from grants.models.applications import ApplicationQuerySet
from grants.models.criterion import Criterion
from grants.models.decision import Decision
from grants.models.plan import Member
from grants.models.scheme import Scheme
from grants.models.status import WAITING, Status
from ledger.models import Payment
from web.amounts import euro
from web.clock import today
from web.models import Funder

MOST_AREAS = 60  # rows of the table; what lies elsewhere is counted together


@dataclass(frozen=True)
class Pace:
    """How many days a step took: for half of the plans at most `median`, for nine out of ten at most `most`."""

    step: str | Promise
    plans: int
    median: int | None
    most: int | None

    @classmethod
    def of(cls, step: str | Promise, counts: Iterable[tuple[int, int]]) -> "Pace":
        """`counts`: how many plans took so many days, for each number of days."""
        rows = sorted(counts)
        plans = sum(count for _days, count in rows)
        return cls(step, plans, reached(rows, ceil(plans / 2)), reached(rows, ceil(plans * 9 / 10)))


def reached(rows: Iterable[tuple[int, int]], wanted: int) -> int | None:
    """The number of days within which `wanted` plans were done; `rows` have the fewest days first."""
    so_far = 0
    for days, count in rows:
        so_far += count
        if so_far >= wanted:
            return days
    return None


@dataclass(frozen=True)
class Tally:
    """How much of something there was, by what it is called: of refusals the criterion, which has its own names."""

    name: str | Promise | Criterion
    plans: int
    granted: int = 0
    amount: Money | None = None


@dataclass(frozen=True)
class Outcome:
    """What came in, what was decided, and what of that was late. `returned` and `again`: sent back once, and more."""

    received: int
    granted: int
    declined: int
    undecided: int
    late: int
    late_now: int
    returned: int
    again: int

    @property
    def decided(self) -> int:
        return self.received - self.undecided

    @property
    def late_share(self) -> int | None:
        """In per cent of what was decided or should have been."""
        due = self.decided + self.late_now
        return round(100 * (self.late + self.late_now) / due) if due else None


@dataclass(frozen=True)
class MoneyLeft:
    """A scheme's money as it is now, whatever the period: what is left of this year's budget, and what waits for it."""

    scheme: Scheme
    left: Money
    waiting: Money


@dataclass(frozen=True)
class Period:
    """From its first day up to and including its last; of one scheme, or of all of the funder's."""

    funder: Funder
    first: date
    last: date
    scheme: Scheme | None = None

    @classmethod
    def this_year(cls, funder: Funder) -> "Period":
        """Until today."""
        return cls(funder, today().replace(month=1, day=1), today())

    def has_more_than(self, plans: int) -> bool:
        """Counts no further than that."""
        return self.applications().values("pk")[plans : plans + 1].exists()

    def applications(self) -> ApplicationQuerySet:
        """What came in, with its first decision (`decided`), in order of nothing."""
        sent = Application.objects.filter(scheme__funder=self.funder, received_on__range=(self.first, self.last))
        counted = sent.filter(imported=False).exclude(status=Status.DRAFT).order_by()
        return counted.filter(scheme=self.scheme) if self.scheme else counted

    def with_decision(self) -> ApplicationQuerySet:
        standing = Q(decisions__outcome__in=Decision.FIRST, decisions__recalled_at=None, decisions__follows=None)
        first = FilteredRelation("decisions", condition=standing)
        return self.applications().annotate(first=first, decided_on=TruncDate("first__at"))

    def paces(self) -> Sequence[Pace]:
        """Of every step, in their order, and of the whole way: four queries."""
        in_any_state: Any = self.with_decision()
        decided = in_any_state.filter(decided_on__isnull=False)
        confirmed = Payment.objects.filter(
            commitment__grant__application=OuterRef("pk"), status=Payment.Status.CONFIRMED
        )
        paid_on = Subquery(confirmed.order_by("confirmed_on").values("confirmed_on")[:1], output_field=DateField())
        paid = decided.filter(grant__isnull=False).annotate(paid_on=paid_on)  # without a payment: no number of days
        complete = self.applications().filter(complete_at__isnull=False).annotate(complete_on=TruncDate("complete_at"))
        with_both = decided.filter(complete_at__isnull=False).annotate(complete_on=TruncDate("complete_at"))
        return [
            Pace.of(_("from receipt until complete"), days(complete, "received_on", "complete_on")),
            Pace.of(_("from complete until the decision"), days(with_both, "complete_on", "decided_on")),
            Pace.of(_("from the decision until the money"), days(paid, "decided_on", "paid_on")),
            Pace.of(_("from receipt until the decision"), days(decided, "received_on", "decided_on")),
        ]

    def outcome(self) -> Outcome:
        """One query for what was decided, one for what was sent back."""
        waiting = Q(status__in=WAITING)
        counted: dict[str, Q | None] = {
            "received": None,
            "granted": Q(first__outcome__in=Decision.WITH_MONEY),
            "declined": Q(first__outcome=Decision.Outcome.DECLINED),
            "undecided": waiting,
            "late": ~waiting & Q(decided_on__gt=F("answer_by")),
            "late_now": waiting & Q(answer_by__lt=today()),
        }
        counts = {name: Count("pk", filter=which) for name, which in counted.items()}
        found = self.with_decision().aggregate(**counts)
        sent_back = self.applications().aggregate(
            returned=Count("pk", distinct=True, filter=Q(waits__completion__isnull=False)),
            again=Count("pk", distinct=True, filter=Q(waits__completion__number__gt=1)),
        )
        return Outcome(**found, **sent_back)

    def refusals(self) -> Sequence[Tally]:
        """How many plans were declined on each criterion, the most first; a plan may stand at more than one."""
        declined = Decision.objects.standing().filter(
            application__in=self.applications().values("pk"), outcome=Decision.Outcome.DECLINED, grounds__isnull=False
        )
        cells = declined.order_by().values("grounds__key")
        rows: Any = list(cells.annotate(plans=Count("application", distinct=True), newest=Max("grounds")))
        newest = Criterion.objects.only("title", "title_en").in_bulk([row["newest"] for row in rows])
        tallies = [Tally(newest[row["newest"]], row["plans"]) for row in rows]
        return sorted(tallies, key=lambda each: (-each.plans, str(each.name)))

    def areas(self) -> Sequence[Tally]:
        """Where the plans are, the most first; "" is not known. One query."""
        cells: Any = self.applications().values("plan__area__name").annotate(**TALLIED)
        rows = [tally(row["plan__area__name"] or "", row) for row in cells]
        rows.sort(key=lambda each: (-each.plans, str(each.name)))
        shown, others = rows[:MOST_AREAS], rows[MOST_AREAS:]
        return [*shown, added_up(_("other neighbourhoods"), others)] if others else shown

    def newcomers(self) -> tuple[Tally, Tally]:
        """Groups whose first contact asked this funder before, and those that hadn't: one query."""
        before = Member.objects.filter(
            plan=OuterRef("plan"),
            role=Member.Role.FIRST_CONTACT,
            person__memberships__plan__applications__scheme__funder=self.funder,
            person__memberships__plan__applications__received_on__lt=OuterRef("received_on"),
        )
        cells: Any = (
            self.applications().annotate(asked_before=Exists(before)).values("asked_before").annotate(**TALLIED)
        )
        found = {row["asked_before"]: row for row in cells}
        names = {False: _("for the first time"), True: _("asked before")}
        first, again = (tally(names[asked], found.get(asked, {})) for asked in (False, True))
        return first, again

    def money_left(self) -> Sequence[MoneyLeft]:
        """Of each of the schemes: two queries."""
        schemes = Scheme.objects.published().with_money_left().filter(funder=self.funder).order_by("title")
        waiting = Application.objects.undecided().filter(scheme__funder=self.funder).order_by()
        asked = dict(waiting.values_list("scheme").annotate(Sum("asked")))
        chosen = schemes.filter(pk=self.scheme.pk) if self.scheme else schemes
        return [MoneyLeft(scheme, scheme.money_left, euro(round(asked.get(scheme.pk) or 0, 2))) for scheme in chosen]


TALLIED: dict[str, Any] = {
    "plans": Count("pk"),
    "given": Count("pk", filter=Q(granted__isnull=False)),
    "amount": Sum("granted"),
}


def tally(name: str | Promise, row: Mapping[str, Any]) -> Tally:
    return Tally(name, row.get("plans", 0), row.get("given", 0), euro(round(row.get("amount") or 0, 2)))


def added_up(name: str | Promise, rows: Sequence[Tally]) -> Tally:
    amount = sum((each.amount for each in rows if each.amount), start=euro(0))
    return Tally(name, sum(each.plans for each in rows), sum(each.granted for each in rows), amount)


def days(rows: "QuerySet[Application]", start: str, end: str) -> list[tuple[int, int]]:
    """How many of these took so many days from `start` to `end`, for each number of days; never less than none."""
    took: Expression = ExpressionWrapper(F(end) - F(start), output_field=DurationField())
    cells = rows.annotate(took=took).order_by().values_list("took").annotate(count=Count("pk"))
    return [(max(0, took // timedelta(days=1)), count) for took, count in cells if took is not None]
