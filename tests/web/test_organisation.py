"""Signing in through one's organisation: who comes in, when it counts as two factors, and what is not believed."""

import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.urls import reverse

from tests import make
from tests.conftest import SignedIn, Visitor
from tests.web.provider import CLIENT, SECRET, Provider, new_key
from web.models import Deed, Mail, Person, Seat, User
from web.sign_in.colleague import reset_second_factor
from web.sign_in.second import code_of_now, give_an_app
from web.sign_in.settings import oidc_provider

pytestmark = pytest.mark.django_db

ADDRESS = "fatima@waterveen.example"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    cache.clear()
    provider = Provider(claims={"email": ADDRESS, "email_verified": True, "amr": ["pwd", "mfa"]}).start()
    settings.OIDC_ISSUER = provider.issuer
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(provider.issuer, CLIENT, SECRET)
    yield provider
    provider.stop()


@pytest.fixture
def staff(officer: Person) -> User:
    return User.objects.create_user(officer.email, person=officer)


def come_in(client: Visitor, **asked: str) -> Any:
    """There and back again; our answer."""
    there = client.get(reverse("sign_in_by_organisation"), asked)["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def said_in(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def is_in(client: Visitor) -> bool:
    return "_auth_user_id" in client.session


def opens(client: Visitor) -> bool:
    return client.get(reverse("grants:inbox")).status_code == 200


def test_an_officer_comes_in_with_the_two_factors_shown_there(client: Visitor, provider: Provider, staff: User) -> None:
    assert come_in(client)["Location"] == reverse("grants:inbox")
    assert opens(client)
    assert Deed.objects.filter(verb="connect_oidc", by=staff.person).count() == 1
    again = Visitor()
    assert come_in(again, next="/over/")["Location"] == "/over/"
    assert Deed.objects.filter(verb="connect_oidc").count() == 1


def test_nothing_is_kept_of_what_the_provider_tells(client: Visitor, provider: Provider, staff: User) -> None:
    provider.claims |= {"name": "Fatima van Wilgen", "picture": "https://example.nl/fatima.jpg"}
    for _ in range(2):
        come_in(Visitor())
        assert [account.extra_data for account in SocialAccount.objects.all()] == [{}]
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize(
    ("setting", "acr", "claims", "counts"),
    [
        ("claims", [], {"amr": ["pwd"]}, False),
        ("claims", [], {"amr": "mfa"}, False),
        ("claims", [], {"amr": None, "acr": "c2"}, False),
        ("claims", ["c2"], {"amr": None, "acr": "c2"}, True),
        ("always", [], {"amr": None}, True),
        ("never", [], {"amr": ["mfa"]}, False),
    ],
)
def test_it_counts_as_two_factors_only_when_that_is_said(
    client: Visitor,
    provider: Provider,
    staff: User,
    settings: Any,
    setting: str,
    acr: list[str],
    claims: dict[str, Any],
    counts: bool,
) -> None:
    settings.OIDC_SECOND_FACTOR, settings.OIDC_ACR = setting, acr
    provider.claims |= claims
    come_in(client)
    assert is_in(client)
    assert opens(client) is counts
    assert (client.get(reverse("grants:inbox")).status_code == 302) is not counts, "led to set one up"


def test_without_it_our_own_second_factor_is_asked(client: Visitor, provider: Provider, staff: User) -> None:
    give_an_app(staff)
    provider.claims["amr"] = ["pwd"]
    assert come_in(client)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of_now(staff)})
    assert opens(client)


def test_a_provider_that_vouched_once_vouches_for_no_password_afterwards(
    client: Visitor, provider: Provider, staff: User
) -> None:
    staff.set_password("four-words-in-a-row")
    staff.save()
    give_an_app(staff)
    session = client.session
    session["provider_vouched"] = staff.pk
    session.save()
    client.post(reverse("account_login"), {"login": staff.email, "password": "four-words-in-a-row"})
    assert not is_in(client)


