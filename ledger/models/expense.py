"""An expense is one line in a group's cash book: money out, or money in. Amount and photo are enough."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
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
    def signed_cents(self) -> int:
        """As it counts: out is below zero."""
        return self.cents if self.direction == self.Direction.IN else -self.cents

    @property
    def thread(self) -> int:
        return self.purse.thread

    @property
    def is_from_the_bank(self) -> bool:
        """Came in by itself when the bank confirmed a payment; nobody typed it, so nobody changes it."""
        return self.payment_id is not None

    @property
    def is_theirs(self) -> bool:
        """Typed by the group itself: what the bank says and counter-entries stand as they are."""
        return not self.is_from_the_bank and self.reverses_id is None

    @classmethod
    def book(cls, purse: "Purse", *, key: uuid.UUID, **line: Any) -> "Expense":
        """Write one line. The same `key` again gives the line that is there: a double click books once."""
        try:
            with transaction.atomic():
                return cls.objects.get_or_create(purse=purse, key=key, defaults=line)[0]
        except IntegrityError as refused:
            raise ValidationError(
                _("This cash book has been handed in. Mend a line with a counter-entry.")
            ) from refused

    def change(self, **line: Any) -> None:
        """Write other values in this line, while the cash book has not been handed in."""
        self._refuse_what_the_bank_says()
        changed = Expense.objects.get(pk=self.pk)  # a refusal leaves this one as it was
        for name, value in line.items():
            setattr(changed, name, value)
        try:
            with transaction.atomic():
                changed.save()
        except IntegrityError as refused:
            raise ValidationError(
                _("This cash book has been handed in. Mend a line with a counter-entry.")
            ) from refused

    def take_away(self) -> None:
        """Take this line out, with its photo, while the cash book has not been handed in."""
        self._refuse_what_the_bank_says()
        photo = self.photo
        try:
            with transaction.atomic():
                self.delete()
        except IntegrityError as refused:
            raise ValidationError(
                _("This cash book has been handed in. Mend a line with a counter-entry.")
            ) from refused
        if photo:
            transaction.on_commit(lambda: photo.delete(save=False))

    def opposite(self) -> dict[str, Any]:
        """The fields of the counter-entry of this line."""
        other = self.Direction.OUT if self.direction == self.Direction.IN else self.Direction.IN
        return {"purse": self.purse, "direction": other, "cents": self.cents, "payment": self.payment, "reverses": self}

    def counter(self) -> "Expense":
        """Mend a line of a cash book that was handed in: the same amount the other way, once."""
        self._refuse_what_the_bank_says()
        try:
            with transaction.atomic():
                return Expense.objects.create(**self.opposite(), what=self.what)
        except IntegrityError as refused:
            raise ValidationError(_("This line has a counter-entry already.")) from refused

    def _refuse_what_the_bank_says(self) -> None:
        if self.is_from_the_bank:
            raise ValidationError(_("This line came from the bank. It can't be changed here."))
        if self.reverses_id is not None:
            raise ValidationError(_("This is a counter-entry. It can't be changed."))
