"""What people read when a group shares the work: who the first contact is now, and what a partner is asked."""

from typing import Any

from django.urls import reverse

from grants.models import Application, Member, Partner, Plan
from grants.models.invitation import Key
from grants.papers.post import mail_about_plan, send_letter, tell_about_plan
from web.models import Person


def ask_to_take_over(plan: Plan, *, to: Person, by: Person) -> None:
    mail_about_plan(plan, "share/take_over", to=to, by=by, page=reverse("grants:accept_handover", args=[plan.pk]))


def tell_handed_over(member: Member, *, before: Person) -> None:
    """To both: who hands over, and who takes over."""
    for person in (before, member.person):
        tell_about_plan(member.plan, "share/handed_over", to=person, before=before, now=member.person)


def tell_written_down(application: Application, member: Member, *, before: Person, by: Person, note: str) -> None:
    """The same, with the `note` of the officer `by` who wrote it down: it lies with their own application alone."""
    told: dict[str, Any] = {"plan": member.plan, "before": before, "now": member.person, "by": by, "note": note}
    for person in (before, member.person):
        send_letter(application, "share/handed_over", to=person, **told)


def ask_to_confirm(partner: Partner, key: Key, *, by: Person) -> None:
    page = reverse("grants:partner", args=[key.token])
    mail_about_plan(partner.plan, "share/partner", to=partner.contact, by=by, partner=partner, link=page)
