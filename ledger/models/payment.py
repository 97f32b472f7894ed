"""A payment is one instalment of a commitment: planned, put on its way, and confirmed or sent back by the bank.

Its status and the ledger move in one transaction. What came back is planned again as a payment with a new number,
so that the bank's answers never speak of two payments at once (`EndToEndId` is the number).
"""

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.models.account import At
from ledger.models.commitment import Commitment
from ledger.models.commitments import LOOKERS
from ledger.models.payee import Payee
from ledger.models.posting import Move, Posting
from ledger.models.purse import Purse
from web import clock
from web.amounts import from_cents
from web.models import Person, Seat

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, person: Person | None) -> Self:
        """The group sees its own, seat holders see their funder's."""
        held = Commitment.objects.held_by(person).filter(pk=OuterRef("commitment"))
        seat = Seat.objects.of(person, *LOOKERS).filter(funder=OuterRef("commitment__budget__funder"))
        return self.filter(Q(Exists(held)) | Q(Exists(seat)))

    def at_funders(self, funders: Any) -> Self:
        """Those of these funders (ids, or a subquery of ids)."""
        return self.filter(commitment__budget__funder__in=funders)

    def planned(self) -> Self:
        """Promised, and not yet put on its way."""
        return self.filter(status=Payment.Status.PLANNED)

    def to_pay(self) -> Self:
        """Planned, and the bank details may be used."""
        return self.planned().filter(Exists(self._usable()))

    def waiting(self) -> Self:
        """Planned, but there are no bank details yet, or a changed IBAN waits for a second person."""
        return self.planned().exclude(Exists(self._usable()))

    def on_their_way(self) -> Self:
        """With the bank. What stays here for days needs a look."""
        return self.filter(status=Payment.Status.ON_ITS_WAY)

    def counts(self) -> dict[str, int]:
        """How many are to be paid, on their way and waiting; one query."""
        planned, usable = Q(status=Payment.Status.PLANNED), Q(Exists(self._usable()))
        return self.filter(status__in=(Payment.Status.PLANNED, Payment.Status.ON_ITS_WAY)).aggregate(
            to_pay=Count("pk", filter=planned & usable),
            on_their_way=Count("pk", filter=Q(status=Payment.Status.ON_ITS_WAY)),
            waiting=Count("pk", filter=planned & ~usable),
        )

    def for_worklist(self) -> Self:
        """With the commitment and whom to pay."""
        now = Payee.objects.filter(replaced_at=None)
        payees = Prefetch("commitment__payees", queryset=now, to_attr="payees_now")
        return self.select_related("commitment__budget", "payee").prefetch_related(payees)

    @staticmethod
    def _usable() -> models.QuerySet[Payee]:
        return Payee.objects.filter(commitment=OuterRef("commitment"), replaced_at=None).usable()

    def cut(self, cents: int) -> None:
        """Take `cents` off these planned payments, the last one first: that money was released."""
        for payment in self.order_by("-pk"):
            taken = min(cents, payment.cents)
            if taken == payment.cents:
                payment.move_to(Payment.Status.DROPPED)
            elif taken:
                self.filter(pk=payment.pk).update(cents=payment.cents - taken)
            cents -= taken


