"""A confirmation is how residents said of a plan that a helper wrote down: this is ours, send it.

Kept for good with the application, or with its completion when the plan came back and the helper wrote again: how it
was said, on whose device, and for whom. Only then the plan is sent.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.completion import Completion
from web import clock
from web.models import Person


class Confirmation(models.Model):
    """`by` did it; at a helper's desk that is the helper, and `on_behalf_of` the resident who said yes."""

    class How(models.TextChoices):
        HERE = "here", _("with their name, on the helper’s device")
        LINK = "link", _("with the link from our mail")
        CODE = "code", _("with a code, read out to the helper")
        PAPER = "paper", _("with a signature on paper")

    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="confirmation")
    completion = models.OneToOneField(Completion, models.PROTECT, null=True, related_name="confirmation")
    how = models.CharField(max_length=5, choices=How)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name as it was typed"), max_length=200, blank=True)
    statement = models.TextField(_("what the helper states"), blank=True)
    picture = models.FileField(upload_to="signatures/%Y/%m/", max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["Confirmation"]] = models.Manager()

    class Meta:
        verbose_name = _("confirmation")
        constraints = [
            models.CheckConstraint(
                name="of_a_plan_or_of_its_completion",
                condition=Q(application=None, completion__isnull=False) | Q(application__isnull=False, completion=None),
            ),
            models.CheckConstraint(
                name="only_by_link_without_a_helper",
                condition=Q(how="link", on_behalf_of=None) | (~Q(how="link") & Q(on_behalf_of__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.get_how_display()}"

    @property
    def of(self) -> Application:
        """What was sent with it, for the first time or again."""
        return self.application or self.completion.wait.application  # type: ignore[union-attr]  # it is of one of the two

    @property
    def thread(self) -> int:
        return self.of.plan_id

    @property
    def resident(self) -> Person:
        """Who said yes."""
        return self.on_behalf_of or self.by
