"""A series: plans of a group that followed each other, over the years."""

from django.db.models import Q, QuerySet

from grants.models.application import Application
from grants.models.plan import Member, Plan
from grants.models.status import Status
from web.models import Person


def in_series(plan: Plan) -> list[Application]:
    """Everything that was sent of this plan and of those it belongs with, the oldest first: one query."""
    first = plan.series or plan.pk
    series = Application.objects.filter(Q(plan=first) | Q(plan__series=first)).exclude(status=Status.DRAFT)
    return list(series.select_related("scheme__funder", "plan").order_by("received_on", "pk"))


def seen_by(person: Person, series: list[Application]) -> list[Application]:
    """What somebody in the group reads of these. The code of one plan opens nothing of another one.

    No query for who can sign in, or where there are none.
    """
    series = [each.as_told() for each in series]
    if not series or person.can_sign_in:
        return series
    own = set(Plan.objects.visible_to(person).values_list("pk", flat=True))
    return [each for each in series if each.plan_id in own]


def who_may_join_again(plan: Plan, leader: Person) -> QuerySet[Member]:
    """The others of a group that a mail reaches."""
    others = plan.members.exclude(person__email="").exclude(person=leader)
    return others.select_related("person").order_by("pk")


def earlier(application: Application) -> list[Application]:
    """What came before this plan. No query where it follows none."""
    if application.plan.follows_id is None:
        return []
    return [each for each in in_series(application.plan) if each.plan_id < application.plan_id]


def earlier_shown_to_fund(application: Application) -> list[Application]:
    """The same for the fund: its own; those of other funds when the residents let funds see of each other."""
    shared = application.plan.shared_since is not None
    funder = application.scheme.funder_id
    shown = [each for each in earlier(application) if shared or each.scheme.funder_id == funder]
    return [each if each.scheme.funder_id == funder else each.as_told() for each in shown]
