"""An extension: the one notice that an answer takes longer than was promised, and by which day it comes (Awb 4:14)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.clock import Longer
from web.clock import today
from web.models import Person


class Extension(models.Model):
    """Once for an application: the residents were promised a day, and a second promise must hold."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="extension")
    told_on = models.DateField(default=today)
    before = models.DateField()
    until = models.DateField()
    reason = models.TextField(_("why it takes longer"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Extension"]] = models.Manager()

    class Meta:
        verbose_name = _("extension")
        constraints = [
            models.CheckConstraint(name="an_extension_gives_more_time", condition=Q(until__gt=F("before"))),
            models.CheckConstraint(name="an_extension_comes_in_time", condition=Q(told_on__lte=F("before"))),
            models.CheckConstraint(name="an_extension_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.until}"

    @property
    def longer(self) -> Longer:
        return Longer(self.told_on, self.until)
