"""A commitment is a promise in the books: money of one budget for one group, until it is given, fixed or released.

The ledger doesn't know what was asked or why. `reference`, `label`, `page`, `thread` and `strand` are what it is told.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.models.account import Account, At
from ledger.models.commitments import PLACES, CommitmentQuerySet
from ledger.models.posting import Move, Posting
from web import clock
from web.amounts import from_cents, in_cents
from web.models import Person

if TYPE_CHECKING:
    import datetime
    import uuid

    from django.db.models.fields.related_descriptors import RelatedManager

    from ledger.models.known_number import KnownNumber
    from ledger.models.payee import Payee
    from ledger.models.payment import Payment, PaymentQuerySet


class Commitment(models.Model):
    """What was promised to one group from one budget. Who decided on it, or raised it later, can't pay it out."""

    budget = models.ForeignKey("ledger.Budget", models.PROTECT, related_name="commitments", editable=False)
    reference = models.CharField(_("reference"), max_length=60, editable=False)
    label = models.CharField(_("what for"), max_length=200, editable=False)
    thread = models.BigIntegerField(null=True, db_index=True, editable=False)
    strand = models.BigIntegerField(null=True, editable=False)
    page = models.CharField(max_length=200, blank=True, editable=False)
    fixed_at_once = models.BooleanField(editable=False)
    fixed_on = models.DateField(null=True, editable=False)
    imported = models.BooleanField(default=False, editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, editable=False)
    decided_with = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, editable=False)
    raised_by = models.ManyToManyField(Person, related_name="+", editable=False)  # whoever decided on more, each time
    holders = models.ManyToManyField(Person, related_name="commitments", editable=False)
    group = models.ManyToManyField(Person, related_name="+", editable=False)  # none of them checks or pays it
    promised_at = models.DateTimeField(default=clock.now, editable=False)
    known_from = models.DateTimeField(default=clock.now, editable=False)  # before that, to its funder alone

    accounts: "RelatedManager[Account]"
    payments: "RelatedManager[Payment]"
    payees: "RelatedManager[Payee]"
    known_numbers: "RelatedManager[KnownNumber]"
    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def __str__(self) -> str:
        return f"{self.reference} {self.label}"

    @property
    def funder_id(self) -> int:
        return self.budget.funder_id

    @property
    def is_fixed(self) -> bool:
        """Whether what is paid is final at once: no longer the funder's (Awb 4:49)."""
        return self.fixed_at_once or self.fixed_on is not None

    @property
    def payee(self) -> "Payee | None":
        """Who is paid now; earlier bank details stay as rows of their own."""
        return self.payees.filter(replaced_at=None).first()

    # What is where, as Money. After `with_balances()` these ask no query.
    @property
    def promised(self) -> Money:
        return from_cents(self.cents(At.PROMISED))

    @property
    def on_its_way(self) -> Money:
        return from_cents(self.cents(At.ON_ITS_WAY))

    @property
    def given(self) -> Money:
        return from_cents(self.cents(At.GIVEN))

    @property
    def advanced(self) -> Money:
        return from_cents(self.cents(At.ADVANCED))

    @property
    def to_recover(self) -> Money:
        return from_cents(self.cents(At.TO_RECOVER))

    @property
    def paid(self) -> Money:
        """What the bank has paid and hasn't come back."""
        return from_cents(self.cents(At.GIVEN, At.ADVANCED, At.TO_RECOVER))

    @property
    def total(self) -> Money:
        """All that is in this commitment now, wherever it is."""
        return from_cents(self.cents(*PLACES))

    def cents(self, *kinds: At) -> int:
        """The sum of the balances of these kinds, in cents."""
        if "promised_cents" in self.__dict__:
            return sum(self.__dict__[f"{kind}_cents"] for kind in kinds)
        return sum(self.accounts.filter(kind__in=kinds).values_list("balance", flat=True))

    def account(self, kind: At) -> Account:
        return Account.objects.at(kind, budget=self.budget, commitment=self)

    def open_accounts(self) -> dict[At, Account]:
        """Open the accounts every commitment needs, in one query; the rare ones open when money gets there."""
        kinds = (At.PROMISED, At.ON_ITS_WAY, At.GIVEN if self.fixed_at_once else At.ADVANCED)
        rows = [Account(kind=kind, budget_id=self.budget_id, commitment=self) for kind in kinds]
        return dict(zip(kinds, Account.objects.bulk_create(rows), strict=True))

    def plan_payments(self, amounts: Sequence[Money]) -> list["Payment"]:
        """Plan one payment for each amount, numbered on from those there are. They add up to what is promised."""
        if sum(map(in_cents, amounts)) != self.cents(At.PROMISED) - sum(p.cents for p in self.planned()):
            raise ValidationError(_("The instalments don't add up to what is promised."))
        return [
            self.payments.create(number=f"{self.pk}-{nth}", cents=in_cents(amount))
            for nth, amount in enumerate(amounts, start=self.payments.count() + 1)
        ]

    def release(self, *, by: Person, amount: Money | None = None) -> Posting | None:
        """What will never be paid goes back to the budget: all that is still promised, or `amount` of it."""
        return self._release(self.cents(At.PROMISED) if amount is None else in_cents(amount), by=by)

    @transaction.atomic
    def _release(self, cents: int, *, by: Person) -> Posting | None:
        if not cents:
            return None
        move = Move(self.account(At.PROMISED), self.budget.account(At.AVAILABLE), cents)
        posting = self.posting(Posting.Kind.RELEASE, by=by).post(move, otherwise=_("Less than that is still promised."))
        self.planned().cut(cents)
        return self._booked(posting)

    @transaction.atomic
    def fix(self, amount: Money, *, decision_ref: str, by: Person) -> None:
        """Fix the grant at `amount` (Awb 4:46): what was paid becomes final, what was too much is to be recovered.

        What is promised and not needed any more is released; the rest of it is paid later, as final money.
        Asking money back needs `decision_ref`: the database refuses it otherwise.
        """
        self._may_be_fixed(amount)
        final = in_cents(amount)
        paid, promised = self.cents(At.ADVANCED), self.cents(At.PROMISED)
        ways = ((At.GIVEN, min(final, paid)), (At.TO_RECOVER, max(0, paid - final)))
        advanced = self.account(At.ADVANCED)
        moves = [Move(advanced, self.account(kind), cents) for kind, cents in ways if cents]
        if moves:
            self.posting(Posting.Kind.FIX, by=by, decision_ref=decision_ref).post(*moves)
        self._release(promised - max(0, final - paid), by=by)
        self.refresh_from_db(fields=["fixed_on"])
        self.forget_balances()

    def _may_be_fixed(self, amount: Money) -> None:
        if self.cents(At.ON_ITS_WAY):
            raise ValidationError(_("A payment is on its way. Wait until the bank has confirmed it."))
        if in_cents(amount) > self.cents(*PLACES):
            raise ValidationError(_("That is more than was promised."))
        unfixed = Commitment.objects.filter(pk=self.pk, fixed_at_once=False, fixed_on=None)
        if not unfixed.update(fixed_on=clock.today()):
            raise ValidationError(_("This grant is fixed already."))

    def given_already(self, amount: Money, *, on: "datetime.date", by: Person, key: "uuid.UUID") -> Posting:
        """Book what an older register says was given, without a payment of ours. The same `key` books once."""
        if not self.imported:
            raise ValidationError(_("Only what was taken over from an older register is booked like this."))
        before = Posting.objects.filter(key=key).first()
        move = Move(self.account(At.PROMISED), self.account(At.GIVEN), in_cents(amount))
        posting = self.posting(Posting.Kind.GIVEN_ALREADY, by=by, key=key, effective_date=on)
        return before or self._booked(posting.post(move))

    def reclaim(self, amount: Money, *, decision_ref: str, by: Person) -> Posting:
        """Ask back what was given: only for fraud and the like (Awb 4:49), with a decision."""
        move = Move(self.account(At.GIVEN), self.account(At.TO_RECOVER), in_cents(amount))
        return self._booked(self.posting(Posting.Kind.RECLAIM, by=by, decision_ref=decision_ref).post(move))

    def recovered(self, amount: Money, *, on: "datetime.date", by: Person) -> Posting:
        """Money that had to come back has come back."""
        move = Move(self.account(At.TO_RECOVER), self.budget.account(At.AVAILABLE), in_cents(amount))
        return self._booked(self.posting(Posting.Kind.RECOVERED, by=by, effective_date=on).post(move))

    def given_back(self, amount: Money, *, on: "datetime.date", by: Person) -> Posting:
        """The group gave money back of its own accord."""
        move = Move(self.account(At.GIVEN), self.budget.account(At.AVAILABLE), in_cents(amount))
        return self._booked(self.posting(Posting.Kind.GIVEN_BACK, by=by, effective_date=on).post(move))

    def posting(self, kind: Posting.Kind, **fields: Any) -> Posting:
        """A posting about this commitment, not yet written."""
        return Posting(kind=kind, budget_id=self.budget_id, commitment=self, **fields)

    def planned(self) -> "PaymentQuerySet":
        from ledger.models.payment import Payment  # noqa: PLC0415  # payments stand on commitments

        return Payment.objects.filter(commitment=self).planned()

    def forget_balances(self) -> None:
        for kind in PLACES:
            self.__dict__.pop(f"{kind}_cents", None)  # what `with_balances()` read is old now

    def _booked(self, posting: Posting) -> Posting:
        self.forget_balances()
        return posting
