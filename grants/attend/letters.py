"""The mail in the morning: to each officer once a working day, what is due, late or new. Numbers alone, no names.

A member of a panel gets one on the day a plan begins to wait for their advice, and on its last two days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime, make_naive

from grants.models import Application, Desk, Idea, Letter
from grants.models.advice import advise_until
from grants.models.applications import ApplicationQuerySet
from grants.models.desk import ANSWERERS, MAILED, works_for
from grants.models.task import Task, tasks_of
from grants.papers.post import language_of
from web import clock, outbox
from web.models import Person, Seat

FROM = 6  # o'clock
NAMED = 20  # numbers in one list; the inbox has them all
TASKS = 1_000  # of one person: more than anybody has


@dataclass(frozen=True)
class Numbers:
    """Of some applications: how many, and what the first of them are called on the phone."""

    count: int
    first: list[str]

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def send_morning_mails() -> None:
    """To everybody who answers residents or advises, on working days from six o'clock on; never twice a day."""
    if not clock.is_working_day(clock.today()) or localtime(clock.now()).hour < FROM:
        return
    seats = Seat.objects.today().filter(role__in=MAILED)
    for person in Person.objects.filter(pk__in=seats.values("person")).order_by("pk"):
        with transaction.atomic():
            tell_the_morning(person)


def tell_the_morning(person: Person) -> None:
    """Unless they don't want it, are away, had it today, or there is nothing to tell."""
    desk = Desk.of(person)
    since = desk.mailed_on
    if not desk.morning_mail or desk.is_away or not desk.claim(clock.today()):
        return
    told, waits, advice = what_there_is(person), waiting_for(person), to_advise(person)
    has_work = any(part.count for part in told.values()) or any(waits.values())
    if has_work or is_worth_a_mail(advice, since):
        write(person, {**told, **waits, "advice": Numbers(len(advice), [each.number for each in advice[:NAMED]])})


def to_advise(person: Person) -> list[Application]:
    """What still waits for the advice of this member of a panel."""
    read = Application.objects.to_advise_on().undecided().read_by_panel(person).free_to_advise(person)
    waiting = read.for_panel(person).exclude(advices__by=person).order_by("answer_by", "pk")
    return [each for each in waiting if advise_until(each) >= clock.today()]


def is_worth_a_mail(advice: list[Application], since: date | None) -> bool:
    """Something waits that didn't when we last looked, or for which today or tomorrow is the last day."""
    tomorrow, looked = clock.today() + timedelta(days=1), since and datetime.combine(since, time(FROM))
    return any(
        looked is None or make_naive(each.complete_at) >= looked or advise_until(each) <= tomorrow
        for each in advice
        if each.complete_at
    )


def what_there_is(person: Person) -> dict[str, Numbers]:
    """On their desk, and on the desk of whoever they stand in for; and what nobody has yet."""
    theirs, day = works_for(person), clock.today()
    seen = Application.objects.sent_to_funder_of(person)
    waiting = seen.undecided()
    mine = waiting.filter(officer__in=theirs)
    return {
        "late": numbers(mine.filter(answer_by__lt=day).order_by("answer_by", "pk")),
        "due": numbers(mine.filter(answer_by=day).order_by("pk")),
        "new": numbers(seen.news_for(theirs)),
        "nobodys": numbers(waiting.filter(officer=None).order_by("answer_by", "pk")),
        **what_else(person, theirs),
    }


def what_else(person: Person, theirs: set[int]) -> dict[str, Numbers]:
    """What they find out, promised or have to answer; and the plans of which a mail to the residents came back."""
    tasks = tasks_of(person, theirs, most=TASKS)
    returned = Letter.objects.of_officer(person).came_back().left().select_related("application").defer("pdf", "text")
    back = returned.filter(Q(application__officer=None) | Q(application__officer__in=theirs))
    return {
        "tasks_late": named([each for each in tasks if each.is_late]),
        "tasks_due": named([each for each in tasks if each.is_for_today]),
        "came_back": named(list(back)),
    }


def named(found: Sequence[Task | Letter]) -> Numbers:
    return Numbers(len(found), [each.number for each in found[:NAMED] if each.number])


def numbers(applications: ApplicationQuerySet) -> Numbers:
    found = applications.only("received_on")
    return Numbers(found.count(), [each.number for each in found[:NAMED]])


def waiting_for(person: Person) -> dict[str, int]:
    return {
        "ideas": Idea.objects.of_funders_of(person).to_answer().filter(answer_by__lte=clock.today()).count(),
        "letters": Letter.objects.to_post().of_officer(person).count(),
    }


def write(person: Person, told: "dict[str, Numbers | int]") -> None:
    language, seats = language_of(person), Seat.objects.of(person, *MAILED).select_related("funder").order_by("pk")
    roles = {seat.role for seat in seats}
    context = {
        "to": person,
        "funder": seats[0].funder,
        "inbox": settings.SITE_ADDRESS + reverse("grants:inbox") if roles & set(ANSWERERS) else "",
        "panel": settings.SITE_ADDRESS + reverse("grants:panel"),
        "desk": settings.SITE_ADDRESS + reverse("grants:desk"),
        **told,
    }
    with translation.override(language):
        text = render_to_string(f"letters/attend/morning.{language}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(person, subject=subject, text=body.strip())
