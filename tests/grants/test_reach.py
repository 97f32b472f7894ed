"""Changing one's own details: name and address at once, the e-mail address by codes to the old and the new one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pytest_django import Settings

from grants.models import Application
from grants.reach.actions import ask_to_move, change_details, change_email
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web.models import Code, Deed, Mail, Person, User

NEW = "samira@nieuw.example"
DETAILS = {
    "name": "Samira L.",
    "phone": "06 9",
    "postcode": "1234ab",
    "house_number": "8",
    "language": "en",
    "wants_mails": "news",
}


@pytest.fixture
def signed(application: Application, resident: Person) -> Person:
    make.user(resident)
    return resident


def code_to(address: str) -> str:
    return Mail.objects.filter(address=address, subject__regex=r"^[A-Z0-9]{6} ").latest("pk").subject.split()[0]


def codes(person: Person) -> dict[str, str]:
    """What stands in the two mails, as it is typed on the page."""
    return {"code_now": code_to(person.user.email), "code": code_to(NEW)}


def test_details_are_kept_with_a_deed(signed: Person) -> None:
    change_details(signed, name="Samira L.", phone="06 9", by=signed)
    assert Person.objects.get(pk=signed.pk).phone == "06 9"
    assert Deed.objects.get(verb="change_details").fields == ["name", "phone"]


def test_the_codes_at_both_addresses_move_mail_and_sign_in(signed: Person) -> None:
    old = signed.email
    ask_to_move(signed, email=NEW.upper(), by=signed)
    assert User.objects.get(person=signed).email == old, "nothing changes yet"
    typed = codes(signed)
    change_email(signed, code_now=typed["code_now"], code=typed["code"].lower(), by=signed)
    assert (Person.objects.get(pk=signed.pk).email, User.objects.get(person=signed).email) == (NEW, NEW)
    assert Mail.objects.latest("pk").address == old, "the old address reads of it"
    assert not Code.objects.exists()


def test_who_only_found_an_open_phone_takes_no_account(signed: Person) -> None:
    """They read the new address, which is their own; not the mail of whoever the phone belongs to."""
    ask_to_move(signed, email=NEW, by=signed)
    new = code_to(NEW)
    for wrong in ("", "AAAAAA", new):
        with pytest.raises(ValidationError, match="isn't right"):
            change_email(signed, code_now=wrong, code=new, by=signed)
    assert User.objects.get(person=signed).email == signed.email


def test_a_wrong_code_changes_nothing(signed: Person) -> None:
    ask_to_move(signed, email=NEW, by=signed)
    typed = codes(signed)
    for _try in range(Code.TRIES):
        with pytest.raises(ValidationError, match="isn't right"):
            change_email(signed, code_now=typed["code_now"], code="AAAAAA", by=signed)
    with pytest.raises(ValidationError, match="isn't right"):
        change_email(signed, **typed, by=signed)
    assert User.objects.get(person=signed).email == signed.email


def test_an_address_of_somebody_else_is_not_taken(signed: Person, neighbour: Person) -> None:
    """Not even when they came in with it at this very moment: the database says no, and people read a sentence."""
    ask_to_move(signed, email=NEW, by=signed)
    typed = codes(signed)
    User.objects.create_user(NEW, person=neighbour)
    with pytest.raises(ValidationError, match="signs in with this address"):
        change_email(signed, **typed, by=signed)
    assert User.objects.get(person=signed).email == signed.email


def test_of_two_changes_in_two_windows_one_counts(signed: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_to_move(signed, email=NEW, by=signed)
    typed = codes(signed)

    def meanwhile(_person: Person, *, purpose: str) -> None:
        User.objects.filter(person=signed).update(email="samira@derde.example")

    monkeypatch.setattr(Code, "forget", meanwhile)
    with pytest.raises(ValidationError, match="isn't right"):
        change_email(signed, **typed, by=signed)
    assert User.objects.get(person=signed).email != NEW


def test_the_address_of_now_is_no_new_one(signed: Person) -> None:
    with pytest.raises(ValidationError, match="we use now"):
        ask_to_move(signed, email=signed.email.upper(), by=signed)
    assert not Mail.objects.exists()


def test_every_other_device_signs_in_again(as_: SignedIn, signed: Person) -> None:
    here, elsewhere, page = as_(signed), as_(signed), reverse("grants:my_plans")
    assert elsewhere.get(page).status_code == 200
    here.post(reverse("grants:new_email"), {"email": NEW})
    here.post(reverse("grants:change_email"), codes(signed))
    assert here.get(page).status_code == 200
    assert elsewhere.get(page).status_code == 302


def test_sessions_of_a_secret_key_that_is_replaced_go_on(as_: SignedIn, signed: Person, settings: Settings) -> None:
    visitor, page = as_(signed), reverse("grants:my_plans")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert visitor.get(page).status_code == 200
    User.objects.filter(person=signed).update(email=NEW)
    assert visitor.get(page).status_code == 302


def test_nobody_changes_somebody_else_and_staff_not_themselves(
    signed: Person, neighbour: Person, officer: Person
) -> None:
    for person, by in ((signed, neighbour), (signed, officer), (officer, officer)):
        with pytest.raises(PermissionDenied):
            change_details(person, name="Iemand", by=by)
        with pytest.raises(PermissionDenied):
            ask_to_move(person, email=NEW, by=by)


def test_the_pages_lead_from_details_to_a_new_address(as_: SignedIn, signed: Person) -> None:
    visitor, details = as_(signed), reverse("grants:details")
    assert signed.email in visitor.get(details).text
    assert details in visitor.get(reverse("grants:my_plans")).text
    post = visitor.post(details, DETAILS | {"reached_by": "post", "house_number": ""})
    assert "For post we need your postcode and house number." in post.text
    assert visitor.post(details, DETAILS | {"reached_by": "post"})["Location"] == details
    assert Person.objects.get(pk=signed.pk).postcode == "1234 AB"
    assert visitor.post(reverse("grants:new_email"), {"email": NEW})["Location"] == reverse("grants:change_email")
    wrong = visitor.post(reverse("grants:change_email"), codes(signed) | {"code": "AAAAAA"})
    assert "isn&#x27;t right" in wrong.text
    assert visitor.post(reverse("grants:change_email"), codes(signed))["Location"] == details
    assert NEW in visitor.get(details).text


def test_mails_to_a_new_address_are_few(as_: SignedIn, signed: Person) -> None:
    visitor = as_(signed)
    answers = [visitor.post(reverse("grants:new_email"), {"email": NEW}).status_code for _each in range(8)]
    assert answers[0] == 302
    assert answers[-1] == 200
    assert Mail.objects.filter(address=NEW).count() <= 6


@pytest.mark.parametrize("name", ["details", "new_email", "change_email"])
def test_staff_and_strangers_have_no_such_page(as_: SignedIn, officer: Person, client: object, name: str) -> None:
    assert as_(officer).get(reverse(f"grants:{name}")).status_code == 403


def test_the_details_take_no_query_of_their_own_but_one(as_: SignedIn, signed: Person) -> None:
    assert queries_of(as_(signed), reverse("grants:details")) == DOOR + 1  # whether one works for a funder
