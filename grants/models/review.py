"""A review: one officer's judgement of an application, criterion by criterion, each with a reason."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.criterion import Criterion
from grants.models.status import Status as State
from web import clock
from web.models import Person

Verdicts = Sequence[tuple[Criterion, str, str]]  # each criterion with its verdict and the reason


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

    @classmethod
    def write(cls, application: Application, *, strong: str, verdicts: Verdicts, by: Person) -> "Review":
        """What `by` makes of it; their draft is done with. Who judges what nobody has, has it.

        Raises ValidationError when it has been decided, or unless each criterion is judged and no other.
        """
        cls._refuse_other_criteria(application, verdicts)
        if application.status == State.SUBMITTED:
            application.move_to(State.COMPLETE, complete_at=application.complete_at or clock.now())
        if application.status != State.JUDGED:
            application.move_to(State.JUDGED)
        if Application.objects.filter(pk=application.pk, officer=None).update(officer=by):
            application.officer = by
        review = cls.objects.create(application=application, by=by, strong=strong)
        Judgement.objects.bulk_create(
            Judgement(review=review, criterion=criterion, verdict=verdict, reason=reason)
            for criterion, verdict, reason in verdicts
        )
        application.draft_reviews.filter(by=by).delete()
        return review

    @staticmethod
    def _refuse_other_criteria(application: Application, verdicts: Verdicts) -> None:
        """All of the scheme's criteria, and no other: what wasn't published doesn't count (Awb 4:26, 4:35)."""
        judged = {criterion.pk for criterion, _verdict, _reason in verdicts}
        if judged != set(application.edition.criteria.values_list("pk", flat=True)):
            raise ValidationError(_("Judge every criterion of this scheme, and no other."))


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
