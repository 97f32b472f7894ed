"""An expense is one line in a group's cash book: money out, or money in. Amount and photo are enough."""

import datetime
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from web import clock
from web.amounts import from_cents

if TYPE_CHECKING:
    from ledger.models.purse import Purse


def where_receipts_are(expense: "Expense", _name: str) -> str:
    """A path that tells nothing and can't be guessed."""
    return f"receipts/{expense.purse_id}/{uuid.uuid4().hex}.jpg"


class Expense(models.Model):
    """One line, in cents. May be changed until the cash book is handed in; then only a counter-entry mends it."""

    class Direction(models.TextChoices):
        IN = "in", _("in")
        OUT = "out", _("out")

    purse = models.ForeignKey("ledger.Purse", models.PROTECT, related_name="expenses", editable=False)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.OUT)
    cents = models.BigIntegerField()
    on = models.DateField(_("date"), default=clock.today)
    what = models.CharField(_("what for"), max_length=200, blank=True)
    photo = models.FileField(_("photo of the receipt"), upload_to=where_receipts_are, blank=True)
    payment = models.ForeignKey("ledger.Payment", models.PROTECT, related_name="+", null=True, editable=False)
    reverses = models.OneToOneField("self", models.PROTECT, related_name="reversed_by", null=True, editable=False)
    booked_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["Expense"]] = models.Manager()

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        constraints = [
            models.UniqueConstraint(name="an_expense_is_booked_once", fields=["key"]),
            models.CheckConstraint(name="an_expense_is_more_than_nothing", condition=Q(cents__gt=0)),
        ]
        indexes = [models.Index(fields=["purse", "-on", "-id"], name="expenses_of_a_purse")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.amount}"

    @property
    def amount(self) -> Money:
        return from_cents(self.cents)

    @property
    def thread(self) -> int:
        return self.purse.thread

    @property
    def is_from_the_bank(self) -> bool:
        """Came in by itself when the bank confirmed a payment; nobody typed it, so nobody changes it."""
        return self.payment_id is not None

    @classmethod
    def book(
        cls,
        purse: "Purse",
        *,
        key: uuid.UUID,
        direction: str,
        cents: int,
        on: datetime.date,
        what: str,
        photo: ContentFile[bytes] | None,
    ) -> "Expense":
        """Write one line. The same `key` again gives the line that is there: a double click books once."""
        if purse.is_handed_in:
            raise ValidationError(_("This cash book has been handed in. Mend a line with a counter-entry."))
        fields: dict[str, Any] = {"direction": direction, "cents": cents, "on": on, "what": what}
        try:
            with transaction.atomic():
                return cls.objects.get_or_create(purse=purse, key=key, defaults=fields | {"photo": photo or ""})[0]
        except IntegrityError as refused:
            raise ValidationError(_("This line can't be booked here.")) from refused

    def opposite(self) -> dict[str, Any]:
        """The fields of the counter-entry of this line."""
        other = self.Direction.OUT if self.direction == self.Direction.IN else self.Direction.IN
        return {"purse": self.purse, "direction": other, "cents": self.cents, "payment": self.payment, "reverses": self}

    def counter(self, *, key: uuid.UUID) -> "Expense":
        """Mend a line of a cash book that was handed in: the same amount the other way, once."""
        try:
            with transaction.atomic():
                return Expense.objects.get_or_create(key=key, defaults=self.opposite() | {"what": self.what})[0]
        except IntegrityError as refused:
            raise ValidationError(_("This line has a counter-entry already.")) from refused
