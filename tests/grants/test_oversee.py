"""A coordinator's overview: figures that are right to the day, of teams and never of people."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import ceil

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grants.decide.actions import decline
from grants.models import Application, Decision, Member, Plan, Scheme
from grants.models.period import Pace, Period
from ledger.models import Payment
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from tests.ledger.make_money import paid
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person, Seat

PAGE = "/werk/overzicht/"
JANUARY = date(2026, 1, 10)


def noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(12)))


def went(
    scheme: Scheme, officer: Person, *, complete: int = 1, decided: int = 3, money: int | None = None, **plan: str
) -> Application:
    """Received on 10 January, and then so many days after each step; without `money` it isn't paid yet."""
    made = make.application(scheme, make.person(), **plan)  # type: ignore[arg-type]  # the fields of a plan
    grant = make.grant(made, by=officer)
    complete_on = JANUARY + timedelta(days=complete)
    decided_on = complete_on + timedelta(days=decided)
    facts = {"received_on": JANUARY, "complete_at": noon(complete_on), "answer_by": JANUARY + timedelta(days=14)}
    Application.objects.filter(pk=made.pk).update(**facts)
    Decision.objects.filter(application=made).update(at=noon(decided_on))
    if money is not None:
        paid(grant.commitment, by=make.person())
        day = decided_on + timedelta(days=money)
        Payment.objects.filter(commitment=grant.commitment).update(confirmed_on=day)
    return made


def january(of: Scheme, scheme: Scheme | None = None) -> Period:
    """Of all schemes of its funder, or of one."""
    return Period(of.funder, date(2026, 1, 1), date(2026, 1, 31), scheme)


def declined(scheme: Scheme, officer: Person, *titles: str) -> Application:
    made = make.application(scheme, make.person())
    make.judgement(made, by=officer)
    grounds = made.edition.criteria.filter(title__in=titles)
    decline(made, grounds=grounds, reason="Nee.", possible="Een kleiner plan.", by=officer)
    Application.objects.filter(pk=made.pk).update(received_on=JANUARY)
    return made


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_a_pace_is_read_off_the_counts_as_off_the_days_themselves(took: list[int]) -> None:
    pace = Pace.of("", [(days, took.count(days)) for days in set(took)])
    ordered = sorted(took)
    assert pace.plans == len(took)
    assert pace.median == ordered[ceil(len(took) / 2) - 1]
    assert pace.most == ordered[ceil(len(took) * 9 / 10) - 1]
    assert sum(days <= pace.most for days in took) * 10 >= len(took) * 9


def test_of_nothing_there_is_no_pace() -> None:
    assert (Pace.of("", []).median, Pace.of("", []).most) == (None, None)


def test_each_step_is_counted_in_days(scheme: Scheme, officer: Person) -> None:
    for complete, decided, money in ((0, 2, 1), (2, 3, 5), (4, 20, None)):
        went(scheme, officer, complete=complete, decided=decided, money=money)
    found = [(pace.plans, pace.median, pace.most) for pace in january(scheme).paces()]
    assert found == [(3, 2, 4), (3, 3, 20), (2, 1, 5), (3, 5, 24)]


def test_the_period_is_of_what_was_received_in_it(scheme: Scheme, officer: Person) -> None:
    went(scheme, officer)
    make.application(scheme, make.person())
    assert january(scheme).outcome().received == 1
    for first, last, count in (
        (JANUARY, JANUARY, 1),
        (JANUARY + timedelta(1), today(), 1),
        (date(2025, 1, 1), today(), 2),
    ):
        assert Period(scheme.funder, first, last).outcome().received == count, first


def test_one_scheme_is_apart_from_another_and_no_other_funder_is_in_it(
    scheme: Scheme, officer: Person, other_funder: Funder
) -> None:
    went(scheme, officer)
    second = make.scheme(scheme.funder)
    went(second, officer)
    Application.objects.filter(pk=make.application(make.scheme(other_funder), make.person()).pk).update(
        received_on=JANUARY
    )
    assert january(scheme).outcome().received == 2
    assert january(scheme, scheme=second).outcome().received == 1
    assert [each.scheme for each in january(scheme, scheme=second).money_left()] == [second]


