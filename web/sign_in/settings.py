"""Settings of signing in: part of web/settings.py, which takes them all over."""

from typing import Any

# Sign-in: residents by a code in their mail, whoever has a seat at a funder by password (web/sign_in).
AUTH_USER_MODEL = "web.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an address is unique whatever its capitals: one_user_per_address
AUTHENTICATION_BACKENDS = ["web.sign_in.backend.ByAddress"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds: residents, on their own phone
STAFF_SESSION_HOURS = 8
ACCOUNT_ADAPTER = "web.sign_in.adapter.Doorkeeper"
ACCOUNT_FORMS = {
    "request_login_code": "web.sign_in.forms.AskForCode",
    "confirm_login_code": "web.sign_in.forms.TypeCode",
    "login": "web.sign_in.forms.SignInByPassword",
    "reset_password": "web.sign_in.forms.AskForNewPassword",
    "reset_password_from_key": "web.sign_in.forms.ChooseNewPassword",
    "change_password": "web.sign_in.forms.ChangePassword",
    "reauthenticate": "web.sign_in.forms.TypePasswordAgain",
    "user_token": "web.sign_in.forms.LinkToNewPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # typing the code is the proof
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 30 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 5
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = STAFF_SESSION_HOURS * 3600  # seconds, after a password
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# The second factor of whoever has a seat (web/sign_in/second.py).
MFA_ADAPTER = "web.sign_in.second.Locksmith"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "web.sign_in.forms.TypeSecondCode",
    "reauthenticate": "web.sign_in.forms.TypeSecondCodeAgain",
    "activate_totp": "web.sign_in.forms.SetUpApp",
    "deactivate_totp": "web.sign_in.forms.TakeAppAway",
    "add_webauthn": "web.sign_in.forms.AddKey",
}
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: clocks of phones differ, and people type slowly
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who has a seat was invited by mail
SECOND_FACTOR_WITHIN = 30 * 60  # seconds after the password, to set one up; then the session ends
# Per address of a machine generously (a community centre has one for everybody), per mailbox sparingly.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,10/15m/key",
    "reauthenticate": "10/m/user",
    "request_login_code": "60/m/ip,6/10m/key",
    "reset_password": "30/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "continue_draft": "30/10m/ip",
    "group_code": "30/10m/ip",
    "organisation": "60/m/ip",
    "mail_someone": "60/h/ip,6/h/key",
    "room": "120/m/ip",
    "send_files": "30/m/ip",
    "spoken_code": "60/10m/ip,10/h/key",
    "start": "60/m/ip",
    "speak": "120/10m/ip",
    "tell_idea": "20/10m/ip",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a class
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds: also the invitation of a first staff member

# Through the organisation of staff, by OpenID Connect (web/sign_in/organisation.py).
SOCIALACCOUNT_ADAPTER = "web.sign_in.organisation.Porter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds


def oidc_provider(issuer: str, client_id: str, secret: str) -> dict[str, Any]:
    """What allauth must know of the one provider."""
    about = {"server_url": issuer, "scope": ["openid", "email"], "fetch_userinfo": False}
    app = {"provider_id": "organisatie", "name": "OIDC", "client_id": client_id, "secret": secret, "settings": about}
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if issuer else []}}
