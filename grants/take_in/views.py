"""The page on which an officer takes in what came on paper, by mail, by phone or at the desk."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from grants.models import Scheme
from grants.take_in import actions
from grants.take_in.forms import TakeInForm
from web.requests import Request


def take_in(request: Request) -> HttpResponse:
    """One page, one button: then it is a plan like any other."""
    person = request.user.person
    schemes = Scheme.objects.taken_in_by(person)
    if not schemes:
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    form = sent_form(request, schemes)
    if form.run(actions.take_in, by=person):
        messages.success(request, _("Taken in. They get a receipt with a copy."))
        return redirect("grants:application", form.outcome.pk)
    funders = {scheme.funder for scheme in schemes}
    context = {"form": form, "funder": funders.pop() if len(funders) == 1 else None}
    return render(request, "grants/take_in/take_in.html", context)


def sent_form(request: Request, schemes: QuerySet[Scheme]) -> TakeInForm:
    """With the files that were sent. Opening them takes time and memory, so nobody sends many at once."""
    is_sent = request.method == "POST"
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    files = request.FILES if is_sent and not crowded else None
    form = TakeInForm(request.POST if is_sent else None, files, schemes=schemes)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form
