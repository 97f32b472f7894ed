"""A place: where a plan stands in the ranking of its round. People give it; no two plans share one."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.edition import Division
from grants.models.round import Round
from web import clock
from web.models import Funder, Person


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> Self:
        """Of plans that wait for their round to be announced."""
        return self.filter(announced_at=None)


class Place(models.Model):
    """`round` is the round as it was first published, whichever edition the plan was sent under.

    `announced_at`: when what was decided on it was told, with the others of its round. From then on the plan is
    decided like any other, should it come back. `is_late`: it was taken in after that, so it stands behind the others
    and is decided by itself. `by`: who ranked; nobody did so for what is late.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="place")
    round = models.ForeignKey(Round, models.PROTECT, related_name="places")
    rank = models.PositiveSmallIntegerField(_("place"))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    announced_at = models.DateTimeField(null=True, editable=False)
    is_late = models.BooleanField(default=False, editable=False)

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
    def give(cls, round_: Round, in_order: Sequence[Application], *, by: Person) -> None:
        """These plans, the best one first, in the places of what stood there."""
        first = round_.first
        cls.objects.open().filter(round=first).delete()
        cls.objects.bulk_create(
            cls(application=each, round=first, rank=rank, by=by) for rank, each in enumerate(in_order, start=1)
        )

    @classmethod
    def stand_behind(cls, application: Application) -> None:
        """What comes into a round that was announced already: it isn't left out, and not weighed with the others.

        Who announces the round at this moment is waited for.
        """
        round_ = application.round
        if round_ is None or application.edition.division != Division.RANKING or not round_.is_over:
            return
        Funder.objects.select_for_update(no_key=True).get(pk=application.funder_id)
        announced = cls.objects.filter(round=round_.first, announced_at__isnull=False)
        if last := announced.aggregate(last=models.Max("rank"))["last"]:
            what = {"round": round_.first, "rank": last + 1, "announced_at": clock.now(), "is_late": True}
            application.place = cls.objects.create(application=application, **what)

    @classmethod
    def are_given_in(cls, round_: Round) -> bool:
        """Whether the round has been ranked, and not been announced yet."""
        return cls.objects.open().filter(round=round_.first).exists()

    def announce(self) -> None:
        self.announced_at = clock.now()
        self.save(update_fields=["announced_at"])
