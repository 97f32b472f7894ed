"""The terms of the law and of a scheme, on days: when an answer is due, until when one may object, what lateness costs.

Pure functions. A term begins on the day after what sets it off. Where it is a term of the Awb its end is lengthened as
the Algemene termijnenwet (Atw) says; a scheme's own term in weeks is treated alike, one in working days ends on one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from web.clock import add_weeks, add_working_days, is_working_day

LONGEST_DAYS, LONGEST_WEEKS = 90, 12  # of terms that are lengthened (Atw 4)
SHORTEST_DAYS, WORKING_DAYS = 3, 2  # a term of at least three days holds at least two working days (Atw 2)
DECISION_WEEKS = 8  # Awb 4:13(2)
NOT_HANDLED_WEEKS = 4  # Awb 4:5(4)
OBJECTION_WEEKS = 6  # Awb 6:7
PAYMENT_WEEKS = 6  # Awb 4:87(1)
FIXING_WEEKS = 13  # the model regulation of the municipalities, art. 15
PENALTY_AFTER_WEEKS = 2  # Awb 4:17(3)
PENALTY = ((14, 23), (14, 35), (14, 45))  # so many days, so many euros a day (Awb 4:17(1) and (2))


def end_of_term(after: date, *, weeks: int = 0, days: int = 0) -> date:
    """The last day of a term of law that begins on the day after `after` (Atw 1, 2 and 4)."""
    end = after + timedelta(weeks=weeks, days=days)
    if weeks > LONGEST_WEEKS or days > LONGEST_DAYS:
        return end
    return lengthened(after, end)


def lengthened(after: date, end: date) -> date:
    """To the next working day (Atw 1); and further, until a term of three days or more holds two of them (Atw 2)."""
    is_long = (end - after).days >= SHORTEST_DAYS
    while not is_working_day(end) or (is_long and working_days_in(after, end) < WORKING_DAYS):
        end += timedelta(days=1)
    return end


def working_days_in(after: date, end: date) -> int:
    """How many there are from the day after `after` up to and including `end`; counting stops at two."""
    found, day = 0, end
    while day > after and found < WORKING_DAYS:
        found += is_working_day(day)
        day -= timedelta(days=1)
    return found


@dataclass(frozen=True)
class Term:
    """How long an answer may take: a number of weeks, or of working days; or until a day that was published (`on`)."""

    number: int = 0
    in_working_days: bool = False
    on: date | None = None

    def ends(self, received_on: date) -> date:
        """Before any weekend or holiday lengthens it."""
        if self.on is not None:
            return self.on
        if self.in_working_days:
            return add_working_days(received_on, self.number)
        return add_weeks(received_on, self.number)

    def land(self, received_on: date, end: date) -> date:
        """The last day as it counts. A day that was published stays that day, as long as nothing moved it."""
        if self.in_working_days or self.number > LONGEST_WEEKS or end == self.on:
            return end
        return lengthened(received_on, end)


@dataclass(frozen=True)
class Stop:
    """Something was asked on a day, to be answered until another; `answered_on` None: not yet, or not in time."""

    asked_on: date
    until: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Longer:
    """The notice of Awb 4:14: told on a day, before the term was over, that an answer comes by another."""

    told_on: date
    until: date


def answer_by(received_on: date, term: Term, stops: Sequence[Stop] = (), longer: Longer | None = None) -> date:
    """The latest day of an answer (Awb 4:13), with the days that the clock stood still and one notice of more time.

    In a round the term begins when it closes, so `received_on` is its last day; until then nothing can stand still.
    From the beginning each time: what a weekend added to the end before must not be counted twice.
    """
    end, told_on = term.ends(received_on), longer.told_on if longer else date.max
    for stop in sorted(stops, key=lambda each: each.asked_on):
        if longer and stop.asked_on >= told_on:
            end, longer = longer.until, None
        still = [day for day in standing_still(stop.asked_on, stop.until, stop.answered_on) if day > received_on]
        end = moved(
            end,
            asked_on=stop.asked_on,
            over_on=term.land(received_on, end),
            still=still,
            in_working_days=term.in_working_days,
        )
    return term.land(received_on, longer.until if longer else end)


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


def moved(end: date, *, asked_on: date, still: list[date], in_working_days: bool, over_on: date | None = None) -> date:
    """The end of a term, after the clock stood still on these days.

    A term in working days becomes longer by the working days among them, another one by all of them. A term that was
    over (`over_on`, or else at its end) when something was asked can't become longer any more.
    """
    if asked_on >= (over_on or end):
        return end
    if in_working_days:
        return add_working_days(end, sum(map(is_working_day, still)))
    return end + timedelta(days=len(still))


def complete_since(submitted_at: datetime, completed_at: Sequence[datetime] = ()) -> datetime:
    """Since when a request counts in the order of complete ones: when it came, or came back for the last time."""
    return max([submitted_at, *completed_at])


def not_handled_by(until: date) -> date:
    """Until when may be decided not to handle what wasn't completed by `until`: four weeks (Awb 4:5(4))."""
    return end_of_term(until, weeks=NOT_HANDLED_WEEKS)


def object_until(told_on: date) -> date:
    """The last day to object: six weeks from the day after the decision was sent (Awb 6:7, 6:8(1))."""
    return end_of_term(told_on, weeks=OBJECTION_WEEKS)


def objects_in_time(until: date, *, arrived_on: date, posted_on: date | None = None) -> bool:
    """In time on the last day; by post also when it was posted by then and comes within a week of it (Awb 6:9)."""
    if posted_on is not None and posted_on <= until:
        return arrived_on <= end_of_term(until, weeks=1)
    return arrived_on <= until


def objection_answer_by(until: date, *, with_committee: bool = False, adjourned: bool = False) -> date:
    """Six weeks (with a committee twelve) from the day after the last day to object, and once six more (Awb 7:10)."""
    weeks = 12 if with_committee else 6
    return lengthened(until, add_weeks(until, weeks + 6 if adjourned else weeks))


def complaint_answer_by(received_on: date, *, with_committee: bool = False, adjourned: bool = False) -> date:
    """Six weeks (with a committee ten) from the day after it came, and once four more (Awb 9:11)."""
    weeks = 10 if with_committee else 6
    return lengthened(received_on, add_weeks(received_on, weeks + 4 if adjourned else weeks))


def pay_by(told_on: date) -> date:
    """The last day to pay, when no other was named: six weeks after the decision was sent (Awb 4:87(1))."""
    return end_of_term(told_on, weeks=PAYMENT_WEEKS)


def fix_by(done_on: date) -> date:
    """The last day to fix an amount of our own accord: thirteen weeks after the plan must be done. Never lengthened."""
    return end_of_term(done_on, weeks=FIXING_WEEKS)


def penalty_from(answer_by: date, noticed_on: date) -> date | None:
    """The first day that costs money: two weeks after the notice of default have passed (Awb 4:17(3)).

    None for a notice that comes while there is still time to answer: it doesn't count.
    """
    if noticed_on <= answer_by:
        return None
    return end_of_term(noticed_on, weeks=PENALTY_AFTER_WEEKS) + timedelta(days=1)


def penalty(first: date, until: date) -> int:
    """In whole euros, for the days from `first` up to and including `until`: at most 42 days, weekends too."""
    days, euros = max(0, (until - first).days + 1), 0
    for number, a_day in PENALTY:
        euros += min(days, number) * a_day
        days = max(0, days - number)
    return euros
