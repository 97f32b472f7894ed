"""A desk: what somebody who works for a funder is told in the morning, and who does their work while they are away."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models import Person, Seat

ANSWERERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)
MAILED = (*ANSWERERS, Seat.Role.PANEL)  # in the morning, when there is something to do


class DeskQuerySet(models.QuerySet["Desk"]):
    def away(self) -> Self:
        """Today: until and with their last day."""
        return self.filter(away_until__gte=clock.today())


class Desk(models.Model):
    """One for whoever ever said something about it; without one, the mail comes and nobody is away."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="desk")
    morning_mail = models.BooleanField(_("a mail in the morning"), default=True)
    mailed_on = models.DateField(null=True, editable=False)
    away_until = models.DateField(_("away until and with"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who takes over")
    )

    objects: ClassVar[DeskQuerySet] = DeskQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("desk")
        indexes = [models.Index(fields=["away_until"], name="who_is_away")]
        constraints = [
            models.CheckConstraint(
                name="who_is_away_is_replaced", condition=Q(away_until=None) | Q(replaced_by__isnull=False)
            ),
            models.CheckConstraint(
                name="nobody_replaces_themselves", condition=Q(replaced_by=None) | ~Q(replaced_by=F("person"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @classmethod
    def of(cls, person: Person) -> "Desk":
        return cls.objects.get_or_create(person=person)[0]

    @property
    def is_away(self) -> bool:
        return self.away_until is not None and self.away_until >= clock.today()

    def claim(self, day: date) -> bool:
        """Be the only one to mail this person on `day`, however many workers try."""
        fresh = Desk.objects.filter(Q(mailed_on=None) | Q(mailed_on__lt=day), pk=self.pk)
        return bool(fresh.update(mailed_on=day))


def at_work(person: Person | None) -> Person | None:
    """Who does this person's work today: themselves, or whoever stands in for them; also for a stand-in who is away."""
    seen: set[int] = set()
    while person and person.pk not in seen and (desk := getattr(person, "desk", None)) and desk.is_away:
        seen.add(person.pk)
        person = desk.replaced_by
    return person


def works_for(person: Person) -> set[int]:
    """Ids of those whose work is this person's today: their own, and whoever they stand in for."""
    return {person.pk, *stands_in_for(person)}


def stands_in_for(person: Person) -> dict[int, Person]:
    """By their ids; a replacement who is away hands on what they stood in for. One query."""
    away = list(Desk.objects.away().select_related("person"))
    theirs: dict[int, Person] = {}
    while fresh := {
        each.person_id: each.person
        for each in away
        if each.replaced_by_id in {person.pk, *theirs} and each.person_id not in {person.pk, *theirs}
    }:
        theirs |= fresh
    return theirs


def colleagues_of(person: Person) -> "models.QuerySet[Person]":
    """Who does the same work, today, at every funder where this person does it."""
    found = Person.objects.exclude(pk=person.pk)
    for funder in Seat.objects.of(person, *ANSWERERS).values_list("funder_id", flat=True).distinct():
        seats = Seat.objects.today().filter(funder=funder, role__in=ANSWERERS)
        found = found.filter(pk__in=seats.values("person"))
    return found.order_by("name", "pk")


def who_answer(funders: Any) -> "models.QuerySet[Person]":
    """Everybody who answers residents today at one of these funders."""
    seats = Seat.objects.today().filter(funder__in=funders, role__in=ANSWERERS)
    return Person.objects.filter(pk__in=seats.values("person")).order_by("name", "pk")
