"""A quiet decision: what will be decided on a plan of a round, kept quiet until the whole round is announced."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.application import Application
from grants.models.criterion import Criterion, Obligation
from grants.models.decision import Decision
from web import clock
from web.models import Person


class QuietDecision(models.Model):
    """Whoever decides is `by`; residents see nothing of it. It is gone once the decision has been taken.

    `by_line`: it follows from the place of the plan and from where the money ends, so another line makes another.
    `wanted` and `because`: of what was judged by hand to be right, less than was asked, whatever the line leaves of it.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="quiet")
    outcome = models.CharField(max_length=11, choices=Decision.Outcome)
    amount = MoneyField(_("amount"), max_digits=12, decimal_places=2, default_currency="EUR", default=0)
    reason = models.TextField(_("why"), blank=True)
    possible = models.TextField(_("what would be possible"), blank=True)
    lines = models.JSONField(default=list, blank=True)  # as of a decision
    grounds = models.ManyToManyField(Criterion, related_name="+")
    obligations = models.ManyToManyField(Obligation, related_name="+")
    wanted = MoneyField(max_digits=12, decimal_places=2, null=True, default_currency="EUR")
    because = models.TextField(blank=True)
    by_line = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["QuietDecision"]] = models.Manager()

    class Meta:
        verbose_name = _("quiet decision")
        verbose_name_plural = _("quiet decisions")
        constraints = [
            models.CheckConstraint(
                name="a_quiet_decision_grants_or_declines",
                condition=Q(outcome__in=["granted", "partly"], amount__gt=0)
                | (Q(outcome="declined", amount=0) & ~Q(possible="")),
            ),
            models.CheckConstraint(name="a_part_says_why", condition=~Q(outcome="partly") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"

    @classmethod
    def keep(
        cls, application: Application, *, grounds: Any = (), obligations: Any = (), by: Person, **what: Any
    ) -> "QuietDecision":
        """In the place of what was meant before."""
        cls.objects.filter(application=application).delete()
        quiet = cls.objects.create(application=application, by=by, **what)
        quiet.grounds.set(grounds)
        quiet.obligations.set(obligations)
        return quiet

    @property
    def grants(self) -> bool:
        return self.outcome != Decision.Outcome.DECLINED
