"""A round: so many weeks in which plans can be sent; they are answered together, by one day."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition


class Round(models.Model):
    """Belongs to an edition. Who sends a plan between its days, hears on `answer_by` at the latest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"))
    answer_by = models.DateField(_("answer by"))

    objects: ClassVar[models.Manager["Round"]] = models.Manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("edition", "opens_on")
        constraints = [
            models.UniqueConstraint(name="a_round_opens_on_a_day_of_its_own", fields=["edition", "opens_on"]),
            models.CheckConstraint(
                name="a_round_opens_closes_and_is_answered",
                condition=Q(closes_on__gte=F("opens_on")) & Q(answer_by__gt=F("closes_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens_on:%d-%m-%Y} – {self.closes_on:%d-%m-%Y}"
