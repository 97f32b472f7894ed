"""A letter: what was written to the residents about their application, kept exactly as it was sent."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from web import clock
from web.models import Person


class Letter(models.Model):
    """Subject, text and the PDF's bytes. Never edited: a mistake is mended by another letter."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters")
    to = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    event = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    pdf = models.BinaryField()
    written_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Letter"]] = models.Manager()

    class Meta:
        verbose_name = _("letter")
        ordering = ("written_at", "pk")

    def __str__(self) -> str:
        return self.subject

    @property
    def thread(self) -> int:
        return self.application.plan_id

    @property
    def strand(self) -> int:
        return self.application_id
