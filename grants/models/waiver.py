"""A waiver: a rule of the scheme that doesn't hold for a while, with the reason, for everybody to read.

Only rules that the scheme made itself: those of the law, of privacy and of safety can't be waived.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.edition import Edition


class Waiver(models.Model):
    """Belongs to an edition; `until` is the last day without the rule."""

    class Rule(models.TextChoices):
        MEMBERS = "members", _("how many people ask together")
        ADDRESSES = "addresses", _("that they live at different addresses")
        OVERVIEW = "overview", _("the overview of what was spent")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="waivers")
    key = models.UUIDField(default=uuid4, editable=False)
    rule = models.CharField(_("rule"), max_length=9, choices=Rule)
    reason = models.CharField(_("why it doesn't hold"), max_length=200)
    reason_en = models.CharField(_("why it doesn't hold, in English"), max_length=200, blank=True)
    until = models.DateField(_("until"))

    objects: ClassVar[models.Manager["Waiver"]] = models.Manager()

    class Meta:
        verbose_name = _("waived rule")
        verbose_name_plural = _("waived rules")
        ordering = ("edition", "rule")
        constraints = [
            models.UniqueConstraint(name="a_rule_is_waived_once", fields=["edition", "rule"]),
            models.CheckConstraint(name="waiving_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()
