"""The road: the steps of an application as its residents see them, each done, now or later.

What its track asks, and what we wait for, decide which steps there are.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.status import Status
from grants.models.track import Duties
from grants.models.wait import Wait

Text = str | Promise

STEPS: dict[str, Text] = {
    "sent": _("Plan sent"),
    "read": _("We read your plan"),
    "complete": _("You complete your plan"),
    "answer": _("You answer our question"),
    "decision": _("Decision"),
    "bank": _("Your bank details"),
    "paid": _("Money paid"),
    "doing": _("You do it"),
    "story": _("Your story"),
    "fix": _("We fix the amount"),
    "closed": _("Plan closed"),
}
OURS = {"read", "decision"}  # of the officer who has it
OF_THE_FUND = {"paid", "fix", "closed"}
AT = {Status.DRAFT: "sent", Status.SUBMITTED: "read", Status.COMPLETE: "read", Status.RETURNED: "complete"}
ENDED = {Status.DECLINED, Status.NOT_HANDLED, Status.REFERRED, Status.WITHDRAWN}


@dataclass(frozen=True)
class Step:
    """`state` is "done", "now" or "later"; `when` the latest day, where one was promised; `who` does it."""

    name: Text
    state: str
    when: date | None = None
    who: Text = ""
    text: Text = ""


def road_of(application: Application, wait: Wait | None = None) -> list[Step]:
    """Every step with its state. A plan that ended early shows the steps it took, and its end.

    `wait`: what the residents were asked and haven't answered, if anything.
    """
    status = Status(application.status)
    if status in ENDED:
        return [Step(STEPS["sent"], "done", sent_on(application)), Step(status.label, "now")]
    here = where(application, wait)
    keys = steps_of(application.duties, here)
    at = keys.index(here) if here else len(keys)
    return [
        Step(
            STEPS[key],
            "done" if place < at else "now" if place == at else "later",
            when(application, wait, key, is_done=place < at),
            who(application, key),
            text(application.duties, key),
        )
        for place, key in enumerate(keys)
    ]


def steps_of(duties: Duties | None, here: str) -> list[str]:
    """Which steps there are: what is asked of the residents only while it is; fixing only where that comes later."""
    left_out = {"complete", "answer"} - {here}
    if duties is None or duties.fixed_at_once:
        left_out.add("fix")
    return [key for key in STEPS if key not in left_out]


def where(application: Application, wait: Wait | None) -> str:
    """The step it is at; empty when all is done."""
    status = Status(application.status)
    if status == Status.CLOSED:
        return ""
    if status == Status.GRANTED:
        return after_the_award(application)
    if wait and status != Status.RETURNED:
        return "answer"
    return AT.get(status, "decision")


def after_the_award(application: Application) -> str:
    """Waiting for bank details, for its money, busy, or told: then the amount is fixed, and it is closed."""
    grant = application.grant
    if not grant.commitment.paid:
        return "paid" if grant.commitment.payee else "bank"
    if not hasattr(application.plan, "story"):
        return "doing"
    return "closed" if grant.fixed_at_once or grant.fixed_on else "fix"


def when(application: Application, wait: Wait | None, key: str, *, is_done: bool) -> date | None:
    if key == "sent":
        return sent_on(application)
    if key == "decision" and not is_done:
        return application.answer_by
    return wait.until if wait and key in {"complete", "answer"} else None


def who(application: Application, key: str) -> Text:
    """The officer, the fund, or the residents themselves."""
    if key in OURS:
        return str(application.reader or "")
    return application.scheme.funder.name if key in OF_THE_FUND else _("you")


def text(duties: Duties | None, key: str) -> Text:
    """What the track asks of the residents at this step."""
    if key != "story" or duties is None:
        return ""
    if duties.asks_overview:
        return _("A few questions, and what you spent.")
    return _("One question.") if duties.story_questions == 1 else _("A few questions.")


def sent_on(application: Application) -> date | None:
    return timezone.localdate(application.submitted_at) if application.submitted_at else application.received_on
