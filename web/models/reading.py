"""A reading: somebody of the staff opened a page with what residents wrote or told. Append-only (web/guards.py).

Ids alone: whose plan (`thread`), which application of it (`strand`), at which funder. The auditor reads along.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.funder import Funder
from web.models.person import Person


class ReadingQuerySet(models.QuerySet["Reading"]):
    def at_funders(self, funders: models.QuerySet[Funder]) -> Self:
        return self.filter(funder__in=funders).select_related("by__became", "funder")


class Reading(models.Model):
    class Page(models.TextChoices):
        APPLICATION = "application", _("the application")
        PLAN = "plan", _("the plan on paper")
        SHEET = "sheet", _("a photo or document")
        LETTER = "letter", _("a letter")
        BANK = "bank", _("bank details")
        CASE = "case", _("the whole file")

    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    page = models.CharField(max_length=12, choices=Page)
    thread = models.BigIntegerField()
    strand = models.BigIntegerField(null=True)
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Reading"]] = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        indexes = [
            models.Index(fields=["funder", "-id"], name="readings_at_a_funder"),
            models.Index(fields=["by", "-id"], name="readings_by_a_person"),
            models.Index(fields=["thread", "-id"], name="readings_of_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.thread}"

    @classmethod
    def note(cls, by: Person, page: "Reading.Page", *things: Any) -> None:
        """`by` opened a page about `things`, which know their thread, their strand and their funder."""
        cls.objects.bulk_create(
            cls(by=by, page=page, thread=thing.thread, strand=thing.strand, funder_id=thing.funder_id)
            for thing in things
        )
