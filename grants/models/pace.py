"""How long an answer really takes: measured from the decisions themselves, beside what a scheme promises."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median_high

from django.core.cache import cache
from django.utils.timezone import localdate

from grants.models.decision import Decision
from web import clock

ENOUGH = 5  # decisions: fewer say nothing about the next one
NEWEST = 5_000  # decisions looked at: more than a large city takes in a year, and the start page stays quick
LATELY = timedelta(days=365)
MUCH = 500  # decisions: what is found of more is kept for an hour
KEPT, KEY = 60 * 60, "usual-days:1"


def usual_days() -> dict[int, int]:
    """Per scheme: at least half of the plans had their first decision within so many days (1 or more) of coming in.

    From the newest decisions of the past year, what was taken over from older registers left out; schemes with too
    few decisions are not in it. One query, for all schemes together; of many, the answer is at most an hour old.
    """
    kept: dict[int, int] | None = cache.get(KEY)
    if kept is not None:
        return kept
    dates = _newest()
    took: defaultdict[int, list[int]] = defaultdict(list)
    for scheme, received_on, at in dates:
        if received_on:
            took[scheme].append(max(1, (localdate(at) - received_on).days))
    found = {scheme: median_high(days) for scheme, days in took.items() if len(days) >= ENOUGH}
    if len(dates) > MUCH:
        cache.set(KEY, found, KEPT)
    return found


def _newest() -> list[tuple[int, date | None, datetime]]:
    """Of each first decision: which scheme, when the plan came in, and when it was taken."""
    lately = Decision.objects.filter(
        outcome__in=Decision.FIRST,
        recalled_at=None,
        follows=None,
        at__gte=clock.now() - LATELY,
        application__imported=False,
    )
    dates = lately.order_by("-pk").values_list("application__scheme", "application__received_on", "at")
    return list(dates[:NEWEST])
