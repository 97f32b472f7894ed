"""The clock that stands still: which days don't count, and how far that moves the latest day of an answer (Awb 4:15).

Each case was worked out by hand from the text of the law. March 2026 begins on a Sunday; 6 April is Easter Monday.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.models.clock import moved, standing_still


def march(day: int) -> date:
    return date(2026, 3, 1) + timedelta(days=day - 1)  # 32 March is 1 April


@pytest.mark.parametrize(
    ("asked", "until", "answered", "still"),
    [
        (2, 16, 2, []),  # the same day: nothing stood still
        (2, 16, 3, []),  # from the day after asking, to the day of the answer: that is the same day
        (2, 16, 4, [3]),
        (2, 16, 16, list(range(3, 16))),  # on the last day: that day counts again
        (2, 16, None, list(range(3, 17))),  # not at all: the last day passed unused
        (2, 16, 20, list(range(3, 17))),  # too late makes it no longer
        (2, 3, None, [3]),
    ],
)
def test_the_clock_stands_still_from_the_day_after_asking_to_the_answer(
    asked: int, until: int, answered: int | None, still: list[int]
) -> None:
    days = standing_still(march(asked), march(until), march(answered) if answered else None)
    assert days == [march(day) for day in still]


@pytest.mark.parametrize(
    ("before", "asked", "still", "in_working_days", "after"),
    [
        (23, 2, range(3, 17), False, 37),  # three weeks become five
        (23, 2, [], False, 23),
        (23, 2, [3], False, 24),
        (9, 4, range(5, 8), True, 11),  # Thursday and Friday stood still, and a Saturday that never counted
        (9, 4, range(7, 9), True, 9),  # a weekend
        (33, 31, range(32, 40), True, 41),  # 1-8 April: four working days, for Friday 3 and Monday 6 are none
        (9, 9, range(10, 20), False, 9),  # asked on the last day: the term ends that day
        (9, 12, range(13, 20), True, 9),  # what is too late already becomes no longer
    ],
)
def test_a_term_becomes_longer_by_the_days_it_stood_still(
    before: int, asked: int, still: range, in_working_days: bool, after: int
) -> None:
    days = [march(day) for day in still]
    assert moved(march(before), asked_on=march(asked), still=days, in_working_days=in_working_days) == march(after)


DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
@given(asked=DAYS, term=st.integers(1, 60), took=st.integers(0, 90), left=st.integers(1, 60), working=st.booleans())
def test_answering_sooner_never_makes_the_wait_longer(
    asked: date, term: int, took: int, left: int, working: bool
) -> None:
    """And never is more added than the days the residents were given."""
    until, before = asked + timedelta(days=term), asked + timedelta(days=left)

    def latest(answered: date | None) -> date:
        still = standing_still(asked, until, answered)
        return moved(before, asked_on=asked, still=still, in_working_days=working)

    sooner, later = latest(asked + timedelta(days=took)), latest(asked + timedelta(days=took + 1))
    assert before <= sooner <= later <= latest(None)
    if not working:
        assert latest(None) == before + timedelta(days=term)
