"""The page on which residents put photos, drawings and documents with their plan; and each of those, to look at."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from grants.enclose import actions
from grants.enclose.forms import DoorForm, SheetsForm
from grants.models import Application, Sheet
from grants.models.draft import let_in_by_code
from grants.models.elsewhere import fixed_pages
from web.models import Reading
from web.pictures import hand_out
from web.requests import Request, noted, public
from web.sign_in.adopt import hold_as


@public
def sheets(request: Request, pk: int) -> HttpResponse:
    """What is with a draft, or with a plan that came back: look at it, add to it, take it away."""
    if request.person is None:
        return ask_who_sends(request, pk)
    application = get_object_or_404(Application.objects.written_by(request.person).for_writing(), pk=pk)
    form = sent_form(request)
    if gone := request.POST.getlist("remove"):
        form.attempt("sheets", actions.remove_sheets, application, gone, by=request.person)
    form.run_with("sheets", actions.add_sheets, application, by=request.person)
    if form.is_bound and not form.errors:
        messages.success(request, _("Kept."))
        return redirect(request.get_full_path())
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "form": form,
        "sheets": application.plan.sheets.order_by("pk"),
        "stays": fixed_pages(application.plan),
        "back": back_to(request, application),
    }
    return render(request, "grants/enclose/sheets.html", context)


def ask_who_sends(request: Request, pk: int) -> HttpResponse:
    """The session of this device has ended. A browser sends a file once: we say that it isn't kept, and how to come
    back here."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    form = DoorForm(request.POST if "code" in request.POST else None)
    if form.is_bound and not ratelimit.consume(request, action="continue_draft"):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
    elif form.is_valid():
        plan = form.cleaned_data["code"]
        hold_as(request, let_in_by_code(plan))
        draft = get_object_or_404(Application.objects.drafts().filter(plan=plan).order_by("pk")[:1])
        messages.info(request, _("Choose your photo or document once more."))
        return redirect("grants:sheets", draft.pk)
    here = {"next": request.get_full_path()}
    return render(request, "grants/enclose/door.html", {"form": form, "here": urlencode(here)}, status=404)


def sent_form(request: Request) -> SheetsForm:
    """The files that were sent. Opening them takes time and memory, so nobody sends many at once."""
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    is_sent = request.method == "POST"
    form = SheetsForm(request.POST if is_sent else None, request.FILES if is_sent and not crowded else None)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form


def back_to(request: Request, application: Application) -> str:
    """The form they came from: `?stap` for who writes one question at a time."""
    if application.status == Application.Status.RETURNED:
        return reverse("grants:complete", args=[application.pk])
    step = request.GET.get("stap", "")[:2]
    return reverse("grants:step", args=[application.pk, int(step)]) if step.isdecimal() else application.form_url


@public
def sheet(request: Request, pk: int) -> HttpResponse:
    """A photo, drawing or page of a document, for whoever may see the plan. `?klein`: small, to look at on a page."""
    kept = get_object_or_404(Sheet.objects.visible_to(request.person), pk=pk)
    noted(request, Reading.Page.SHEET, *([] if "klein" in request.GET else kept.read_for(request.person)))
    return hand_out(kept.picture, small="klein" in request.GET)
