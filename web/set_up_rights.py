"""Who reaches what on the set-up pages: the keeper of the installation all of it, a fund admin their own funders'."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from web.models import Funder, Seat


def own_funders(request: HttpRequest) -> QuerySet[Funder]:
    """The funders whose set-up this person may change: all of them for the keeper of the installation."""
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return Funder.objects.none()
    if user.is_superuser:
        return Funder.objects.all()
    return Funder.objects.filter(pk__in=Seat.objects.of(user.person, Seat.Role.FUND_ADMIN).values("funder"))


class OwnFunders:
    """For a ModelAdmin: only what belongs to one's own funders is there. `funder_path` leads to the funder."""

    funder_path = "funder"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]  # of the ModelAdmin it is mixed into
        if request.user.is_staff and request.user.is_superuser:
            return rows  # of all funders: not a question to ask of each row
        return rows.filter(**{f"{self.funder_path}__in": own_funders(request)})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return own_funders(request).exists()

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return own_funders(request).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return own_funders(request).exists()
