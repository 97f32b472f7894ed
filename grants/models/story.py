"""A story: how it went, in the group's own words. One per plan, shared by all its funders."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.plan import Plan
from web import clock
from web.models import Person


class Story(models.Model):
    """Did it work? The Quick track asks no more than that."""

    class Worked(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="story")
    worked = models.CharField(_("Did it work?"), max_length=6, choices=Worked)
    best = models.TextField(_("What did you like best?"), blank=True)
    left_over = MoneyField(
        _("How much money is left, about?"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        default_currency="EUR",
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="stories")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Story"]] = models.Manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_worked_display()}"

    @property
    def thread(self) -> int:
        return self.plan_id


class StoryPhoto(models.Model):
    """A picture with a story, made safe (web/pictures.py); seen by the group and the funders it asked."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="photos")
    picture = models.FileField(upload_to="stories/%Y/%m/", max_length=200)

    class Meta:
        verbose_name = _("photo with a story")

    def __str__(self) -> str:
        return str(self.picture)
