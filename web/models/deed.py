"""A deed: who did what to which thing, and when. Append-only (web/guards.py), so it names things by id alone.

What was typed stands beside it in a DeedDetail, which can be erased: privacy and audit don't fight.
The residents' tracker, the officer's history and the audit trail are three views of these rows.
"""

from typing import Any, ClassVar, Protocol, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.funder import Funder
from web.models.person import Person


class Thing(Protocol):
    """Anything a deed can be about. `funder_id` is whose books it is in, where it is in any.

    `thread` is the plan's id where there is one; `strand` that of one application of it, where it is about that alone.
    """

    pk: Any
    _meta: ClassVar[Any]


class DeedQuerySet(models.QuerySet["Deed"]):
    def about(self, thing: Thing) -> Self:
        return self.filter(thing=thing._meta.label_lower, thing_id=str(thing.pk))

    def on_thread(self, thread: int) -> Self:
        """Everything that happened to one plan, oldest first."""
        return self.filter(thread=thread).select_related("by", "on_behalf_of", "detail").order_by("at", "pk")

    def on_strand(self, thread: int, strand: int) -> Self:
        """What happened to one application of a plan, and what its residents did for all of them.

        Nothing of what was done with the same plan elsewhere: another funder's work is not this one's to read.
        """
        return self.on_thread(thread).filter(models.Q(strand=None) | models.Q(strand=strand))


class Deed(models.Model):
    """One thing done by one person. `verb` is the action's name, `fields` the names of what it changed."""

    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="deeds")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="deeds_done_for")
    verb = models.CharField(max_length=40)
    thing = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    thread = models.BigIntegerField(null=True)
    strand = models.BigIntegerField(null=True)
    funder = models.ForeignKey(Funder, models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Deed"]] = DeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        indexes = [
            models.Index(fields=["thread", "at"], name="deeds_of_a_plan"),
            models.Index(fields=["thing", "thing_id"], name="deeds_about_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.thing_id}"


class DeedDetail(models.Model):
    """The values and free text of a deed. May be erased; the deed stays."""

    deed = models.OneToOneField(Deed, models.PROTECT, related_name="detail")
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("detail of a deed")

    def __str__(self) -> str:
        return f"detail of deed {self.deed_id}"


def record(by: Person, verb: str, thing: Thing, *, on_behalf_of: Person | None = None, **values: Any) -> Deed:
    """Leave a deed: `by` did `verb` to `thing`. `values` are kept beside it, as text, in an erasable detail."""
    deed = Deed.objects.create(
        by=by,
        on_behalf_of=on_behalf_of,
        verb=verb,
        thing=thing._meta.label_lower,
        thing_id=str(thing.pk),
        thread=getattr(thing, "thread", None),
        strand=getattr(thing, "strand", None),
        funder_id=getattr(thing, "funder_id", None),
        fields=sorted(values),
    )
    if values:
        DeedDetail.objects.create(deed=deed, values={name: str(value) for name, value in values.items()})
    return deed
