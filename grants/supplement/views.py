"""The page on which an officer writes down what completes a plan, when it came another way."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Wait
from grants.models.sending import asked_to_complete
from grants.supplement import actions
from grants.supplement.forms import CompletionForm
from web.models import Reading
from web.requests import Request, noted


def note_completion(request: Request, pk: int) -> HttpResponse:
    """What was asked stands above it; with one button the clock runs on."""
    person = request.user.person
    seen = Application.objects.sent_to_funder_of(person)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    require(person, "note_completion", application)
    wait = asked_to_complete(application)
    if wait is None:
        messages.info(request, _("This plan is not with the residents any more."))
        return redirect("grants:application", pk)
    form = sent_form(request, application, wait)
    if form.run(actions.note_completion, wait.completion, by=person):
        messages.success(request, _("Noted. The clock runs on, and the group gets a copy."))
        return redirect("grants:application", pk)
    noted(request, Reading.Page.APPLICATION, application)
    context = {"application": application, "funder": application.scheme.funder, "wait": wait, "form": form}
    return render(request, "grants/supplement/note.html", context)


def sent_form(request: Request, application: Application, wait: Wait) -> CompletionForm:
    """With the files that were sent. Opening them takes time and memory, so nobody sends many at once."""
    is_sent = request.method == "POST"
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    files = request.FILES if is_sent and not crowded else None
    form = CompletionForm(request.POST if is_sent else None, files, application=application, wait=wait)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form
