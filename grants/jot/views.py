"""One box for a note, on the application's page; a page of its own when something is wrong with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.jot import actions
from grants.jot.forms import JotForm
from grants.models import Application
from web.requests import Request


def jot(request: Request, pk: int) -> HttpResponse:
    person = request.user.person
    application = get_object_or_404(Application.objects.sent_to_funder_of(person).for_inbox(), pk=pk)
    require(person, "jot", application)
    form = JotForm(request.POST or None)
    if form.run(actions.jot, application, by=person):
        messages.success(request, _("Kept, for your colleagues."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/jot/jot.html", context)
