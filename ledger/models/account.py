"""An account is a place where money can be. Every euro of a budget is in exactly one of them.

Totals are kept by the database (ledger/guards.py) when a transfer is inserted; nobody may write them by hand.
"""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ledger.models.budget import Budget
    from ledger.models.commitment import Commitment


class AccountQuerySet(models.QuerySet["Account"]):
    def cents_by_kind(self) -> dict[str, int]:
        """The sum of the balances of these accounts, in cents, per kind; one query."""
        return dict(self.order_by().values_list("kind").annotate(Sum("balance")))

    def at(self, kind: "Account.Kind", *, budget: "Budget", commitment: "Commitment | None" = None) -> "Account":
        """The one account of this kind, opened when it isn't there yet."""
        defaults = {"may_go_negative": kind == Account.Kind.FUNDING}
        return self.get_or_create(budget=budget, commitment=commitment, kind=kind, defaults=defaults)[0]


class Account(models.Model):
    """One place of one budget (or of one commitment in it). All figures in cents; `balance` is credits - debits."""

    class Kind(models.TextChoices):
        FUNDING = "funding", _("budget")  # where a budget comes from: the only one that goes below zero
        AVAILABLE = "available", _("available")
        RESERVED = "reserved", _("reserved")
        PROMISED = "promised", _("promised")
        ON_ITS_WAY = "on_its_way", _("on its way")
        GIVEN = "given", _("given")
        ADVANCED = "advanced", _("advanced")
        TO_RECOVER = "to_recover", _("to recover")

    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    currency = models.CharField(max_length=3, default="EUR", editable=False)
    budget = models.ForeignKey("ledger.Budget", models.PROTECT, related_name="accounts", editable=False)
    commitment = models.ForeignKey(
        "ledger.Commitment", models.PROTECT, related_name="accounts", null=True, editable=False
    )
    may_go_negative = models.BooleanField(default=False, editable=False)
    debits = models.BigIntegerField(default=0, editable=False)
    credits = models.BigIntegerField(default=0, editable=False)
    balance = models.GeneratedField(
        expression=F("credits") - F("debits"), output_field=models.BigIntegerField(), db_persist=True
    )
    # The newest transfer in these totals. It lets the database tell a booking from a hand edit (ledger/guards.py).
    newest_transfer = models.BigIntegerField(default=0, editable=False)

    objects: ClassVar[AccountQuerySet] = AccountQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="no_account_goes_below_zero", condition=Q(may_go_negative=True) | Q(balance__gte=0)
            ),
            models.CheckConstraint(
                name="only_funding_goes_below_zero", condition=Q(may_go_negative=False) | Q(kind="funding")
            ),
            models.UniqueConstraint(
                name="one_account_of_a_kind_per_budget", fields=["budget", "kind"], condition=Q(commitment=None)
            ),
            models.UniqueConstraint(
                name="one_account_of_a_kind_per_commitment",
                fields=["commitment", "kind"],
                condition=Q(commitment__isnull=False),
            ),
            models.CheckConstraint(
                name="a_commitment_has_its_own_accounts",
                condition=Q(commitment=None, kind__in=["funding", "available", "reserved"])
                | Q(
                    commitment__isnull=False,
                    kind__in=["promised", "on_its_way", "given", "advanced", "to_recover"],
                ),
            ),
        ]
        indexes = [models.Index(fields=["budget", "kind"], name="accounts_of_a_budget")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.budget_id}/{self.commitment_id or '-'})"


At = Account.Kind