def test_late_is_what_was_decided_late_and_what_is_late_now(scheme: Scheme, officer: Person) -> None:
    went(scheme, officer, decided=13)
    went(scheme, officer, decided=14)
    waits = make.application(scheme, make.person())
    Application.objects.filter(pk=waits.pk).update(received_on=JANUARY, answer_by=today() - timedelta(days=1))
    due = make.application(scheme, make.person())
    Application.objects.filter(pk=due.pk).update(received_on=JANUARY, answer_by=today())
    found = january(scheme).outcome()
    assert (found.received, found.granted, found.undecided, found.late, found.late_now) == (4, 2, 2, 1, 1)
    assert found.late_share == 67  # two of the three whose day has come
    assert january(scheme, scheme=make.scheme(scheme.funder)).outcome().late_share is None


def test_what_was_sent_back_counts_once(scheme: Scheme, officer: Person) -> None:
    made = make.application(scheme, make.person())
    make.returned(made, by=officer)
    Application.objects.filter(pk=made.pk).update(received_on=JANUARY)
    assert (january(scheme).outcome().returned, january(scheme).outcome().again) == (1, 0)


def test_reasons_of_refusal_are_counted_per_criterion(scheme: Scheme, officer: Person) -> None:
    declined(scheme, officer, "Geen winst", "Voor de buurt")
    declined(scheme, officer, "Voor de buurt")
    found = [(str(each.name), each.plans) for each in january(scheme).refusals()]
    assert found == [("Voor de buurt", 2), ("Geen winst", 1)]
    assert january(scheme).outcome().declined == 2


def test_it_shows_where_the_plans_are_and_what_went_there(scheme: Scheme, officer: Person) -> None:
    here, there = went(scheme, officer), declined(scheme, officer, "Voor de buurt")
    Plan.objects.filter(pk=here.plan_id).update(area=make.area("De Bongerd"))
    found = {each.name: (each.plans, each.granted, each.amount) for each in january(scheme).areas()}
    assert found == {"De Bongerd": (1, 1, euro(450)), "": (1, 0, euro(0))}
    assert there.granted is None


def test_who_asked_before_is_told_from_who_asks_for_the_first_time(
    scheme: Scheme, officer: Person, other_funder: Funder
) -> None:
    once, elsewhere = went(scheme, officer), went(scheme, officer)
    again = make.application(scheme, Member.objects.get(plan=once.plan).person)
    Application.objects.filter(pk=again.pk).update(received_on=JANUARY + timedelta(days=2))
    there = make.application(make.scheme(other_funder), Member.objects.get(plan=elsewhere.plan).person)
    Application.objects.filter(pk=there.pk).update(received_on=JANUARY - timedelta(days=9))
    first_time, asked_before = january(scheme).newcomers()
    assert (first_time.plans, asked_before.plans) == (2, 1)


def test_what_was_taken_over_and_drafts_are_not_counted(scheme: Scheme, officer: Person) -> None:
    went(scheme, officer)
    Application.objects.update(imported=True)
    make.draft(scheme, make.person())
    assert january(scheme).outcome().received == 0


def test_money_is_what_is_left_now(scheme: Scheme, officer: Person) -> None:
    went(scheme, officer)
    make.application(scheme, make.person(), asked=300)
    (found,) = january(scheme).money_left()
    assert (found.left, found.waiting) == (euro(9_550), euro(300))


@pytest.mark.parametrize("role", [Seat.Role.OFFICER, Seat.Role.DECIDER, Seat.Role.FUND_ADMIN, Seat.Role.AUDITOR])
def test_who_works_on_the_plans_reads_it_and_its_auditor(as_: SignedIn, scheme: Scheme, role: Seat.Role) -> None:
    reader = make.person()
    make.seat(reader, scheme.funder, role)
    assert as_(reader).get(PAGE).status_code == 200


def test_others_are_refused(as_: SignedIn, treasurer: Person, resident: Person, funder: Funder) -> None:
    adviser = make.person()
    make.seat(adviser, funder, Seat.Role.PANEL)
    for person in (treasurer, resident, adviser):
        assert as_(person).get(PAGE).status_code == 403
        assert as_(person).get(f"{PAGE}overzicht.xlsx").status_code == 403


