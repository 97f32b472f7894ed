"""The page on which an officer takes in what came on paper, by mail, by phone or at the desk."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.models import Application, Member, Scheme
from grants.models.same_facts import AT_ONCE
from grants.models.same_facts import same_facts as find_same
from grants.take_in import actions
from grants.take_in.forms import TakeInForm
from web.models import Reading
from web.requests import Request, noted


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


def same_facts(request: Request, pk: int) -> HttpResponse:
    """This funder's other requests of two years with the same IBAN, phone number, mail address or address."""
    sent = Application.objects.sent_to_funder_of(request.user.person).select_related("scheme__funder", "plan")
    people = Prefetch("plan__members", Member.objects.select_related("person"))
    shown = get_object_or_404(sent.prefetch_related(people), pk=pk)
    noted(request, Reading.Page.APPLICATION, shown)
    found = find_same(shown)
    context = {"application": shown, "funder": shown.scheme.funder, "found": found, "most": AT_ONCE}
    return render(request, "grants/take_in/same_facts.html", context)


def sent_form(request: Request, schemes: QuerySet[Scheme]) -> TakeInForm:
    """With the files that were sent. Opening them takes time and memory, so nobody sends many at once."""
    is_sent = request.method == "POST"
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    files = request.FILES if is_sent and not crowded else None
    form = TakeInForm(request.POST if is_sent else None, files, schemes=schemes)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form
