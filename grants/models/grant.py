"""A grant: what an award makes of an application. Its money lives in the ledger, as a Commitment."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.decision import Decision
from ledger.models import Commitment
from web.clock import today
from web.models import Person


class Grant(models.Model):
    """Fixed at once (final, never asked back for being unspent), or awarded first and fixed afterwards (Awb 4:42)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="grant")
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="grant")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="grant")
    fixed_on = models.DateField(_("fixed on"), null=True, blank=True)
    stopped_on = models.DateField(_("it isn't happening since"), null=True, blank=True)

    objects: ClassVar[models.Manager["Grant"]] = models.Manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")

    def __str__(self) -> str:
        return str(self.application)

    def release(self, *, by: Person) -> None:
        """The promise is given back to the budget. Refused, with a sentence, once money is on its way or paid."""
        if self.commitment.on_its_way or self.commitment.paid:
            raise ValidationError(
                _("The money has been paid already, or is on its way. Call us, then we look at it together.")
            )
        self.commitment.release(by=by)
        self.stopped_on = today()
        self.save(update_fields=["stopped_on"])

    @property
    def thread(self) -> int:
        return self.application.plan_id

    @property
    def strand(self) -> int:
        return self.application_id

    @property
    def funder_id(self) -> int:
        return self.application.funder_id

    @property
    def fixed_at_once(self) -> bool:
        return self.commitment.fixed_at_once
