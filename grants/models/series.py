"""A series: plans of a group that followed each other, over the years."""

from django.db.models import Q

from grants.models.application import Application
from grants.models.plan import Plan
from grants.models.status import Status


def in_series(plan: Plan) -> list[Application]:
    """Everything that was sent of this plan and of those it belongs with, the oldest first: one query."""
    first = plan.series or plan.pk
    series = Application.objects.filter(Q(plan=first) | Q(plan__series=first)).exclude(status=Status.DRAFT)
    return list(series.select_related("scheme__funder", "plan").order_by("received_on", "pk"))


def earlier(application: Application) -> list[Application]:
    """What came before this plan. No query where it follows none."""
    if application.plan.follows_id is None:
        return []
    return [each for each in in_series(application.plan) if each.plan_id < application.plan_id]


def earlier_shown_to_fund(application: Application) -> list[Application]:
    """The same for the fund: its own; those of other funds when the residents let funds see of each other."""
    shared = application.plan.shared_since is not None
    funder = application.scheme.funder_id
    return [each for each in earlier(application) if shared or each.scheme.funder_id == funder]
