"""The road: the steps of an application as its residents see them, each done, now or later."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.status import Status

# How far each status has come, as a place in STEPS.
STEPS: tuple[str | Promise, ...] = (
    _("Plan sent"),
    _("We read your plan"),
    _("Decision"),
    _("Your bank details"),
    _("Money paid"),
    _("You do it"),
    _("Your story"),
    _("Done"),
)
AT = {Status.DRAFT: 0, Status.SUBMITTED: 1, Status.RETURNED: 1, Status.COMPLETE: 1, Status.JUDGED: 2, Status.CLOSED: 8}
ENDED = {Status.DECLINED, Status.NOT_HANDLED, Status.REFERRED, Status.WITHDRAWN}


@dataclass(frozen=True)
class Step:
    """`state` is "done", "now" or "later"; `when` the latest day, where one was promised."""

    name: str | Promise
    state: str
    when: date | None = None


def road_of(application: Application) -> list[Step]:
    """Every step with its state. A plan that ended early shows the steps it took, and its end."""
    status = Status(application.status)
    if status in ENDED:
        return [Step(STEPS[0], "done", sent_on(application)), Step(status.label, "now")]
    here = AT[status] if status in AT else after_the_award(application)
    when = {0: sent_on(application), 2: application.answer_by if here <= 2 else None}  # noqa: PLR2004  # the decision's place
    return [
        Step(name, "done" if place < here else "now" if place == here else "later", when.get(place))
        for place, name in enumerate(STEPS)
    ]


def after_the_award(application: Application) -> int:
    """Where a granted plan is: waiting for bank details, for its money, busy, or telling how it went."""
    commitment = application.grant.commitment
    if commitment.paid:
        return 7 if hasattr(application.plan, "story") else 5
    return 4 if commitment.payee else 3


def sent_on(application: Application) -> date | None:
    return timezone.localdate(application.submitted_at) if application.submitted_at else application.received_on
