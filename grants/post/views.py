"""The post tray: letters that wait to be printed and posted."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.models import Letter
from grants.papers.letter import letters_pdf
from grants.papers.post import for_todays_post
from grants.post import actions
from grants.post.forms import PostedForm
from web.models import Person, Reading, Seat
from web.requests import Request, noted

AT_ONCE = 50  # letters on a page, and in one PDF: the rest comes when these are posted


def tray_of(person: Person) -> QuerySet[Letter]:
    """What waits for the officers of this person's funders, the oldest first."""
    if not Seat.objects.of(person, Seat.Role.OFFICER, Seat.Role.DECIDER).exists():
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    return Letter.objects.to_post().of_officer(person).for_tray()


def tray(request: Request) -> HttpResponse:
    """Every letter with whom it is for and why it goes by post; marked as posted once it is in the letter box."""
    waiting = tray_of(request.user.person)
    form = PostedForm(request.POST or None, tray=waiting)
    if form.is_valid():
        with transaction.atomic():
            posted = [actions.mark_posted(letter, by=request.user.person) for letter in form.cleaned_data["letters"]]
        messages.success(request, _("Letters posted: %(number)s.") % {"number": len(posted)})
        return redirect("grants:post_tray")
    letters = list(waiting[: AT_ONCE + 1])
    funder = letters[0].funder if letters else None
    context = {"letters": letters[:AT_ONCE], "more": len(letters) > AT_ONCE, "form": form, "funder": funder}
    return render(request, "grants/post/tray.html", context)


def print_all(request: Request) -> HttpResponse:
    """The letters of this page in one PDF, each on its own sheet, with the address as it is known now."""
    letters = list(tray_of(request.user.person)[:AT_ONCE])
    if not letters:
        messages.info(request, _("There is nothing to post."))
        return redirect("grants:post_tray")
    return _to_print(request, letters)


def print_one(request: Request, pk: int) -> HttpResponse:
    """One of them, as it goes into the envelope today."""
    return _to_print(request, [get_object_or_404(tray_of(request.user.person), pk=pk)])


def _to_print(request: Request, letters: Sequence[Letter]) -> HttpResponse:
    noted(request, Reading.Page.LETTER, *(letter for letter in letters if letter.application))
    return HttpResponse(
        letters_pdf([for_todays_post(letter) for letter in letters]),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="post.pdf"'},
    )
