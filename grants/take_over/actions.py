"""What the system does with one row of an older register: take it over as an application that has had its answer."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Grant, Member, Plan, Scheme
from grants.models.naming import public_words
from ledger.models import Budget
from web.amounts import in_cents
from web.models import Person, record

LONGEST_TITLE = Plan._meta.get_field("title").max_length or 0
LONGEST_GROUP = Plan._meta.get_field("group_name").max_length or 0
LONGEST_CASE_NUMBER = Application._meta.get_field("case_number").max_length or 0


@dataclass
class RegisterRow:
    """A row as read. `key` is the same when the row is read again; `group` is empty for private persons.

    `granted` may be 0 euro: then it was declined. `given_on` is when the money was given, as far as is known.
    """

    key: str = ""
    title: str = ""
    group: str = ""
    about: str = ""
    case_number: str = ""
    asked: Money | None = None
    granted: Money | None = None
    received_on: date | None = None
    given_on: date | None = None


@transaction.atomic
def take_over(scheme: Scheme, *, row: RegisterRow, by: Person) -> Application:
    """Keep the row as an application that is closed (or declined), and its money as given.

    No limits of the scheme hold and no letters go out: all this has been before. Raises ValidationError with a
    sentence when something is missing in the row, or when the scheme has no budget, or too little, for its year.
    """
    require(by, "take_over", scheme)
    if row.asked is None or row.granted is None or row.received_on is None:
        raise ValidationError(_("A row needs what was asked, what was granted, and a date or a year."))
    if len(row.case_number) > LONGEST_CASE_NUMBER:
        raise ValidationError(_("The case number is too long."))
    group = _shortened(row.group, LONGEST_GROUP)
    contact = Person.objects.create(name=group, reached_by=Person.ReachedBy.POST)
    plan = Plan.objects.create(title=_shortened(row.title, LONGEST_TITLE), group_name=group, what=row.about)
    Member.objects.create(plan=plan, person=contact, role=Member.Role.FIRST_CONTACT)
    was_granted = in_cents(row.granted) > 0
    # Typed loosely: the stubs take a MoneyField for a DecimalField.
    amounts: dict[str, Any] = {"asked": row.asked, "granted": row.granted if was_granted else None}
    application = Application.objects.create(
        plan=plan,
        scheme=scheme,
        status=Application.Status.CLOSED if was_granted else Application.Status.DECLINED,
        received_on=row.received_on,
        case_number=row.case_number,
        imported=True,
        import_key=row.key,
        **amounts,
    )
    if was_granted:
        _book(application, row, contact, by=by)
    record(by, "take_over", application)
    return application


def _shortened(name: str, longest: int) -> str:
    """A name that fits, cut where people see it. (A whole title stands in the plan's text then.)"""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def _book(application: Application, row: RegisterRow, contact: Person, *, by: Person) -> None:
    """Promise the money out of the budget of the row's year, and book it as given at once."""
    assert row.granted is not None and row.received_on is not None  # noqa: S101, PT018  # take_over has seen to it
    on = row.given_on or row.received_on
    commitment = _budget_of(application.scheme, row.received_on.year).promise(
        row.granted,
        reference=application.number,
        label=str(application.plan),
        thread=application.plan_id,
        strand=application.pk,
        page=application.get_absolute_url(),
        fixed_at_once=True,
        decided_by=None,
        holders=[contact],
        by=by,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"{application.scheme_id} {row.key} promised"),
        imported=True,
    )
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{application.scheme_id} {row.key} given")
    commitment.given_already(row.granted, on=on, by=by, key=key)
    words = public_words(application.plan)
    Grant.objects.create(application=application, commitment=commitment, awarded_on=on, **words)


def _budget_of(scheme: Scheme, year: int) -> Budget:
    found = next((budget for budget in scheme.budgets.all() if budget.year == year), None)
    if found is None:
        raise ValidationError(_("This scheme has no budget for %(year)s. Set it first."), params={"year": str(year)})
    return found