def test_a_funder_is_asked_for_in_vain_by_who_has_no_seat_there(
    as_: SignedIn, scheme: Scheme, officer: Person, outsider: Person
) -> None:
    went(scheme, officer)
    page = as_(outsider).get(PAGE, {"geldgever": scheme.funder.slug, "regeling": scheme.slug, "van": "01-01-2026"})
    assert page.context["period"].funder != scheme.funder
    assert scheme.title not in page.text


def test_no_figure_is_of_somebody_of_the_staff(as_: SignedIn, scheme: Scheme, officer: Person, auditor: Person) -> None:
    went(scheme, officer, money=2)
    page = as_(auditor).get(PAGE, {"van": "01-01-2026"})
    assert officer.name not in page.text
    assert officer.name not in str(cells(as_(auditor).get(f"{PAGE}overzicht.xlsx?van=01-01-2026").content))


def cells(book: bytes) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(BytesIO(book))}


def test_the_workbook_has_the_figures_of_the_page(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    went(scheme, officer, money=2)
    with make.changing(scheme) as edition:
        edition.criteria.filter(title="Geen winst").update(title="=cmd()", title_en="=cmd()")
    declined(Scheme.objects.get(pk=scheme.pk), officer, "=cmd()")
    found = cells(as_(officer).get(f"{PAGE}overzicht.xlsx?van=01-01-2026&tot=31-01-2026").content)
    assert ("Plans received", 2) in found["Figures"]
    assert ("from the decision until the money", 1, 2, 2) in [row[:4] for row in found["Days"]]
    assert ("=cmd()", 1) in found["Refusals"]
    assert (
        load_workbook(BytesIO(as_(officer).get(f"{PAGE}overzicht.xlsx?van=01-01-2026").content))["Refusals"][
            "A2"
        ].data_type
        == "s"
    )


@pytest.mark.parametrize(
    "asked",
    [{"van": "gisteren"}, {"tot": "2026-13-45"}, {"regeling": "' OR 1=1"}, {"van": "01-02-2026", "tot": "01-01-2026"}],
)
def test_what_can_t_be_read_is_said_and_this_year_is_shown(
    as_: SignedIn, scheme: Scheme, officer: Person, asked: dict[str, str]
) -> None:
    page = as_(officer).get(PAGE, asked)
    assert page.context["period"] == Period(scheme.funder, date(today().year, 1, 1), today())
    assert page.context["form"].errors
    assert all(typed in page.text for name, typed in asked.items() if name != "regeling")


def test_an_english_page_says_which_criteria_are_dutch(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    with make.changing(scheme) as edition:
        edition.criteria.filter(title="Voor de buurt").update(title_en="")
    declined(Scheme.objects.get(pk=scheme.pk), officer, "Geen winst", "Voor de buurt")
    address = f"{PAGE}?van=01-01-2026"
    page = as_(officer).get(address).text
    assert '<span lang="en">No profit</span>' in page
    assert '<span lang="nl">Voor de buurt</span>' in page
    visitor = as_(officer)
    visitor.cookies["django_language"] = "nl"
    assert '<span lang="nl">Geen winst</span>' in visitor.get(address).text


def test_the_overview_takes_as_many_queries_for_few_as_for_many(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    visitor, address = as_(officer), f"{PAGE}?van=01-01-2026"
    went(scheme, officer, money=1)
    declined(scheme, officer, "Voor de buurt")
    few = queries_of(visitor, address)
    for number in range(8):
        made = went(scheme, officer, complete=number, decided=number, money=number)
        Plan.objects.filter(pk=made.plan_id).update(area=make.area(f"Buurt {number}"))
    declined(scheme, officer, "Geen winst")
    make.scheme(scheme.funder)
    # The funders; schemes to choose from; what was kept (nothing); four paces; decided and sent back; refusals and
    # their criteria; areas; groups; money left and asked.
    assert queries_of(visitor, address) == few == DOOR + 15 <= 25


def test_money_is_drawn_too_and_a_scheme_that_is_asked_for_more_than_there_is(
    as_: SignedIn, scheme: Scheme, fund_admin: Person
) -> None:
    make.application(scheme, make.person(), asked=10_000)
    make.application(scheme, make.person(), asked=10_000)
    page = as_(fund_admin).get(reverse("grants:oversee")).text
    money = page[page.index("Money now") :]
    assert re.findall(r'class="bar-part"[^>]* width="(\d+)"', money) == ["500", "1000"], "10,000 left, 20,000 asked"
