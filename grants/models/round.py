"""A round: so many weeks in which plans can be sent; they are answered together, by one day.

A plan keeps the round of the edition it was sent under. `key` says which of them are the same round.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.clock import Term
from grants.models.edition import Edition
from web import clock


class Round(models.Model):
    """Belongs to an edition. Who sends a plan between its days, hears on `answer_by` at the latest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"))
    answer_by = models.DateField(_("answer by"))
    ceiling = MoneyField(
        _("money for this round"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        default_currency="EUR",
        help_text=_("Empty: what the budget of the year still has."),
    )

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

    @property
    def funder_id(self) -> int:
        return self.edition.funder_id

    @property
    def first(self) -> "Round":
        """The same round as it was first published."""
        return self.published().order_by("edition__number")[0]

    def published(self) -> "models.QuerySet[Round]":
        """This round in every published edition: of the same scheme, and open from the same day."""
        same = Round.objects.filter(edition__scheme=self.edition.scheme_id, opens_on=self.opens_on)
        return same.filter(edition__published_at__isnull=False)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed, in every edition: from then on its plans can be put beside each other."""
        return not self.published().filter(closes_on__gte=clock.today()).exists()

    @property
    def term(self) -> Term:
        """Of an answer: from the day it closes until the day that was published."""
        return Term(on=self.answer_by)
