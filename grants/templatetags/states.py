"""How a state looks on its badge: done well, now waited for, or not going on."""

from django import template

from grants.models import Application

register = template.Library()

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
