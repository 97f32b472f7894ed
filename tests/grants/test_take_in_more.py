"""What is asked besides of what came another way: the neighbourhood, and the scheme's own questions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grants.models import Application, Area, ExtraAnswer, ExtraQuestion, Letter, Scheme
from grants.review.actions import send_back
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from tests.grants.test_take_in import PAGE, at, taken_in, typed
from web import clock
from web.models import Funder, Person

KEEPS = {"text": "Wie zorgt er later voor?", "text_en": "Who looks after it later?", "reason": "Dan blijft het."}
SAID = "De school zorgt ervoor."


@pytest.fixture
def question(scheme: Scheme) -> ExtraQuestion:
    with make.changing(scheme) as edition:
        asked = edition.extra_questions.create(order=1, obligatory=True, purpose="decision", **KEEPS)
    scheme.refresh_from_db()
    return asked


@pytest.fixture
def areas() -> tuple[Area, Area]:
    return make.area("Lindebuurt", "1234"), make.area("Vijverbuurt", "1234", "1235")


def sent(as_: SignedIn, officer: Person, scheme: Scheme, **other: str) -> str:
    """What the page says to what was typed."""
    return as_(officer).post(at(scheme), typed(**other)).content.decode()


# Where it is


@pytest.mark.parametrize("line", ["Vijverbuurt", "vijverb", " 1235 ", "1235 AB", "{0.code}", "{0.in_words}"])
def test_the_area_is_kept_by_its_name_postcode_or_code(
    as_: SignedIn, scheme: Scheme, officer: Person, areas: tuple[Area, Area], line: str
) -> None:
    sent(as_, officer, scheme, area=line.format(areas[1]))
    assert Application.objects.get().plan.area == areas[1]


def test_who_does_not_know_leaves_it_empty(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    sent(as_, officer, scheme, area=" ")
    assert Application.objects.get().plan.area is None


@pytest.mark.parametrize(
    ("line", "told"), [("1234", ("Lindebuurt", "Vijverbuurt", "1234")), ("Nergens", ("We don't know Nergens.",))]
)
def test_several_or_none_are_asked_back_at_the_field(
    as_: SignedIn, scheme: Scheme, officer: Person, areas: tuple[Area, Area], line: str, told: tuple[str, ...]
) -> None:
    page = sent(as_, officer, scheme, area=line).replace("&#x27;", "'")
    assert all(part in page for part in told)
    assert f'value="{line}"' in page, "what was typed stays"
    assert not Application.objects.exists()


def test_a_scheme_of_some_areas_takes_its_own(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    """As the residents choose from its list: the district, when the neighbourhood that was named lies in it."""
    inside = make.area("Lindebuurt", "1234", code="BU99990101")
    make.area("Lindebuurt", "9999", code="BU88880101", district_code="WK888801", municipality_code="GM8888")
    district = make.area("Linden", code="WK999901", kind="wk", district_code="")
    make.limited(scheme, district)
    scheme.refresh_from_db()
    sent(as_, officer, scheme, area=inside.name)
    assert Application.objects.get().plan.area == district


def test_a_neighbourhood_counts_before_a_town_of_that_name(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    make.area("Waterveen", code="GM9999", kind="gm", district_code="")
    near = make.area("Waterveen")
    sent(as_, officer, scheme, area="waterveen")
    assert Application.objects.get().plan.area == near


# The scheme's own questions


def test_an_answer_is_part_of_the_plan_and_of_the_copy(
    as_: SignedIn, scheme: Scheme, officer: Person, question: ExtraQuestion
) -> None:
    assert KEEPS["text_en"] in as_(officer).get(PAGE).text
    sent(as_, officer, scheme, asked="2000", **{question.field: SAID})
    application = Application.objects.get()
    assert [each.answer for each in application.page.extra] == [SAID]
    assert SAID in Letter.objects.get().text
    assert SAID in as_(officer).get(reverse("grants:application", args=[application.pk])).text


def test_without_an_answer_it_is_taken_in_and_can_be_completed(
    as_: SignedIn, scheme: Scheme, officer: Person, question: ExtraQuestion
) -> None:
    """The question is obligatory for who sends it here."""
    sent(as_, officer, scheme, asked="2000")
    application = Application.objects.get()
    assert application.status == Application.Status.SUBMITTED
    assert not ExtraAnswer.objects.exists()
    until = clock.today() + timedelta(days=14)
    completion = send_back(application, missing=["extra"], until=until, by=officer)
    assert "Your answer to the fund's own question" in [str(part.text) for part in completion.parts]


def test_a_small_plan_is_not_asked_it(as_: SignedIn, scheme: Scheme, officer: Person, question: ExtraQuestion) -> None:
    sent(as_, officer, scheme, asked="450", **{question.field: SAID})
    assert not ExtraAnswer.objects.exists()


def test_what_another_scheme_asks_is_not_shown_or_kept(
    as_: SignedIn, scheme: Scheme, funder: Funder, officer: Person, question: ExtraQuestion
) -> None:
    other = make.scheme(funder, title="Groenpot")
    assert KEEPS["text_en"] in as_(officer).get(at(scheme)).text
    assert KEEPS["text_en"] not in as_(officer).get(at(other)).text
    sent(as_, officer, other, asked="2000", **{question.field: SAID})
    assert not ExtraAnswer.objects.exists()


def test_the_rules_of_its_day_ask(scheme: Scheme, officer: Person, question: ExtraQuestion) -> None:
    """The day before it was asked, nobody was asked it."""
    words = {"title": "Bankje", "what": "Een bankje.", "where_when": "Vijverpad", question.field: SAID}
    taken_in(scheme, officer, words=words, asked=make.money(2_000), on=clock.today() - timedelta(days=3))
    assert not ExtraAnswer.objects.exists()


def test_more_questions_take_no_query_more(
    as_: SignedIn, scheme: Scheme, funder: Funder, officer: Person, question: ExtraQuestion
) -> None:
    visitor = as_(officer)
    one = queries_of(visitor, at(scheme))
    for _each in range(3):
        make.scheme(funder)
    with make.changing(scheme) as edition:
        edition.extra_questions.create(order=2, purpose="decision", **KEEPS)
    assert queries_of(visitor, at(scheme)) == one
    assert as_(officer).get(at(scheme)).text.count(KEEPS["text_en"]) == 2
