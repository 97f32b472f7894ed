"""A handover: who has somebody's work after their last day. Until and with that day, they have it themselves."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.applications import ApplicationQuerySet
from grants.models.clearance import Clearance, ClearanceQuerySet
from grants.models.desk import ANSWERERS, Desk, DeskQuerySet, colleagues_of, who_answer, works_for
from grants.models.promise import Promise, PromiseQuerySet
from grants.models.reaction import Reaction, ReactionQuerySet
from grants.models.status import WAITING, Status
from web.clock import today
from web.models import Person, Seat


class HandoverQuerySet(models.QuerySet["Handover"]):
    def awaited(self, person: Person, funder_id: int) -> Self:
        """Of whoever goes on to work here, and then leaves it to this person."""
        return self.filter(to=person, seat__funder=funder_id, done_on=None)


class Handover(models.Model):
    """`to` is empty where nobody was chosen. `done_on`: the day on which it went; from then on nothing is left."""

    seat = models.OneToOneField(Seat, models.PROTECT, related_name="handover")
    to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)

    objects: ClassVar[HandoverQuerySet] = HandoverQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("handover")

    def __str__(self) -> str:
        return f"{self.seat} → {self.to or '–'}"

    def claim(self) -> bool:
        """Be the only one to do it, however many workers try."""
        return bool(Handover.objects.filter(pk=self.pk, done_on=None).update(done_on=today()))


@dataclass(frozen=True)
class OpenWork:
    """What one person has at one funder and isn't done: plans, what to answer, keep, find out and take over.

    `stands_in`: the desks of colleagues here who are away, and whose work is theirs until then.
    """

    applications: ApplicationQuerySet
    reactions: ReactionQuerySet
    promises: PromiseQuerySet
    clearances: ClearanceQuerySet
    awaited: HandoverQuerySet
    stands_in: DeskQuerySet

    @classmethod
    def of(cls, person: Person, funder_id: int) -> "OpenWork":
        theirs = Application.objects.filter(officer=person, scheme__funder=funder_id)
        handled = Reaction.objects.open().filter(handler=person, application__scheme__funder=funder_id)
        promised = Promise.objects.open().filter(owner=person, application__scheme__funder=funder_id)
        to_find_out = Clearance.objects.open().filter(owner=person, application__scheme__funder=funder_id)
        awaited = Handover.objects.awaited(person, funder_id)
        here = Seat.objects.today().filter(funder=funder_id, role__in=ANSWERERS).values("person")
        stands_in = Desk.objects.away().filter(replaced_by=person, person__in=here)
        open_ones = theirs.filter(status__in=(*WAITING, Status.GRANTED))
        return cls(open_ones, handled, promised, to_find_out, awaited, stands_in)

    def __bool__(self) -> bool:
        kinds = (self.applications, self.reactions, self.promises, self.clearances, self.awaited, self.stands_in)
        return any(rows.exists() for rows in kinds)


def leaves_desk(seat: Seat) -> bool:
    """Whether nobody is at it once this seat has ended: no other seat of theirs goes on with the work."""
    if seat.role not in ANSWERERS:
        return False
    longer = Q(ends_on=None) | Q(ends_on__gt=seat.ends_on or today())
    others = Seat.objects.filter(longer, person=seat.person, funder=seat.funder_id, role__in=ANSWERERS)
    return not others.exclude(pk=seat.pk).exists()


def to_hand_over() -> "models.QuerySet[Seat]":
    """Seats that are over and of which the work still has to go, the first first."""
    over = Seat.objects.filter(Q(handover=None) | Q(handover__done_on=None), ends_on__lt=today(), role__in=ANSWERERS)
    return over.select_related("person", "funder").order_by("ends_on", "pk")


def successor_of(person: Person, funder_id: int) -> Person | None:
    """Who answers here today and has what this person left: through others, where those have left as well."""
    chosen = Handover.objects.filter(seat__funder=funder_id).exclude(to=None).select_related("to")
    seen: set[int] = set()
    while person.pk not in seen and (last := chosen.filter(seat__person=person).order_by("seat__ends_on", "pk").last()):
        seen.add(person.pk)
        person = last.to or person
        if Seat.held(person, funder_id, *ANSWERERS):
            return person
    return None


def anybody(funder_id: int) -> Person | None:
    """Somebody who answers here, for what can't be nobody's."""
    return who_answer([funder_id]).first()


def next_to_stand_in(away: Person, leaver: Person, heir: Person | None) -> Person | None:
    """Who does the work of somebody `away` once their replacement leaves: the heir, or a colleague who is at work.

    Nobody does their own, or waits in a circle. None: nobody is left to do it.
    """
    could = colleagues_of(away).exclude(pk__in={leaver.pk, *works_for(away)})
    if heir and could.filter(pk=heir.pk).exists():
        return heir
    return could.exclude(pk__in=Desk.objects.away().values("person")).first()
