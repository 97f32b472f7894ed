"""The pages of “may it be done here?”: one's own list, what is asked about one plan, and one question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import allowed, require
from grants.find_out import actions
from grants.find_out.forms import AnswerForm, PassOnForm
from grants.models import Application, Check, Clearance
from grants.models.clearance import FINDERS
from grants.models.desk import works_for
from web.keyset import page_by_date
from web.models import Reading, Seat
from web.requests import Request, noted

DEEDS = ("find_out", "answer_clearance", "pass_on")


def my_list(request: Request) -> HttpResponse:
    """What this person finds out, or does for a colleague who is away: due first."""
    person = request.user.person
    seat = Seat.objects.of(person, *FINDERS).select_related("funder").first()
    if seat is None:
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    mine = Clearance.objects.to_find_out(works_for(person))
    page = page_by_date(mine, field="due_on", after=request.GET.get("after", ""))
    return render(request, "grants/find_out/my_list.html", {"page": page, "funder": seat.funder})


def of_plan(request: Request, pk: int) -> HttpResponse:
    """What is asked about one plan, with the answers; and what else of the scheme's list can be."""
    person = request.user.person
    sent = Application.objects.sent_to_funder_of(person).select_related("scheme__funder", "plan", "frozen_edition")
    application = get_object_or_404(sent, pk=pk)
    if request.method == "POST":
        require(person, "find_out", application)
        check = get_object_or_404(Check, pk=request.POST.get("check") or 0, edition=application.edition)
        actions.find_out(application, check=check, by=person)
        messages.success(request, _("You find this out now. The residents see it."))
        return redirect("grants:clearances_of", pk)
    noted(request, Reading.Page.APPLICATION, application)
    asked = list(application.clearances.for_reading())
    there = {each.check_of_id for each in asked}
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "asked": asked,
        "others": [check for check in application.edition.checks.all() if check.pk not in there],
        "may": allowed(person, ("find_out",), application),
    }
    return render(request, "grants/find_out/of_plan.html", context)


def seen_by(request: Request, pk: int) -> Clearance:
    return get_object_or_404(Clearance.objects.of_funders_of(request.user.person).for_reading(), pk=pk)


def clearance(request: Request, pk: int) -> HttpResponse:
    """One question: find it out and answer it."""
    shown, person = seen_by(request, pk), request.user.person
    require(person, "answer_clearance", shown)
    form = AnswerForm(request.POST or None, initial={"answer": shown.answer, "text": shown.text})
    if form.run(actions.answer_clearance, shown, by=person):
        messages.success(request, _("Kept. The residents read it on the page of their plan."))
        return redirect("grants:clearances_of", shown.application_id)
    context = {"clearance": shown, "funder": shown.application.scheme.funder, "form": form}
    return render(request, "grants/find_out/clearance.html", context)


def pass_on(request: Request, pk: int) -> HttpResponse:
    """Who finds it out, and by when."""
    shown, person = seen_by(request, pk), request.user.person
    require(person, "pass_on", shown)
    form = PassOnForm(request.POST or None, clearance=shown)
    if form.run(actions.pass_on, shown, by=person):
        messages.success(request, _("Passed on. The residents see who finds it out, and by when."))
        return redirect("grants:clearances_of", shown.application_id)
    context = {"clearance": shown, "funder": shown.application.scheme.funder, "form": form}
    return render(request, "grants/find_out/pass_on.html", context)
