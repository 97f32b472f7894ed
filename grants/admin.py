"""Set-up pages: what a scheme is can be changed here; what was asked, decided and given is only read."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from grants.models import Application, Area, Criterion, Decision, Exclusion, Grant, Scheme, Track
from ledger.models import Budget
from web.admin import OnlyRead
from web.set_up_rights import OwnFunders, WithOwnScheme, own_funders


class Tracks(WithOwnScheme, admin.StackedInline[Track, Scheme]):
    model = Track
    extra = 0


class Criteria(WithOwnScheme, admin.StackedInline[Criterion, Scheme]):
    model = Criterion
    extra = 0


class Exclusions(WithOwnScheme, admin.TabularInline[Exclusion, Scheme]):
    model = Exclusion
    extra = 0


@admin.register(Scheme)
class SchemeAdmin(OwnFunders, admin.ModelAdmin[Scheme]):
    """The money itself is set by a treasurer; here a scheme is only told which budgets are its own."""

    list_display = ("title", "funder", "minimum", "maximum", "opens_on", "closes_on", "published_at")
    list_filter = ("funder",)
    list_select_related = ("funder",)
    prepopulated_fields = {"slug": ("title",)}
    filter_horizontal = ("budgets",)
    autocomplete_fields = ("areas",)  # there are 18,000 of them in a year
    inlines = (Tracks, Criteria, Exclusions)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return own_funders(request).exists()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **extra: Any) -> Any:
        """A scheme of one of their own funders."""
        if db_field.name == "funder":
            extra["queryset"] = own_funders(request)
        return super().formfield_for_foreignkey(db_field, request, **extra)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **extra: Any) -> Any:
        """Paid from a budget of one of their own funders."""
        if db_field.name == "budgets":
            extra["queryset"] = Budget.objects.filter(funder__in=own_funders(request))
        return super().formfield_for_manytomany(db_field, request, **extra)

    def get_readonly_fields(self, request: HttpRequest, obj: Scheme | None = None) -> tuple[str, ...]:
        """A scheme stays with its funder, and keeps the address that was printed."""
        return ("funder", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Scheme | None = None) -> dict[str, Any]:
        return {} if obj else super().get_prepopulated_fields(request, obj)


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
