"""What is published with an edition and weighed in a decision: criteria, exclusions and obligations.

A `key` stays the same from edition to edition: it is the same criterion, though its words may have changed.
"""

import re
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition


class Criterion(models.Model):
    """What everybody could read beforehand. A refusal points to one of these, and to nothing else (Awb 4:25, 4:35)."""

    class Kind(models.TextChoices):
        KNOCK_OUT = "k", _("yes or no")
        WEIGHED = "w", _("weighed")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="criteria")
    key = models.UUIDField(default=uuid4, editable=False)
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("how it counts"), max_length=1, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    text = models.TextField(_("text"))
    text_en = models.TextField(_("text in English"), blank=True)
    weighs_support = models.BooleanField(
        _("about the support of neighbours"),
        default=False,
        help_text=_("Then residents are told of the page and the poster with which they ask their neighbours."),
    )

    objects: ClassVar[models.Manager["Criterion"]] = models.Manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("edition", "order")
        constraints = [
            models.UniqueConstraint(name="one_criterion_per_place", fields=["edition", "order"]),
            models.UniqueConstraint(name="a_criterion_is_once_in_an_edition", fields=["edition", "key"]),
        ]

    def __str__(self) -> str:
        return self.title


class Exclusion(models.Model):
    """What this scheme doesn't pay for, said before the form. One that doesn't hold is kept for another year."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="exclusions")
    key = models.UUIDField(default=uuid4, editable=False)
    order = models.PositiveSmallIntegerField(_("order"))
    holds = models.BooleanField(_("holds now"), default=True)
    text = models.CharField(_("text"), max_length=200)
    text_en = models.CharField(_("text in English"), max_length=200, blank=True)
    words = models.CharField(
        _("words"),
        max_length=200,
        blank=True,
        help_text=_("A budget line with one of these words shows this exclusion beside it: beer, wine."),
    )

    objects: ClassVar[models.Manager["Exclusion"]] = models.Manager()

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        ordering = ("edition", "order")
        constraints = [models.UniqueConstraint(name="one_exclusion_per_place", fields=["edition", "order"])]

    def __str__(self) -> str:
        return self.text

    def concerns(self, line: str) -> bool:
        """Whether a budget line names one of the words of this exclusion. Only to say so: people decide."""
        said = set(re.findall(r"\w+", line.lower()))
        return any(word in said for word in re.findall(r"\w+", self.words.lower()))


class Obligation(models.Model):
    """What the group has to do for the money. A decision may name these, and no other condition (Awb 4:37-4:39)."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="obligations")
    key = models.UUIDField(default=uuid4, editable=False)
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=80, blank=True)
    text = models.TextField(_("text"))
    text_en = models.TextField(_("text in English"), blank=True)

    objects: ClassVar[models.Manager["Obligation"]] = models.Manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ("edition", "order")
        constraints = [models.UniqueConstraint(name="one_obligation_per_place", fields=["edition", "order"])]

    def __str__(self) -> str:
        return self.title
