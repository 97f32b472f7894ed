"""A promise: what somebody of the fund said they would do for the residents, and by which day."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.strand import OfApplication
from web import clock
from web.models import Person


class PromiseQuerySet(models.QuerySet["Promise"]):
    def open(self) -> Self:
        """Neither kept nor excused."""
        return self.filter(kept_on=None, excuse="")

    def due_first(self) -> Self:
        """With who made it; what has to be done first stands first."""
        return self.select_related("owner").order_by("until", "pk")

    def for_page(self) -> Self:
        return self.due_first().select_related("application__plan", "application__scheme__funder")


class Promise(OfApplication):
    """`owner` does it. Once kept, or excused with a sentence that the residents read, it stays so."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="promises")
    what = models.CharField(_("what was promised"), max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="promises")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField(default=clock.today)
    until = models.DateField(_("by which day"))
    kept_on = models.DateField(null=True)
    excused_on = models.DateField(null=True)
    excuse = models.CharField(_("why not"), max_length=300, blank=True)

    objects: ClassVar[PromiseQuerySet] = PromiseQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("promise")
        constraints = [
            models.CheckConstraint(name="a_promise_is_kept_or_excused", condition=Q(kept_on=None) | Q(excuse="")),
            models.CheckConstraint(
                name="an_excuse_has_its_day",
                condition=Q(excuse="", excused_on=None) | (~Q(excuse="") & Q(excused_on__isnull=False)),
            ),
            models.CheckConstraint(name="a_promise_says_what", condition=~Q(what="")),
        ]
        indexes = [
            models.Index(fields=["owner", "until"], name="promises_due_first", condition=Q(kept_on=None, excuse="")),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and not self.excuse

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.until < clock.today()

    def change(self, **changes: object) -> None:
        """While it is open: of two at once one does it, the other is told so."""
        if not Promise.objects.open().filter(pk=self.pk).update(**changes):
            raise ValidationError(_("Somebody has just done this. Look again."))
        for name, value in changes.items():
            setattr(self, name, value)
