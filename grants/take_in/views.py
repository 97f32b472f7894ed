"""The page on which an officer takes in what came on paper, by mail, by phone or at the desk."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.models import Application, Member, Scheme
from grants.models.place import Place
from grants.models.same_facts import AT_ONCE
from grants.models.same_facts import same_facts as find_same
from grants.take_in import actions
from grants.take_in.forms import TakeInForm
from web.models import Reading
from web.requests import Request, noted


def take_in(request: Request) -> HttpResponse:
    """One page, one button: then it is a plan like any other. Who has several schemes chooses one first."""
    person = request.user.person
    schemes = Scheme.objects.taken_in_by(person)
    if not schemes:
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    funders = {scheme.funder for scheme in schemes}
    context: dict[str, Any] = {"schemes": schemes, "funder": funders.pop() if len(funders) == 1 else None}
    scheme = chosen(request, schemes)
    if scheme is None:
        return render(request, "grants/take_in/where.html", context)
    form = sent_form(request, scheme)
    if form.run(actions.take_in, scheme, by=person):
        messages.success(request, _("Taken in. They get a receipt with a copy."))
        say_what_its_round_did(request, form.outcome)
        return redirect("grants:application", form.outcome.pk)
    return render(request, "grants/take_in/take_in.html", context | {"form": form, "scheme": scheme})


def chosen(request: Request, schemes: QuerySet[Scheme]) -> Scheme | None:
    """The one in the address, or the only one; None when that has to be chosen. Of somebody else: not found."""
    asked = request.GET.get("regeling")
    if asked is None:
        return schemes[0] if len(schemes) == 1 else None
    found = next((scheme for scheme in schemes if str(scheme.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def say_what_its_round_did(request: Request, taken_in: Application) -> None:
    """It came in time, but its round has been ranked by now. That it was announced, the page of the plan says."""
    if taken_in.waits_for_round and taken_in.round and Place.are_given_in(taken_in.round):
        sentence = _(
            "Its round has been ranked already. Judge this plan and give it a place, or nothing can be announced."
        )
        messages.warning(request, sentence)


def same_facts(request: Request, pk: int) -> HttpResponse:
    """This funder's other requests of two years with the same IBAN, phone number, mail address or address."""
    sent = Application.objects.sent_to_funder_of(request.user.person).select_related("scheme__funder", "plan")
    people = Prefetch("plan__members", Member.objects.select_related("person"))
    shown = get_object_or_404(sent.prefetch_related(people), pk=pk)
    noted(request, Reading.Page.APPLICATION, shown)
    found = find_same(shown)
    context = {"application": shown, "funder": shown.scheme.funder, "found": found, "most": AT_ONCE}
    return render(request, "grants/take_in/same_facts.html", context)


def sent_form(request: Request, scheme: Scheme) -> TakeInForm:
    """With the files that were sent. Opening them takes time and memory, so nobody sends many at once."""
    is_sent = request.method == "POST"
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    files = request.FILES if is_sent and not crowded else None
    form = TakeInForm(request.POST if is_sent else None, files, scheme=scheme)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form
