"""Whose turn it is with a plan, and by when: what a helper tells the residents who ask."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from grants.models.application import Application
from grants.models.missing import about_the_amount, about_the_plan
from grants.models.status import WAITING, Status


@dataclass(frozen=True)
class Turn:
    """`whose` is a name; `what` they do; `until` the latest day, where one was promised."""

    whose: str
    what: str
    until: date | None = None


def missing_words(application: Application) -> list[str]:
    """What is still to be written down: a sentence each. Asks no query after `for_writing()`."""
    duties = application.duties
    amount = about_the_amount(application.edition, application.asked)
    return [
        *amount.values(),
        *about_the_plan(application.plan, asks_little=duties is None or duties.asks_little).values(),
    ]


def turn_of(application: Application) -> Turn:
    """After `for_my_residents()` this asks no query."""
    status, resident = Status(application.status), str(application.plan.first_contact)
    if status == Status.DRAFT and missing_words(application):
        return Turn(_("You, with %(name)s") % {"name": resident}, _("Write on at the plan."))
    if status == Status.DRAFT:
        return Turn(resident, _("Says that this is the plan. Then it is sent."))
    if status == Status.RETURNED:
        return Turn(resident, _("Completes the plan."))
    if status in WAITING:
        return Turn(str(application.scheme.funder), _("Reads the plan."), application.answer_by)
    if status == Status.GRANTED and not getattr(application, "bank_details_known", False):
        return Turn(resident, _("Gives the bank details."))
    return Turn("", str(status.label))
