"""The clock of the house, and days and terms as Dutch law counts them.

Only `now` and `today` look at the clock; everything that keeps a moment asks them, so that `at` can set it. The rest
are pure functions on dates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

SATURDAY, SUNDAY = 5, 6  # as date.weekday() counts
FIRST_KINGS_DAY = 2014

STANDS_AT: ContextVar[datetime | None] = ContextVar("STANDS_AT", default=None)


def now() -> datetime:
    """This moment, with its time zone."""
    return STANDS_AT.get() or timezone.now()


def today() -> date:
    """The date in Amsterdam (the project's time zone)."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment`: the demo town has a past, and every deed of it its own day."""
    before = STANDS_AT.set(moment)
    try:
        yield
    finally:
        STANDS_AT.reset(before)


def add_weeks(day: date, weeks: int) -> date:
    """The same day of the week, so many weeks later."""
    return day + timedelta(weeks=weeks)


def add_working_days(day: date, days: int) -> date:
    """The day that is so many working days after `day`. `day` itself does not count."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a general holiday (Algemene termijnenwet art. 1 and 3)."""
    return day.weekday() not in {SATURDAY, SUNDAY} and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """The general holidays of a year, with Good Friday (Algemene termijnenwet art. 3(1) and 3(2)).

    Days the government adds for one year only (art. 3(3)) are not among them.
    """
    easter = easter_sunday(year)
    after_easter = {easter + timedelta(days=days) for days in (-2, 1, 39, 50)}  # Good Friday … Whit Monday
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(after_easter | fixed | {kings_day(year)})


def kings_day(year: int) -> date:
    """27 April, or the day before when that is a Sunday. (Until 2013 it was the Queen's, 30 April.)"""
    day = date(year, 4, 27) if year >= FIRST_KINGS_DAY else date(year, 4, 30)
    return day - timedelta(days=1) if day.weekday() == SUNDAY else day


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar. Source: the anonymous algorithm in J. Meeus, Astronomical Algorithms (1991)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
