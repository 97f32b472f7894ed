"""Asking the residents one thing, and answering it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.enquire import actions
from grants.enquire.forms import AnswerForm, HearForm, QuestionForm
from grants.models import Application, Enquiry
from grants.typed import ToldForm
from web.models import Reading
from web.requests import Known, Request, known, noted


def for_officer(request: Request, pk: int, deed: str) -> Application:
    """What was sent to a funder of theirs, when they may do this with it."""
    seen = Application.objects.visible_to(request.user.person).exclude(status=Application.Status.DRAFT)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    require(request.user.person, deed, application)
    return application


def open_enquiry(application: Application) -> Enquiry | None:
    """The question that waits for an answer, if there is one."""
    wait = application.waits.open().filter(enquiry__isnull=False).for_reading().first()
    return wait.enquiry if wait else None


def about(application: Application, enquiry: Enquiry | None = None) -> dict[str, object]:
    return {"application": application, "funder": application.scheme.funder, "enquiry": enquiry}


def enquire(request: Request, pk: int) -> HttpResponse:
    """The plan beside one question."""
    application = for_officer(request, pk, "enquire")
    if not application.is_waiting:
        messages.info(request, _("This application has been decided already."))
        return redirect("grants:application", pk)
    form = QuestionForm(request.POST or None)
    if form.run(actions.enquire, application, by=request.user.person):
        messages.success(request, _("The residents get your question today."))
        return redirect("grants:application", pk)
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/enquire/ask.html", about(application) | {"form": form})


def hear(request: Request, pk: int) -> HttpResponse:
    """The plan beside the facts that the residents may react to."""
    application = for_officer(request, pk, "hear")
    if not application.is_waiting:
        messages.info(request, _("This application has been decided already."))
        return redirect("grants:application", pk)
    form = HearForm(request.POST or None)
    if form.run(actions.hear, application, by=request.user.person):
        messages.success(request, _("The residents get a letter today. Wait for their answer, or for the day."))
        return redirect("grants:application", pk)
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/enquire/view.html", about(application) | {"form": form})


def note_answer(request: Request, pk: int) -> HttpResponse:
    """They told it on the phone."""
    application = for_officer(request, pk, "note_answer")
    enquiry = open_enquiry(application)
    if enquiry is None:
        messages.info(request, _("No question is waiting for an answer."))
        return redirect("grants:application", pk)
    form = ToldForm(request.POST or None, application=application)
    if form.run(actions.note_answer, enquiry, by=request.user.person):
        messages.success(request, _("Noted. The group gets a copy."))
        return redirect("grants:application", pk)
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/enquire/note.html", about(application, enquiry) | {"form": form})


@require_POST
def go_on_without(request: Request, pk: int) -> HttpResponse:
    enquiry = open_enquiry(for_officer(request, pk, "go_on_without"))
    if enquiry is not None:
        actions.go_on_without(enquiry, by=request.user.person)
        messages.success(request, _("The clock runs on. The residents get a letter that says so."))
    return redirect("grants:application", pk)


@known
def answer(request: Known, pk: int) -> HttpResponse:
    """Where the letter leads: the question, and room for the answer. Anybody in the group may give it."""
    own = Application.objects.of_members(request.person).exclude(status=Application.Status.DRAFT)
    application = get_object_or_404(own.for_application_page(), pk=pk)
    enquiry = open_enquiry(application)
    if enquiry is None:
        messages.info(request, _("No question is waiting for an answer."))
        return redirect(application)
    form = AnswerForm(request.POST or None)
    if form.run(actions.answer_enquiry, enquiry, by=request.person):
        messages.success(request, _("Thank you. We read on with your answer."))
        return redirect(application)
    return render(request, "grants/enquire/answer.html", about(application, enquiry) | {"form": form})
