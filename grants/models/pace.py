"""How long an answer really takes: measured from the decisions themselves, beside what a scheme promises."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median_high

from django.db.models import Count, F
from django.db.models.functions import TruncDate

from grants.models.decision import Decision
from web import clock

ENOUGH = 5  # decisions: fewer say nothing about the next one
LATELY = timedelta(days=365)


def usual_days() -> dict[int, int]:
    """Per scheme: at least half of the plans had their first decision within so many days (1 or more) of coming in.

    Over the past year, what was taken over from older registers left out; schemes with too few decisions are not in
    it. One query, for all schemes together.
    """
    lately = Decision.objects.filter(
        outcome__in=Decision.FIRST, at__gte=clock.now() - LATELY, application__imported=False
    )
    took = lately.annotate(took=TruncDate("at") - F("application__received_on")).order_by()
    counted: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for scheme, time, decisions in took.values_list("application__scheme", "took").annotate(decisions=Count("pk")):
        counted[scheme][max(1, time.days)] += decisions
    return {scheme: median_high(days.elements()) for scheme, days in counted.items() if days.total() >= ENOUGH}