@pytest.mark.parametrize(
    ("claims", "domains", "comes_in"),
    [
        ({"email_verified": False}, [], False),
        ({"email_verified": "false"}, [], False),
        ({"email_verified": None}, [], False),
        ({"email_verified": None}, ["waterveen.example"], True),
        ({"email_verified": None}, ["example"], False),
        ({"email": "FATIMA@Waterveen.example"}, [], True),
        ({"email": "nobody@waterveen.example"}, [], False),
        ({"email": None}, [], False),
        ({"email": "samira@waterveen.example"}, [], False),
    ],
)
def test_only_staff_by_an_address_that_is_vouched_for(
    client: Visitor,
    provider: Provider,
    staff: User,
    resident: Person,
    settings: Any,
    claims: dict[str, Any],
    domains: list[str],
    comes_in: bool,
) -> None:
    make.user(resident)
    settings.OIDC_EMAIL_DOMAINS = domains
    provider.claims |= claims
    before = User.objects.count()
    answer = come_in(client)
    assert is_in(client) is comes_in
    assert User.objects.count() == before, "nobody is made"
    if not comes_in:
        assert answer["Location"] == reverse("account_login")
        assert "Ask who sets up roles" in said_in(answer)
        assert not SocialAccount.objects.exists()


def test_a_new_owner_of_an_old_address_inherits_no_seat(client: Visitor, provider: Provider, staff: User) -> None:
    come_in(client)
    provider.claims["sub"] = "nummer-2"
    other = Visitor()
    come_in(other)
    assert not is_in(other)


def test_a_number_means_nobody_at_another_provider(
    client: Visitor, provider: Provider, staff: User, settings: Any
) -> None:
    """The town moved to another provider, which gave the same number to somebody else."""
    come_in(client)
    other = Provider(claims={"email": "nobody@waterveen.example", "email_verified": True}).start()
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(other.issuer, CLIENT, SECRET)
    stranger, fatima = Visitor(), Visitor()
    come_in(stranger)
    other.claims["email"] = ADDRESS
    come_in(fatima)
    other.stop()
    assert not is_in(stranger)
    assert is_in(fatima), "by her address, as the first time"
    assert {account.uid for account in SocialAccount.objects.filter(user=staff)} == {
        f"{each.issuer} nummer-1" for each in (provider, other)
    }


def test_an_answer_without_a_token_of_who_it_is_opens_nothing(
    client: Visitor, provider: Provider, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "token", lambda _asked: {"access_token": "niets", "token_type": "Bearer"})
    assert "didn't work" in said_in(come_in(client))
    assert not is_in(client)


def test_the_first_time_is_told_by_mail(provider: Provider, staff: User) -> None:
    for _ in range(2):
        come_in(Visitor())
    assert "het account van uw organisatie" in Mail.objects.get(address=staff.email).text


def test_a_reset_by_a_colleague_ends_it_until_the_address_is_vouched_for_anew(
    client: Visitor, provider: Provider, staff: User, fund_admin: Person
) -> None:
    come_in(client)
    reset_second_factor(staff, note="She stood at my desk.", by=fund_admin)
    assert not is_in(client)
    provider.claims["email"] = "f.wilgen@waterveen.example"
    come_in(client)
    assert not is_in(client)


