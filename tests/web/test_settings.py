"""Safe unless asked otherwise: what an installation gets when nobody sets anything, and must not go live with."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.checks import Tags, run_checks

from web.checks import fit_to_go_live

NAMES = (
    *("DEBUG", "DEMO", "SECRET_KEY", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "LANGUAGE_CODE", "TIME_ZONE"),
)
LIVE = {
    "DEMO": False,
    "SITE_ADDRESS": "https://buurtkas.example.nl",
    "ALLOWED_HOSTS": ["buurtkas.example.nl"],
    "DEFAULT_FROM_EMAIL": "Buurtkas <buurtkas@example.nl>",
}


def settings_with(var: Path, **environment: str) -> dict[str, Any]:
    """The settings as a fresh process sees them, with nothing in the environment but this."""
    code = f"import json, web.settings as s; print(json.dumps({{n: getattr(s, n) for n in {NAMES}}}))"
    words = {"PATH": os.environ["PATH"], "BUURTKAS_VAR": str(var), **environment}
    done = subprocess.run([sys.executable, "-c", code], env=words, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nobody_sets_anything_and_all_is_safe(tmp_path: Path) -> None:
    found = settings_with(tmp_path)
    assert (found["DEBUG"], found["DEMO"], found["SESSION_COOKIE_HTTPONLY"]) == (False, False, True)
    assert (found["LANGUAGE_CODE"], found["TIME_ZONE"]) == ("nl", "Europe/Amsterdam")
    assert "*" not in found["ALLOWED_HOSTS"]


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first, second = settings_with(tmp_path), settings_with(tmp_path)
    elsewhere = settings_with(tmp_path / "elsewhere")
    assert first["SECRET_KEY"] == second["SECRET_KEY"] != elsewhere["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) > 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_an_https_address_makes_cookies_and_headers_strict(tmp_path: Path) -> None:
    found = settings_with(tmp_path, SITE_ADDRESS="https://buurtkas.example.nl")
    assert all(found[name] for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"))
    assert found["SECURE_HSTS_SECONDS"] > 0


def test_a_secret_can_be_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a-secret-from-a-file")
    assert settings_with(tmp_path, SECRET_KEY_FILE=str(tmp_path / "secret"))["SECRET_KEY"] == "a-secret-from-a-file"


def wrong_with(settings: Any, **changes: Any) -> list[str | None]:
    for name, value in (LIVE | changes).items():
        setattr(settings, name, value)
    return [fault.id for fault in fit_to_go_live(None)]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"DEMO": True}, "web.E001"),
        ({"SITE_ADDRESS": "http://buurtkas.example.nl"}, "web.E002"),
        ({"ALLOWED_HOSTS": ["localhost"]}, "web.E003"),
        ({"DEFAULT_FROM_EMAIL": "Buurtkas <buurtkas@localhost>"}, "web.E004"),
    ],
)
def test_what_must_not_go_live_is_told(settings: Any, changes: dict[str, Any], fault: str) -> None:
    assert wrong_with(settings, **changes) == [fault]


def test_what_may_go_live_is_let_through(settings: Any) -> None:
    assert wrong_with(settings) == []


def test_the_check_before_going_live_is_asked(settings: Any) -> None:
    settings.DEMO = True
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert "web.E001" in {fault.id for fault in found}


@pytest.mark.django_db
def test_the_cache_of_the_rate_limits_is_there_after_migrating() -> None:
    cache.set("tried", 3)
    assert cache.get("tried") == 3
