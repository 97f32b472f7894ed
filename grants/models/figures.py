"""The figures of a period, counted at one moment.

Few plans are counted at each visit. Of many (more than `MUCH`) the figures are kept for an hour: the page says since
when, and counts them again when it is asked to. The clock counts this year's of each funder ahead (decision 0022).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from grants.models.period import Outcome, Pace, Period, Tally
from web import clock
from web.models import Funder

MUCH = 2_000  # plans in a period: so few are counted while somebody waits
KEPT = timedelta(hours=1)
AHEAD = timedelta(minutes=30)  # so old, the clock counts them again: nobody finds them gone
AT_ONCE = timedelta(0)
SHAPE = 2  # of what is kept: another number when that changes, so that nothing of before is read


@dataclass(frozen=True)
class Figures:
    """All that is counted of a period, but its money: that is always of now."""

    counted_at: datetime
    outcome: Outcome
    paces: Sequence[Pace]
    refusals: Sequence[Tally]
    areas: Sequence[Tally]
    newcomers: Sequence[Tally]

    @property
    def is_much(self) -> bool:
        """Whether they are kept, so that they may be of a while ago."""
        return self.outcome.received > MUCH

    @classmethod
    def of(cls, period: Period, *, within: timedelta = KEPT) -> "Figures":
        """As they were counted at most `within` ago; else as they are now."""
        kept: Figures | None = cache.get(key_of(period))
        if kept and clock.now() - kept.counted_at < within:
            return kept
        counted = cls.now(period)
        if counted.is_much:
            cache.set(key_of(period), counted, KEPT.total_seconds())
        return counted

    @classmethod
    def now(cls, period: Period) -> "Figures":
        """Counted from the applications themselves."""
        return cls(clock.now(), period.outcome(), period.paces(), period.refusals(), period.areas(), period.newcomers())


def key_of(period: Period) -> str:
    scheme = period.scheme.pk if period.scheme else "all"
    return f"figures:{SHAPE}:{period.funder.pk}:{scheme}:{period.first}:{period.last}"


def count_ahead() -> None:
    """This year's of each funder with much to count, so that whoever looks first in the morning doesn't wait."""
    for funder in Funder.objects.order_by("pk"):
        period = Period.this_year(funder)
        if period.has_more_than(MUCH):
            Figures.of(period, within=AHEAD)
