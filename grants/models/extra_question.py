"""An extra question: what one scheme asks besides the questions of every plan. Two at most, each with its why."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition
from web.language import said

MOST = 2
FIELD = "extra_"  # and its key: the name of an answer in the form


class ExtraQuestion(models.Model):
    """May be obligatory only where the decision, the payment or the contact needs it (Awb 4:4). The short form never
    asks it.
    """

    class Purpose(models.TextChoices):
        DECISION = "decision", _("needed to decide")
        PAYMENT = "payment", _("needed to pay")
        CONTACT = "contact", _("needed to reach people")
        VOLUNTARY = "voluntary", _("people may leave it empty")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="extra_questions")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition; answers are kept under it
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=120)
    text_en = models.CharField(_("question in English"), max_length=120, blank=True)
    hint = models.CharField(_("a hint, to answer it"), max_length=200, blank=True)
    hint_en = models.CharField(_("a hint, in English"), max_length=200, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=9, choices=Purpose)
    reason = models.CharField(_("why you ask this"), max_length=200)
    reason_en = models.CharField(_("why you ask this, in English"), max_length=200, blank=True)

    obligatory = models.BooleanField(_("a plan can't be sent without an answer"), default=False)

    answer: str = ""  # of one application: grants/models/extra_answer.py

    objects: ClassVar[models.Manager["ExtraQuestion"]] = models.Manager()

    class Meta:
        verbose_name = _("extra question")
        verbose_name_plural = _("extra questions")
        ordering = ("edition", "order")
        constraints = [
            models.UniqueConstraint(name="one_extra_question_per_place", fields=["edition", "order"]),
            models.CheckConstraint(name="two_extra_questions_at_most", condition=Q(order__range=(1, MOST))),
            models.CheckConstraint(name="an_extra_question_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="voluntary_is_never_obligatory", condition=Q(obligatory=False) | ~Q(purpose="voluntary")
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def field(self) -> str:
        """What the form calls its answer."""
        return f"{FIELD}{self.key.hex}"

    @property
    def told(self) -> str:
        """What stands with it: the hint, and why it is asked."""
        return " ".join(text for text in (said(self, "hint"), said(self, "reason")) if text)
