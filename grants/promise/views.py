"""Promises to residents: making one, one's own with what is due first, and what became of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Promise
from grants.models.desk import ANSWERERS, works_for
from grants.promise import actions
from grants.promise.forms import ExcuseForm, PromiseForm
from web.models import Seat
from web.requests import Request

AT_ONCE = 100  # of one person: whoever has more reads the first


def promise(request: Request, pk: int) -> HttpResponse:
    """What was promised about this plan, and room for one more."""
    person = request.user.person
    application = get_object_or_404(Application.objects.sent_to_funder_of(person).for_application_page(), pk=pk)
    require(person, "promise", application)
    form = PromiseForm(request.POST or None, funder=application.funder_id, by=person)
    if form.run(actions.promise, application, by=person):
        messages.success(request, _("Promised. The residents see it on their plan's page."))
        return redirect("grants:promise", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/promise/promise.html", context | {"promises": application.promises.due_first()})


def promises(request: Request) -> HttpResponse:
    """What I promised, and whoever I stand in for: due first."""
    person = request.user.person
    if not Seat.objects.of(person, *ANSWERERS).exists():
        raise PermissionDenied(_("Only who answers residents for a funder has such a desk, and only their own."))
    mine = Promise.objects.open().filter(owner__in=works_for(person)).for_page()[:AT_ONCE]
    return render(request, "grants/promise/promises.html", {"promises": mine})


def settle_promise(request: Request, pk: int) -> HttpResponse:
    """Kept (`kept` among what was posted), or excused with a sentence."""
    person = request.user.person
    seen = Promise.objects.filter(application__in=Application.objects.sent_to_funder_of(person))
    shown = get_object_or_404(seen.for_page(), pk=pk)
    require(person, "keep_promise", shown)
    if "kept" in request.POST:
        actions.keep_promise(shown, by=person)
        messages.success(request, _("Kept. The residents see that."))
        return redirect("grants:promises")
    form = ExcuseForm(request.POST or None)
    if form.run(actions.excuse_promise, shown, by=person):
        messages.success(request, _("The residents get a letter that says why."))
        return redirect("grants:promises")
    context = {"promise": shown, "funder": shown.application.scheme.funder, "form": form}
    return render(request, "grants/promise/settle.html", context)