def test_the_door_is_not_pushed_on_for_ever_and_asks_the_provider_once(
    client: Visitor, provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = Mock(side_effect=provider.about)
    monkeypatch.setattr(provider, "about", about)
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"organisation": "3/m/ip"}
    address = reverse("sign_in_by_organisation")
    assert [client.get(address).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert about.call_count == 1
    assert Visitor().get(address, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_somebody_keeps_their_number_when_their_address_changes(
    client: Visitor, provider: Provider, staff: User
) -> None:
    come_in(client)
    provider.claims["email"] = "f.wilgen@waterveen.example"
    other = Visitor()
    come_in(other)
    assert opens(other)


def test_a_seat_that_ended_and_a_sign_in_that_was_closed_open_nothing(provider: Provider, staff: User) -> None:
    come_in(Visitor())
    User.objects.update(is_active=False)
    closed, gone = Visitor(), Visitor()
    come_in(closed)
    assert not is_in(closed)
    User.objects.update(is_active=True)
    Seat.objects.all().delete()
    come_in(gone)
    assert not is_in(gone)


@pytest.mark.parametrize("wrong", ["key", "audience", "issuer", "expired", "secret", "unsigned"])
def test_a_token_that_is_not_right_is_not_believed(
    client: Visitor, provider: Provider, staff: User, wrong: str
) -> None:
    if wrong == "key":
        provider.signs_with = new_key()
    if wrong == "secret":  # a signature anybody can make
        provider.signs_with, provider.algorithm = "x" * 32, "HS256"
    if wrong == "unsigned":
        provider.signs_with, provider.algorithm = "", "none"
    said: dict[str, dict[str, Any]] = {
        "audience": {"aud": "another-client"},
        "issuer": {"iss": "https://evil.example"},
        "expired": {"exp": int(time.time()) - 600},
    }
    provider.claims |= said.get(wrong, {})
    answer = come_in(client)
    assert not is_in(client)
    assert answer["Location"] == reverse("account_login")
    assert "didn't work" in said_in(answer)


def test_somebody_elses_answer_opens_nothing(client: Visitor, provider: Provider, staff: User) -> None:
    """A link with an answer that was made for another browser: the state is not this one's."""
    there = Visitor().get(reverse("sign_in_by_organisation"))["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    assert not is_in(client)


def test_who_cancels_there_is_back_at_the_door(client: Visitor, provider: Provider, staff: User) -> None:
    provider.denies = True
    assert come_in(client)["Location"] == reverse("account_login")


def test_a_provider_that_is_away_is_told_in_a_sentence(client: Visitor, provider: Provider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider("http://127.0.0.1:9", CLIENT, SECRET)
    assert client.get(reverse("sign_in_by_organisation"))["Location"] == reverse("account_login")


def test_nobody_is_sent_elsewhere_afterwards(client: Visitor, provider: Provider, staff: User) -> None:
    assert come_in(client, next="https://evil.example/")["Location"] == reverse("grants:inbox")


def test_the_request_says_what_the_standard_asks(client: Visitor, provider: Provider) -> None:
    asked = parse_qs(urlsplit(client.get(reverse("sign_in_by_organisation"))["Location"]).query)
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/aanmelden/organisatie/organisatie/terug/"]


def test_without_settings_there_is_no_such_door(client: Visitor) -> None:
    assert client.get(reverse("sign_in_by_organisation")).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["organisatie"])).status_code == 404
    assert "through" not in client.get(reverse("account_login")).content.decode()


def test_the_button_stands_at_the_door_of_staff(client: Visitor, provider: Provider, settings: Any) -> None:
    settings.OIDC_NAME = "Gemeente Waterveen"
    page = client.get(reverse("account_login") + "?next=/over/").content.decode()
    assert 'href="/aanmelden/organisatie/?next=/over/"' in page
    assert "Sign in through Gemeente Waterveen" in page


def test_one_sees_the_link_with_the_organisation_and_ends_it(client: Visitor, provider: Provider, staff: User) -> None:
    come_in(client)
    page = reverse("mfa_index")
    assert "with the account of your organisation" in client.get(page).text
    assert client.post(reverse("end_organisation_link"))["Location"] == page
    assert not SocialAccount.objects.exists()
    assert Deed.objects.get(verb="disconnect_oidc").by == staff.person
    assert Mail.objects.filter(address=staff.email).count() == 2, "of the link, and of its end"
    assert "with the account of your organisation" not in client.get(page).text
    client.post(reverse("end_organisation_link"))
    assert Deed.objects.filter(verb="disconnect_oidc").count() == 1


def test_nobody_ends_the_link_of_another(
    client: Visitor, as_: SignedIn, provider: Provider, staff: User, decider: Person, resident: Person
) -> None:
    come_in(client)
    as_(decider).post(reverse("end_organisation_link"))
    assert as_(resident).post(reverse("end_organisation_link")).status_code == 403
    assert as_(decider).get(reverse("end_organisation_link")).status_code == 405
    assert SocialAccount.objects.filter(user=staff).exists()
