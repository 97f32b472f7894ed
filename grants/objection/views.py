"""After the letter: residents send a reaction, staff write one down, somebody else answers it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import allowed, require
from grants.models import Application, Reaction
from grants.models.reaction import last_day_to_object, last_decision
from grants.objection import actions
from grants.objection.forms import AnswerForm, ReactionForm, RegisterForm
from web.clock import today
from web.requests import Known, Request, known

DEEDS = ("handle_reaction", "put_reaction_off", "answer_reaction", "decide_anew")


@known
def react(request: Known, pk: int) -> HttpResponse:
    """Where residents say that they disagree: what they can send, until when, and room for a few words."""
    own = Application.objects.of_members(request.person).exclude(status=Application.Status.DRAFT)
    application = get_object_or_404(own.for_application_page(), pk=pk).as_told()
    form = ReactionForm(request.POST or None, application=application)
    if form.run(actions.react, application, by=request.person):
        told = _("We have it: number %(number)s. You get a letter with a copy.") % {"number": form.outcome.number}
        messages.success(request, told)
        return redirect("grants:track", pk)
    decision = last_decision(application)
    until = last_day_to_object(decision) if decision else None
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "form": form,
        "decision": decision,
        "until": until,
        "is_late": until is not None and until < today(),
    }
    return render(request, "grants/objection/react.html", context)


def register(request: Request, pk: int) -> HttpResponse:
    """It came on paper, by phone, by mail or at the desk."""
    seen = Application.objects.sent_to_funder_of(request.user.person)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    require(request.user.person, "register_reaction", application)
    form = RegisterForm(request.POST or None, application=application)
    if form.run(actions.register_reaction, application, by=request.user.person):
        messages.success(request, _("Written down. They get a receipt with a copy."))
        return redirect("grants:reaction", form.outcome.pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/objection/register.html", context)


def seen_by(request: Request, pk: int) -> Reaction:
    return get_object_or_404(Reaction.objects.of_funders_of(request.user.person).for_page(), pk=pk)


def reaction(request: Request, pk: int) -> HttpResponse:
    """What they said, its clock, and the answer."""
    shown, person = seen_by(request, pk), request.user.person
    if request.method == "POST":
        require(person, "answer_reaction", shown)
    form = AnswerForm(request.POST or None, reaction=shown)
    if form.run(actions.answer_reaction, shown, by=person):
        messages.success(request, _("Answered. They get a letter today."))
        return redirect("grants:reaction", pk)
    context = {
        "reaction": shown,
        "application": shown.application,
        "funder": shown.application.scheme.funder,
        "form": form,
        "may": allowed(person, DEEDS, shown),
    }
    return render(request, "grants/objection/reaction.html", context)


@require_POST
def handle(request: Request, pk: int) -> HttpResponse:
    """Put on the desk of whoever presses; `committee` among what was posted: a committee advises."""
    with_committee = "committee" in request.POST
    actions.handle_reaction(seen_by(request, pk), with_committee=with_committee, by=request.user.person)
    messages.success(request, _("It is on your desk. They get a letter that says so."))
    return redirect("grants:reaction", pk)


@require_POST
def put_off(request: Request, pk: int) -> HttpResponse:
    actions.put_reaction_off(seen_by(request, pk), by=request.user.person)
    messages.success(request, _("There is more time. They get a letter that says so."))
    return redirect("grants:reaction", pk)
