"""Days are counted as Dutch law counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from web.clock import add_weeks, add_working_days, at, easter_sunday, holidays, is_working_day, now, today
from web.models import Person, record


def test_today_is_the_date_in_amsterdam() -> None:
    with time_machine.travel(datetime(2026, 6, 30, 22, 30, tzinfo=UTC), tick=False):
        assert today() == date(2026, 7, 1)


def test_the_clock_stands_still_at_a_moment_and_goes_on_afterwards() -> None:
    before, moment = now(), datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    with at(moment):
        assert now() == moment
        assert today() == date(2026, 1, 1)
        with at(moment + timedelta(days=1)):
            assert today() == date(2026, 1, 2)
        assert now() == moment
    assert now() >= before


def test_the_clock_goes_on_after_something_went_wrong() -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="wrong"), at(moment):
        raise ValueError("wrong")
    assert now() > moment


@pytest.mark.django_db
def test_a_deed_keeps_the_moment_of_the_clock() -> None:
    moment = datetime(2025, 1, 1, 12, tzinfo=UTC)
    with at(moment):
        deed = record(Person.system(), "dance", Person.system())
    assert deed.at == moment


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1818, 3, 22), (2000, 4, 23), (2011, 4, 24), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)]
)
def test_easter_falls_where_almanacs_put_it(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    named = ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"]
    assert sorted(day.strftime("%m-%d") for day in holidays(2026)) == named


def test_kings_day_is_on_saturday_when_the_27th_is_a_sunday() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert date(2013, 4, 30) in holidays(2013)


def test_five_working_days_skip_the_weekend_and_easter() -> None:
    assert add_working_days(date(2026, 4, 2), 5) == date(2026, 4, 13)
    assert add_working_days(date(2026, 11, 23), 5) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_weeks_keep_the_day_of_the_week() -> None:
    assert add_weeks(date(2026, 12, 28), 8) == date(2027, 2, 22)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_between_lie_exactly_so_many_working_days(day: date, days: int) -> None:
    end = add_working_days(day, days)
    between = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(end)
