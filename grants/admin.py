"""Set-up pages: schemes, and what was asked and decided, are only read here; an application's number elsewhere is put
right."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Area, Decision, Grant, Scheme
from web.admin import LeavesDeeds, OnlyRead
from web.amounts import write_amount
from web.set_up_columns import column, titled
from web.set_up_rights import OwnFunders, own_funders


@admin.register(Scheme)
class SchemeAdmin(OnlyRead, OwnFunders, admin.ModelAdmin[Scheme]):
    """Made, changed and published on pages of its own, the budgets and the mailbox too: there it is checked."""

    list_display = ("title", "funder", "current")
    list_filter = ("funder",)
    list_select_related = ("funder", "current__scheme")
    fields = ("funder", "slug", "title", "title_en", "mailbox", "budgets")


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
class ApplicationAdmin(LeavesDeeds, OwnFunders, admin.ModelAdmin[Application]):
    """Read alone, but for the number that the municipality's own system gave it."""

    verb = "set_up_application"
    funder_path = "scheme__funder"
    list_display = ("called", "of_scheme", "status", "asks", "gets", "received_on", "answer_by", "case_number")
    list_filter = ("scheme__funder", "status")
    list_select_related = ("scheme",)
    search_fields = ("=id", "case_number")
    fields = ("called", "of_scheme", "status", "asks", "gets", "received_on", "answer_by", "case_number")
    readonly_fields = ("called", "of_scheme", "status", "asks", "gets", "received_on", "answer_by")
    show_full_result_count = False

    @admin.display(description=_("Number"), ordering="pk")
    def called(self, application: Application) -> str:
        return application.number

    @admin.display(description=_("asked"), ordering="asked")
    def asks(self, application: Application) -> str:
        return write_amount(application.asked)

    @admin.display(description=_("granted"), ordering="granted")
    def gets(self, application: Application) -> str:
        return "–" if application.granted is None else write_amount(application.granted)

    @admin.display(description=_("Scheme"))
    def of_scheme(self, application: Application) -> Scheme:
        return application.scheme

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Decision)
class DecisionAdmin(OnlyRead, OwnFunders, admin.ModelAdmin[Decision]):
    list_display = (
        column("number", _("number"), ordering="pk"),
        column("funder", _("funder")),
        column("outcome", _("decision")),
        column("amount", _("amount")),
        column("by", _("Who")),
        column("at", _("When")),
    )
    ordering = ("-pk",)
    list_filter = (
        ("funder", titled(admin.RelatedFieldListFilter, _("funder"))),
        ("outcome", titled(admin.ChoicesFieldListFilter, _("decision"))),
    )
    list_select_related = ("funder", "by")
    show_full_result_count = False


@admin.register(Grant)
class GrantAdmin(OnlyRead, OwnFunders, admin.ModelAdmin[Grant]):
    funder_path = "application__scheme__funder"
    list_display = (column("application", _("application")), "fixed_on", "stopped_on")
    list_select_related = ("application__plan",)
    show_full_result_count = False
