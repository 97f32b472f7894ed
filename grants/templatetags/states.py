"""How a state looks on its badge: done well, now waited for, or not going on."""

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Track
from grants.models.sieve import Sieve
from grants.models.task import Task

register = template.Library()

SOON = 7  # days

Status = Application.Status
KINDS: dict[str, str] = {
    Status.SUBMITTED: "wait",
    Status.RETURNED: "now",
    Status.COMPLETE: "wait",
    Status.JUDGED: "wait",
    Status.GRANTED: "good",
    Status.DECLINED: "no",
    Status.NOT_HANDLED: "no",
    Status.CLOSED: "good",
}


@register.filter
def state_kind(application: Application) -> str:
    """The kind of badge for where an application is; the quiet one for a draft and for what went elsewhere."""
    return KINDS.get(application.status, "quiet")


@register.filter
def due(application: Application, today: date) -> tuple[str, str | Promise]:
    """The kind of a badge and its words: how soon the answer is due. Nothing when it doesn't wait, or is far away."""
    return _by(application.answer_by, today) if application.is_waiting and application.answer_by else ("", "")


@register.filter
def task_due(task: Task, today: date) -> tuple[str, str | Promise]:
    """The same of a task: done, due, or waiting for us because the residents' own day has passed."""
    if task.done_on:
        return ("quiet", _("not kept")) if task.kind == "excused" else ("good", _("done"))
    return _by(task.day, today) if task.has_our_day else ("now", _("your turn"))


def _by(day: date, today: date) -> tuple[str, str | Promise]:
    days = (day - today).days
    if days < 0:
        return "no", ngettext("late: %(days)s day", "late: %(days)s days", -days) % {"days": -days}
    if days == 0:
        return "now", _("today")
    return (
        ("wait", ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}) if days <= SOON else ("", "")
    )


@register.filter
def narrowed_to(sieve: Sieve) -> str:
    """What a list is narrowed down to, in words: its state, its kind, and the words looked for."""
    parts = [gettext("“%(words)s”") % {"words": sieve.words}] if sieve.words else []
    parts += [str(Application.Status(sieve.status).label)] if sieve.status else []
    parts += [str(Track.Kind(sieve.kind).label)] if sieve.kind else []
    return ", ".join(parts)
