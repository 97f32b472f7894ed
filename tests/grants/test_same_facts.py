"""The same facts in other requests: an account, a number, a mail address, a house. Of this funder alone, no score."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from grants.divide.actions import ask_also
from grants.models import Application, Member, Scheme
from grants.models.same_facts import Fact, same_facts
from grants.write.actions import save_draft
from ledger.models import Payee
from tests import make
from tests.conftest import SignedIn
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Funder, Person

AFTER = "/werk/{}/dezelfde-gegevens/"


@pytest.fixture
def shown(scheme: Scheme) -> Application:
    """Of Mo, whom nobody else here resembles."""
    facts = {"phone": "06-12345678", "postcode": "1234 AB", "house_number": "12a"}
    return make.application(scheme, make.person("Mo Meidoorn", email="mo@waterveen.example", **facts))


def found(application: Application) -> dict[str, list[Fact]]:
    """By the name of the other plan."""
    fresh = Application.objects.select_related("scheme").get(pk=application.pk)
    return {str(each.application.plan): each.facts for each in same_facts(fresh)}


def other(scheme: Scheme, title: str = "Ander", **facts: str) -> Application:
    return make.application(scheme, make.person("Els Es", **facts), title=title)


@pytest.mark.parametrize(
    "typed", ["0612345678", "06 1234 5678", "+31 6 12345678", "0031612345678", "+31 (0)6-1234.5678", "06/12345678"]
)
def test_a_number_is_the_same_however_it_is_typed(scheme: Scheme, shown: Application, typed: str) -> None:
    other(scheme, phone=typed)
    assert found(shown) == {"Ander": [Fact.PHONE]}


@pytest.mark.parametrize("typed", ["06 12345679", "345678", "", "0162 345678"])
def test_another_number_is_another(scheme: Scheme, shown: Application, typed: str) -> None:
    other(scheme, phone=typed)
    assert found(shown) == {}


@pytest.mark.parametrize(("postcode", "house"), [("1234 AB", "12a"), ("1234ab", "12 A"), ("1234 AB", "12-a")])
def test_a_house_is_postcode_and_number(scheme: Scheme, shown: Application, postcode: str, house: str) -> None:
    other(scheme, postcode=postcode, house_number=house)
    assert found(shown) == {"Ander": [Fact.ADDRESS]}


@pytest.mark.parametrize(("postcode", "house"), [("1234 AB", "12"), ("1234 AB", ""), ("1234 AC", "12a"), ("", "12a")])
def test_a_street_alone_is_no_house(scheme: Scheme, shown: Application, postcode: str, house: str) -> None:
    other(scheme, postcode=postcode, house_number=house)
    assert found(shown) == {}


def test_a_mail_address_of_anybody_in_the_group_counts(scheme: Scheme, shown: Application) -> None:
    both = other(scheme, "Samen", phone="+31612345678")
    Member.objects.create(plan=both.plan, person=make.person("Mo", email="MO@waterveen.example"))
    assert found(shown) == {"Samen": [Fact.PHONE, Fact.MAIL]}


def test_who_asks_again_is_found_and_who_is_forgotten_is_not(scheme: Scheme, shown: Application) -> None:
    again = make.application(scheme, shown.plan.first_contact, title="Nog eens")
    assert found(shown) == {"Nog eens": [Fact.PHONE, Fact.MAIL, Fact.ADDRESS]}
    again.plan.first_contact.erase()
    assert found(shown) == {}


def test_an_account_that_was_paid_before_is_named(scheme: Scheme, shown: Application, officer: Person) -> None:
    before = other(scheme, "Van toen")
    for each in (before, shown):
        make_money.payee(make.grant(each, by=officer).commitment, by=each.plan.first_contact)
    assert found(shown) == {"Van toen": [Fact.IBAN]}
    Payee.objects.filter(commitment__thread=before.plan_id).update(iban="")
    assert found(shown) == {}


def test_nothing_of_another_funder(
    scheme: Scheme, shown: Application, officer: Person, other_funder: Funder, outsider: Person
) -> None:
    """Neither its requests, nor what it was told: the account this plan has there finds nothing here."""
    theirs = make.scheme(other_funder, title="Samenpot")
    other(theirs, phone="06 12345678")
    paid_here, resident = other(scheme, "Hier betaald"), shown.plan.first_contact
    elsewhere = ask_also(shown.plan, scheme=theirs, asked=euro(100), by=resident)
    save_draft(elsewhere, by=resident, **make.MORE_ANSWERS)
    Application.objects.filter(pk=elsewhere.pk).update(
        status="submitted", received_on=clock.today(), frozen_edition=theirs.current
    )
    sent = Application.objects.get(pk=elsewhere.pk)
    make.seat(outsider, other_funder, "decider", mandate=10_000)  # type: ignore[arg-type]  # a role is a text
    make_money.payee(make.grant(sent, by=outsider).commitment, by=resident)
    make_money.payee(make.grant(paid_here, by=officer).commitment, by=paid_here.plan.first_contact)
    assert found(shown) == {}


def test_only_what_was_sent_in_two_years_counts(scheme: Scheme, shown: Application) -> None:
    make.draft(scheme, make.person("Els", phone="06 12345678"))
    old = other(scheme, phone="06 12345678")
    Application.objects.filter(pk=old.pk).update(received_on=clock.today() - timedelta(days=740))
    assert found(shown) == {}
    Application.objects.filter(pk=old.pk).update(received_on=clock.today() - timedelta(days=720))
    assert found(shown) == {"Ander": [Fact.PHONE]}


def test_the_page_says_what_and_asks_the_same_of_few_and_many(
    as_: SignedIn, scheme: Scheme, shown: Application, officer: Person, django_assert_num_queries: Any
) -> None:
    visitor, address = as_(officer), AFTER.format(shown.pk)
    assert "No other request here has the same IBAN" in visitor.get(address).text
    for number in range(3):
        if number:
            other(scheme, f"Plan {number}", phone="06 12345678", house_number="12A", postcode="1234AB")
        # session, user with person, seats; the application, its members; that it was read; who is reached alike,
        # which accounts, and the others
        with django_assert_num_queries(9):
            page = visitor.get(address).text
    assert page.count("the same phone number, the same address") == 2
    assert "Plan 1" in page
    assert "06 12345678" not in page


def test_each_fact_has_an_index(shown: Application) -> None:
    """On PostgreSQL a small table is read whole, unless it may not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    people = Person.objects.reached_like({"612345678"}, {"mo@waterveen.example"}, {"1234AB12A"})
    assert list(people) == [shown.plan.first_contact]
    plan = people.explain() + Payee.objects.exclude(iban="").filter(iban="NL91ABNA0417164300").explain()
    for index in ("web_person_phone_key", "web_person_mail_key", "web_person_address_key", "payees_by_iban"):
        assert index in plan
