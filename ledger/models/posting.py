"""A posting is one event in the books; its transfers move whole cents from one account to another.

One row of a transfer holds the account it leaves (debit), the account it enters (credit) and the amount, so it can't
be unbalanced. Both are append-only (ledger/guards.py): a mistake is mended by a counter-entry. No names and no free
text of people here: the rows stay for ever, so they refer by id.
"""

import uuid
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.models.account import Account, At
from web import clock
from web.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

# What people read when the database refuses; the names are those of constraints and guards.
SENTENCES: dict[str, Promise] = {
    "no_account_goes_below_zero": _("There is not enough money there for this amount."),
    "a_transfer_moves_money": _("The amount must be more than zero."),
    "a_closed_period_takes_no_postings": _("This budget is closed. Book it in a budget that is open."),
    "to_recover_needs_a_decision": _("Asking money back needs the number of the decision."),
    "money_goes_only_where_it_may": _("Money can't go that way."),
    "booked_only_once": _("This has been booked already."),
    "ledger_posting.key": _("This has been booked already."),  # SQLite names the column
    "reverses_id": _("Someone else has just reversed this."),
}


def sentence_for(refused: IntegrityError, otherwise: str | Promise = "") -> str:
    """What to tell people about a refusal of the database; `otherwise` is said when there isn't enough money."""
    text = str(refused)
    name = next((name for name in SENTENCES if name in text), None)
    if name is None:
        raise refused
    return str(otherwise) if otherwise and name == "no_account_goes_below_zero" else str(SENTENCES[name])


INSERT = "INSERT INTO ledger_transfer (posting_id, debit_id, credit_id, cents) VALUES "
PLACES = "(%s, %s, %s, %s)"


class Move(NamedTuple):
    """`cents` leave `debit` and enter `credit`."""

    debit: Account
    credit: Account
    cents: int


class Posting(models.Model):
    """One event: what kind, on which day, by whom, and about which budget, commitment and payment."""

    class Kind(models.TextChoices):
        RAISE = "raise", _("budget raised")
        LOWER = "lower", _("budget lowered")
        RESERVE = "reserve", _("reserved")
        UNRESERVE = "unreserve", _("no longer reserved")
        PROMISE = "promise", _("promised")
        PROMISE_RESERVED = "promise_reserved", _("promised from what was reserved")
        PAY = "pay", _("put on its way")
        CONFIRM = "confirm", _("paid")
        CAME_BACK = "came_back", _("came back from the bank")
        FIX = "fix", _("fixed")
        GIVEN_ALREADY = "given_already", _("given before, taken over")
        RECLAIM = "reclaim", _("asked back")
        KEPT = "kept", _("not asked back after all")
        RECOVERED = "recovered", _("paid back")
        GIVEN_BACK = "given_back", _("given back freely")
        RELEASE = "release", _("released")
        REVERSAL = "reversal", _("counter-entry")

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, editable=False)
    effective_date = models.DateField(default=clock.today, editable=False)
    posted_at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    budget = models.ForeignKey("ledger.Budget", models.PROTECT, related_name="postings", editable=False)
    commitment = models.ForeignKey(
        "ledger.Commitment", models.PROTECT, related_name="postings", null=True, editable=False
    )
    payment = models.ForeignKey("ledger.Payment", models.PROTECT, related_name="postings", null=True, editable=False)
    document = models.CharField(max_length=60, blank=True, editable=False)
    decision_ref = models.CharField(max_length=60, blank=True, editable=False)
    reverses = models.OneToOneField("self", models.PROTECT, related_name="reversed_by", null=True, editable=False)

    objects: ClassVar[models.Manager["Posting"]] = models.Manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(name="booked_only_once", fields=["key"]),
            models.CheckConstraint(
                name="a_reversal_reverses_something",
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses=None)),
            ),
        ]
        indexes = [models.Index(fields=["effective_date", "id"], name="postings_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_date}"

    def post(self, *moves: Move, otherwise: str | Promise = "") -> Self:
        """Write this event and its transfers. The database adds up; its refusal becomes a ValidationError."""
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                self._write(moves)
        except IntegrityError as refused:
            raise ValidationError(sentence_for(refused, otherwise)) from refused
        return self

    def _write(self, moves: tuple[Move, ...]) -> None:
        """All transfers in one statement, so that they are added up at once.

        Written out: making rows of the model first takes longer here than all that the database does.
        """
        values = [value for move in moves for value in (self.pk, move.debit.pk, move.credit.pk, move.cents)]
        with connection.cursor() as cursor:
            cursor.execute(INSERT + ", ".join([PLACES] * len(moves)), values)

    def reverse(self, *, by: Person) -> "Posting":
        """The counter-entry: the same amounts the other way. Only once, whoever else tries at the same time."""
        back: Iterable[Transfer] = self.transfers.select_related("debit", "credit")
        counter = Posting(
            kind=self.Kind.REVERSAL,
            by=by,
            budget_id=self.budget_id,
            commitment_id=self.commitment_id,
            payment_id=self.payment_id,
            decision_ref=self.decision_ref,
            reverses=self,
        )
        return counter.post(*(Move(transfer.credit, transfer.debit, transfer.cents) for transfer in back))


class Transfer(models.Model):
    """Whole cents from one account (debit) to another (credit)."""

    # The only ways money may go; a counter-entry goes the same way back. The database holds to this list too.
    WAYS: ClassVar[list[tuple[At, At]]] = [
        (At.FUNDING, At.AVAILABLE),
        (At.AVAILABLE, At.FUNDING),
        (At.AVAILABLE, At.RESERVED),
        (At.RESERVED, At.AVAILABLE),
        (At.AVAILABLE, At.PROMISED),
        (At.RESERVED, At.PROMISED),
        (At.PROMISED, At.ON_ITS_WAY),
        (At.PROMISED, At.AVAILABLE),
        (At.PROMISED, At.GIVEN),  # taken over from an older register
        (At.ON_ITS_WAY, At.GIVEN),
        (At.ON_ITS_WAY, At.ADVANCED),
        (At.ON_ITS_WAY, At.PROMISED),
        (At.ADVANCED, At.GIVEN),
        (At.ADVANCED, At.TO_RECOVER),
        (At.GIVEN, At.TO_RECOVER),  # Awb 4:49: fraud and the like
        (At.GIVEN, At.AVAILABLE),
        (At.TO_RECOVER, At.AVAILABLE),
        (At.TO_RECOVER, At.GIVEN),  # they were right to object (Awb 7:11)
        (At.TO_RECOVER, At.ADVANCED),
    ]

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="transfers", editable=False)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="went_out", editable=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="came_in", editable=False)
    cents = models.BigIntegerField(editable=False)

    objects: ClassVar[models.Manager["Transfer"]] = models.Manager()

    class Meta:
        verbose_name = _("transfer")
        constraints = [
            models.CheckConstraint(name="a_transfer_moves_money", condition=Q(cents__gt=0)),
            models.CheckConstraint(name="a_transfer_goes_somewhere_else", condition=~Q(debit=F("credit"))),
        ]

    def __str__(self) -> str:
        return f"{self.cents} from {self.debit_id} to {self.credit_id}"
