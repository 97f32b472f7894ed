"""Settings for the tests: the real ones, quicker, and strict about templates."""

import tempfile
from pathlib import Path

from web.settings import *  # noqa: F403  # the real settings, on purpose
from web.settings import DATABASES, STORAGES, TEMPLATES

SCRATCH = Path(tempfile.mkdtemp(prefix="buurtkas-tests-"))

SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests-only-for-tests"
DEBUG = DEMO = False
SITE_ADDRESS = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
LANGUAGE_CODE = "en"  # tests read the sentences of the source; Dutch is asked for where a test is about it

MEDIA_ROOT = SCRATCH / "uploads"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests alone

# The coverage of templates needs their debug information.
TEMPLATES[0]["OPTIONS"]["debug"] = True

# A file, not memory: pages that load their parts in parallel need more than one connection.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["timeout"] = 90  # eight processes take turns, also on a busy machine
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # a pool keeps connections open when the test database is dropped
