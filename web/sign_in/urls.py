"""Signing in: by code (anyone) or by password (whoever has a seat). allauth finds its pages by these names."""

from allauth.account import views as allauth
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from web.requests import public
from web.sign_in import views

# Names that allauth sends people to, for things this house does otherwise.
no_sign_up = public(RedirectView.as_view(url=reverse_lazy("account_request_login_code")))

no_password = RedirectView.as_view(url=reverse_lazy("home"))

urlpatterns = [
    path("", views.ask_for_code, name="account_request_login_code"),
    path("code/", views.type_code, name="account_confirm_login_code"),
    path("nieuw/", no_sign_up, name="account_signup"),
    path("wachtwoord/", allauth.login, name="account_login"),
    path("wachtwoord/wijzigen/", allauth.password_change, name="account_change_password"),
    path("wachtwoord/geen/", no_password, name="account_set_password"),
    path("wachtwoord/vergeten/", allauth.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", allauth.password_reset_done, name="account_reset_password_done"),
    path("wachtwoord/gekozen/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^wachtwoord/kiezen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("afmelden/", allauth.logout, name="account_logout"),
    path("niet-actief/", allauth.account_inactive, name="account_inactive"),
]
