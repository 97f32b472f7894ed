"""The figures of many plans are kept for a while: the page says since when, and they are what the rows say."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from grants.decide.actions import award
from grants.models import Application, Scheme, figures
from grants.models.figures import AHEAD, AT_ONCE, KEPT, Figures, count_ahead
from grants.models.period import Period
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_oversee import JANUARY, PAGE, cells, declined, january, noon, went
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.clock import today
from web.models import Funder, Person


@pytest.fixture
def one_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "MUCH", 0)


def received(visitor: Visitor, **asked: str) -> int:
    return int(visitor.get(PAGE, asked).context["figures"].outcome.received)


def test_few_plans_are_counted_at_each_visit(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    visitor = as_(officer)
    for number in range(3):
        make.application(scheme, make.person())
        assert received(visitor) == number + 1
    page = visitor.get(PAGE).text
    assert "Counted on" not in page
    assert "Count again" not in page


def test_more_than_much_is_kept(monkeypatch: pytest.MonkeyPatch, scheme: Scheme) -> None:
    monkeypatch.setattr(figures, "MUCH", 2)
    period = Period.this_year(scheme.funder)
    for number in range(1, 6):
        make.application(scheme, make.person())
        assert period.has_more_than(2) == (number > 2)
        assert Figures.of(period).outcome.received == min(number, 3), "the third is the first that is much"


def test_what_is_kept_says_since_when_and_is_counted_again_when_asked(
    as_: SignedIn, scheme: Scheme, officer: Person, one_is_much: None
) -> None:
    visitor, twelve = as_(officer), noon(today())
    make.application(scheme, make.person())
    with clock.at(twelve):
        assert received(visitor) == 1
    make.application(scheme, make.person())
    with clock.at(twelve + KEPT - timedelta(minutes=1)):
        page = visitor.get(PAGE, {"regeling": ""})
        assert page.context["figures"].outcome.received == 1
        assert f"{today().year}, 12:00" in page.text
        assert "Count again" in page.text
        again = visitor.post(f"{PAGE}?opnieuw=1", follow=True)
    assert again.redirect_chain == [(f"{PAGE}?", 302)]
    assert again.context["figures"].outcome.received == 2


def test_counting_again_stays_with_what_was_chosen(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    chosen = {"regeling": scheme.slug, "van": "01-01-2026"}
    answer = as_(officer).post(f"{PAGE}?{urlencode(chosen)}")
    assert answer["Location"] == f"{PAGE}?van=01-01-2026&regeling={scheme.slug}"


def test_after_an_hour_nothing_old_is_shown(scheme: Scheme, one_is_much: None) -> None:
    period, twelve = Period.this_year(scheme.funder), noon(today())
    make.application(scheme, make.person())
    with clock.at(twelve):
        Figures.of(period)
    make.application(scheme, make.person())
    for later, count in ((KEPT - timedelta(seconds=1), 1), (KEPT, 2)):
        with clock.at(twelve + later):
            assert Figures.of(period).outcome.received == count


def test_each_period_scheme_and_funder_has_figures_of_its_own(
    scheme: Scheme, officer: Person, other_funder: Funder, one_is_much: None
) -> None:
    went(scheme, officer)
    second = make.scheme(scheme.funder)
    for _time in range(2):
        went(second, officer)
    elsewhere = make.scheme(other_funder)
    periods = {
        january(scheme): 3,
        january(scheme, scheme=scheme): 1,
        january(scheme, scheme=second): 2,
        Period(scheme.funder, JANUARY, JANUARY): 3,
        Period(scheme.funder, JANUARY + timedelta(1), date(2026, 1, 31)): 0,
        january(elsewhere): 0,
    }
    for _first, _then_kept in ((0, 0), (1, 1)):
        assert {period: Figures.of(period).outcome.received for period in periods} == periods


Step = Callable[[Application, Person], object]

STEPS: list[Step] = [
    lambda it, by: make.judgement(it, by=by),
    lambda it, by: award(it, amount=it.asked, by=by),
    lambda it, by: declined(it.scheme, by, "Voor de buurt"),
    lambda it, by: make.returned(make.application(it.scheme, make.person()), by=by),
    lambda it, by: went(it.scheme, by, money=4),
    lambda it, by: make.application(make.scheme(it.scheme.funder), it.plan.first_contact),
]


def test_after_every_deed_the_kept_figures_are_those_of_the_rows(
    application: Application, officer: Person, one_is_much: None
) -> None:
    """Through the cache and back, and as the page counts them again."""
    period, seen = Period.this_year(application.scheme.funder), []
    for step in STEPS:
        step(application, officer)
        with clock.at(clock.now()):  # stands still, so that both are of the same moment
            Figures.of(period, within=AT_ONCE)
            assert Figures.of(period) == Figures.now(period)
        seen.append(repr(Figures.of(period)))
    assert len(set(seen)) == len(STEPS), "each of these steps shows"


def test_what_was_counted_in_dutch_is_read_in_english(scheme: Scheme, officer: Person, one_is_much: None) -> None:
    went(scheme, officer)
    with translation.override("nl"):
        Figures.of(january(scheme))
    kept = Figures.of(january(scheme))
    assert [str(each.name) for each in kept.newcomers] == ["for the first time", "asked before"]
    assert str(kept.paces[0].step) == "from receipt until complete"


def test_the_workbook_has_the_kept_figures_and_says_since_when(
    as_: SignedIn, scheme: Scheme, officer: Person, one_is_much: None
) -> None:
    visitor = as_(officer)
    went(scheme, officer)
    with clock.at(noon(today())):
        assert received(visitor, van="01-01-2026") == 1
    went(scheme, officer)
    with clock.at(noon(today()) + timedelta(minutes=5)):
        rows = cells(visitor.get(f"{PAGE}overzicht.xlsx?van=01-01-2026").content)["Figures"]
    assert ("Plans received", 1) in rows
    assert any(str(row[0]).startswith("Counted on") and str(row[0]).endswith(", 12:00.") for row in rows)


def test_the_clock_counts_ahead_where_there_is_much(scheme: Scheme, officer: Person, one_is_much: None) -> None:
    period, twelve = Period.this_year(scheme.funder), noon(today())
    make.application(scheme, make.person())
    with clock.at(twelve):
        count_ahead()
    make.application(scheme, make.person())
    for later, count in ((AHEAD - timedelta(seconds=1), 1), (AHEAD, 2)):
        with clock.at(twelve + later):
            count_ahead()
            with CaptureQueriesContext(connection) as asked:
                found = Figures.of(period)
            assert (found.outcome.received, len(asked)) == (count, 1), "found, not counted"


def test_the_clock_counts_nothing_ahead_where_there_is_little(scheme: Scheme) -> None:
    make.application(scheme, make.person())
    count_ahead()  # the cache makes itself known
    with CaptureQueriesContext(connection) as asked:
        count_ahead()
    assert len(asked) == 1 + Funder.objects.count()


def test_kept_figures_take_few_queries(as_: SignedIn, scheme: Scheme, officer: Person, one_is_much: None) -> None:
    went(scheme, officer, money=1)
    declined(scheme, officer, "Voor de buurt")
    # The funders; schemes to choose from; what was kept; money left and asked.
    assert queries_of(as_(officer), f"{PAGE}?van=01-01-2026") == DOOR + 5
