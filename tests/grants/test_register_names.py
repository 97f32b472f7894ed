"""What the register calls a plan and its group: decided at the award, and never after who is or was in it."""

import pytest

from grants.erase.actions import erase_person
from grants.join.actions import leave_group, remove_member
from grants.models import Grant, Member, Plan, Scheme
from grants.share.actions import became_legal_form
from tests import make
from tests.grants.test_disclose import award, award_to, file_rows, text_of
from web.models import Person


def with_jan(scheme: Scheme, officer: Person, title: str = "Tuin van Jan") -> Member:
    """An award to Wilma and Jan, who joined before it."""
    made = make.application(scheme, make.person("Wilma Wilgenroos"), title=title)
    jan = Member.objects.create(plan=made.plan, person=make.person("Jan Janssen"))
    make.grant(made, by=officer)
    Grant.objects.update(awarded_on="2026-01-02")
    return jan


def test_who_leaves_is_not_named_from_then_on(scheme: Scheme, officer: Person) -> None:
    jan = with_jan(scheme, officer)
    leave_group(jan, by=jan.person)
    assert "Tuin van Jan" not in text_of()
    assert "Tuin van Jan" not in str(file_rows())


def test_who_is_taken_out_is_not_named_from_then_on(scheme: Scheme, officer: Person) -> None:
    jan = with_jan(scheme, officer)
    remove_member(jan, by=jan.plan.first_contact)
    assert "Tuin van Jan" not in text_of()


def test_who_is_erased_is_not_named_from_then_on(scheme: Scheme, officer: Person) -> None:
    jan = with_jan(scheme, officer)
    erase_person(jan.person, by=Person.system())
    assert "Tuin van Jan" not in text_of()


@pytest.mark.parametrize("is_erased", [True, False])
def test_who_was_gone_before_the_award_is_not_named(scheme: Scheme, officer: Person, is_erased: bool) -> None:
    made = make.application(scheme, make.person("Wilma Wilgenroos"), title="Tuin van Jan")
    jan = Member.objects.create(plan=made.plan, person=make.person("Jan Janssen"))
    if is_erased:
        erase_person(jan.person, by=Person.system())
    else:
        leave_group(jan, by=jan.person)
    made.refresh_from_db()
    make.grant(made, by=officer)
    Grant.objects.update(awarded_on="2026-01-02")
    assert "Tuin van Jan" not in text_of()


def test_who_joined_after_the_award_is_not_named_then_nor_afterwards(scheme: Scheme, officer: Person) -> None:
    plan = award(scheme, officer, title="Feest met Piet").application.plan
    assert "Feest met Piet" in text_of()
    piet = Member.objects.create(plan=plan, person=make.person("Piet Pietersen"))
    assert "Feest met Piet" not in text_of()
    leave_group(piet, by=piet.person)
    assert "Feest met Piet" not in text_of()


def test_somebody_elses_leaving_hides_nothing(scheme: Scheme, officer: Person) -> None:
    jan = with_jan(scheme, officer, title="Geveltuinen")
    leave_group(jan, by=jan.person)
    assert "Geveltuinen" in text_of()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Bo de Wit", "Bankje voor Bo"),
        ("Jan Smit", "Jans tuin"),
        ("José Smit", "Cafe Jose"),
        ("An", "Kerkstr. 5 bloeit"),
        ("An", "Brink 7"),
        ("An", "Feest Lindelaan nr. 4"),
        ("An", "Zand, 12"),
    ],
)
def test_short_names_and_any_address_are_found(scheme: Scheme, officer: Person, name: str, title: str) -> None:
    made = award(scheme, officer, title=title)
    Person.objects.filter(pk=made.application.plan.first_contact.pk).update(name=name)
    assert title not in text_of()


@pytest.mark.parametrize("title", ["Zomerfeest 2026", "Speeltuin 50 jaar", "Musical Groep 8", "De tuin voor 30 buren"])
def test_years_and_numbers_of_people_are_no_address(scheme: Scheme, officer: Person, title: str) -> None:
    award(scheme, officer, title=title)
    assert title in text_of()


def test_nothing_is_written_into_the_register_after_the_award(scheme: Scheme, officer: Person) -> None:
    plan = award(scheme, officer).application.plan
    became_legal_form(plan, legal_form="foundation", group_name="Koop bij mij", by=plan.first_contact)
    Plan.objects.update(title="Ook te koop")
    text = text_of() + str(file_rows())
    assert "Koop bij mij" not in text
    assert "Ook te koop" not in text
    assert "Residents’ group" in text


@pytest.mark.parametrize("group", ["Stichting Wilgenroos", "Stichting Lindestraat 5", "Stichting bel 06-12345678"])
def test_a_legal_person_called_after_somebody_is_a_residents_group(scheme: Scheme, officer: Person, group: str) -> None:
    award_to(group, scheme, officer)
    assert group not in text_of()
