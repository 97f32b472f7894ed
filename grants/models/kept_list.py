"""A list somebody keeps: a name, and what it narrows the inbox down to. One's own, at one funder."""

from typing import ClassVar, Self
from urllib.parse import parse_qsl

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.sieve import Sieve
from web.models import Funder, Person, Seat


class KeptListQuerySet(models.QuerySet["KeptList"]):
    def of(self, person: Person) -> Self:
        """One's own, of the funders where one has a seat today."""
        return self.filter(person=person, funder__in=Seat.objects.of(person).values("funder"))


class KeptList(models.Model):
    """`narrowed`: the address of the list, without words that were looked for: those may be a resident's name."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="kept_lists")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the list"), max_length=40)
    narrowed = models.CharField(max_length=400, editable=False)

    count: int | None = None  # how many wait in it, where that was asked

    objects: ClassVar[KeptListQuerySet] = KeptListQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("kept list")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(name="a_list_of_ones_own_is_named_once", fields=["person", "funder", "name"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sieve(self) -> Sieve:
        return Sieve.read(dict(parse_qsl(self.narrowed)))
