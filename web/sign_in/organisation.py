"""Signing in through one's organisation (OpenID Connect, for instance Entra ID): for staff we know, and nobody else."""

from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from requests import RequestException

from web.models import User, record
from web.requests import public
from web.sign_in.letters import tell_changed
from web.sign_in.session import VOUCHED

PROVIDER = "organisatie"  # the one provider of an installation, in addresses and in what is kept
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")  # never one with a shared secret, never none
AWAY = gettext_lazy("Signing in through your organisation didn't work. Try it again.")
KEPT = 3600  # seconds
DID_TWO = "mfa"  # RFC 8176: more than one factor was shown


class Organisation(OpenIDConnectOAuth2Adapter):
    """allauth's client, which believes a token only when the provider's published key signed it."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes of itself, kept for an hour: who knocks at our door makes us ask nobody."""
        key = f"oidc:{self.get_provider().server_url}"
        about: dict[str, Any] | None = cache.get(key)
        if about is None:
            about = dict(super().openid_config)
            cache.set(key, about, KEPT)
        return about

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **about: Any) -> SocialLogin:
        """A number means somebody at one provider alone, so we keep it with the issuer that signed the token."""
        if not about["response"].get("id_token"):
            raise OAuth2Error("The provider sent no token of who it is.")
        login: SocialLogin = super().complete_login(request, app, token, **about)
        login.account.uid = f"{login.account.extra_data['id_token']['iss']} {login.account.uid}"
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        about = self.openid_config
        try:
            with Porter(self.request).get_requests_session() as session:
                answer = session.get(about["jwks_uri"])
            answer.raise_for_status()
            key = jwt.PyJWKSet.from_dict(answer.json())[jwt.get_unverified_header(id_token)["kid"]]
            return dict(
                jwt.decode(
                    id_token,
                    key.key,
                    algorithms=[each for each in ALGORITHMS if each == key.algorithm_name],
                    audience=app.client_id,
                    issuer=about["issuer"],
                    options={"require": ["exp", "iat", "iss", "aud", "sub"]},
                )
            )
        except (jwt.PyJWTError, KeyError) as wrong:
            raise OAuth2Error("The token of the provider is not right.") from wrong


class Porter(DefaultSocialAccountAdapter):
    """Who may come in this way: whoever has a seat, found by the address that the provider vouches for."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims = dict(sociallogin.account.extra_data.get("id_token") or {})
        sociallogin.account.extra_data = {}
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise refused(request)
        user = sociallogin.user if sociallogin.account.pk else newly_known(sociallogin, claims)
        if not isinstance(user, User) or not user.is_active or not user.signs_in_by_password:
            raise refused(request)
        if sociallogin.account.pk:
            sociallogin.account.save(update_fields=["extra_data"])  # name and picture are not ours to keep
        else:
            sociallogin.connect(request, user)
            record(user.person, "connect_oidc", user)
            tell_changed(user, "added", "oidc")
        request.session[VOUCHED] = user.pk if showed_two_factors(claims) else None

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        raise refused(request, AWAY)


def refused(request: HttpRequest, sentence: str | Promise = "") -> ImmediateHttpResponse:
    """Back to the door of staff. Whether we know the address isn't told."""
    unknown = _("You can't come in here with this sign-in. Ask who sets up roles at your fund.")
    messages.error(request, str(sentence or unknown))
    return ImmediateHttpResponse(redirect("account_login"))


def newly_known(sociallogin: SocialLogin, claims: dict[str, Any]) -> User | None:
    """Whoever has this address here, the first time. An address that got another owner there opens nothing."""
    email = str(claims.get("email") or "")
    if not email or not is_verified(email, claims):
        return None
    user = User.objects.filter(email__iexact=email).select_related("person").first()
    here = {"provider": sociallogin.account.provider, "uid__startswith": f"{claims['iss']} "}
    taken = user and SocialAccount.objects.filter(user=user, **here).exists()
    return None if taken else user


def is_verified(email: str, claims: dict[str, Any]) -> bool:
    """Whether the provider says so, or hands out the addresses of this domain itself."""
    domain = email.rpartition("@")[2].lower()
    return claims.get("email_verified") is True or domain in [each.lower() for each in settings.OIDC_EMAIL_DOMAINS]


def showed_two_factors(claims: dict[str, Any]) -> bool:
    """By the setting, or by what the token says: `amr` with mfa (RFC 8176), or an `acr` that the settings name."""
    if settings.OIDC_SECOND_FACTOR != "claims":
        return bool(settings.OIDC_SECOND_FACTOR == "always")
    means = claims.get("amr")
    return (isinstance(means, list) and DID_TWO in means) or claims.get("acr") in settings.OIDC_ACR


def organisation(request: HttpRequest) -> Organisation:
    if not settings.OIDC_ISSUER:
        raise Http404
    return Organisation(request, PROVIDER)


@public
def go(request: HttpRequest) -> HttpResponse:
    """To the provider, by a link: the CSP lets no form of ours lead to another site."""
    next_url = get_next_redirect_url(request)
    provider = organisation(request).get_provider()
    provider.oauth2_adapter_class = Organisation  # else allauth's own, which asks the provider anew each time
    too_many: HttpResponse | None = ratelimit.consume_or_429(
        request, app="allauth.account", action="organisation", limit_get=True
    )
    if too_many:
        return too_many
    try:
        answer: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=next_url)
    except RequestException:
        return refused(request, AWAY).response
    return answer


@public
def come_back(request: HttpRequest, **_named: str) -> HttpResponse:
    answer: HttpResponse = OAuth2CallbackView.adapter_view(organisation(request))(request)
    return answer
