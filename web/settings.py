"""Settings: from the environment, safe by default. See docs/deploy.md for every variable."""

import secrets
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _
from environ import FileAwareEnv

from web import errands
from web.sign_in import settings as sign_in
from web.sign_in.settings import *  # noqa: F403  # they belong together, and here

django_stubs_ext.monkeypatch()

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parent
env = FileAwareEnv()
VAR = Path(env.str("BUURTKAS_VAR", default=str(HOUSE / "var")))


def secret_kept_in(path: Path) -> str:
    """The secret in `path`, made on first use; so that a demo needs no set-up and no secret is in git."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


DEMO = env.bool("BUURTKAS_DEMO", default=False)
DEMO_PASSWORD = "waterveen-demo"  # noqa: S105  # of the made-up staff; nobody has it outside the demo
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_kept_in(VAR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://localhost:8000")
HTTPS = SITE_ADDRESS.startswith("https://")

INSTALLED_APPS = [
    "web.apps.SetUpPages",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "djmoney",
    "import_export",
    "web",
    "ledger",
    "grants",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "web.middleware.SessionsEnd",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "web.middleware.PersonOfTheRequest",
    "web.middleware.PersonalPagesAreNotStored",
    "web.middleware.RefusalsBecomeMessages",
]

ROOT_URLCONF = "web.urls"
WSGI_APPLICATION = "web.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HOUSE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "web.templatetags.amounts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.house",
            ],
        },
    }
]
FORM_RENDERER = "web.forms.Renderer"

# Database. SQLite for one machine, PostgreSQL for a town (docs/deploy.md).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
}
DATABASES: dict[str, Any] = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'buurtkas.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("POOL_SIZE", default=8),
    }
    # Compiling a query, which PostgreSQL does for what it thinks is much, takes longer than any page of ours.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}
CACHES = {"default": CACHE | {"OPTIONS": {"MAX_ENTRIES": 100_000}}}  # beyond it rate limits would be forgotten

# Sign-in: by code or by two factors (web/sign_in/settings.py).
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on one's own machine
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=0)
# Staff may come in through their organisation (web/sign_in/organisation.py; docs/deploy.md).
OIDC_ISSUER = env.str("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_EMAIL_DOMAINS = env.list("OIDC_EMAIL_DOMAINS", default=[])
OIDC_SECOND_FACTOR = env.str("OIDC_SECOND_FACTOR", default="claims")
OIDC_ACR = env.list("OIDC_ACR", default=[])
SOCIALACCOUNT_PROVIDERS = sign_in.oidc_provider(
    OIDC_ISSUER, env.str("OIDC_CLIENT_ID", default=""), env.str("OIDC_CLIENT_SECRET", default="")
)
# Called with (person) who showed, by typing a code, that they read their address.
ON_ADDRESS_SHOWN = ["grants.models.draft.adopt_joined"]
# The page at the front door, by dotted name.
FRONT_DOOR = "grants.overview.views.catalogue"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Static files and what people upload.
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "web.storage.Uploads"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "uploads"  # private: no URL leads here, views hand files out (web/pictures.py)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or DEMO
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000  # bytes, pictures aside
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_PERMISSIONS = 0o600

# Headers.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_REFERRER_POLICY = "same-origin"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS] if HTTPS else []

# E-mail leaves through the outbox (web/outbox.py); `manage.py tick` sends it.
vars().update(env.email("EMAIL_URL", default="dummymail://" if DEMO else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Buurtkas <buurtkas@localhost>")
BOUNCES_TO = env.str("BOUNCES_TO", default="")  # the address mails come back to; empty: the sender's own
SERVER_EMAIL = DEFAULT_FROM_EMAIL

TICK: list[str] = errands.TICK
BY_POST: str = errands.BY_POST
OWN_WORDS: str = errands.OWN_WORDS

DEFAULT_CURRENCY = "EUR"
CURRENCIES = ("EUR",)

# No personal data in logs: no query strings, no addresses, no values in tracebacks (web/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "web.logs.NothingPersonal", "format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "propagate": False},
    },
}
