"""A place: where a plan stands in the ranking of its round. People give it; no two plans share one."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.round import Round
from web import clock


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> Self:
        """Of plans that wait for their round to be announced."""
        return self.filter(announced_at=None)


class Place(models.Model):
    """`round` is the round as it was first published, whichever edition the plan was sent under.

    `announced_at`: when what was decided on it was told, with the others of its round. From then on the plan is
    decided like any other, should it come back.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="place")
    round = models.ForeignKey(Round, models.PROTECT, related_name="places")
    rank = models.PositiveSmallIntegerField(_("place"))
    announced_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PlaceQuerySet] = PlaceQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("place in a round")
        ordering = ("round", "rank")
        constraints = [
            models.UniqueConstraint(
                name="no_two_plans_share_a_place", fields=["round", "rank"], condition=models.Q(announced_at=None)
            ),
            models.CheckConstraint(name="places_count_from_one", condition=models.Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.application}"

    @classmethod
    @transaction.atomic
    def give(cls, round_: Round, in_order: Sequence[Application]) -> None:
        """These plans, the best one first, in the places of what stood there."""
        first = round_.first
        cls.objects.open().filter(round=first).delete()
        cls.objects.bulk_create(
            cls(application=each, round=first, rank=rank) for rank, each in enumerate(in_order, start=1)
        )

    def announce(self) -> None:
        self.announced_at = clock.now()
        self.save(update_fields=["announced_at"])
