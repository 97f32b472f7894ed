"""Changing a grant: the ground and the facts, what the group says, and the decision; or more after an objection."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application, Intention, Reaction
from grants.revise import actions
from grants.revise.forms import AnewForm, AnswerForm, IntendForm, ReviseForm
from grants.typed import ToldForm
from ledger.models import kept
from web.requests import Known, Request, known


def for_officer(request: Request, pk: int, deed: str) -> Application:
    """What was granted by a funder of theirs, when they may do this with it."""
    seen = Application.objects.sent_to_funder_of(request.user.person).filter(grant__isnull=False)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    require(request.user.person, deed, application)
    return application


def open_intention(application: Application) -> Intention | None:
    return application.grant.intentions.open().for_reading().first()


def about(application: Application, intention: Intention | None) -> dict[str, object]:
    funder, has = application.scheme.funder, kept(application.grant.commitment)
    return {"application": application, "funder": funder, "intention": intention, "has": has}


def revise(request: Request, pk: int) -> HttpResponse:
    """First the ground and the facts; once the group was heard, the decision."""
    application, by = for_officer(request, pk, "revise"), request.user.person
    intention = open_intention(application)
    if intention:
        decide = ReviseForm(request.POST or None)
        if decide.run(actions.revise, intention, by=by):
            messages.success(request, _("Decided. The group gets a letter today."))
            return redirect("grants:application", pk)
        return render(request, "grants/revise/decide.html", about(application, intention) | {"form": decide})
    public_body = application.scheme.funder.is_public_body
    form = IntendForm(request.POST or None, grant=application.grant, public_body=public_body)
    if form.run(actions.intend, application, by=by):
        messages.success(request, _("The residents get a letter today. Wait for their answer, or for the day."))
        return redirect("grants:revise", pk)
    return render(request, "grants/revise/intend.html", about(application, None) | {"form": form})


def note_view(request: Request, pk: int) -> HttpResponse:
    """They told it in a talk."""
    application = for_officer(request, pk, "note_view")
    intention = open_intention(application)
    if intention is None or intention.answer:
        messages.info(request, _("No question is waiting for an answer."))
        return redirect("grants:application", pk)
    form = ToldForm(request.POST or None, application=application)
    if form.run(actions.note_view, intention, by=request.user.person):
        messages.success(request, _("Noted. The group gets a copy."))
        return redirect("grants:revise", pk)
    return render(request, "grants/revise/note.html", about(application, intention) | {"form": form})


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    intention = open_intention(for_officer(request, pk, "drop_intention"))
    if intention is not None:
        actions.drop_intention(intention, by=request.user.person)
        messages.success(request, _("Nothing changes. The group gets a letter that says so."))
    return redirect("grants:application", pk)


@known
def answer(request: Known, pk: int) -> HttpResponse:
    """Where the letter leads: why the money may become less, and room for an answer."""
    own = Application.objects.of_members(request.person).filter(grant__isnull=False)
    application = get_object_or_404(own.for_application_page(), pk=pk)
    intention = open_intention(application)
    if intention is None or intention.answer:
        messages.info(request, _("No question is waiting for an answer."))
        return redirect(application)
    form = AnswerForm(request.POST or None)
    if form.run(actions.answer_intention, intention, by=request.person):
        messages.success(request, _("Thank you. We read it before we decide."))
        return redirect(application)
    return render(request, "grants/revise/answer.html", about(application, intention) | {"form": form})


def decide_anew(request: Request, pk: int) -> HttpResponse:
    """They were right about what they got: more, by a new decision."""
    by = request.user.person
    reactions = Reaction.objects.of_funders_of(by).filter(application__grant__isnull=False).for_page()
    reaction = get_object_or_404(reactions, pk=pk)
    require(by, "decide_anew", reaction)
    if not reaction.waits_for_decision:
        messages.info(request, _("This is decided anew already, or there is nothing to decide."))
        return redirect("grants:reaction", pk)
    form = AnewForm(request.POST or None, application=reaction.application)
    if form.run(actions.decide_anew, reaction, by=by):
        messages.success(request, _("Decided. The group gets a letter today."))
        return redirect("grants:reaction", pk)
    return render(
        request, "grants/revise/anew.html", about(reaction.application, None) | {"reaction": reaction, "form": form}
    )
