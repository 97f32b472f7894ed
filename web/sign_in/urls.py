"""Signing in: by code (anyone) or by password (whoever has a seat). allauth finds its pages by these names."""

from allauth.account import views as allauth
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from web.requests import public
from web.sign_in import organisation, views
from web.sign_in import second_views as second
from web.sign_in.second import for_staff

# Names that allauth sends people to, for things this house does otherwise.
no_sign_up = public(RedirectView.as_view(url=reverse_lazy("account_request_login_code")))

to_mine = RedirectView.as_view(url=reverse_lazy("mfa_index"))
no_password = RedirectView.as_view(url=reverse_lazy("home"))

urlpatterns = [
    path("", views.ask_for_code, name="account_request_login_code"),
    path("code/", views.type_code, name="account_confirm_login_code"),
    path("nieuw/", no_sign_up, name="account_signup"),
    path("wachtwoord/", allauth.login, name="account_login"),
    path("wachtwoord/wijzigen/", views.change_password, name="account_change_password"),
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
    path("nog-eens/", for_staff(allauth.reauthenticate), name="account_reauthenticate"),
    path("nog-eens/code/", for_staff(base.reauthenticate), name="mfa_reauthenticate"),
    path("nog-eens/sleutel/", for_staff(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("organisatie/", organisation.go, name="sign_in_by_organisation"),
    path("organisatie/<slug:provider_id>/terug/", organisation.come_back, name="openid_connect_callback"),
    path("tweede/", base.authenticate, name="mfa_authenticate"),
    path("mijn/", second.my_sign_in, name="mfa_index"),
    path("mijn/sleutels/", to_mine, name="mfa_list_webauthn"),
    path("mijn/sessies/", second.end_visits, name="end_visits"),
    path("mijn/organisatie/weg/", second.end_organisation, name="end_organisation_link"),
    path("mijn/app/", second.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("mijn/app/weg/", second.TakeAppAway.as_view(), name="mfa_deactivate_totp"),
    path("mijn/sleutel/", second.AddKey.as_view(), name="mfa_add_webauthn"),
    path("mijn/sleutel/<int:pk>/weg/", second.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("mijn/herstel/", for_staff(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("mijn/herstel/nieuw/", second.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("collega/<int:pk>/", second.reset_second_factor, name="reset_second_factor"),
]
