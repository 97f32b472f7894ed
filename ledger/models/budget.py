"""A budget is what a funder has for one purpose in one year, with what its bookkeeping wants to know about it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.models.account import Account, At
from ledger.models.commitment import Commitment
from ledger.models.commitments import LOOKERS
from ledger.models.known_number import KnownNumber
from ledger.models.posting import Move, Posting
from web import clock
from web.amounts import from_cents, in_cents, write_amount
from web.models import Funder, Person, Seat

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


@dataclass(frozen=True)
class Cards:
    """The plain sums a treasurer sees. `budget` is what was set; the others add up to it."""

    budget: Money
    reserved: Money
    promised: Money
    on_its_way: Money
    given: Money
    advanced: Money
    to_recover: Money
    available: Money

    @classmethod
    def of(cls, cents: dict[str, int]) -> Self:
        """`cents`: the sum per kind of account; funding stands below zero by what the budget is."""
        whole = cents | {"budget": -cents.get(At.FUNDING, 0)}
        return cls(**{field.name: from_cents(whole.get(field.name) or 0) for field in fields(cls)})

    def __add__(self, other: "Cards") -> "Cards":
        return Cards(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(self)))


class BudgetQuerySet(models.QuerySet["Budget"]):
    def visible_to(self, person: Person | None) -> Self:
        """The budgets of the funders where this person has a seat that may look at money."""
        return self.filter(Exists(Seat.objects.of(person, *LOOKERS).filter(funder=OuterRef("funder"))))

    def with_cards(self) -> Self:
        """Every budget with its sums (`<kind>_cents`), in the same query; `cards()` then asks nothing more."""
        sums = {f"{kind}_cents": Sum("accounts__balance", filter=Q(accounts__kind=kind), default=0) for kind in At}
        return self.annotate(**sums)

    def open(self) -> Self:
        return self.filter(closed_on=None)


class Budget(models.Model):
    """Money of one funder for one purpose in one year. The amount itself is in its accounts."""

    funder = models.ForeignKey(Funder, models.PROTECT, related_name="budgets", verbose_name=_("funder"))
    name = models.CharField(_("name"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    ledger_account = models.CharField(_("ledger account"), max_length=40, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=40, blank=True)
    task_field = models.CharField(_("task field (taakveld)"), max_length=40, blank=True)
    economic_category = models.CharField(_("economic category (Iv3)"), max_length=40, blank=True)
    council_decision = models.CharField(_("council decision"), max_length=120, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    accounts: "RelatedManager[Account]"
    commitments: "RelatedManager[Commitment]"
    objects: ClassVar[BudgetQuerySet] = BudgetQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ("-year", "name")
        constraints = [
            models.UniqueConstraint(name="one_budget_per_name_and_year", fields=["funder", "name", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def account(self, kind: At) -> Account:
        """This budget's own account of a kind: funding, available or reserved."""
        return Account.objects.at(kind, budget=self)

    def cards(self) -> Cards:
        """The sums of all its accounts; one query, or none after `with_cards()`."""
        known: dict[str, int] = {
            kind: self.__dict__[f"{kind}_cents"] for kind in At if f"{kind}_cents" in self.__dict__
        }
        return Cards.of(known or Account.objects.filter(budget=self).cents_by_kind())

    @property
    def available(self) -> Money:
        """What can still be promised today."""
        return from_cents(self.account(At.AVAILABLE).balance)

    @transaction.atomic
    def set_to(self, amount: Money, *, by: Person, document: str = "") -> Posting | None:
        """Make this year's budget `amount`. Lowering is refused below what is promised. None when nothing changed."""
        funding = self.account(At.FUNDING)
        now = -Account.objects.select_for_update().get(pk=funding.pk).balance
        cents = in_cents(amount) - now
        available = self.account(At.AVAILABLE)
        if in_cents(amount) < 0:
            raise ValidationError(_("A budget can't be below zero."))
        if cents == 0:
            return None
        kind, move = (
            (Posting.Kind.RAISE, Move(funding, available, cents))
            if cents > 0
            else (Posting.Kind.LOWER, Move(available, funding, -cents))
        )
        lowest = from_cents(now - available.balance)
        too_low = _("The budget can't go below %(amount)s: that much is promised or given already.")
        return Posting(kind=kind, budget=self, by=by, document=document).post(
            move, otherwise=too_low % {"amount": write_amount(lowest)}
        )

    def reserve(self, amount: Money, *, by: Person) -> Posting:
        """Set money apart, for a round with a closing date."""
        move = Move(self.account(At.AVAILABLE), self.account(At.RESERVED), in_cents(amount))
        return Posting(kind=Posting.Kind.RESERVE, budget=self, by=by).post(move, otherwise=self._too_little(amount))

    def unreserve(self, amount: Money, *, by: Person) -> Posting:
        """Free reserved money again."""
        move = Move(self.account(At.RESERVED), self.account(At.AVAILABLE), in_cents(amount))
        return Posting(kind=Posting.Kind.UNRESERVE, budget=self, by=by).post(move)

    @transaction.atomic
    def promise(  # noqa: PLR0913  # a promise says what it is, for whom and who decided: nothing of it can be left out
        self,
        amount: Money,
        *,
        reference: str,
        label: str,
        thread: int | None,
        page: str,
        fixed_at_once: bool,
        decided_by: Person | None,
        holders: Iterable[Person],
        by: Person,
        group: Iterable[Person] = (),
        strand: int | None = None,
        decided_with: Person | None = None,
        known_from: datetime | None = None,
        key: uuid.UUID | None = None,
        instalments: Sequence[Money] = (),
        reserved: bool = False,
        imported: bool = False,
    ) -> Commitment:
        """Promise `amount` to `holders`, to be paid at once or in `instalments` that add up to it. `group`: everybody.

        The same `key` again gives the same commitment back and books nothing. `reserved`: from what was set apart.
        Its holders know of it from `known_from` on, or at once.
        Raises ValidationError when too little is available: the database decides that, not a sum beforehand.
        """
        if key and (before := Commitment.objects.filter(postings__key=key).first()):
            return before
        shown: dict[str, Any] = {"reference": reference, "label": label, "page": page}
        place: dict[str, Any] = {"thread": thread, "strand": strand}
        how: dict[str, Any] = {"fixed_at_once": fixed_at_once, "imported": imported}
        how |= {"decided_by": decided_by, "decided_with": decided_with, "known_from": known_from or clock.now()}
        commitment = Commitment.objects.create(budget=self, **shown, **place, **how)
        self._give_to(commitment, list(holders), group)
        self._book(commitment, amount, key=key or uuid.uuid4(), by=by, source=At.RESERVED if reserved else At.AVAILABLE)
        if not imported:
            commitment.plan_payments(list(instalments) or [amount])
        return commitment

    @staticmethod
    def _give_to(commitment: Commitment, holders: list[Person], group: Iterable[Person]) -> None:
        """Who holds it and who is in the group, and the numbers on which the holders are known now."""
        commitment.holders.set(holders)
        commitment.group.set([*holders, *group])
        known = (KnownNumber(commitment=commitment, person=each, phone=each.phone) for each in holders if each.phone)
        KnownNumber.objects.bulk_create(known)

    def _book(self, commitment: Commitment, amount: Money, *, key: uuid.UUID, by: Person, source: At) -> None:
        kind = Posting.Kind.PROMISE_RESERVED if source == At.RESERVED else Posting.Kind.PROMISE
        move = Move(self.account(source), commitment.open_accounts()[At.PROMISED], in_cents(amount))
        posting = Posting(key=key, kind=kind, budget=self, commitment=commitment, by=by)
        posting.post(move, otherwise=self._too_little(amount))

    @transaction.atomic
    def take_back(self, commitment: Commitment, *, by: Person) -> Posting:
        """The counter-entry of a promise, as if it had not been made; refused once some of it has moved."""
        kinds = (Posting.Kind.PROMISE, Posting.Kind.PROMISE_RESERVED)
        promise = commitment.postings.get(kind__in=kinds)
        cents = sum(promise.transfers.values_list("cents", flat=True))
        posting = promise.reverse(by=by)
        commitment.planned().cut(cents)
        if promise.kind == Posting.Kind.PROMISE_RESERVED:
            self.unreserve(from_cents(cents), by=by)
        commitment.forget_balances()
        return posting

    def close(self) -> None:
        """End this period: the database then refuses every posting in it."""
        if not Budget.objects.open().filter(pk=self.pk).update(closed_on=clock.today()):
            raise ValidationError(_("This budget is closed already."))
        self.refresh_from_db()

    def _too_little(self, amount: Money) -> str:
        """What people read when it is refused. Only then is asked how much is left."""
        return lazy(self._how_little, str)(amount)

    def _how_little(self, amount: Money) -> str:
        left = write_amount(self.available)
        return str(
            _("There is %(left)s left in this budget. That is too little for %(amount)s.")
            % {"left": left, "amount": write_amount(amount)}
        )
