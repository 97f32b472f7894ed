"""Money in the set-up pages: a budget's bookkeeping fields can be put right, everything else is only read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ledger.models import Account, Budget, Commitment, Payment, Posting, Transfer
from web.admin import LeavesDeeds, OnlyRead
from web.set_up_columns import cents, column, titled

KIND, BUDGET = column("kind", _("kind")), column("budget", _("budget"))
COMMITMENT = column("commitment", _("commitment"))
KINDS = (("kind", titled(admin.ChoicesFieldListFilter, _("kind"))),)


@admin.register(Budget)
class BudgetAdmin(LeavesDeeds, admin.ModelAdmin[Budget]):
    """What a budget is called and how it is booked. Its amount is set on the treasurer's own page."""

    verb = "set_up_budget"
    list_display = ("name", "year", "funder", "closed_on")
    list_filter = ("funder", "year")
    readonly_fields = ("funder", "year", "closed_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Account)
class AccountAdmin(OnlyRead, admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_display = ("id", KIND, BUDGET, COMMITMENT, cents("balance", _("balance")))
    list_filter = KINDS
    list_select_related = ("budget", "commitment")


@admin.register(Posting)
class PostingAdmin(OnlyRead, admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_display = ("id", KIND, column("effective_date", _("When")), BUDGET, COMMITMENT, column("by", _("Who")))
    list_filter = KINDS
    list_select_related = ("budget", "commitment", "by")


@admin.register(Transfer)
class TransferAdmin(OnlyRead, admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_display = (
        "id",
        column("posting", _("posting")),
        column("debit", _("from account")),
        column("credit", _("to account")),
        cents("cents", _("amount")),
    )
    list_select_related = ("posting", "debit", "credit")


@admin.register(Commitment)
class CommitmentAdmin(OnlyRead, admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_display = (
        "reference",
        "label",
        BUDGET,
        column("promised_at", _("promised on")),
        column("fixed_at_once", _("fixed at once"), boolean=True),
    )
    search_fields = ("reference", "label")
    list_select_related = ("budget",)


@admin.register(Payment)
class PaymentAdmin(OnlyRead, admin.ModelAdmin[Any]):
    show_full_result_count = False
    list_display = (
        "number",
        COMMITMENT,
        cents("cents", _("amount")),
        "status",
        column("sent_at", _("on its way since")),
        column("confirmed_on", _("paid on")),
    )
    list_filter = ("status",)
    list_select_related = ("commitment",)
