"""The order of complete requests: who comes first where there may be too little money, and where it ends (Awb 4:26).

It counts as `division` refuses: plans share the money of a budget, of a year's ceiling and of a round's.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from djmoney.money import Money

from grants.models.application import Application
from grants.models.division import minute_of, named
from grants.models.edition import Division
from grants.models.intake import left_outside
from grants.models.proposal import Proposal
from grants.models.scheme import Scheme
from grants.models.status import WAITING, Status
from ledger.models import Budget
from web.amounts import euro

Purse = tuple[object, ...]  # money that plans share: of the budget, of a scheme in a year, of a scheme in a round
BUDGET: Purse = ()


@dataclass(frozen=True)
class Waiting:
    """What the order needs to know of an undecided plan, and no more: there may be thousands. Amounts in euros.

    `reserved`: what is kept for it until a colleague has signed.
    """

    pk: int
    complete_at: datetime
    asked: Decimal
    scheme: int
    received_on: date
    opens_on: date | None  # of its round
    ceiling: Decimal | None
    round_ceiling: Decimal | None
    minimum: Decimal
    reserved: Decimal

    @property
    def number(self) -> str:
        return f"{self.received_on.year}-{self.pk}"

    @property
    def still_asked(self) -> Decimal:
        """What isn't kept for it already."""
        return self.asked - self.reserved

    @property
    def shares(self) -> tuple[Purse, ...]:
        return BUDGET, (self.scheme, self.received_on.year), (self.scheme, self.opens_on)


@dataclass(frozen=True)
class Turn:
    """One undecided plan in the order. Who was complete in the same minute has the same `place`. Amounts in euros.

    `adds_up_to`: what it and all before it ask, beside what is kept for them. `leaves`: what is left for it once all
    before it got what they ask. Who they are is the first `ahead` of `numbers`: one list for all, for there may be
    thousands. `minute`: the numbers of all that were complete in its minute, where each fits alone and they don't fit
    together: time doesn't settle which of them goes first.
    """

    plan: Waiting
    place: int
    adds_up_to: Decimal
    leaves: Decimal
    numbers: Sequence[str]
    ahead: int
    minute: Sequence[str] = ()

    @property
    def together(self) -> Money:
        return euro(self.adds_up_to)

    @property
    def room(self) -> Money:
        return euro(self.leaves)

    @property
    def is_reserved(self) -> bool:
        return bool(self.plan.reserved)

    @property
    def fits(self) -> bool:
        return self.is_reserved or self.leaves >= self.plan.asked

    @property
    def is_on_the_line(self) -> bool:
        """There is a part left for it, and not below what the scheme gives at least."""
        return not self.fits and self.leaves >= max(self.plan.minimum, Decimal("0.01"))

    @property
    def in_the_way(self) -> str:
        """Those to decide on first, in one sentence."""
        return "" if self.fits else named(self.numbers[: self.ahead])

    @property
    def in_the_same_minute(self) -> str:
        """The others that it competes with, in one sentence."""
        return named([number for number in self.minute if number != self.plan.number])


