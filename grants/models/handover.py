"""Work that has to go to somebody else, because whoever has it leaves."""

from dataclasses import dataclass

from django.db.models import Q

from grants.models.application import Application
from grants.models.applications import ApplicationQuerySet
from grants.models.clearance import Clearance, ClearanceQuerySet
from grants.models.desk import ANSWERERS
from grants.models.promise import Promise, PromiseQuerySet
from grants.models.reaction import Reaction, ReactionQuerySet
from grants.models.status import WAITING, Status
from web.clock import today
from web.models import Person, Seat


@dataclass(frozen=True)
class OpenWork:
    """What one person has at one funder and isn't done: plans that run, what to answer, keep and find out."""

    applications: ApplicationQuerySet
    reactions: ReactionQuerySet
    promises: PromiseQuerySet
    clearances: ClearanceQuerySet

    @classmethod
    def of(cls, person: Person, funder_id: int) -> "OpenWork":
        theirs = Application.objects.filter(officer=person, scheme__funder=funder_id)
        handled = Reaction.objects.open().filter(handler=person, application__scheme__funder=funder_id)
        promised = Promise.objects.open().filter(owner=person, application__scheme__funder=funder_id)
        to_find_out = Clearance.objects.open().filter(owner=person, application__scheme__funder=funder_id)
        return cls(theirs.filter(status__in=(*WAITING, Status.GRANTED)), handled, promised, to_find_out)

    def __bool__(self) -> bool:
        return any(rows.exists() for rows in (self.applications, self.reactions, self.promises, self.clearances))


def leaves_work(seat: Seat) -> OpenWork | None:
    """What has nobody when this seat ends; nothing when another seat of theirs goes on with it."""
    if seat.role not in ANSWERERS:
        return None
    others = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()), person=seat.person, funder=seat.funder_id)
    if others.filter(role__in=ANSWERERS).exclude(pk=seat.pk).exists():
        return None
    return OpenWork.of(seat.person, seat.funder_id) or None
