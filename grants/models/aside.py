"""Aside: somebody who stepped aside from an application, because they live in its street (Awb 2:4)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from web import clock
from web.models import Person


class Lives(models.TextChoices):
    """Asked once for each judgement."""

    ELSEWHERE = "no", _("No")
    HERE = "yes", _("Yes, so a colleague takes it over")


class Aside(models.Model):
    """From then on they neither judge it, nor advise or decide on it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="asides")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Aside"]] = models.Manager()

    class Meta:
        verbose_name = _("stepped aside")
        constraints = [models.UniqueConstraint(name="nobody_steps_aside_twice", fields=["application", "person"])]

    def __str__(self) -> str:
        return f"{self.application} · {self.person}"

    @classmethod
    def step(cls, application: Application, *, by: Person) -> None:
        """`by` has nothing to do with it any more; it is on nobody's desk if it was on theirs."""
        cls.objects.get_or_create(application=application, person=by)
        application.draft_reviews.filter(by=by).delete()
        if Application.objects.filter(pk=application.pk, officer=by).update(officer=None):
            application.officer = None