class Payment(models.Model):
    """One instalment, in cents. `number` is what the bank sends back to us."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        ON_ITS_WAY = "on_its_way", _("on its way")
        CONFIRMED = "confirmed", _("paid")
        CAME_BACK = "came_back", _("came back")
        DROPPED = "dropped", _("not paid, released")

    # The only steps there are. A bank may send money back days after it confirmed.
    NEXT: ClassVar[dict[str, set[str]]] = {
        Status.PLANNED: {Status.ON_ITS_WAY, Status.DROPPED},
        Status.ON_ITS_WAY: {Status.CONFIRMED, Status.CAME_BACK},
        Status.CONFIRMED: {Status.CAME_BACK},
        Status.CAME_BACK: set(),
        Status.DROPPED: set(),
    }

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="payments", editable=False)
    number = models.CharField(_("number"), max_length=35, editable=False)
    cents = models.BigIntegerField(editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    planned_at = models.DateTimeField(default=clock.now, editable=False)
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="payments", null=True, editable=False)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    confirmed_on = models.DateField(null=True, editable=False)
    came_back_on = models.DateField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)

    postings: "RelatedManager[Posting]"
    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(name="a_payment_number_is_used_once", fields=["number"]),
            models.CheckConstraint(name="a_payment_is_more_than_nothing", condition=Q(cents__gt=0)),
            models.CheckConstraint(
                name="nothing_is_paid_without_a_payee",
                condition=Q(status__in=["planned", "dropped"]) | Q(payee__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_confirmed_payment_has_the_banks_date",
                condition=~Q(status="confirmed") | Q(confirmed_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="payments_by_status")]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def amount(self) -> Money:
        return from_cents(self.cents)

    def can_become(self, status: Status) -> bool:
        return status in self.NEXT[self.Status(self.status)]

    @property
    def typed_amount(self) -> str:
        """As a bank's page wants it typed: 1250,50."""
        return f"{self.cents // 100},{self.cents % 100:02}"

    @property
    def pays(self) -> Payee | None:
        """Whom it was paid to, or would be paid to now. After `for_worklist()` this asks no query."""
        if self.payee:
            return self.payee
        known = getattr(self.commitment, "payees_now", None)
        return self.commitment.payee if known is None else next(iter(known), None)

    @property
    def days_waiting(self) -> int:
        """Since it was planned or, once on its way, since it was sent."""
        since = self.sent_at or self.planned_at
        return (clock.today() - timezone.localdate(since)).days

    @property
    def description(self) -> str:
        """What stands on the group's bank statement."""
        return f"{self.commitment.reference} {self.number}"

    @property
    def thread(self) -> int | None:
        return self.commitment.thread

    @property
    def strand(self) -> int | None:
        return self.commitment.strand

    @property
    def funder_id(self) -> int:
        return self.commitment.funder_id

    def move_to(self, status: "Payment.Status", **changes: Any) -> None:
        """Take the next step, unless someone else has just taken one."""
        before = self.Status(self.status)
        if status not in self.NEXT[before]:
            words = {"before": before.label, "after": status.label}
            raise ValidationError(_("A payment that is “%(before)s” can't become “%(after)s”.") % words)
        if not Payment.objects.filter(pk=self.pk, status=before).update(status=status, **changes):
            raise ValidationError(_("Someone else has just changed this payment."))
        self.refresh_from_db()

    @transaction.atomic
    def put_on_its_way(self, *, by: Person) -> None:
        """A treasurer has given it to the bank. Refused without a payee, or while a changed IBAN waits."""
        payee = self.commitment.payee
        if payee is None:
            raise ValidationError(_("There are no bank details yet."))
        if payee.waits_for_second_person:
            raise ValidationError(_("The IBAN was changed. A second person has to check it first."))
        self.move_to(self.Status.ON_ITS_WAY, payee=payee, sent_by=by, sent_at=clock.now())
        self._move(Posting.Kind.PAY, At.PROMISED, At.ON_ITS_WAY, by=by)

    @transaction.atomic
    def confirm(self, *, on: datetime.date, by: Person) -> None:
        """The bank has paid it on this day. It also comes in in the group's cash book."""
        self._not_before_it_was_sent(on)
        self.move_to(self.Status.CONFIRMED, confirmed_on=on)
        there = At.GIVEN if self.commitment.is_fixed else At.ADVANCED
        self._move(Posting.Kind.CONFIRM, At.ON_ITS_WAY, there, by=by, effective_date=on)
        Purse.objects.take_in(self)

    @transaction.atomic
    def came_back(self, *, on: datetime.date, reason: str, by: Person) -> "Payment":
        """The bank sent it back, or wouldn't take it. The money is promised again: the new payment is returned."""
        self._not_before_it_was_sent(on)
        was_confirmed = self.status == self.Status.CONFIRMED
        self.move_to(self.Status.CAME_BACK, came_back_on=on, reason=reason)
        if was_confirmed:
            self.postings.get(kind=Posting.Kind.CONFIRM).reverse(by=by)
            Purse.objects.take_out(self)
        self._move(Posting.Kind.CAME_BACK, At.ON_ITS_WAY, At.PROMISED, by=by, effective_date=on)
        return self.commitment.plan_payments([self.amount])[0]

    def _move(self, kind: Posting.Kind, from_: At, to: At, **fields: Any) -> None:
        commitment = self.commitment
        move = Move(commitment.account(from_), commitment.account(to), self.cents)
        commitment.posting(kind, payment=self, **fields).post(move)
        commitment.forget_balances()

    def _not_before_it_was_sent(self, on: datetime.date) -> None:
        if on > clock.today():
            raise ValidationError(_("That day is still to come."))
        if self.sent_at and on < timezone.localdate(self.sent_at):
            raise ValidationError(_("The bank can't have done this before the payment was sent."))
