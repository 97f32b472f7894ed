"""The public register: what everybody may know of awards and refusals, and nothing else.

Legal persons by name, others as "residents' group"; the neighbourhood, never a street; who decided is the funder, never
somebody who works there. Pages and files are made of an Entry, which holds no more than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext
from djmoney.money import Money

from grants.models.area import Area
from grants.models.completion import Completion
from grants.models.criterion import Criterion
from grants.models.decision import Decision
from grants.models.example import Example
from grants.models.grant import Grant, GrantQuerySet
from grants.models.naming import shown
from grants.models.scheme import Scheme
from grants.models.status import Status
from web.amounts import euro
from web.clock import today

FEWEST = 5  # refusals on one criterion, of one scheme in one year: of fewer no number is told
MOST_REFUSALS = 50  # rows on the page
MUCH = 2_000  # awards: so few are counted while somebody waits
KEPT = 5 * 60  # seconds that what was counted of more is told again
SHAPE = 1  # of what is kept: another number when that changes, so that nothing of before is read


@dataclass(frozen=True)
class Chosen:
    """What the reader narrows the register to. Empty is everything."""

    funder: str = ""
    scheme: str = ""
    year: int | None = None
    area: str = ""

    def grants(self) -> GrantQuerySet:
        """The public awards that are meant."""
        asked = {
            "application__scheme__funder__slug": self.funder,
            "application__scheme__slug": self.scheme,
            "application__plan__area__code": self.area,
            "awarded_on__year": self.year,
        }
        return Grant.objects.public().filter(**{name: value for name, value in asked.items() if value})

    def schemes(self, scheme: str) -> Q:
        """Rows about the schemes that are meant; `scheme` is the way there."""
        asked = {f"{scheme}__funder__slug": self.funder, f"{scheme}__slug": self.scheme}
        return Q(**{name: value for name, value in asked.items() if value})


@dataclass(frozen=True)
class Entry:
    """One award as everybody may read it. `outcome` is what it came to: as awarded, fixed or changed, or nothing.

    `decided_last`: the kind of decision by which it came to that, if there was one after the award.
    """

    number: str
    awarded_on: date
    scheme: Scheme
    title: str
    recipient: str
    area: Area | None
    awarded: Money
    outcome: Money
    decided_last: str | None
    went_ahead: bool
    example: Example | None

    @classmethod
    def of(cls, grant: Grant) -> "Entry":
        """After `for_register()` this asks no query."""
        application, plan = grant.application, grant.application.plan
        first = grant.decision.amount if grant.decision else application.granted  # later decisions change `granted`
        return cls(
            number=grant.decision.number if grant.decision else application.number,
            awarded_on=grant.awarded_on,
            scheme=application.scheme,
            title=public_title(grant),
            recipient=recipient_of(grant),
            area=plan.area,
            awarded=first or euro(0),
            outcome=euro(grant.__dict__["outcome"]),
            decided_last=grant.__dict__["decided_last"],
            went_ahead=application.status != Status.WITHDRAWN,
            example=getattr(plan, "example", None),
        )

    @property
    def note(self) -> str:
        """What the amount alone doesn't say."""
        if not self.went_ahead:
            return gettext("It did not go ahead.")
        if self.outcome > self.awarded:
            return gettext("Raised by a later decision.")
        if self.outcome == self.awarded:
            return ""
        if self.decided_last == Decision.Outcome.ENDED:
            return gettext("Taken back by a later decision.")
        if self.decided_last == Decision.Outcome.CHANGED:
            return gettext("Lowered by a later decision.")
        return gettext("Fixed at a lower amount afterwards.")


def recipient_of(grant: Grant) -> str:
    """A legal person by the name it had at the award; people never by theirs, nor by the name of their group."""
    return _still_shown(grant.public_name, grant) or gettext("Residents’ group")


def public_title(grant: Grant) -> str:
    """The name the residents gave their plan, unless somebody of them can be found by it. Else nothing."""
    return _still_shown(grant.public_title, grant)


