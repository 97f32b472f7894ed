"""Whoever signs in on the way to nowhere stands at their own page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from web.models import Person
from web.sign_in.second import code_of_now

pytestmark = pytest.mark.django_db
PASSWORD = "lange-zin-voor-de-test"


@pytest.mark.parametrize(("who", "page"), [("officer", "grants:inbox"), ("treasurer", "ledger:budgets")])
def test_work_comes_first(client: Client, request: pytest.FixtureRequest, who: str, page: str) -> None:
    person: Person = request.getfixturevalue(who)
    user = make.user(person, password=PASSWORD)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of_now(user)})["Location"] == reverse(page)


def test_whoever_was_on_their_way_goes_on(client: Client, officer: Person) -> None:
    user = make.user(officer, password=PASSWORD)
    client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD, "next": reverse("about")})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of_now(user)})["Location"] == reverse("about")
