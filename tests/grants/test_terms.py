"""Terms of the law: a table of cases, each worked out by hand from the text of its article, and what always holds.

Of 2026: 1 January is a Thursday, 1 March a Sunday. Good Friday is 3 April, Easter Monday the 6th, King's Day Monday
27 April, 5 May a Tuesday, Ascension 14 May, Whit Monday 25 May, and Christmas Day a Friday.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.models import clock
from grants.models.clock import Longer, Stop, Term
from web.clock import is_working_day

EIGHT, THREE, FIVE_DAYS = Term(8), Term(3), Term(5, in_working_days=True)


def on(day: str) -> date:
    """`4-3` is 4 March 2026; another year is written out."""
    number, month, *year = map(int, day.split("-"))
    return date(year[0] if year else 2026, month, number)


def answer(received: str, term: Term, *stops: str, longer: str = "") -> date:
    """`stops` and `longer` are days with spaces between: asked, until, answered; told, until."""
    times = [Stop(*map(on, stop.split())) for stop in stops]
    return clock.answer_by(on(received), term, times, Longer(*map(on, longer.split())) if longer else None)


def ends(after: str, **term: int) -> date:
    return clock.end_of_term(on(after), **term)


DAYS: list[tuple[str, str, Callable[[], date | None], str | None]] = [
    # Awb 4:13: eight weeks; Atw 1 and 3: not on a Saturday, a Sunday or a holiday
    ("Awb 4:13", "the day it came doesn't count", lambda: answer("5-1", EIGHT), "2-3"),
    ("Atw 1", "Saturday 28 February", lambda: answer("3-1", EIGHT), "2-3"),
    ("Atw 1", "Sunday 1 March", lambda: answer("4-1", EIGHT), "2-3"),
    ("Atw 3(1)", "Easter Monday", lambda: answer("9-2", EIGHT), "7-4"),
    ("Atw 3(2)", "Good Friday, and the weekend and Monday after it", lambda: answer("6-2", EIGHT), "7-4"),
    ("Atw 3(1)", "King's Day", lambda: answer("2-3", EIGHT), "28-4"),
    ("Atw 3(1)", "5 May", lambda: answer("10-3", EIGHT), "6-5"),
    ("Atw 3(1)", "Ascension Day", lambda: answer("19-3", EIGHT), "15-5"),
    ("Atw 3(1)", "Whit Monday", lambda: answer("30-3", EIGHT), "26-5"),
    ("Atw 3(1)", "Christmas on Friday and Saturday, then a Sunday", lambda: answer("30-10", EIGHT), "28-12"),
    ("Atw 3(1)", "New Year's Day, a Friday", lambda: answer("6-11", EIGHT), "4-1-2027"),
    ("Awb 4:13", "a scheme's own three weeks", lambda: answer("4-3", THREE), "25-3"),
    ("Awb 4:13", "three weeks, to Easter Sunday", lambda: answer("15-3", THREE), "7-4"),
    ("Atw 4", "twelve weeks, to Saturday 4 April", lambda: answer("10-1", Term(12)), "7-4"),
    ("Atw 4", "thirteen weeks aren't lengthened", lambda: answer("3-1", Term(13)), "4-4"),
    ("round", "a Saturday that was published stays", lambda: answer("2-3", Term(on=on("4-4"))), "4-4"),
    ("round", "moved a day, it is a term again", lambda: answer("2-3", Term(on=on("4-4")), "3-3 17-3 5-3"), "7-4"),
    ("promise", "five working days over King's Day", lambda: answer("24-4", FIVE_DAYS), "4-5"),
    ("promise", "five working days over Easter", lambda: answer("1-4", FIVE_DAYS), "10-4"),
    ("promise", "five working days over Christmas", lambda: answer("21-12", FIVE_DAYS), "29-12"),
    # Awb 4:15: the clock stands still
    ("Awb 4:15", "the 3rd to the 8th, then a Sunday", lambda: answer("2-3", THREE, "2-3 16-3 9-3"), "30-3"),
    ("Awb 4:15", "no answer: fourteen days, to Easter Monday", lambda: answer("2-3", THREE, "2-3 16-3"), "7-4"),
    ("Awb 4:15", "answered the same day", lambda: answer("2-3", THREE, "2-3 16-3 2-3"), "23-3"),
    ("Awb 4:15", "answered too late is no answer", lambda: answer("2-3", THREE, "2-3 16-3 20-3"), "7-4"),
    ("Awb 4:15", "six days make it Sunday 2 August", lambda: answer("1-6", EIGHT, "3-6 17-6 10-6"), "3-8"),
    (
        "Awb 4:15",
        "one day more is that Monday: the weekend isn't added twice",
        lambda: answer("1-6", EIGHT, "3-6 17-6 10-6", "6-7 20-7 8-7"),
        "3-8",
    ),
    ("Awb 4:15", "before the round closed: one day of three", lambda: answer("3-3", EIGHT, "1-3 15-3 5-3"), "29-4"),
    ("Awb 4:15", "asked on the last day", lambda: answer("2-3", THREE, "23-3 6-4"), "23-3"),
    ("Awb 4:15", "asked on the Monday it was lengthened to", lambda: answer("1-3", THREE, "23-3 6-4"), "23-3"),
    ("Awb 4:15", "asked on the Sunday before that", lambda: answer("1-3", THREE, "22-3 29-3"), "30-3"),
    ("Awb 4:15", "two working days of four", lambda: answer("2-3", FIVE_DAYS, "4-3 11-3 9-3"), "11-3"),
    # Awb 4:14: one notice of another day
    ("Awb 4:14", "the day that was named", lambda: answer("5-1", EIGHT, longer="20-2 30-3"), "30-3"),
    ("Awb 4:14", "a Saturday was named", lambda: answer("5-1", EIGHT, longer="20-2 28-3"), "30-3"),
    ("Awb 4:14", "nine days still after it", lambda: answer("5-1", EIGHT, "2-3 16-3 12-3", longer="20-2 30-3"), "8-4"),
    ("Awb 4:14", "days still before it", lambda: answer("5-1", EIGHT, "6-1 20-1 16-1", longer="20-2 30-3"), "30-3"),
    (
        "Awb 4:14",
        "asked the same day: after it",
        lambda: answer("5-1", EIGHT, "20-2 6-3 26-2", longer="20-2 30-3"),
        "7-4",
    ),
    # Awb 4:5(4): not handled, within four weeks
    ("Awb 4:5(4)", "four weeks", lambda: clock.not_handled_by(on("16-3")), "13-4"),
    ("Awb 4:5(4)", "to Easter Monday", lambda: clock.not_handled_by(on("9-3")), "7-4"),
    # Awb 6:7 and 6:8: six weeks to object
    ("Awb 6:8", "from the day after it was sent", lambda: clock.object_until(on("5-1")), "16-2"),
    ("Atw 3(1)", "to Easter Monday", lambda: clock.object_until(on("23-2")), "7-4"),
    ("Atw 3(2)", "to Good Friday", lambda: clock.object_until(on("20-2")), "7-4"),
    ("Atw 1", "to a Saturday in June", lambda: clock.object_until(on("2-5")), "15-6"),
    ("Atw 3(1)", "to King's Day", lambda: clock.object_until(on("16-3")), "28-4"),
    # Awb 7:10: the answer to an objection
    ("Awb 7:10(1)", "six weeks", lambda: clock.objection_answer_by(on("16-2")), "30-3"),
    ("Awb 7:10(1)", "with a committee", lambda: clock.objection_answer_by(on("16-2"), with_committee=True), "11-5"),
    ("Awb 7:10(3)", "put off once", lambda: clock.objection_answer_by(on("16-2"), adjourned=True), "11-5"),
    (
        "Awb 7:10(3)",
        "with a committee, and put off",
        lambda: clock.objection_answer_by(on("16-2"), with_committee=True, adjourned=True),
        "22-6",
    ),
    # Awb 9:11: the answer to a complaint
    ("Awb 9:11(1)", "six weeks", lambda: clock.complaint_answer_by(on("2-3")), "13-4"),
    ("Awb 9:11(1)", "with a committee", lambda: clock.complaint_answer_by(on("2-3"), with_committee=True), "11-5"),
    ("Awb 9:11(2)", "put off once", lambda: clock.complaint_answer_by(on("2-3"), adjourned=True), "11-5"),
    # Awb 4:87: six weeks to pay
    ("Awb 4:87", "six weeks", lambda: clock.pay_by(on("1-4")), "13-5"),
    ("Atw 3(1)", "to Ascension Day", lambda: clock.pay_by(on("2-4")), "15-5"),
    # thirteen weeks to fix: too long to be lengthened
    ("Atw 4", "to a Saturday", lambda: clock.fix_by(on("3-1")), "4-4"),
    ("Atw 4", "to Easter Monday", lambda: clock.fix_by(on("5-1")), "6-4"),
    # Awb 4:17: from when lateness costs money
    ("Awb 4:17(3)", "a notice on the last day is too early", lambda: clock.penalty_from(on("2-3"), on("2-3")), None),
    ("Awb 4:17(3)", "two weeks, and the day after", lambda: clock.penalty_from(on("2-3"), on("3-3")), "18-3"),
    ("Atw 1", "two weeks, to a Saturday", lambda: clock.penalty_from(on("2-3"), on("7-3")), "24-3"),
    ("Atw 3(1)", "two weeks, to Easter Monday", lambda: clock.penalty_from(on("2-3"), on("23-3")), "8-4"),
    # Atw 2 and 4: short terms, and the longest
    ("Atw 1", "one day, a Saturday", lambda: ends("6-3", days=1), "9-3"),
    ("Atw 2", "two days needn't hold two working days", lambda: ends("6-3", days=2), "9-3"),
    ("Atw 2", "three days: Monday alone is too little", lambda: ends("6-3", days=3), "10-3"),
    ("Atw 2", "three days at Easter: Tuesday alone is too little", lambda: ends("2-4", days=3), "8-4"),
    ("Atw 2", "four days with a Friday and a Monday", lambda: ends("5-3", days=4), "9-3"),
    ("Atw 4", "a term of twelve weeks, to Saturday 4 April", lambda: ends("10-1", weeks=12), "7-4"),
    ("Atw 4", "ninety days, to a Saturday", lambda: ends("4-1", days=90), "7-4"),
    ("Atw 4", "ninety-one days, to a Saturday", lambda: ends("3-1", days=91), "4-4"),
]


@pytest.mark.parametrize(("article", "why", "asked", "expected"), DAYS, ids=[f"{each[0]}: {each[1]}" for each in DAYS])
def test_a_term_ends_on_the_day_of_the_law(
    article: str, why: str, asked: Callable[[], date | None], expected: str | None
) -> None:
    assert asked() == (on(expected) if expected else None), f"{article}: {why}"


@pytest.mark.parametrize(
    ("until", "arrived", "posted", "in_time"),
    [
        ("7-4", "7-4", None, True),  # 6:9(1): on the last day
        ("7-4", "8-4", None, False),
        ("7-4", "14-4", "7-4", True),  # 6:9(2): posted in time, and no more than a week later
        ("7-4", "15-4", "7-4", False),
        ("7-4", "9-4", "8-4", False),
        ("20-4-2027", "28-4-2027", "20-4-2027", True),  # that week ends on King's Day, a Tuesday
    ],
)
def test_an_objection_is_in_time_or_not(until: str, arrived: str, posted: str | None, in_time: bool) -> None:
    """Awb 6:9."""
    sent = on(posted) if posted else None
    assert clock.objects_in_time(on(until), arrived_on=on(arrived), posted_on=sent) is in_time


@pytest.mark.parametrize(
    ("until", "euros"),
    [
        ("17-3", 0),
        ("18-3", 23),
        ("31-3", 322),  # fourteen days of 23
        ("1-4", 357),  # and one of 35
        ("14-4", 812),  # fourteen days of 35
        ("15-4", 857),  # and one of 45
        ("28-4", 1_442),  # the 42nd day
        ("31-12", 1_442),
    ],
)
def test_lateness_costs_more_each_two_weeks_and_stops_after_six(until: str, euros: int) -> None:
    """Awb 4:17(1) and (2); weekends and Easter count."""
    assert clock.penalty(on("18-3"), on(until)) == euros


def test_a_request_counts_from_when_it_was_complete() -> None:
    """Awb 4:26, 4:5: not from when somebody found that it was."""
    came, back, again = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 9, 20))
    assert clock.complete_since(came) == came
    assert clock.complete_since(came, [back]) == back
    assert clock.complete_since(came, [back, again]) == again


SOME_DAY = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(after=SOME_DAY, days=st.integers(1, 90))
def test_a_term_of_law_ends_on_a_working_day_and_never_sooner(after: date, days: int) -> None:
    end = clock.end_of_term(after, days=days)
    assert is_working_day(end)
    assert timedelta(days=days) <= end - after <= timedelta(days=days + 7)
    if days >= 3:
        assert sum(is_working_day(after + timedelta(days=each)) for each in range(1, (end - after).days + 1)) >= 2


@given(after=SOME_DAY, days=st.integers(91, 400))
def test_a_long_term_is_what_it_says(after: date, days: int) -> None:
    assert clock.end_of_term(after, days=days) == after + timedelta(days=days)


@given(received=SOME_DAY, weeks=st.integers(1, 12), later=st.integers(0, 60))
def test_who_asks_later_never_hears_sooner(received: date, weeks: int, later: int) -> None:
    assert clock.answer_by(received, Term(weeks)) <= clock.answer_by(received + timedelta(days=later), Term(weeks))


@given(received=SOME_DAY, waited=st.integers(0, 20), given_days=st.integers(1, 30), took=st.integers(0, 40))
def test_a_stop_never_brings_the_answer_forward(received: date, waited: int, given_days: int, took: int) -> None:
    asked = received + timedelta(days=waited)
    stop = Stop(asked, asked + timedelta(days=given_days), asked + timedelta(days=took))
    plain, stopped = clock.answer_by(received, EIGHT), clock.answer_by(received, EIGHT, [stop])
    assert plain <= stopped <= plain + timedelta(days=given_days + 7)


@given(late=SOME_DAY, after=st.integers(1, 60), days=st.integers(0, 100))
def test_a_penalty_grows_every_day_up_to_its_most(late: date, after: int, days: int) -> None:
    first = clock.penalty_from(late, late + timedelta(days=after))
    assert first is not None
    assert first - (late + timedelta(days=after)) >= timedelta(days=15)
    now, tomorrow = (clock.penalty(first, first + timedelta(days=each)) for each in (days, days + 1))
    assert now <= tomorrow <= 1_442
    assert (now < tomorrow) is (days < 41)
