"""A decision: numbered without gaps per funder and year, never changed; another decision follows it."""

from typing import ClassVar

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.application import Application
from grants.models.scheme import Criterion
from web import clock
from web.models import Funder, Person


class Decision(models.Model):
    """What was decided on an application, by whom, and on which published criteria (Awb 3:46, 3:47)."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        DECLINED = "declined", _("declined")
        FIXED = "fixed", _("fixed")

    FIRST = (Outcome.GRANTED, Outcome.PARTLY, Outcome.DECLINED)

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome)
    amount = MoneyField(_("amount"), max_digits=12, decimal_places=2, default_currency="EUR", default=0)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField(_("why"), blank=True)
    possible = models.TextField(_("what would be possible"), blank=True)
    grounds = models.ManyToManyField(Criterion, related_name="+")

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(name="a_decision_number_is_used_once", fields=["funder", "year", "sequence"]),
            models.UniqueConstraint(
                name="one_first_decision_per_application",
                fields=["application"],
                condition=Q(outcome__in=["granted", "partly", "declined"]),
            ),
            models.CheckConstraint(
                name="declining_says_what_would_be_possible", condition=~Q(outcome="declined") | ~Q(possible="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"B{self.year}-{self.sequence:04d}"

    @property
    def thread(self) -> int:
        return self.application.plan_id

    @property
    def strand(self) -> int:
        return self.application_id

    @classmethod
    def take(cls, application: Application, *, outcome: Outcome, by: Person, **what: object) -> "Decision":
        """The next decision of this funder. The funder's row is locked, so numbers have no gaps and no doubles."""
        funder = Funder.objects.select_for_update().get(pk=application.scheme.funder_id)
        year = clock.today().year
        last = cls.objects.filter(funder=funder, year=year).aggregate(last=Max("sequence"))["last"] or 0
        return cls.objects.create(
            application=application, funder=funder, year=year, sequence=last + 1, outcome=outcome, by=by, **what
        )