def _still_shown(words: str, grant: Grant) -> str:
    """What was public at the award, unless somebody who joined since is called so."""
    plan = grant.application.plan
    return shown(words, plan, [member.person for member in plan.members.all()])


@dataclass(frozen=True)
class Sums:
    """All that is counted of what was chosen: the awards that went ahead, refusals, and plans that were sent back."""

    count: int
    total: Money
    refusals: Sequence["Refusals"]
    returned: dict[str, int]

    @classmethod
    def of(cls, chosen: Chosen) -> "Sums":
        """Of much they may be some minutes old; a new day has new ones."""
        key = f"register-sums:{SHAPE}:{today()}:{sha256(repr(chosen).encode()).hexdigest()}"
        kept: Sums | None = cache.get(key)
        if kept:
            return kept
        counted = cls(*figures(chosen.grants()), refusals(chosen), returned(chosen))
        if counted.count > MUCH:
            cache.set(key, counted, KEPT)
        return counted


def figures(grants: GrantQuerySet) -> tuple[int, Money]:
    """How many awards went ahead, and what they came to together; one query."""
    went_ahead = grants.with_outcome().exclude(application__status=Status.WITHDRAWN)
    found = went_ahead.aggregate(count=Count("pk"), sum=Sum("outcome"))
    return found["count"], euro(round(found["sum"] or 0, 2))


@dataclass(frozen=True)
class Refusals:
    """How often plans of one scheme were refused on one criterion in one year: at least FEWEST."""

    year: int
    scheme: Scheme
    criterion: Criterion
    count: int


def refusals(chosen: Chosen) -> Sequence[Refusals]:
    """Per scheme, criterion and whole year, the latest first; never a sum of them, nor of all refusals.

    The cells are always the same, however the page is narrowed: so no small one can be found by subtraction. Three
    queries at most.
    """
    declined = Decision.objects.known().filter(
        chosen.schemes("application__scheme"),
        outcome=Decision.Outcome.DECLINED,
        application__status=Status.DECLINED,
        at__date__lt=today(),
        grounds__isnull=False,
    )
    cells = declined.order_by().values("application__scheme", "year", "grounds__key")
    counted = cells.annotate(count=Count("application", distinct=True), newest=Max("grounds")).filter(count__gte=FEWEST)
    if chosen.year:
        counted = counted.filter(year=chosen.year)
    rows: Any = list(counted.order_by("-year", "application__scheme", "-count")[:MOST_REFUSALS])
    criteria = Criterion.objects.in_bulk({row["newest"] for row in rows})
    schemes = Scheme.objects.select_related("funder").in_bulk({row["application__scheme"] for row in rows})
    return [
        Refusals(row["year"], schemes[row["application__scheme"]], criteria[row["newest"]], row["count"])
        for row in rows
    ]


def returned(chosen: Chosen) -> dict[str, int]:
    """How many plans were sent back to be completed, and how many of them a second time; one query.

    Added up per scheme and year, of which only those with FEWEST or more count: the cells are always the same, so
    that no small one can be found by subtraction. Nor how few came back once alone: all of them twice, or FEWEST less.
    """
    sent_back = Completion.objects.filter(chosen.schemes("wait__application__scheme"))
    if chosen.year:
        sent_back = sent_back.filter(wait__asked_on__year=chosen.year)
    plans = Count("wait__application", distinct=True)
    twice = Count("wait__application", distinct=True, filter=Q(number__gt=1))
    cells = sent_back.order_by().values("wait__application__scheme", "wait__asked_on__year").annotate(once=plans)
    found = list(cells.annotate(twice=twice).values_list("once", "twice"))
    return {
        "once": sum(once for once, _twice in found if once >= FEWEST),
        "twice": sum(twice for once, twice in found if twice >= FEWEST and not 0 < once - twice < FEWEST),
    }
