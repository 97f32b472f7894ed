"""A note: what the officers of one funder tell each other about an application."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from web import clock
from web.models import Person, Seat

# The auditor reads along, as everywhere.
NOTE_READERS = (Seat.Role.OFFICER, Seat.Role.DECIDER, Seat.Role.AUDITOR)


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, person: Person) -> Self:
        """Those at their own funder, about plans that aren't of their own group or street."""
        others = Application.objects.filter(pk=OuterRef("application")).not_their_own(person)
        return self.filter(Exists(others), application__scheme__funder__in=Seat.funders_of(person, *NOTE_READERS))

    def for_reading(self) -> Self:
        return self.select_related("by").order_by("at", "pk")


class Note(models.Model):
    """Never shown to residents or to another funder, and never changed: a later note mends an earlier one.

    Under the Woo a note is a document like any other: a request for all documents of a case reaches it too. So it goes
    along with the file of the case, as a paper of its own. Whoever answers the request weighs it there: views of one's
    own, meant for talks within the house, may be kept back (Woo 5.2); facts, and what a decision rests on, may not. So
    the page says to write facts, and nothing that the residents couldn't read. It is forgotten with the plan.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField()

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("note")

    def __str__(self) -> str:
        return f"{self.application} · {self.at:%d-%m-%Y}"

    @property
    def funder_id(self) -> int:
        """Its deed stands in the books of the funder, and on no thread: residents read those."""
        return self.application.funder_id