@dataclass
class Line:
    """What is left of each purse, and what was asked of it so far."""

    available: Decimal
    spent: dict[Purse, Decimal]
    asked: defaultdict[Purse, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    numbers: defaultdict[Purse, list[str]] = field(default_factory=lambda: defaultdict(list))

    def room_for(self, plan: Waiting) -> tuple[Decimal, list[str]]:
        """The least that the earlier ones leave it in any purse, and the numbers of those who ask of that."""
        room, tightest = self.tightest_for(plan)
        return max(room, Decimal()), self.numbers[tightest]

    def tightest_for(self, plan: Waiting) -> tuple[Decimal, Purse]:
        """The least that is left in any purse beside what was asked so far; less than nothing where it runs short."""
        _budget, year, round_ = plan.shares
        left = {BUDGET: self.available}
        for purse, ceiling in ((year, plan.ceiling), (round_, plan.round_ceiling)):
            if ceiling is not None:
                left[purse] = max(ceiling - self.spent.get(purse, Decimal()), Decimal())
        tightest = min(left, key=lambda purse: left[purse] - self.asked[purse])
        return left[tightest] - self.asked[tightest], tightest

    def pass_by(self, plan: Waiting) -> None:
        if not plan.still_asked:
            return
        number = plan.number
        for purse in plan.shares:
            self.asked[purse] += plan.still_asked
            self.numbers[purse].append(number)


def lined_up(budget: Budget) -> list[Turn]:
    """Every undecided plan for this money that is complete, the earliest first: five queries, however many."""
    waiting = _waiting(budget)
    has_ceiling = any(plan.ceiling is not None or plan.round_ceiling is not None for plan in waiting)
    line, turns, together = (
        Line(budget.available.amount, _spent(budget) if has_ceiling else {}),
        list[Turn](),
        Decimal(),
    )
    for _minute, group in groupby(waiting, key=lambda plan: minute_of(plan.complete_at)):
        those, place = list(group), len(turns) + 1
        for plan in those:
            together += plan.still_asked
            room, numbers = line.room_for(plan)
            turns.append(Turn(plan, place, together, room, numbers, len(numbers)))
        for plan in those:
            line.pass_by(plan)
        turns[place - 1 :] = _with_their_minute(turns[place - 1 :], line)
    return turns


def _with_their_minute(turns: list[Turn], line: Line) -> list[Turn]:
    """Of one minute, all counted on the line by now: those that can be paid alone, but not with the others."""
    if len(turns) == 1:
        return turns
    minute = [turn.plan.number for turn in turns if turn.plan.still_asked]
    return [
        turn
        if turn.is_reserved or not turn.fits or line.tightest_for(turn.plan)[0] >= 0
        else replace(turn, minute=minute)
        for turn in turns
    ]


def lined_up_at(funders: Iterable[int]) -> QuerySet[Scheme]:
    """The published schemes of these funders that divide in this order, with how many plans wait (`waiting`)."""
    schemes = Scheme.objects.published().filter(current__division=Division.ORDER, funder__in=list(funders))
    waiting = Count("applications", filter=Q(applications__status__in=WAITING))
    return schemes.annotate(waiting=waiting).select_related("current").order_by("title")


def _waiting(budget: Budget) -> list[Waiting]:
    reserved = dict(Proposal.objects.open().filter(budget=budget).values_list("application", "amount"))
    rows = Application.objects.filter(scheme__budgets=budget, status__in=WAITING, complete_at__isnull=False)
    rows = rows.exclude(left_outside())
    found: Any = rows.order_by("complete_at", "pk").values(
        "pk",
        "complete_at",
        "asked",
        "scheme",
        "received_on",
        opens_on=F("round__opens_on"),
        ceiling=F("frozen_edition__ceiling"),
        round_ceiling=F("round__ceiling"),
        minimum=F("frozen_edition__minimum"),
    )
    return [Waiting(**row, reserved=reserved.get(row["pk"], Decimal())) for row in found]


def _spent(budget: Budget) -> dict[Purse, Decimal]:
    """What was granted and proposed of the ceilings of the schemes with this budget: by year, and by round."""
    of_schemes = Application.objects.filter(scheme__budgets=budget)
    granted = of_schemes.filter(status__in=(Status.GRANTED, Status.CLOSED))
    proposed = Proposal.objects.open().filter(application__in=of_schemes)
    spent: defaultdict[Purse, Decimal] = defaultdict(Decimal)
    for rows, path, amount in ((granted, "", "granted"), (proposed, "application__", "amount")):
        by = (f"{path}scheme", f"{path}received_on__year", f"{path}round__opens_on")
        for scheme, year, round_, total in rows.order_by().values_list(*by).annotate(total=Sum(amount)):
            spent[scheme, year] += round(total or Decimal(), 2)
            spent[scheme, round_] += round(total or Decimal(), 2)
    return spent
