"""What an installation must not go live with (`manage.py check --deploy`)."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http.request import validate_host


def fit_to_go_live(app_configs: Any, **about: Any) -> list[CheckMessage]:
    """The demo's open outbox, links in mails that lead nowhere, a mail server nobody chose."""
    site = urlsplit(settings.SITE_ADDRESS)
    wrong: list[CheckMessage] = []
    if settings.DEMO:
        wrong.append(Error("BUURTKAS_DEMO is on: everybody can read every mail.", id="web.E001"))
    if site.scheme != "https":
        wrong.append(Error("SITE_ADDRESS must start with https://: it stands in every mail.", id="web.E002"))
    if not validate_host(site.hostname or "", settings.ALLOWED_HOSTS):
        wrong.append(Error("The host of SITE_ADDRESS is not in ALLOWED_HOSTS.", id="web.E003"))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        wrong.append(Error("DEFAULT_FROM_EMAIL is not set: mails would come from localhost.", id="web.E004"))
    return wrong
