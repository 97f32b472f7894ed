"""Set-up pages: of a scheme only what is not a rule is changed here; what was asked and decided is only read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from grants.models import Application, Area, Decision, Grant, Scheme
from ledger.models import Budget
from web.admin import OnlyRead
from web.set_up_rights import OwnFunders, own_funders


@admin.register(Scheme)
class SchemeAdmin(OwnFunders, admin.ModelAdmin[Scheme]):
    """Made, changed and published on pages of its own, where what was published is frozen. Here only what is not a
    rule: the mailbox, and which budgets are its own. The money itself is set by a treasurer.
    """

    list_display = ("title", "funder", "current")
    list_filter = ("funder",)
    list_select_related = ("funder", "current__scheme")
    filter_horizontal = ("budgets",)
    fields = ("funder", "slug", "title", "title_en", "mailbox", "budgets")
    readonly_fields = ("funder", "slug", "title", "title_en")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **extra: Any) -> Any:
        """Paid from a budget of one of their own funders."""
        if db_field.name == "budgets":
            extra["queryset"] = Budget.objects.filter(funder__in=own_funders(request))
        return super().formfield_for_manytomany(db_field, request, **extra)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Area)
class AreaAdmin(OnlyRead, admin.ModelAdmin[Area]):
    """Taken over from CBS by `manage.py import_areas`; looked up here."""

    list_display = ("code", "name", "kind", "municipality_name", "inhabitants", "year")
    list_filter = ("kind", "year")
    search_fields = ("name", "municipality_name", "=code")
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Public data: whoever limits a scheme to areas looks them up."""
        return own_funders(request).exists()


@admin.register(Application)
class ApplicationAdmin(OwnFunders, admin.ModelAdmin[Application]):
    """Read alone, but for the number that the municipality's own system gave it."""

    funder_path = "scheme__funder"
    list_display = ("number", "scheme", "status", "asked", "granted", "received_on", "answer_by", "case_number")
    list_filter = ("scheme__funder", "status")
    list_select_related = ("scheme",)
    search_fields = ("=id", "case_number")
    fields = ("number", "scheme", "status", "asked", "granted", "received_on", "answer_by", "case_number")
    readonly_fields = ("number", "scheme", "status", "asked", "granted", "received_on", "answer_by")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(OnlyRead, OwnFunders, admin.ModelAdmin[Decision]):
    list_display = ("number", "funder", "outcome", "amount", "by", "at")
    list_filter = ("funder", "outcome")
    list_select_related = ("funder", "by")
    show_full_result_count = False


@admin.register(Grant)
class GrantAdmin(OnlyRead, OwnFunders, admin.ModelAdmin[Grant]):
    funder_path = "application__scheme__funder"
    list_display = ("application", "fixed_on", "stopped_on")
    list_select_related = ("application__plan",)
    show_full_result_count = False
