"""Mails about one's own sign-in: whoever's it is must hear of a change that they didn't make."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from web import outbox
from web.models import Person, Seat, User

KINDS = {
    Authenticator.Type.TOTP.value: _("the app on your phone"),
    Authenticator.Type.WEBAUTHN.value: _("a passkey"),
    Authenticator.Type.RECOVERY_CODES.value: _("your recovery codes"),
    "oidc": _("the account of your organisation"),
}


def tell_changed(user: User, what: str, kind: str) -> None:
    """`what`: added, removed or used."""
    _write(user, "second_factor_changed", what=what, kind=KINDS[kind])


def tell_reset(user: User, *, by: Person, at: datetime) -> None:
    _write(user, "second_factor_reset", by=by, at=at)


def tell_seated(user: User, seat: Seat, *, by: Person) -> None:
    """To who has a password already: what they may do here became more."""
    _write(user, "seat_given", seat=seat, by=by)


def _write(user: User, event: str, **values: Any) -> None:
    with translation.override(user.person.language):
        values |= {"site": settings.SITE_ADDRESS}
        subject, text = (render_to_string(f"letters/sign_in/{event}{end}.txt", values) for end in ("_subject", ""))
        outbox.write(user.person, address=user.email, subject=subject, text=text)
