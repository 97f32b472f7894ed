"""A code: five tries, also when they come at the same moment."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from web.models import Code, Person
from web.models import code as codes

pytestmark = pytest.mark.django_db

WHY = "a test"


@pytest.fixture
def anna() -> Person:
    return Person.objects.create(name="Anna", email="anna@example.nl")


def make_code(person: Person) -> str:
    return Code.make(person, purpose=WHY, address=person.email)


def opens(typed: str, person: Person) -> bool:
    return Code.address_shown_by(typed, person=person, purpose=WHY) == person.email


@pytest.mark.parametrize(("wrong", "works"), [(4, True), (5, False)])
def test_a_right_code_works_after_four_wrong_tries_and_not_after_five(anna: Person, wrong: int, works: bool) -> None:
    code = make_code(anna)
    assert [opens("AAAAAA", anna) for _ in range(wrong)] == [False] * wrong
    assert opens(code.lower(), anna) is works


def test_a_right_try_does_not_count(anna: Person) -> None:
    """A plan may be refused after its code was right: the same code is typed once more."""
    code = make_code(anna)
    assert all(opens(code, anna) for _ in range(7))


def test_a_wrong_try_counts_on_every_open_code(anna: Person) -> None:
    first, second = make_code(anna), make_code(anna)
    assert opens(first, anna)
    for _ in range(5):
        opens("AAAAAA", anna)
    assert not opens(first, anna)
    assert not opens(second, anna)


def test_guesses_at_the_same_moment_get_five_between_them(anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one guess is being looked at, twenty others come in: each is counted before it is compared."""
    make_code(anna)
    compared: list[str] = []

    def slow(kept: str, typed: str) -> bool:
        compared.append(typed)
        if len(compared) < 20:
            opens(f"AAAA{len(compared)}", anna)
        return False

    monkeypatch.setattr(codes, "constant_time_compare", slow)
    opens("AAAAAA", anna)
    assert len(compared) == 5
    assert Code.objects.get().tries == 5


def test_two_that_read_the_same_row_share_its_last_try(anna: Person) -> None:
    make_code(anna)
    Code.objects.update(tries=4)
    one, other = Code.objects.get(), Code.objects.get()
    assert [one.count_a_try(), other.count_a_try()] == [True, False]


def test_a_code_of_half_an_hour_ago_opens_nothing(anna: Person) -> None:
    code = make_code(anna)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert not opens(code, anna)
