"""When the clock of an application stands still, and how far that moves the latest day of an answer (Awb 4:15).

Pure functions on days. What scheme or law promises as a term stands in `Duties.answer_by`.
"""

from datetime import date, timedelta

from web.clock import add_working_days, is_working_day


def standing_still(asked_on: date, until: date, answered_on: date | None = None) -> list[date]:
    """The days on which the clock stands still, because something was asked with `until` as the last day to answer.

    From the day after asking, to the day of the answer; that day itself counts again. Without an answer, or with a
    late one, the last day is the last one that doesn't count (Awb 4:15, first paragraph).
    """
    runs_again = until + timedelta(days=1)
    if answered_on is not None:
        runs_again = min(answered_on, runs_again)
    number = (runs_again - asked_on).days - 1
    return [asked_on + timedelta(days=each) for each in range(1, number + 1)]


def moved(answer_by: date, *, asked_on: date, still: list[date], in_working_days: bool) -> date:
    """The latest day of an answer, after the clock stood still on these days.

    A term in working days becomes longer by the working days among them, another one by all of them. A term that was
    over when something was asked can't become longer any more.
    """
    if asked_on >= answer_by:
        return answer_by
    if in_working_days:
        return add_working_days(answer_by, sum(map(is_working_day, still)))
    return answer_by + timedelta(days=len(still))
