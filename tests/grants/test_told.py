"""Before personal things are asked stands who keeps them, why and how long; and mails are a choice, not a habit."""

from pathlib import Path

import pytest
from django.urls import reverse

from grants.models import Application, Scheme
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import plan_as_typed
from web.models import Mail, Person

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TOLD = (
    "grants/ask/send",
    "grants/entrust/bank_details",
    "grants/join/invite",
    "grants/join/join",
    "grants/reach/details",
    "grants/reach/new_email",
    "grants/resume/mail_way_back",
    "grants/share/add_partner",
    "grants/suggest/tell",
    "grants/support/speak",
    "ledger/pay/bank_details",
)


def check_page(client: Visitor, scheme: Scheme) -> str:
    client.post(reverse("grants:ask", args=[scheme.slug]), plan_as_typed())
    return reverse("grants:send", args=[Application.objects.get().pk])


def test_by_mail_or_by_post_is_their_own_choice(client: Visitor, scheme: Scheme) -> None:
    """Awb 2:8: nothing is chosen for who comes for the first time."""
    address = check_page(client, scheme)
    page = client.get(address).text
    assert 'value="mail"' in page
    assert " checked" not in page
    about = {"name": "Samira", "postcode": "1234 AB", "house_number": "1", "email": "samira@waterveen.example"}
    assert "Choose one." in client.post(address, about).text
    assert not Mail.objects.exists()


def test_what_they_chose_before_stands_there(client: Visitor, scheme: Scheme) -> None:
    address = check_page(client, scheme)
    about = {"name": "Samira", "postcode": "1234 AB", "house_number": "1", "email": "samira@waterveen.example"}
    client.post(address, about | {"reached_by": "post"})
    assert client.get(address).context["form"]["reached_by"].value() == "post"


def test_who_keeps_it_why_and_how_long_stands_before_it_is_asked(client: Visitor, scheme: Scheme) -> None:
    told, _name, _rest = client.get(check_page(client, scheme)).text.partition('name="name"')
    for sentence in ("is responsible for what you fill in", "to reach you", "at most seven years", "your rights"):
        assert sentence in told


def test_ones_own_details_say_so_too(as_: SignedIn, resident: Person) -> None:
    told, _name, _rest = as_(resident).get(reverse("grants:details")).text.partition('name="name"')
    assert "The fund you ask is responsible" in told


@pytest.mark.parametrize("page", TOLD)
def test_every_page_with_personal_fields_tells_before_it_asks(page: str) -> None:
    before, _fields, _rest = (TEMPLATES / f"{page}.html").read_text(encoding="utf-8").partition("{{ form }}")
    assert "told.html" in before
