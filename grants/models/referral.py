"""A referral: a plan that fits better elsewhere goes on to another fund, when its residents say yes.

A public body that gets what another public body decides on sends it on without asking, and says so (Awb 2:3).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.scheme import Scheme
from web import clock
from web.models import Person


class Referral(models.Model):
    """`scheme` is where it fits; `became` the application there. One at a time; after a no another may be proposed."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="referral")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    reason = models.TextField(_("why there"))
    by_law = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    agreed = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # how they said it, when an officer wrote that down
    became = models.OneToOneField(Application, models.PROTECT, null=True, related_name="referred_from")

    objects: ClassVar[models.Manager["Referral"]] = models.Manager()

    class Meta:
        verbose_name = _("referral")
        constraints = [
            models.CheckConstraint(
                name="an_answer_has_a_day_and_a_person",
                condition=Q(agreed=None, answered_at=None, answered_by=None)
                | Q(agreed__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(name="a_plan_goes_on_with_a_yes", condition=Q(became=None) | Q(agreed=True)),
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.scheme}"

    @property
    def is_open(self) -> bool:
        """Whether the residents haven't answered, and still can."""
        return self.agreed is None and self.application.is_waiting


def schemes_for(application: Application) -> QuerySet[Scheme]:
    """Where it could go: other funders' schemes that take plans today, for such an amount, that don't have it yet."""
    there = Application.objects.filter(plan=application.plan_id).values("scheme")
    others = Scheme.objects.open_now().exclude(funder=application.funder_id).exclude(pk__in=there)
    amount = {"current__minimum__lte": application.asked, "current__maximum__gte": application.asked}
    return others.filter(**amount).select_related("funder").order_by("funder__name", "title")
