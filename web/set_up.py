"""The set-up pages (Django's admin) stand behind the same door as everything else."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from web.requests import public


class SetUp(AdminSite):
    site_title = "Buurtkas"
    site_header = _("Buurtkas set-up")
    index_title = _("Set-up")
    site_url = "/"

    @method_decorator(public)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign in by password, like everybody with a seat; who is signed in and not staff may not come here."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("You don't work on the set-up of this installation."))
        back = request.GET.get("next") or resolve_url("admin:index")
        return redirect_to_login(back, resolve_url("account_login"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]  # it leads elsewhere
        """On the page that everybody has: there a mail tells of it, and the list of sessions stays right."""
        return redirect("account_change_password")
