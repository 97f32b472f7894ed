"""An example: what a group did, shown to everybody because it wants that. Without names; taken back at any time."""

import re
from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.plan import Plan
from grants.models.scheme import Scheme
from grants.models.story import StoryPhoto
from web import clock
from web.models import Person

SHORTEST_NAME = 3  # letters: shorter ones are ordinary words too
BETWEEN_NAMES = frozenset({"van", "den", "der", "ten", "ter", "het", "von", "und"})  # no names, but ordinary words


class Example(models.Model):
    """It is there as long as it is shown. `photos`: those of the story in which everybody agrees."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="example")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="examples")
    title = models.CharField(_("title"), max_length=120)
    what = models.TextField(_("what they did"))
    amount = MoneyField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True, default=None, default_currency="EUR"
    )
    photos = models.ManyToManyField(StoryPhoto, related_name="examples", blank=True)
    shown_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["Example"]] = models.Manager()

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")

    def __str__(self) -> str:
        return " ".join(self.title.split())

    def get_absolute_url(self) -> str:
        return reverse("grants:example", args=[self.pk])

    @property
    def thread(self) -> int:
        return self.plan_id

    @staticmethod
    def names_in(text: str, plan: Plan) -> str:
        """The first name of somebody in the group that stands in `text`; nothing when there is none."""
        return name_in(text, (member.person for member in plan.members.select_related("person")))


def name_in(text: str, people: Iterable[Person]) -> str:
    """The first part of the name of one of these people that stands in `text`; nothing when there is none."""
    said = set(re.findall(r"\w+", text.lower()))
    parts = (part for person in people for part in re.findall(r"\w+", person.name))
    names = (part for part in parts if len(part) >= SHORTEST_NAME and part.lower() not in BETWEEN_NAMES)
    return next((name for name in names if name.lower() in said), "")
