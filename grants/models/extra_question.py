"""An extra question: what one scheme asks besides the questions of every plan. Two at most, each with its why."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition

MOST = 2


class ExtraQuestion(models.Model):
    """Must be answered where the decision or the contact needs it; else people may leave it empty (Awb 4:4)."""

    class Purpose(models.TextChoices):
        DECISION = "decision", _("needed to decide")
        CONTACT = "contact", _("needed to reach people")
        VOLUNTARY = "voluntary", _("people may leave it empty")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="extra_questions")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition; answers are kept under it
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=120)
    text_en = models.CharField(_("question in English"), max_length=120, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=9, choices=Purpose)
    why = models.CharField(_("why you ask this"), max_length=200)
    why_en = models.CharField(_("why you ask this, in English"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["ExtraQuestion"]] = models.Manager()

    class Meta:
        verbose_name = _("extra question")
        verbose_name_plural = _("extra questions")
        ordering = ("edition", "order")
        constraints = [
            models.UniqueConstraint(name="one_extra_question_per_place", fields=["edition", "order"]),
            models.CheckConstraint(name="two_extra_questions_at_most", condition=Q(order__range=(1, MOST))),
            models.CheckConstraint(name="an_extra_question_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def must_be_answered(self) -> bool:
        return self.purpose != self.Purpose.VOLUNTARY
