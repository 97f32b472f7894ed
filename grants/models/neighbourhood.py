"""Where a plan is when nobody said it: as far as the postcode of its first contact tells.

It is told in the register and counted in the overview, and nothing is decided on it. What somebody said stays.
"""

from typing import TYPE_CHECKING

from grants.models.area import POSTCODE, Area, Place
from grants.models.plan import Member, Plan

if TYPE_CHECKING:
    from grants.models.application import Application


def find_area(application: "Application") -> None:
    """Give its plan an area, when it has none: one of this scheme's where it has them. Four queries at most."""
    plan = application.plan
    if plan.area_id is None and (area := area_by_postcode(application)):
        plan.area = area
        plan.save(update_fields=["area"])


def area_by_postcode(application: "Application") -> Area | None:
    """Never larger than a municipality; None where the postcode isn't known, or says nothing about this scheme."""
    found = POSTCODE.fullmatch(postcode_of(application.plan).strip())
    place = Place.at(found[1]) if found else Place("", ())
    return place.smallest_area(application.edition.areas.all())


def postcode_of(plan: Plan) -> str:
    """Asked of the database: what was typed just now may not stand in the members we hold."""
    contact = plan.members.filter(role=Member.Role.FIRST_CONTACT)
    return contact.values_list("person__postcode", flat=True).first() or ""
