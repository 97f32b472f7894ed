"""Finding an application as people call it: by a name, what the plan is called, a street, a postcode, or its number."""

import re
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.db.models.lookups import Exact

from grants.models.plan import PLAN_TEXT, Member, Plan
from web.models import Person
from web.models.person import PERSON_TEXT
from web.words import words_in

if TYPE_CHECKING:
    from grants.models.applications import ApplicationQuerySet

# 2026-153, 2026 / 153, nr. 153, #153: the year may be left out. And a decision's: B2026-0012.
NUMBER = re.compile(
    r"(?:(?:aanvraag|zaak|nummer|nr|no|#)[.:]?\s*)*(?:(20\d\d)(\s*[-–—/. ]\s*))?(\d{1,9})", re.IGNORECASE
)
DECISION = re.compile(r"(?:besluit\s*)?b\s*(20\d\d)\s*[-–—/. ]\s*(\d{1,9})", re.IGNORECASE)


def found_by(rows: "ApplicationQuerySet", typed: str) -> "ApplicationQuerySet":
    """Those of `rows` with this number, or of a plan in which each of these words stands.

    In its name, its group's or where it is; or in the name, postcode or house number of one of its people. What can
    only be a number isn't looked for among words: `2026` stands in half of the plans.
    """
    typed = typed.strip()
    numbered = _numbered(rows.model.objects.all(), typed).values("plan")
    if is_a_number(typed):
        return rows.filter(plan__in=numbered)
    for word in words_in(typed):
        people = PERSON_TEXT.having(Person.objects.all(), word)
        theirs = Member.objects.filter(person__in=people).values("plan")
        rows = rows.filter(plan__in=PLAN_TEXT.having(Plan.objects.all(), word).values("pk").union(theirs, numbered))
    return rows if words_in(typed) else rows.none()


def is_a_number(typed: str) -> bool:
    """Whether it is ours or a decision's; `153` may be of a house too, and `2011 12` a postcode in Haarlem."""
    ours = NUMBER.fullmatch(typed)
    return bool(DECISION.fullmatch(typed) or (ours and (ours[2] or "").strip()))


def _numbered(applications: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those with this number: ours, a decision's, or the case's in the municipality's own system."""
    same = Q(Exact(Upper("case_number"), typed.upper()), ~Q(case_number=""))
    if decided := DECISION.fullmatch(typed):
        year, sequence = decided.groups()
        return applications.filter(decisions__year=int(year), decisions__sequence=int(sequence))
    if numbered := NUMBER.fullmatch(typed):
        year, _between, number = numbered.groups()
        return applications.filter(same | Q(pk=int(number), **({"received_on__year": int(year)} if year else {})))
    return applications.filter(same)
