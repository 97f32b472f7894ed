"""Changing one's own details: name and address at once, the e-mail address by a code to the new one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.models import Application
from grants.reach.actions import ask_to_move, change_details, change_email
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web.models import Code, Deed, Mail, Person, User

NEW = "samira@nieuw.example"
DETAILS = {"name": "Samira L.", "phone": "06 9", "postcode": "1234ab", "house_number": "8", "language": "en"}


@pytest.fixture
def signed(application: Application, resident: Person) -> Person:
    make.user(resident)
    return resident


def code_sent() -> str:
    return Mail.objects.filter(address=NEW).latest("pk").subject.split()[0]


def test_details_are_kept_with_a_deed(signed: Person) -> None:
    change_details(signed, name="Samira L.", phone="06 9", by=signed)
    assert Person.objects.get(pk=signed.pk).phone == "06 9"
    assert Deed.objects.get(verb="change_details").fields == ["name", "phone"]


def test_a_code_at_the_new_address_moves_mail_and_sign_in(signed: Person) -> None:
    old = signed.email
    ask_to_move(signed, email=NEW.upper(), by=signed)
    assert User.objects.get(person=signed).email == old, "nothing changes yet"
    change_email(signed, code=code_sent().lower(), by=signed)
    assert (Person.objects.get(pk=signed.pk).email, User.objects.get(person=signed).email) == (NEW, NEW)
    assert Mail.objects.latest("pk").address == old, "the old address reads of it"
    assert not Code.objects.exists()


def test_a_wrong_code_changes_nothing(signed: Person) -> None:
    ask_to_move(signed, email=NEW, by=signed)
    for _try in range(Code.TRIES):
        with pytest.raises(ValidationError, match="isn't right"):
            change_email(signed, code="AAAAAA", by=signed)
    with pytest.raises(ValidationError, match="isn't right"):
        change_email(signed, code=code_sent(), by=signed)
    assert User.objects.get(person=signed).email == signed.email


def test_an_address_of_somebody_else_is_not_taken(signed: Person, neighbour: Person) -> None:
    User.objects.create_user(NEW, person=neighbour)
    ask_to_move(signed, email=NEW, by=signed)
    with pytest.raises(ValidationError, match="signs in with this address"):
        change_email(signed, code=code_sent(), by=signed)
    assert User.objects.get(person=signed).email == signed.email


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
    assert "isn&#x27;t right" in visitor.post(reverse("grants:change_email"), {"code": "AAAAAA"}).text
    assert visitor.post(reverse("grants:change_email"), {"code": code_sent()})["Location"] == details
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
