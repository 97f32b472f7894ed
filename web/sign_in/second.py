"""The second factor of whoever has a seat: a code from an app, a passkey, or a recovery code.

Residents have none. What an app and we share is kept encrypted with the house's own key.
"""

import base64
import time
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from web.models import User
from web.sign_in.session import provider_vouched

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SITE = "Buurtkas"


class AskSecondFactor(AuthenticateStage):
    """Asked of whoever has a seat, unless the organisation's own sign-in says that it did."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if not isinstance(user, User) or not user.signs_in_by_password or provider_vouched(request, user):
            return False
        return bool(super()._should_handle(request))


class Locksmith(DefaultMFAAdapter):
    """How allauth keeps second factors in this house."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the code of now. Look again: it changes every half minute."),
        "cannot_delete_authenticator": _("You need one of these to sign in. Set up another one first."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def get_totp_issuer(self) -> str:
        """The name in the app: whoever works in two towns must tell them apart."""
        return f"{SITE} {settings.SITE_ADDRESS.partition('://')[2]}"

    def _get_site_name(self) -> str:
        return SITE

    def build_totp_svg(self, url: str) -> str:
        return drawn(url)

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays: a seat is never without."""
        main = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN)
        return main.exclude(pk=authenticator.pk).exists()


def box() -> MultiFernet:
    """Locks with the secret of now, and still opens with the ones before it."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = [salted_hmac("web.sign_in.second", "", secret=each, algorithm="sha256").digest() for each in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def drawn(text: str) -> str:
    """A QR code as SVG to stand in a page, without any style of its own."""
    picture = BytesIO()
    code = segno.make(text, error="m", micro=False)
    looks: dict[str, Any] = {"scale": 4, "omitsize": True, "svgclass": "qr", "lineclass": None, "light": "#fff"}
    code.save(picture, kind="svg", xmldecl=False, svgns=False, nl=False, **looks)
    return picture.getvalue().decode()


def code_of_now(user: AbstractBaseUser) -> str:
    """What the app of `user` shows at this moment. For the demo's page, and for tests."""
    app = Authenticator.objects.get(user_id=user.pk, type=Authenticator.Type.TOTP)
    counter = int(time.time()) // 30
    return format_hotp_value(hotp_value(Locksmith().decrypt(app.data["secret"]), counter))


def give_an_app(user: AbstractBaseUser) -> None:
    """An app with a key of its own, without anybody's phone: for people who are made up."""
    TOTP.activate(user, generate_totp_secret())


def has_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type__in=MAIN).exists()


def for_staff(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page about second factors: of whoever has a seat. Residents come in by code and have none."""

    @wraps(view)
    def page(request: HttpRequest, *parts: Any, **named: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.signs_in_by_password:
            raise PermissionDenied(_("You sign in with a code from your mail. That is all you need."))
        return view(request, *parts, **named)

    return page
