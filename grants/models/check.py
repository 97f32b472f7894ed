"""A check: a line of an edition's list of what the funder finds out itself before it reads a plan: may it be done here?

Made when a plan has one of its words. A line without words is made when residents say that permission is needed, or
that they don't know.
"""

import re
from typing import ClassVar
from uuid import uuid4

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition
from grants.models.page import Page, Permission

LONG = 5  # letters of a word that is also found inside another: "muziek" in "straatmuziek"


class Check(models.Model):
    """Frozen with its edition. `title` is a question: “May there be music on this square?”"""

    class Kind(models.TextChoices):
        PERMIT = "permit", _("a permit")
        LANDOWNER = "landowner", _("the owner of the land")
        PUBLIC_GROUND = "public", _("something on public ground")
        EVENT = "event", _("music or an event")
        ROAD = "road", _("a road that is closed")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="checks")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("what it is about"), max_length=9, choices=Kind)
    title = models.CharField(_("the question"), max_length=120, help_text=_("For instance: may the road be closed?"))
    title_en = models.CharField(_("the question in English"), max_length=120, blank=True)
    words = models.CharField(
        _("words"),
        max_length=200,
        blank=True,
        help_text=_(
            "A plan with one of these words gets this question: music, party. "
            "Empty: when residents say that permission is needed, or that they don’t know."
        ),
    )
    within = models.PositiveSmallIntegerField(
        _("found out within"), default=5, validators=[MinValueValidator(1)], help_text=_("Working days.")
    )

    objects: ClassVar[models.Manager["Check"]] = models.Manager()

    class Meta:
        verbose_name = _("question we find out")
        verbose_name_plural = _("what we find out")
        ordering = ("edition", "order")
        constraints = [models.UniqueConstraint(name="one_check_per_place", fields=["edition", "order"])]

    def __str__(self) -> str:
        return self.title

    def concerns(self, page: Page) -> bool:
        """Whether a plan's own words say so. Only to ask ourselves: people find out."""
        words = re.findall(r"\w+", self.words.lower())
        if not words:
            return page.words.get("permission", "") in {Permission.YES, Permission.DONT_KNOW}
        told = " ".join([*page.words.values(), *(line.what for line in page.lines)]).lower()
        said = set(re.findall(r"\w+", told))
        return any(word in said or (len(word) >= LONG and word in told) for word in words)
