"""Where a plan is when nobody said it: by the postcode of its first contact, at the moment it is sent."""

from datetime import timedelta
from typing import Any

import pytest

from grants.ask import actions as ask
from grants.models import Application, Area, Plan, Scheme
from grants.models.neighbourhood import find_area
from tests import make
from tests.conftest import Visitor
from web import clock
from web.models import Code, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> dict[str, Area]:
    """Linde and Singel in Oost, Haven in West; and a neighbourhood of the next town with one of their postcodes."""
    make.area("Waterveen", code="GM9999", kind="gm")
    make.area("Oost", code="WK999901", kind="wk")
    make.area("West", code="WK999902", kind="wk")
    make.area("Linde", "1234", "1235", code="BU99990101")
    make.area("Singel", "1235", "1236", code="BU99990102")
    make.area("Haven", "1236", "1237", code="BU99990201")
    make.area("Elders", "1237", code="BU99980101", municipality_code="GM9998", municipality_name="Elders")
    return {area.name: area for area in Area.objects.all()}


def area_sent(scheme: Scheme, resident: Person, postcode: str) -> Area | None:
    """Where the plan of somebody at this postcode is, once they sent it."""
    draft = make.draft(scheme, resident)
    ask.submit(draft, postcode=postcode, by=resident)
    return Plan.objects.get(pk=draft.plan_id).area


@pytest.mark.parametrize(
    ("postcode", "where"),
    [
        ("1234 AB", "Linde"),
        ("1235AB", "Oost"),
        ("1236 AB", "Waterveen"),
        ("1237 AB", None),  # two towns
        ("9999 AB", None),
        ("", None),
    ],
)
def test_the_postcode_tells_the_smallest_area_that_is_sure(
    scheme: Scheme, resident: Person, town: dict[str, Area], postcode: str, where: str | None
) -> None:
    found = area_sent(scheme, resident, postcode)
    assert (found.name if found else None) == where


@pytest.mark.parametrize(
    ("postcode", "of_the_scheme", "where"),
    [
        ("1235 AB", ("Linde", "Haven"), "Linde"),  # Singel is not the scheme's
        ("1236 AB", ("Singel", "Haven"), "Waterveen"),
        ("1237 AB", ("West", "Oost"), "Haven"),
        ("1234 AB", ("Singel", "Haven"), None),  # they live elsewhere
        ("1234 AB", ("Haven",), "Haven"),  # and there is no choice
        ("9999 AB", ("Haven",), "Haven"),
        ("1235 AB", ("Waterveen",), "Oost"),  # as near as it is known
    ],
)
def test_only_the_areas_of_the_scheme_count(
    scheme: Scheme,
    resident: Person,
    town: dict[str, Area],
    postcode: str,
    of_the_scheme: tuple[str, ...],
    where: str | None,
) -> None:
    make.limited(scheme, *(town[name] for name in of_the_scheme))
    found = area_sent(scheme, resident, postcode)
    assert (found.name if found else None) == where


def test_what_somebody_said_stays(scheme: Scheme, resident: Person, town: dict[str, Area]) -> None:
    draft = make.draft(scheme, resident)
    ask.submit(draft, postcode="1234 AB", area=town["Haven"], by=resident)
    assert Plan.objects.get().area == town["Haven"]


def test_the_newest_borders_tell_unless_the_scheme_names_older_ones(
    scheme: Scheme, resident: Person, town: dict[str, Area]
) -> None:
    newer = make.area("Linde en Singel", "1235", code="BU99990103", year=2025)
    assert area_sent(scheme, resident, "1235 AB") == newer
    make.limited(scheme, town["Linde"], town["Haven"])
    assert area_sent(scheme, resident, "1235 AB") == town["Linde"]
    make.limited(scheme, town["Linde"], newer)
    assert area_sent(scheme, resident, "1235 AB") == newer


def test_an_area_that_nobody_drew_is_passed_over(scheme: Scheme, resident: Person, town: dict[str, Area]) -> None:
    town["Oost"].delete()
    assert area_sent(scheme, resident, "1235 AB") == town["Waterveen"]


def test_the_postcode_typed_last_counts(
    client: Visitor, scheme: Scheme, resident: Person, town: dict[str, Area]
) -> None:
    make.user(resident)
    Person.objects.filter(pk=resident.pk).update(postcode="1234 AB")
    holder = Person.objects.create()
    draft = make.draft(scheme, holder)
    ask.ask_for_code(draft, by=holder, email=resident.email, name="Noor", postcode="1235 AB")
    code = Code.make(holder, purpose=ask.CONFIRM, address=resident.email)
    ask.confirm_address(Application.objects.get(), code=code, by=holder)
    assert Plan.objects.get().area == town["Oost"]


def test_to_find_the_area_asks_the_same_of_the_database_for_many_neighbourhoods(
    scheme: Scheme, resident: Person, django_assert_num_queries: Any
) -> None:
    make.area("Oost", code="WK999901", kind="wk")
    for last in range(30):
        make.area(f"Buurt {last}", "1235", code=f"BU999901{last:02}")
    Person.objects.filter(pk=resident.pk).update(postcode="1235 AB")
    draft = Application.objects.select_related("plan", "scheme__current").get(pk=make.draft(scheme, resident).pk)
    with django_assert_num_queries(5):  # the postcode, its neighbourhoods, the scheme's areas, what holds them; kept
        find_area(draft)
    with django_assert_num_queries(0):
        find_area(draft)


def test_the_register_names_a_town_once(
    client: Visitor, scheme: Scheme, resident: Person, officer: Person, town: dict[str, Area]
) -> None:
    with clock.at(clock.now() - timedelta(days=1)):
        made = make.application(scheme, resident)
        Plan.objects.update(area=town["Waterveen"])
        make.grant(made, by=officer)
    page = client.get("/register/").text
    assert '<span class="quiet">Waterveen</span>' in page
    assert '<option value="GM9999">Waterveen</option>' in page
