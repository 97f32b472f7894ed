"""How a group in the town shares its work: partners, and a member who looks after the money."""

from typing import Any

from grants.models import Invitation, Plan
from grants.share import actions
from web.amounts import euro
from web.models import Person


def partner(plan: Plan, step: dict[str, Any], *, by: Person) -> None:
    confirm(plan, step["name"]) if "says" in step else name_partner(plan, step, by=by)


def name_partner(plan: Plan, step: dict[str, Any], *, by: Person) -> None:
    worth = euro(step["worth"]) if "worth" in step else None
    part = {"kind": step["kind"], "brings": step["brings"], "amount": worth}
    actions.add_partner(plan, organisation=step["name"], email="", by=by, **part)


def confirm(plan: Plan, name: str) -> None:
    """The partner follows its link and says that it is right."""
    contact = plan.partners.get(organisation=name).contact
    actions.answer_as_partner(Invitation.objects.open().get(person=contact), yes=True, by=contact)


def name_treasurer(plan: Plan, person: Person, *, by: Person) -> None:
    actions.name_treasurer(plan, member=plan.members.get(person=person), by=by)
