"""Money in the set-up pages: a budget's bookkeeping fields can be put right, everything else is only read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from ledger.models import Account, Budget, Commitment, Payment, Posting, Transfer


class OnlyRead(admin.ModelAdmin[Any]):
    """Listed, and changed by nobody: money moves by actions alone."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Budget)
class BudgetAdmin(admin.ModelAdmin[Budget]):
    """What a budget is called and how it is booked. Its amount is set on the treasurer's own page."""

    list_display = ("name", "year", "funder", "closed_on")
    list_filter = ("funder", "year")
    readonly_fields = ("funder", "year", "closed_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Account)
class AccountAdmin(OnlyRead):
    list_display = ("id", "kind", "budget", "commitment", "balance")
    list_filter = ("kind",)
    list_select_related = ("budget", "commitment")


@admin.register(Posting)
class PostingAdmin(OnlyRead):
    list_display = ("id", "kind", "effective_date", "budget", "commitment", "by")
    list_filter = ("kind",)
    list_select_related = ("budget", "commitment", "by")


@admin.register(Transfer)
class TransferAdmin(OnlyRead):
    list_display = ("id", "posting", "debit", "credit", "cents")
    list_select_related = ("posting", "debit", "credit")


@admin.register(Commitment)
class CommitmentAdmin(OnlyRead):
    list_display = ("reference", "label", "budget", "promised_at", "fixed_at_once")
    search_fields = ("reference", "label")
    list_select_related = ("budget",)


@admin.register(Payment)
class PaymentAdmin(OnlyRead):
    list_display = ("number", "commitment", "cents", "status", "sent_at", "confirmed_on")
    list_filter = ("status",)
    list_select_related = ("commitment",)
