"""The pages that belong to no verb."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.template.loader import render_to_string
from django.urls import reverse

from tests.conftest import SignedIn, Visitor
from web import outbox
from web.models import Funder, Person

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def town() -> Funder:
    return Funder.objects.create(
        name="Gemeente Waterveen",
        slug="waterveen",
        mailbox="buurt@example.nl",
        phone="14 0299",
        privacy="We bewaren uw plan zeven jaar.",
        privacy_en="We keep your plan for seven years.",
        accessibility="Deze pagina's werken met een schermlezer.",
        complaints="Schrijf naar de ombudsman.",
    )


def test_the_house_is_well_while_its_database_answers(client: Visitor) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok", "text/plain")
    assert "sessionid" not in answer.cookies


def test_the_house_is_not_well_without_its_database(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    client.raise_request_exception = False
    assert client.get("/health").status_code == 500


def test_health_is_asked_without_https(client: Visitor, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health").status_code == 200
    assert client.get("/over/").status_code == 301


def test_search_engines_stay_out_of_sign_in(client: Visitor) -> None:
    assert "Disallow: /aanmelden/" in client.get("/robots.txt").content.decode()


def test_the_front_door_is_the_page_that_the_settings_name(client: Visitor, settings: Any) -> None:
    settings.FRONT_DOOR = "web.views.robots"
    assert client.get("/").content == client.get("/robots.txt").content


def test_each_funder_says_how_it_treats_people(client: Visitor, town: Funder) -> None:
    assert "Gemeente Waterveen" in client.get(reverse("about")).content.decode()
    page = client.get(reverse("about_funder", args=[town.slug]))
    for text in (town.privacy_en, "schermlezer", town.complaints, town.phone):
        assert text in page.content.decode()
    assert client.get(reverse("about_funder", args=["elsewhere"])).status_code == 404


def test_the_language_is_a_button(client: Visitor, town: Funder) -> None:
    about = reverse("about_funder", args=[town.slug])
    assert town.privacy_en in client.get(about).content.decode()
    answer = client.post(reverse("set_language"), {"language": "nl", "next": about})
    assert answer["Location"] == about
    page = client.get(about).content.decode()
    assert town.privacy in page
    assert '<html lang="nl"' in page


def test_the_mails_of_a_demo_can_be_read_and_those_of_a_town_cannot(client: Visitor, settings: Any) -> None:
    anna = Person.objects.create(email="anna@example.nl")
    outbox.write(anna, subject="Uw plan", text="Het geld komt eraan.")
    assert client.get(reverse("demo_mails")).status_code == 404
    settings.DEMO = True
    page = client.get(reverse("demo_mails"))
    assert "Het geld komt eraan." in page.content.decode()


def test_the_pages_send_a_strict_policy(client: Visitor) -> None:
    policy = client.get(reverse("about"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_staff_of_one_fund_have_its_phone_at_the_foot_of_a_page_about_no_fund(
    as_: SignedIn, officer: Person, funder: Funder
) -> None:
    page = as_(officer).get(reverse("grants:promises")).text
    assert f"<strong>{funder}</strong>" in page
    assert f">{funder.phone}</a>" in page


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_way_back_says_where_it_leads(path: Path) -> None:
    heads = re.findall(r'{% include "components/page_head.html"[^%]*%}', path.read_text())
    assert [head for head in heads if " back_url=" in head and " back=" not in head] == []


@pytest.mark.parametrize(("back", "times"), [("Straatfeest", 1), ("De werklijst", 2)])
def test_what_the_way_back_says_is_not_said_again_above_the_title(back: str, times: int) -> None:
    head = render_to_string("components/page_head.html", {"back_url": "/", "back": back, "over": "Straatfeest"})
    assert head.count("<p") == times
    assert head.count("Straatfeest") == 1
