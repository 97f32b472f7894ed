"""The page of one's own desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.attend import actions
from grants.attend.forms import DeskForm
from grants.models import Desk
from web.requests import Request


def desk(request: Request) -> HttpResponse:
    """A mail in the morning or not; away until when, and who takes over."""
    person = request.user.person
    own = Desk.objects.filter(person=person).first() or Desk(person=person)
    require(person, "arrange_desk", own)
    form = DeskForm(request.POST or None, desk=own)
    answers = "away_until" in form.fields
    if form.is_bound and form.run(actions.arrange_desk, Desk.of(person), by=person):
        messages.success(request, _("Kept."))
        return redirect("grants:inbox" if answers else "grants:panel")
    return render(request, "grants/attend/desk.html", {"form": form, "answers": answers})
