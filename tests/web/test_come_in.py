"""Whoever signs in on the way to nowhere stands at their own page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from web.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "lange-zin-voor-de-test"


@pytest.mark.parametrize(("who", "page"), [("officer", "grants:inbox"), ("treasurer", "ledger:budgets")])
def test_work_comes_first(client: Client, request: pytest.FixtureRequest, who: str, page: str) -> None:
    person: Person = request.getfixturevalue(who)
    make.user(person, password=PASSWORD)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == reverse(page)


def test_whoever_was_on_their_way_goes_on(client: Client, officer: Person) -> None:
    make.user(officer, password=PASSWORD)
    typed = {"login": officer.email, "password": PASSWORD, "next": reverse("about")}
    assert client.post(reverse("account_login"), typed)["Location"] == reverse("about")
