"""What people of an earlier group get by mail: that their neighbour does it again, and how to join."""

from django.urls import reverse

from grants.models import Plan
from grants.models.invitation import Key
from grants.papers.post import mail_about_plan
from web.models import Person


def ask_again(plan: Plan, key: Key, *, to: Person, by: Person) -> None:
    """By mail alone, and kept nowhere: the link is a key."""
    mail_about_plan(plan, "again/asked", to=to, by=by, link=reverse("grants:join", args=[key.token]), code=key.code)
