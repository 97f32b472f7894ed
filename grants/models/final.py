"""Final: the answer to a plan can't be fought any more (Awb 6:7)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from grants.models.application import Application
from grants.models.decision import Decision
from grants.models.plan import Plan
from grants.models.status import WAITING, Status
from web import clock
from web.models import Deed

TO_OBJECT = timedelta(weeks=6)  # from the day after the decision (Awb 6:7, 6:8)


def final_plans() -> QuerySet[Plan]:
    """Plans that were sent, of which nothing waits for an answer, and whose answers are all old enough.

    What ended without a decision (withdrawn, for instance) counts from the last thing that was done to it.
    """
    last_day = last_decided_day()
    own = Application.objects.filter(plan=OuterRef("pk"))
    deeds = Deed.objects.filter(thread=OuterRef("pk"), thing=Application._meta.label_lower)
    decided = Decision.objects.standing().filter(application__plan=OuterRef("pk"))
    decisions = decided.exclude(outcome=Decision.Outcome.FIXED)
    undecided = own.exclude(status=Status.DRAFT).filter(decisions=None)
    return Plan.objects.filter(
        Exists(own.exclude(status=Status.DRAFT)),
        ~Exists(own.filter(status__in=WAITING)),
        ~Exists(own.filter(reactions__isnull=False, reactions__outcome="")),
        ~Exists(decisions.filter(at__date__gt=last_day)),
        ~(Exists(undecided) & Exists(deeds.filter(at__date__gt=last_day))),
    )


def last_decided_day() -> date:
    """Decisions of this day or earlier can't be fought any more.

    The six weeks end on a working day (Algemene termijnenwet art. 1). So, counting back: they must be over on the last
    working day before today.
    """
    day = clock.today() - timedelta(days=1)
    while not clock.is_working_day(day):
        day -= timedelta(days=1)
    return day - TO_OBJECT
