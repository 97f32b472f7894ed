"""Areas: codes that keep their year, postcodes that have several neighbourhoods, and the lists of CBS."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from grants.ask import actions as ask
from grants.management.areas.taking import PORTION
from grants.models import Application, Area, AreaPostcode, Plan, Scheme
from grants.models.area import Place, sources_of
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.typed import CONTACT
from web.models import Code, Person

pytestmark = pytest.mark.django_db

TOLD = {name: text for name, text in CONTACT.items() if name != "email"}  # by somebody who is signed in
HEAD = "gemeente_code,gemeente,wijk_code,wijk,buurt_code,buurt,inwoners,pc4"
LINDE = "GM9999,Waterveen,WK999901,Oost,BU99990101,Lindebuurt,1200,8123"
SINGEL = "GM9999,Waterveen,WK999901,Oost,BU99990102,Singelbuurt,,8123"
HAVEN = "GM9999,Waterveen,WK99990A,Haven,BU99990AD3,Havenkant,85,"


@pytest.fixture
def listed(tmp_path: Path) -> Any:
    """Write a list of neighbourhoods with these rows."""

    def write(*rows: str, head: str = HEAD, name: str = "buurten_2024.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def take(path: Path, *options: str) -> str:
    printed = StringIO()
    call_command("import_areas", str(path), *options, stdout=printed)
    return printed.getvalue()


def codes() -> set[str]:
    return set(Area.objects.values_list("code", flat=True))


# The noun


def test_a_code_is_used_once_a_year_and_again_the_next() -> None:
    make.area("Lindebuurt", code="BU99990101", year=2024)
    make.area("Lindebuurt en omgeving", code="BU99990101", year=2025)
    with pytest.raises(IntegrityError):
        make.area("Iets anders", code="BU99990101", year=2025)


def test_a_code_says_what_kind_of_area_it_is() -> None:
    with pytest.raises(IntegrityError):
        make.area("Waterveen", code="GM9999", kind="bu")


def test_a_neighbourhood_lies_in_a_district() -> None:
    with pytest.raises(IntegrityError):
        make.area("Nergens", district_code="")


@pytest.mark.parametrize(
    ("code", "kind", "contains"),
    [
        ("GM9999", "gm", True),
        ("WK999901", "wk", True),
        ("BU99990101", "bu", True),
        ("WK999902", "wk", False),
        ("GM9998", "gm", False),
    ],
)
def test_an_area_contains_what_lies_in_it(code: str, kind: str, contains: bool) -> None:
    inside = make.area("Lindebuurt", code="BU99990101") if code != "BU99990101" else None
    outside = make.area("Gebied", code=code, kind=kind, municipality_code=f"GM{code[2:6]}")
    assert outside.contains(inside or outside) is contains


def test_areas_of_different_years_are_not_compared() -> None:
    town = make.area("Waterveen", code="GM9999", kind="gm", year=2025)
    assert not town.contains(make.area("Lindebuurt", year=2024))


def test_a_place_offers_the_neighbourhoods_of_its_postcode_in_the_newest_year() -> None:
    make.area("Oude Linde", "9990", year=2023)
    linde, singel = make.area("Lindebuurt", "9990"), make.area("Singelbuurt", "9990", "9991")
    make.area("Havenkant", "9991")
    assert Place.at("9990").choices == [linde, singel]
    assert Place.at("9999").choices == []
    assert not Place.at("9999").is_known


def test_who_does_not_know_the_neighbourhood_may_be_in_any_of_them() -> None:
    linde, singel = make.area("Lindebuurt", "9990"), make.area("Singelbuurt", "9990")
    elsewhere = make.area("Havenkant", "9991")
    assert Place.at("9990").may_lie_in([linde])
    assert Place.at("9990", singel.code).may_lie_in([singel, elsewhere])
    assert not Place.at("9990", singel.code).may_lie_in([linde])
    assert not Place.at("9990").may_lie_in([elsewhere])


def test_a_choice_that_is_not_at_the_postcode_is_no_choice() -> None:
    linde, elsewhere = make.area("Lindebuurt", "9990"), make.area("Havenkant", "9991")
    place = Place.at("9990", elsewhere.code)
    assert place.chosen == ""
    assert place.may_lie_in([linde])


def test_a_choice_of_this_year_says_nothing_about_the_areas_of_another_year() -> None:
    before = make.area("Oude Linde", "9990", code="BU99990101", year=2023)
    make.area("Lindebuurt", "9990", code="BU99990102")
    assert Place.at("9990", "BU99990102").may_lie_in([before])


def test_areas_of_a_year_we_know_no_postcodes_of_leave_it_open() -> None:
    make.area("Lindebuurt", "9990", year=2024)
    later = make.area("Heel iets anders", "9991", year=2025)
    assert Place.at("9990").may_lie_in([later])
    make.area("Lindebuurt", "9990", year=2025)
    assert not Place.at("9990").may_lie_in([later])


def test_a_source_is_named_once_with_its_year_and_only_where_there_is_one() -> None:
    areas = [make.area("Lindebuurt"), make.area("Singelbuurt"), make.area("Eigen gebied", source="")]
    assert sources_of(areas) == [("CBS", 2024)]


def test_set_up_looks_areas_up(as_: SignedIn, fund_admin: Person) -> None:
    linde = make.area("Lindebuurt")
    make.user(fund_admin, is_staff=True, is_superuser=True)
    assert as_(fund_admin).get(reverse("admin:grants_area_changelist"), {"q": linde.code}).status_code == 200


# Where a plan is


@pytest.fixture
def split(scheme: Scheme) -> Scheme:
    """A scheme for two neighbourhoods."""
    return make.limited(scheme, make.area("Lindebuurt"), make.area("Singelbuurt"))


def send_page(draft: Application) -> str:
    return reverse("grants:send", args=[draft.pk])


def test_the_neighbourhood_of_a_plan_is_asked_where_a_scheme_is_for_several(
    as_: SignedIn, split: Scheme, resident: Person, officer: Person
) -> None:
    draft = make.draft(split, resident)
    visitor, singel = as_(resident), split.edition.areas.get(name="Singelbuurt")
    asked = visitor.get(send_page(draft)).context["form"].fields["area"]
    assert [label for _value, label in asked.choices] == ["I don't know", "Lindebuurt", "Singelbuurt"]
    response = visitor.post(send_page(draft), TOLD | {"area": str(singel.pk)})
    assert response.status_code == 302
    assert Plan.objects.get().area == singel
    resident.refresh_from_db()
    assert resident.name == CONTACT["name"]
    assert "<dd>Singelbuurt</dd>" in as_(officer).get(f"/werk/{draft.pk}/").text


@pytest.mark.parametrize("area", [{}, {"area": ""}])
def test_not_to_know_the_neighbourhood_is_fine(
    as_: SignedIn, split: Scheme, resident: Person, area: dict[str, str]
) -> None:
    draft = make.draft(split, resident)
    assert as_(resident).post(send_page(draft), TOLD | area).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Application.Status.SUBMITTED
    assert draft.plan.area is None


def test_a_neighbourhood_of_another_scheme_is_asked_back(as_: SignedIn, split: Scheme, resident: Person) -> None:
    draft, elsewhere = make.draft(split, resident), make.area("Havenkant")
    response = as_(resident).post(send_page(draft), TOLD | {"area": str(elsewhere.pk)})
    assert response.context["form"].errors.keys() == {"area"}
    assert not Application.objects.exclude(status=Application.Status.DRAFT).exists()


def test_without_an_account_the_neighbourhood_survives_the_code(
    client: Visitor, split: Scheme, resident: Person
) -> None:
    draft, linde = make.draft(split, resident), split.edition.areas.get(name="Lindebuurt")
    ask.ask_for_code(draft, by=resident, email="noor@waterveen.example", name="Noor", area=linde)
    code = Code.make(resident, purpose=ask.CONFIRM, address="noor@waterveen.example")
    ask.confirm_address(Application.objects.get(), code=code, by=resident)
    sent = Application.objects.get()
    assert (sent.status, sent.plan.area) == (Application.Status.SUBMITTED, linde)


@pytest.mark.parametrize("names", [(), ("Lindebuurt",)])
def test_the_neighbourhood_is_not_asked_where_there_is_nothing_to_choose(
    as_: SignedIn, scheme: Scheme, resident: Person, names: tuple[str, ...]
) -> None:
    make.limited(scheme, *(make.area(name) for name in names))
    page = as_(resident).get(send_page(make.draft(scheme, resident)))
    assert "area" not in page.context["form"].fields


# Taking over a list


def test_every_row_becomes_a_neighbourhood_in_its_district(listed: Any) -> None:
    said = take(listed(LINDE, SINGEL, HAVEN))
    assert "3 rows of 2024 read." in said
    assert "3 are new, with 2 districts." in said
    assert codes() == {"WK999901", "WK99990A", "BU99990101", "BU99990102", "BU99990AD3"}
    linde = Area.objects.get(code="BU99990101")
    assert (linde.name, linde.municipality_name, linde.inhabitants, linde.source) == (
        "Lindebuurt",
        "Waterveen",
        1200,
        "CBS",
    )
    assert Area.objects.get(code="BU99990102").inhabitants is None
    assert set(AreaPostcode.objects.values_list("area__code", "digits")) == {
        ("BU99990101", "8123"),
        ("BU99990102", "8123"),
    }


def test_a_list_of_municipalities_is_known_by_its_head(listed: Any) -> None:
    said = take(
        listed("GM9999,Waterveen,PV99,Oeverland,40000", head="gemeente_code,gemeente,provincie_code,provincie,inwoners")
    )
    assert "1 are new." in said
    assert Area.objects.get().kind == Area.Kind.MUNICIPALITY


def test_the_second_time_changes_nothing(listed: Any) -> None:
    path = listed(LINDE, SINGEL)
    take(path)
    before = list(Area.objects.values()), list(AreaPostcode.objects.values())
    said = take(path)
    assert "0 are new." in said
    assert "2 were there already." in said
    assert (list(Area.objects.values()), list(AreaPostcode.objects.values())) == before


def test_a_dry_run_tells_and_changes_nothing(listed: Any) -> None:
    said = take(listed(LINDE), "--dry-run")
    assert "1 would be new, with 1 districts." in said
    assert "Nothing has been changed." in said
    assert not Area.objects.exists()


def test_what_is_there_is_never_overwritten(listed: Any) -> None:
    take(listed(LINDE))
    said = take(listed(LINDE.replace("Lindebuurt", "Iepenbuurt"), SINGEL))
    assert "row 2: BU99990101 of 2024 is there already, with name “Lindebuurt”, not “Iepenbuurt”." in said
    assert Area.objects.get(code="BU99990101").name == "Lindebuurt"
    assert "BU99990102" in codes(), "the other row is taken"


def test_another_year_stands_beside_it(listed: Any) -> None:
    take(listed(LINDE))
    take(listed(LINDE.replace("Lindebuurt", "Iepenbuurt")), "--year", "2025")
    assert set(Area.objects.filter(code="BU99990101").values_list("year", "name")) == {
        (2024, "Lindebuurt"),
        (2025, "Iepenbuurt"),
    }


def test_a_neighbourhood_may_have_several_postcodes_in_one_row_or_in_more(listed: Any) -> None:
    said = take(listed(LINDE.replace("8123", '"8123, 8124"'), LINDE.replace("8123", "8125"), LINDE))
    assert "2 are new" in said
    assert "1 were there already." in said
    assert set(AreaPostcode.objects.values_list("digits", flat=True)) == {"8123", "8124", "8125"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (LINDE.replace("BU99990101", "BU9999010"), "buurt_code: “BU9999010” is not a code like BU00140000."),
        (LINDE.replace("GM9999", "9999"), "gemeente_code: “9999” is not a code like GM0014."),
        (LINDE.replace("BU99990101", "BU99990201"), "BU99990201 doesn't lie in WK999901"),
        (LINDE.replace("GM9999", "GM9998"), "WK999901 not in GM9998"),
        (LINDE.replace("Lindebuurt", " "), "buurt: a name has 1 to 80 letters, this has 0."),
        (LINDE.replace("Lindebuurt", "x" * 81), "this has 81."),
        (LINDE.replace("1200", "1.200"), "inwoners: “1.200” is not a whole number."),
        (LINDE.replace("8123", "0123"), "pc4: “0123” is not four digits of a postcode."),
        (LINDE.replace(",8123", ""), "it has 7 cells where the head has 8"),
        (LINDE.replace("Oost", "West"), "WK999901 of 2024 is there already, with name “Oost”, not “West”."),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_with_the_reason_and_leaves_nothing(
    listed: Any, wrong: str, why: str
) -> None:
    said = take(listed(SINGEL, wrong))
    assert "1 can't be taken over:" in said
    assert why in said
    assert codes() == {"WK999901", "BU99990102"}


def test_the_year_is_asked_where_the_name_of_the_file_does_not_say_it(listed: Any) -> None:
    for name in ("buurten.csv", "buurten_2023_2024.csv"):
        with pytest.raises(CommandError, match="--year 2024"):
            take(listed(LINDE, name=name))


def test_a_file_that_is_no_list_of_areas_is_refused_whole(listed: Any) -> None:
    with pytest.raises(CommandError, match="Missing: gemeente"):
        take(listed("a,b", head="naam,plaats"))
    with pytest.raises(CommandError, match="can't be opened"):
        take(Path("/nowhere/2024.csv"))


def test_a_long_list_takes_a_few_statements(listed: Any, django_assert_max_num_queries: Any) -> None:
    rows = [
        f"GM9999,Waterveen,WK9999{n // 100:02},Wijk {n // 100},BU9999{n:04},Buurt {n},5,{9000 + n % 999}"
        for n in range(3000)
    ]
    # Begin, end, two for what is there; SQLite takes about 100 areas, or 500 postcodes, in one statement.
    with django_assert_max_num_queries(45):
        said = take(listed(*rows))
    assert len(rows) > PORTION
    assert "3000 are new, with 30 districts." in said
