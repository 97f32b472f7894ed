"""The inbox as a worklist: finding a plan, lists of one's own, and the next one of a list."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.erase.actions import erase_person
from grants.models import Application, KeptList, Scheme
from grants.models.sieve import Sieve
from grants.review.actions import take_up
from grants.sift.actions import MOST, keep_list, remove_list, rename_list
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_overview import DOOR, due, queries_of
from web.clock import today
from web.models import Deed, Funder, Person, Seat
from web.words import words_in

INBOX = "/werk/"


def found(visitor: Visitor, typed: str) -> list[int]:
    return [row.pk for row in visitor.get(INBOX, {"zoek": typed}).context["page"].rows]


@pytest.fixture
def rozen(scheme: Scheme) -> Application:
    """Roos Doornbos wants rose arches in the Kastanjelaan."""
    roos = make.person("Roos van den Doornbos", postcode="4321 ZY", house_number="12a")
    answers = {"what": "Rozenbogen", "where_when": "In de Kastanjelaan, in mei"}
    made = make.application(scheme, roos, title="Rozenbogen voor iedereen")
    for field, text in answers.items():
        setattr(made.plan, field, text)
    made.plan.group_name = "Straatclub Kastanje"
    made.plan.save()
    return made


# Finding


@pytest.mark.parametrize(
    "typed",
    [
        "doornbos",
        "Roos",
        "roos van den doornbos",
        "Rozenbogen",
        "rozen",
        "ROZENBOGEN IEDEREEN",
        "kastanjelaan",
        "straatclub",
        "4321 ZY",
        "4321zy",
        "4321 zy 12a",
        "doornbos kastanjelaan",
        "de rozenbogen van Roos",
        "rozenbogen (Doornbos)",
    ],
)
def test_a_plan_is_found_by_name_title_and_street(
    as_: SignedIn, rozen: Application, application: Application, officer: Person, typed: str
) -> None:
    assert found(as_(officer), typed) == [rozen.pk]


@pytest.mark.parametrize(
    "how", ["{n}", "{y}-{n}", "{y} - {n}", "{y}/{n}", "{y}–{n}", " {y}-{n} ", "nr. {n}", "#{n}", "aanvraag {y}-{n}"]
)
def test_a_number_is_found_as_people_type_it(
    as_: SignedIn, rozen: Application, application: Application, officer: Person, how: str
) -> None:
    year = today().year
    rows = found(as_(officer), how.format(y=year, n=rozen.pk))
    assert rozen.pk in rows
    assert "{y}" not in how or rows == [rozen.pk], "a bare number may be of a house or a postcode as well"
    assert found(as_(officer), f"{year - 1}-{rozen.pk}") == []


def test_the_numbers_of_a_decision_and_of_the_town_hall_are_found(
    as_: SignedIn, granted: Application, rozen: Application, officer: Person
) -> None:
    number = granted.decisions.get().number
    visitor = as_(officer)
    assert found(visitor, number) == [granted.pk]
    assert found(visitor, number.lower().replace("-", " ")) == [granted.pk]
    Application.objects.filter(pk=rozen.pk).update(case_number="Z/2026-00417")
    assert found(visitor, "z/2026-00417") == [rozen.pk]


@pytest.mark.parametrize(
    "typed", ["rododendron", "roos rododendron", "%", "'; drop", ":*", "!", "§§", "9" * 30, "a" * 500]
)
def test_what_is_not_there_is_not_found_and_the_page_says_what_to_try(
    as_: SignedIn, rozen: Application, officer: Person, typed: str
) -> None:
    page = as_(officer).get(INBOX, {"zoek": typed})
    assert not page.context["page"].rows
    assert "Try one word" in page.text


def test_another_fund_finds_nothing_of_it(as_: SignedIn, rozen: Application, outsider: Person) -> None:
    visitor = as_(outsider)
    for typed in ("rozenbogen", "doornbos", str(rozen.pk), rozen.number, "4321zy"):
        assert found(visitor, typed) == []


def test_a_draft_is_not_found(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    make.draft(scheme, make.person("Klad Kladder"), title="Nog een klad")
    assert found(as_(officer), "klad") == []


def test_what_was_done_is_found_too_and_looks_done(as_: SignedIn, granted: Application, officer: Person) -> None:
    page = as_(officer).get(INBOX, {"zoek": granted.plan.title})
    assert [row.pk for row in page.context["page"].rows] == [granted.pk]
    assert '<span class="quiet">done</span>' in page.text
    assert 'class="badge good"' in page.text
    assert "Give the ticked ones" not in page.text, "nothing here can be ticked"


def test_who_searches_sees_what_is_found_before_anything_else(
    as_: SignedIn, rozen: Application, officer: Person
) -> None:
    visitor = as_(officer)
    make.idea(rozen.scheme.funder)
    assert all(words in visitor.get(INBOX).text for words in ("Ideas to answer", "Due within a week"))
    page = visitor.get(INBOX, {"zoek": rozen.plan.title}).text
    assert not any(words in page for words in ("Ideas to answer", "Due within a week"))
    assert "Give the ticked ones" in page


def test_sixty_found_come_on_two_pages(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    made = {make.application(scheme, make.person(), title=f"Bankje {number}").pk for number in range(60)}
    visitor = as_(officer)
    first = visitor.get(INBOX, {"zoek": "bankje"})
    after = first.context["page"].after
    assert f"?lijst=all&amp;zoek=bankje&amp;after={after}" in first.text
    second = visitor.get(INBOX, {"zoek": "bankje", "after": after}).context["page"]
    rows = [row.pk for row in (*first.context["page"].rows, *second.rows)]
    assert len(rows) == len(set(rows)) == 60
    assert set(rows) == made


def test_search_takes_as_many_queries_for_one_as_for_sixty(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    make.application(scheme, make.person(), title="Bankje")
    visitor, address = as_(officer), f"{INBOX}?zoek=bankje"
    one = queries_of(visitor, address)
    for number in range(60):
        make.application(scheme, make.person(), title=f"Bankje {number}")
    assert queries_of(visitor, address) == one == DOOR + 5, "what is found, and the counts; no tasks"


def test_words_are_read_as_they_are_meant() -> None:
    assert words_in("De tuin van Joke") == ["tuin", "joke"]
    assert words_in("van de") == ["van", "de"]
    assert words_in("1234 AB 12-a") == ["1234ab", "12", "a"]
    assert words_in("a b c d e f g h") == list("abcdef")


# Lists


def test_late_and_soon_are_said_in_words(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    for days in (-3, -1, 0, 4, 30):
        due(scheme, days)
    page = as_(officer).get(INBOX).text
    for words in ("Late: 3 days", "Late: 1 day", "Today", "In 4 days"):
        assert words in page
    assert "In 30 days" not in page
    late = as_(officer).get(f"{INBOX}?lijst=late").context["page"].rows
    assert [(today() - row.answer_by).days for row in late] == [3, 1]


def test_each_part_of_a_sieve_narrows(
    as_: SignedIn, scheme: Scheme, application: Application, officer: Person, funder: Funder
) -> None:
    other = make.scheme(funder, title="Groenpot", slug="groenpot")
    large = make.application(other, make.person(), asked=3_000)
    take_up(large, by=officer)
    Application.objects.filter(pk=application.pk).update(status=Application.Status.COMPLETE)
    rows = {
        "stand=complete": [application.pk],
        "regeling=groenpot": [large.pk],
        f"wie={officer.pk}": [large.pk],
        "soort=snel": [application.pk],
        "lijst=mine": [large.pk],
        "lijst=nobody": [application.pk],
        "lijst=todo&stand=granted": [],
        "fonds=elders": [],
        "stand=onzin&soort=onzin&wie=onzin": [application.pk, large.pk],
    }
    visitor = as_(officer)
    for asked, expected in rows.items():
        assert sorted(row.pk for row in visitor.get(f"{INBOX}?{asked}").context["page"].rows) == expected, asked


def test_a_list_is_kept_under_a_name_with_how_many_wait(
    as_: SignedIn, scheme: Scheme, officer: Person, decider: Person
) -> None:
    due(scheme, 1)
    make.application(scheme, make.person(), asked=3_000)
    visitor = as_(officer)
    assert "soort=snel" in visitor.get("/werk/kiezen/?soort=snel").wsgi_request.get_full_path()
    sent = visitor.post("/werk/lijst/?lijst=todo&soort=snel&zoek=Lindeboom", {"name": "Snel eerst"})
    kept = KeptList.objects.get()
    assert sent["Location"] == f"{INBOX}?{kept.narrowed}"
    assert "Lindeboom" not in kept.narrowed, "a name of a resident is not kept"
    page = visitor.get(sent["Location"])
    assert len(page.context["page"].rows) == 1
    assert [(each.name, each.count) for each in page.context["lists"]["own"]] == [("Snel eerst", 1)]
    assert 'aria-current="page">Snel eerst' in page.text
    assert "Snel eerst" not in as_(decider).get(INBOX).text
    assert Deed.objects.get(verb="keep_list").by == officer


def test_a_kept_list_is_renamed_and_removed_by_who_keeps_it(
    as_: SignedIn, officer: Person, decider: Person, funder: Funder
) -> None:
    kept = keep_list(funder, name="Snel", sieve=Sieve(kind="snel"), by=officer)
    keep_list(funder, name="Klein", sieve=Sieve(kind="klein"), by=officer)
    page, visitor = reverse("grants:kept_list", args=[kept.pk]), as_(officer)
    taken = visitor.post(page, {"name": "Klein"})
    assert "You have a list of this name." in taken.text
    assert 'value="Klein"' in taken.text, "what was typed stays"
    assert visitor.post(page, {"name": "Eerst"})["Location"].startswith(INBOX)
    assert as_(decider).post(page, {"remove": "1"}).status_code == 404
    for act in (lambda: rename_list(kept, name="x", by=decider), lambda: remove_list(kept, by=decider)):
        with pytest.raises(PermissionDenied):
            act()
    assert visitor.post(page, {"remove": "1"})["Location"] == INBOX
    assert [each.name for each in KeptList.objects.all()] == ["Klein"]


def test_twelve_lists_are_enough_and_a_name_is_asked(as_: SignedIn, officer: Person, funder: Funder) -> None:
    visitor = as_(officer)
    assert "Fill this in." in visitor.post("/werk/lijst/?soort=snel", {"name": " "}).text
    for number in range(MOST):
        keep_list(funder, name=f"Lijst {number}", sieve=Sieve(), by=officer)
    with pytest.raises(ValidationError, match="twelve lists"):
        keep_list(funder, name="Nog een", sieve=Sieve(), by=officer)
    assert "twelve lists" in visitor.post("/werk/lijst/", {"name": "Nog een"}).text


def test_a_list_ends_with_the_seat(as_: SignedIn, officer: Person, funder: Funder, other_funder: Funder) -> None:
    keep_list(funder, name="Van vroeger", sieve=Sieve(), by=officer)
    make.seat(officer, other_funder, Seat.Role.OFFICER)
    officer.seats.filter(funder=funder).update(
        ends_on=today() - timedelta(days=1), starts_on=today() - timedelta(days=9)
    )
    assert "Van vroeger" not in as_(officer).get(INBOX).text


def test_who_is_erased_leaves_no_list(officer: Person, funder: Funder) -> None:
    keep_list(funder, name="Buurman Lindeboom", sieve=Sieve(), by=officer)
    officer.seats.update(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    erase_person(officer, by=Person.system())
    assert not KeptList.objects.exists()


def test_more_lists_take_no_more_queries(
    as_: SignedIn, application: Application, officer: Person, funder: Funder
) -> None:
    visitor = as_(officer)
    before = queries_of(visitor, INBOX)
    for number in range(MOST):
        keep_list(funder, name=f"Lijst {number}", sieve=Sieve(kind="snel"), by=officer)
    assert queries_of(visitor, INBOX) == before


# The next one


def neighbours(visitor: Visitor, application: Application) -> tuple[int | None, int | None]:
    shown = visitor.get(reverse("grants:application", args=[application.pk])).context["application"]
    return getattr(shown, "the_one_before", None), getattr(shown, "the_one_after", None)


def test_the_next_and_the_one_before_are_of_my_list(
    as_: SignedIn, scheme: Scheme, officer: Person, decider: Person
) -> None:
    first, second, third = due(scheme, 1), due(scheme, 2), due(scheme, 2)
    between = due(scheme, 2)
    take_up(between, by=decider)
    visitor = as_(officer)
    assert neighbours(visitor, second) == (None, None), "no list was looked at"
    visitor.get(f"{INBOX}?lijst=nobody")
    assert neighbours(visitor, first) == (None, second.pk)
    assert neighbours(visitor, second) == (first.pk, third.pk)
    assert neighbours(visitor, third) == (second.pk, None)
    visitor.get(f"{INBOX}?lijst=all")
    assert neighbours(visitor, second) == (third.pk, first.pk), "the newest first"
    page = visitor.get(reverse("grants:application", args=[second.pk])).text
    assert f'rel="next" href="/werk/{first.pk}/"' in page


def test_what_i_just_decided_still_leads_to_the_next(
    as_: SignedIn, scheme: Scheme, officer: Person, judged: Application
) -> None:
    Application.objects.filter(pk=judged.pk).update(answer_by=today())
    after = due(scheme, 3)
    visitor = as_(officer)
    visitor.get(INBOX)
    make.grant(Application.objects.get(pk=judged.pk), by=officer)
    assert neighbours(visitor, judged) == (None, after.pk)


def test_the_next_one_takes_no_query(as_: SignedIn, scheme: Scheme, application: Application, officer: Person) -> None:
    visitor, page = as_(officer), reverse("grants:application", args=[application.pk])
    without = queries_of(visitor, page)
    for chosen in ("todo", "mine", "all"):
        visitor.get(f"{INBOX}?lijst={chosen}")
        assert queries_of(visitor, page) == without
