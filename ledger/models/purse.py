"""A purse is a group's own cash book: in, out, left. It is theirs, not the funder's, until they hand it in.

One per plan (`thread`), whatever the number of funders. Its in-side fills itself when the bank confirms a payment.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.models.account import Account, At
from ledger.models.commitment import Commitment
from ledger.models.expense import Expense
from web import clock
from web.amounts import from_cents
from web.models import Funder, Person, Seat

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from ledger.models.payment import Payment

# Who may look into a purse that was handed in. Until then it is the group's alone.
READERS = (Seat.Role.OFFICER, Seat.Role.AUDITOR)


@dataclass(frozen=True)
class Sums:
    """In and out of a cash book."""

    received: Money
    spent: Money

    @property
    def left(self) -> Money:
        return self.received - self.spent

    @property
    def advanced(self) -> Money | None:
        """What the group paid out of its own pockets so far, when that is more than came in."""
        return -self.left if self.left.amount < 0 else None


class PurseQuerySet(models.QuerySet["Purse"]):
    def visible_to(self, person: Person | None) -> Self:
        """Its keepers; once handed in also officers and auditors of a funder that gave to this plan."""
        seats = Seat.objects.of(person, *READERS).values("funder")
        gave = Commitment.objects.filter(thread=OuterRef("thread"), budget__funder__in=seats)
        kept = Q(Exists(self._keeping(person))) & Q(Exists(self._known()))
        return self.filter(kept | Q(Exists(gave), handed_in_at__isnull=False))

    def kept_by(self, person: Person | None) -> Self:
        """The purses this person writes in."""
        return self.filter(Exists(self._keeping(person)), Exists(self._known()))

    def hand_over(self, *, thread: int, keepers: Iterable[Person]) -> None:
        """From now on these people write in the cash book of this plan, and nobody else."""
        people = list(keepers)
        for purse in self.filter(thread=thread):
            purse.keepers.set(people)

    @staticmethod
    def _known() -> models.QuerySet[Commitment]:
        """Of a plan to which something was promised that the group knows of."""
        return Commitment.objects.known().filter(thread=OuterRef("thread"))

    @staticmethod
    def _keeping(person: Person | None) -> models.QuerySet[Any]:
        rows = Purse.keepers.through.objects.filter(purse_id=OuterRef("pk"))
        return rows.filter(Q(person=person) | Q(person__became=person)) if person else rows.none()

    @transaction.atomic
    def open(self, *, thread: int, label: str, page: str, asked: bool, keepers: Iterable[Person]) -> "Purse":
        """The purse of a plan: made when the first grant needs it, and the same one for every next grant.

        Money the bank confirmed before there was a purse comes in at once.
        """
        purse, _new = self.get_or_create(thread=thread, defaults={"label": label, "page": page, "asked": asked})
        if asked and not purse.asked:
            purse.asked = True
            purse.save(update_fields=["asked"])
        purse.keepers.add(*keepers)
        for commitment in Commitment.objects.filter(thread=thread).prefetch_related("payments"):
            for payment in commitment.payments.all():
                if payment.status == payment.Status.CONFIRMED:
                    self.take_in(payment)
        return purse

    def take_in(self, payment: "Payment") -> None:
        """A confirmed payment comes in, once. Nothing happens when the plan has no purse (yet)."""
        if purse := self._of(payment):
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"payment {payment.pk} in")
            fields = {"purse": purse, "on": payment.confirmed_on, "cents": payment.cents, "payment": payment}
            Expense.objects.get_or_create(key=key, defaults=fields | {"direction": Expense.Direction.IN})

    def take_out(self, payment: "Payment") -> None:
        """A confirmed payment came back after all: a counter-entry for what came in, once."""
        came_in = Expense.objects.filter(payment=payment, direction=Expense.Direction.IN).first()
        if came_in:
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"payment {payment.pk} out")
            Expense.objects.get_or_create(key=key, defaults=came_in.opposite() | {"on": payment.came_back_on})

    def _of(self, payment: "Payment") -> "Purse | None":
        thread = payment.commitment.thread
        return self.filter(thread=thread).first() if thread is not None else None


class Purse(models.Model):
    """The cash book of one group. `asked` is False where nobody asks for it: then filling it in is up to them."""

    thread = models.BigIntegerField(unique=True, editable=False)
    label = models.CharField(max_length=200, editable=False)
    page = models.CharField(max_length=200, blank=True, editable=False)
    asked = models.BooleanField(default=False, editable=False)
    keepers = models.ManyToManyField(Person, related_name="purses", editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)

    expenses: "RelatedManager[Expense]"
    objects: ClassVar[PurseQuerySet] = PurseQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("cash book")
        verbose_name_plural = _("cash books")

    def __str__(self) -> str:
        return self.label

    @property
    def received(self) -> Money:
        """All that came in, less what went back."""
        return self.sums().received

    @property
    def spent(self) -> Money:
        return self.sums().spent

    @property
    def left(self) -> Money:
        """What came in less what went out. Below zero: the group has advanced it themselves."""
        return self.sums().left

    def sums(self) -> Sums:
        """In and out, one query; a counter-entry counts against the side of the line it mends."""
        in_, out = Expense.Direction.IN, Expense.Direction.OUT
        mends = Q(reverses__isnull=False)
        cents = self.expenses.aggregate(
            received=Sum("cents", filter=Q(direction=in_) & ~mends, default=0),
            went_back=Sum("cents", filter=Q(direction=out) & mends, default=0),
            spent=Sum("cents", filter=Q(direction=out) & ~mends, default=0),
            mended=Sum("cents", filter=Q(direction=in_) & mends, default=0),
        )
        return Sums(from_cents(cents["received"] - cents["went_back"]), from_cents(cents["spent"] - cents["mended"]))

    @property
    def funder(self) -> Funder | None:
        """Who gave, when that is one funder: whom the group calls. None when there are several."""
        gave = list(Funder.objects.filter(budgets__commitments__thread=self.thread).distinct()[:2])
        return gave[0] if len(gave) == 1 else None

    @property
    def money_is_coming(self) -> bool:
        """Whether a funder still has money to pay on this plan: until then the group only advances."""
        still = Account.objects.filter(commitment__thread=self.thread, balance__gt=0)
        return still.filter(kind__in=(At.PROMISED, At.ON_ITS_WAY)).exists()

    @property
    def is_handed_in(self) -> bool:
        return self.handed_in_at is not None

    def hand_in(self) -> None:
        """Show it to the funders. From now on a mistake is mended by a counter-entry."""
        if not Purse.objects.filter(pk=self.pk, handed_in_at=None).update(handed_in_at=clock.now()):
            raise ValidationError(_("This cash book has been handed in already."))
        self.refresh_from_db()
