"""The inbox: what is to be done, due first; search, and lists of one's own."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.models import Application, Idea, KeptList, Letter, Scheme
from grants.models.applications import READERS, ApplicationQuerySet
from grants.models.desk import ANSWERERS, stands_in_for, who_answer, works_for
from grants.models.sieve import LOOKED_AT, TO_DO, Sieve, counted
from grants.models.task import done_by, tasks_of
from grants.sift import actions
from grants.sift.forms import NameForm, SieveForm
from web.clock import today
from web.models import Person, Seat
from web.requests import Request

IDEAS_AT_ONCE = 10  # in the inbox: the others wait on a page of their own
NEW_AT_ONCE = 10
TASKS_AT_ONCE, TASKS = 7, 100  # in the inbox; on their own page, and counted at most
DONE_LATELY = timedelta(days=7)
LETTERS = 50


def inbox(request: Request) -> HttpResponse:
    """What was sent to this person's funders: due first, 50 a page. Which list it was is remembered."""
    person = request.user.person
    seats = Seat.keep(person)
    if not seats:
        return render(request, "grants/overview/no_seat.html", status=403)
    sieve, sent, away = Sieve.read(request.GET), Application.objects.sent_to_funder_of(person), stands_in_for(person)
    theirs = sorted({person.pk, *away})
    remember(request, sieve, theirs)
    page = sieve.page(sieve.of(sent, theirs), request.GET.get("after", ""))
    context = {
        "page": page,
        "may_tick": any(each.is_waiting for each in page.rows),
        "sieve": sieve,
        "funder": seats[0].funder,
        "today": today(),
        "lists": lists_of(person, sent, theirs),
        "new": sent.for_inbox().news_for(theirs)[:NEW_AT_ONCE],
        "stands_in_for": away.values(),
        "sets_up": any(seat.role == Seat.Role.FUND_ADMIN for seat in seats),
        "has_desk": any(seat.role in ANSWERERS for seat in seats),
        "ideas": Idea.objects.of_funders_of(person).to_answer()[:IDEAS_AT_ONCE],
        **letters_of(person, theirs),
        **({} if sieve.words else tasks_for(person, theirs)),
    }
    return render(request, "grants/sift/inbox.html", context)


def tasks_for(person: Person, theirs: list[int]) -> dict[str, Any]:
    """What else is to be done, due first: the first few, how many there are (or `more_tasks`) and are late."""
    found = tasks_of(person, theirs, most=TASKS + 1)
    counts = {"number_of_tasks": min(len(found), TASKS), "late_tasks": sum(task.is_late for task in found)}
    return {"tasks": found[:TASKS_AT_ONCE], "more_tasks": len(found) > TASKS, **counts}


def tasks(request: Request) -> HttpResponse:
    """All of that, and what was done this week: one's own and of whom one stands in for, or (`?van=`) everybody's."""
    person = request.user.person
    seats = [seat for seat in Seat.keep(person) if seat.role in READERS]
    if not seats:
        raise PermissionDenied(_("Only who reads applications for a funder has such a list."))
    of_all = request.GET.get("van") == "iedereen"
    people = None if of_all else works_for(person)
    found = tasks_of(person, people, most=TASKS + 1)
    done = done_by(person, people, since=today() - DONE_LATELY, most=TASKS)
    context = {"of_all": of_all, "tasks": found[:TASKS], "more": len(found) > TASKS, "done": done}
    return render(request, "grants/sift/tasks.html", context | {"funder": seats[0].funder, "today": today()})


def letters_of(person: Person, theirs: list[int]) -> dict[str, Any]:
    """How many letters wait to be posted (or `more_to_post`), and which mails to their residents came back."""
    waiting = list(
        Letter.objects.to_post().of_officer(person).for_tray().order_by("by_post", "written_at")[: LETTERS + 1]
    )
    mine = [each for each in waiting if not each.by_post and each.officer_id in {None, *theirs}]
    return {"to_post": min(len(waiting), LETTERS), "more_to_post": len(waiting) > LETTERS, "came_back": mine}


def remember(request: Request, sieve: Sieve, theirs: list[int]) -> None:
    """So that an application's page leads to the next one of this list, also after something was done there."""
    looked_at = {"list": sieve.address, "theirs": theirs}
    if request.session.get(LOOKED_AT) != looked_at:
        request.session[LOOKED_AT] = looked_at


def lists_of(person: Person, sent: ApplicationQuerySet, theirs: list[int]) -> dict[str, Any]:
    """The lists everybody has, by name, and one's own, each with how many wait in it: two queries for all of them."""
    own = list(KeptList.objects.of(person))
    *counts, week = counted(sent, [*(Sieve(which) for which in TO_DO), *(each.sieve for each in own)], theirs)
    for each, count in zip(own, counts[len(TO_DO) :], strict=True):
        each.count = count if each.sieve.is_by_date else None
    return {"own": own, "week": week, **dict(zip(TO_DO, counts, strict=False))}


def narrow(request: Request) -> HttpResponse:
    """A page of choices that make a list; what is chosen stands in the address of the inbox."""
    person = request.user.person
    seats = Seat.keep(person)
    if not seats:
        raise PermissionDenied(_("Only who reads applications for a funder has lists of them."))
    funders = Seat.funders_of(person, *READERS)
    schemes = Scheme.objects.filter(funder__in=funders).select_related("current").order_by("title", "pk")
    form = SieveForm(Sieve.read(request.GET), schemes=schemes, people=who_answer(funders))
    return render(request, "grants/sift/narrow.html", {"form": form, "funder": seats[0].funder})


def keep_list(request: Request) -> HttpResponse:
    """Give what the inbox is narrowed down to a name. It is of one funder: the scheme's, or one's own."""
    person, sieve = request.user.person, Sieve.read(request.GET)
    seats = [seat for seat in Seat.keep(person) if seat.role in READERS]
    if not seats:
        raise PermissionDenied(_("Only who reads applications for a funder has lists of them."))
    of_scheme = Scheme.objects.filter(slug=sieve.scheme).values_list("funder", flat=True).first()
    funder = next((seat.funder for seat in seats if seat.funder_id == of_scheme), seats[0].funder)
    form = NameForm(request.POST or None)
    if form.run(actions.keep_list, funder, sieve=sieve, by=person):
        messages.success(request, _("Kept. It stands with your lists in the inbox."))
        return redirect(f"{reverse('grants:inbox')}?{form.outcome.narrowed}")
    return render(request, "grants/sift/keep_list.html", {"form": form, "sieve": sieve, "funder": funder})


def kept_list(request: Request, pk: int) -> HttpResponse:
    """Name a list of one's own anew, or remove it."""
    person = request.user.person
    kept = get_object_or_404(KeptList.objects.of(person).select_related("funder"), pk=pk)
    if "remove" in request.POST:
        actions.remove_list(kept, by=person)
        messages.success(request, _("Removed."))
        return redirect("grants:inbox")
    form = NameForm(request.POST or None, kept=kept)
    if form.run(actions.rename_list, kept, by=person):
        messages.success(request, _("Kept."))
        return redirect(f"{reverse('grants:inbox')}?{kept.narrowed}")
    return render(request, "grants/sift/kept_list.html", {"form": form, "kept": kept, "funder": kept.funder})
