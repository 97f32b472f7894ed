"""A review: one officer's judgement of an application, criterion by criterion, each with a reason."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.scheme import Criterion
from web import clock
from web.models import Person


class ReviewQuerySet(models.QuerySet["Review"]):
    def for_reading(self) -> Self:
        """Each with who wrote it and its judgements with their criteria: two queries, however many."""
        judgements = Judgement.objects.select_related("criterion").order_by("criterion__order")
        return self.select_related("by").prefetch_related(Prefetch("judgements", judgements))


class Review(models.Model):
    """What one person made of it. The latest review is the one that counts; earlier ones stay."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="reviews")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    strong = models.TextField(_("What is strong about this plan?"), blank=True)

    objects: ClassVar[models.Manager["Review"]] = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.application} · {self.by}"


class Judgement(models.Model):
    """One criterion's verdict, with the reason in words the residents can read."""

    class Verdict(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        GOOD = "good", _("good")
        ENOUGH = "enough", _("enough")
        NOT_YET = "not_yet", _("not yet")

    CHOICES: ClassVar[dict[str, tuple[Verdict, ...]]] = {
        Criterion.Kind.KNOCK_OUT: (Verdict.YES, Verdict.NO),
        Criterion.Kind.WEIGHED: (Verdict.GOOD, Verdict.ENOUGH, Verdict.NOT_YET),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="judgements")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=7, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar[models.Manager["Judgement"]] = models.Manager()

    class Meta:
        verbose_name = _("judgement")
        ordering = ("criterion__order",)
        constraints = [
            models.UniqueConstraint(name="a_criterion_is_judged_once_a_review", fields=["review", "criterion"]),
            models.CheckConstraint(
                name="a_no_has_a_reason", condition=~Q(verdict__in=["no", "not_yet"]) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_verdict_display()}"

    @property
    def is_a_no(self) -> bool:
        return self.verdict in {self.Verdict.NO, self.Verdict.NOT_YET}
