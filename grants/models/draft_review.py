"""A draft review: what somebody has typed of a judgement, or of an advice of the panel. Only they read it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from web import clock
from web.models import Person

LONGEST = 5_000  # characters of one answer


class DraftReview(models.Model):
    """`answers` by the names of the fields they were typed in. Gone as soon as the judgement or advice is given."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="draft_reviews")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    kept_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["DraftReview"]] = models.Manager()

    class Meta:
        verbose_name = _("draft of a review")
        constraints = [models.UniqueConstraint(name="one_draft_of_a_review_each", fields=["application", "by"])]

    def __str__(self) -> str:
        return f"{self.application} · {self.by}"

    @classmethod
    def keep(cls, application: Application, *, by: Person, answers: Mapping[str, str]) -> None:
        """Remember what `by` typed; what was typed before is replaced."""
        short = {name: text[:LONGEST] for name, text in answers.items()}
        cls.objects.update_or_create(
            application=application, by=by, defaults={"answers": short, "kept_at": clock.now()}
        )

    @classmethod
    def answers_of(cls, application: Application, by: Person) -> dict[str, str]:
        """What they typed; nothing when they didn't."""
        kept = cls.objects.filter(application=application, by=by).values_list("answers", flat=True).first()
        return dict(kept or {})
