"""A known number is the phone number of a holder at the moment the money was promised: the one to call back on.

Whoever changes an IBAN may have changed the phone number too, so what a Person says now is no proof of anything.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models.commitment import Commitment
from web.models import Person


class KnownNumber(models.Model):
    """Never changed, only erased with its person."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="known_numbers", editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True, editable=False)

    objects: ClassVar[models.Manager["KnownNumber"]] = models.Manager()

    class Meta:
        verbose_name = _("known number")
        constraints = [
            models.UniqueConstraint(name="one_known_number_per_holder", fields=["commitment", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.phone}"

    @property
    def has_changed(self) -> bool:
        """Whether this person says another number now. Spaces and dashes make no other number."""
        return digits(self.person.now.phone) != digits(self.phone)


def digits(phone: str) -> str:
    return "".join(filter(str.isdigit, phone))
