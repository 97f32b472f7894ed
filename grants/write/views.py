"""The pages on which residents write their plan: all on one page, or one question at a time."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may
from grants.models import Application, Scheme, Sheet
from grants.models.consent import helps_with
from grants.models.draft import fingerprint, let_in_by_code
from grants.models.elsewhere import fixed_pages, steps_left, what_stands
from grants.models.questions import steps_for
from grants.papers.plan import filled, on_paper
from grants.papers.room import room_left, typed_on_paper
from grants.write import actions
from grants.write.forms import DoorForm, PlanForm
from web.models import Person
from web.requests import Known, Request, known, public
from web.sign_in.adopt import hold_as, new_holder


@public
def start(request: Request, slug: str) -> HttpResponse:
    """The empty form. `?bedrag=` sets the amount, and so the number of questions; `?wijze=stap` asks one at a time."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    stepwise = request.GET.get("wijze") == "stap"
    first = steps_for(asks_little=True)[0].fields if stepwise else None
    amount = request.GET.get("bedrag", "")
    form = PlanForm(request.POST or None, edition=scheme.edition, amount=amount, only=first)
    if request.method == "POST" and not ratelimit.consume(request, action="start"):
        form.add_error(None, _("Many plans are started from here right now. Wait a minute, then try again."))
    if form.is_bound and form.is_valid() and form.run(actions.start_draft, scheme, by=new_holder(request)):
        return after_step(request, form.outcome, 1) if stepwise else after_saving(request, form.outcome)
    context = {"scheme": scheme, "funder": scheme.funder, "form": form, "number": 1, "may_enclose": True}
    return render(request, "grants/write/step.html" if stepwise else "grants/write/plan.html", context)


@public
def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft, with what was typed before. `?check` says at each field what is still missing."""
    application = find_draft(request, pk)
    if application is None:
        return ask_who_writes(request, pk)
    costs = "kosten" in request.GET
    form = PlanForm(request.POST or None, edition=application.edition, application=application, with_costs=costs)
    if keep(request, application, form):
        return after_saving(request, form.outcome)
    if "check" in request.GET and not form.is_bound:
        form.ask_back(application.still_missing())
    return render(request, "grants/write/plan.html", about(application, form, request.person))


def keep(request: Request, application: Application, form: PlanForm) -> bool:
    """Keep what was typed, unless a part of it can't be read, or another window changed it."""
    return form.run(actions.save_draft, application, by=request.person, seen=request.POST.get("seen", ""))


@known
def complete(request: Known, pk: int) -> HttpResponse:
    """A plan that came back: what is missing stands first, the rest of the page below it. A helper writes along."""
    application = get_object_or_404(Application.objects.completed_by(request.person).for_writing(), pk=pk)
    wait = application.waits.to_complete().first()
    if wait is None:
        return too_late(request, application) if request.method == "POST" else redirect(application)
    form = PlanForm(request.POST or None, edition=application.edition, application=application, with_costs=True)
    if keep(request, application, form):
        return after_completing(request, form.outcome)
    halves = [
        PlanForm(request.POST or None, edition=application.edition, application=application, only=only)
        for only in wait.completion.part(form.parts)
    ]
    if "check" in request.GET and not form.is_bound:
        for each in (form, *halves):
            each.ask_back(wait.completion.still_missing(application))
    sends = may(request.person, "complete", application)
    parts = {"wait": wait, "listed": halves[0], "rest": halves[1], "sends": sends}
    context = about(application, form, request.person) | parts
    return render(request, "grants/write/complete.html", context)


def after_completing(request: Known, application: Application) -> HttpResponse:
    """On to the check page, or straight on; or back to the form, for more lines or with what is still empty."""
    if "sheets" in request.POST:
        return redirect("grants:sheets", application.pk)
    if not request.POST.keys() & {"send", "now", "enter"}:
        messages.success(request, _("Kept. Nothing has been sent yet."))
        return redirect("grants:complete", application.pk)
    missing = application.waits.to_complete().get().completion.still_missing(application)
    if missing:
        return redirect(f"{request.path}?check=1")
    if helps_with(request.person, application.plan):
        resident = application.plan.first_contact
        messages.success(request, _("Kept. Only when %(name)s says yes to it, is it sent.") % {"name": resident})
        return redirect("grants:ways_to_confirm", application.pk)
    # "Send it now" stays one press: the same request goes on to the page that sends.
    return redirect("grants:send_again", application.pk, preserve_request="now" in request.POST)


def after_saving(request: Request, application: Application) -> HttpResponse:
    """On to the next page; or back to the form, for more lines or with what is still missing."""
    if "sheets" in request.POST:
        return redirect("grants:sheets", application.pk)
    if "list" in request.POST:
        return redirect(f"{application.form_url}?kosten=1#id_costs-0-what")
    if not request.POST.keys() & {"send", "enter"}:
        messages.success(request, saved(request))
        return redirect(application.form_url)
    if application.still_missing():
        return redirect(f"{application.form_url}?check=1")
    return redirect("grants:send", application.pk)


@public
def step(request: Request, pk: int, number: int) -> HttpResponse:
    """One question of a draft. Everything is kept at each step, so going back never loses anything."""
    application = find_draft(request, pk)
    if application is None:
        return ask_who_writes(request, pk)
    steps = steps_left(application, with_costs="kosten" in request.GET)
    if not 1 <= number <= len(steps):
        raise Http404
    only = steps[number - 1].fields
    form = PlanForm(request.POST or None, edition=application.edition, application=application, only=only)
    if keep(request, application, form):
        return after_step(request, form.outcome, number)
    context = about(application, form, request.person) | {
        "number": number,
        "of": len(steps) + 1,
        "before": number - 1,
        "offers_list": number == len(steps) and form.asks_little and not form.lists,
    }
    return render(request, "grants/write/step.html", context)


def after_step(request: Request, application: Application, number: int) -> HttpResponse:
    """The next question, or after the last one the check page; what is missing there is asked back all at once."""
    if "sheets" in request.POST:
        return redirect(f"{reverse('grants:sheets', args=[application.pk])}?stap={number}")
    if "save" in request.POST:
        messages.success(request, saved(request))
        return redirect(f"{reverse('grants:step', args=[application.pk, number])}{kept_open(request)}")
    if "list" in request.POST:
        return redirect(f"{reverse('grants:step', args=[application.pk, number + 1])}?kosten=1")
    if number < len(steps_left(application)):
        return redirect("grants:step", application.pk, number + 1)
    if application.still_missing():
        return redirect(f"{application.form_url}?check=1")
    return redirect("grants:send", application.pk)


def kept_open(request: Request) -> str:
    """The list of costs that somebody asked for stays open while it is empty."""
    return "?kosten=1" if "kosten" in request.GET else ""


def saved(request: Request) -> str:
    if bool(request.user.is_authenticated):
        return _("Saved.")
    return _("Saved. You can go on later with the code on this page.")


def about(application: Application, form: PlanForm, by: Person | None) -> dict[str, object]:
    """What every page of a draft needs, with the mark of what it shows."""
    return {
        "application": application,
        "scheme": application.scheme,
        "funder": application.scheme.funder,
        "form": form,
        "seen": fingerprint(application, form.parts),
        "stands": what_stands(application.plan),
        "may_enclose": not fixed_pages(application.plan),
        "room": room_left(filled(on_paper(application))),
        "helps": helps_with(by, application.plan),
    }


def find_draft(request: Request, pk: int) -> Application | None:
    """The draft, when this device may see it. A page that stood open for long asks for the code, and loses nothing."""
    drafts = Application.objects.drafts().for_writing()
    found = drafts.visible_to(request.person).filter(pk=pk).first()
    if found is None and request.method == "POST" and "code" in request.POST:
        door = DoorForm(request.POST)
        if ratelimit.consume(request, action="continue_draft") and door.is_valid():
            hold_as(request, let_in_by_code(door.cleaned_data["code"]))
            found = drafts.visible_to(request.person).filter(pk=pk).first()
    if found is None and request.method != "POST":
        raise Http404
    return found


def ask_who_writes(request: Request, pk: int) -> HttpResponse:
    """The session of this device has ended. What was typed goes along, hidden, until the code is there."""
    own = Application.objects.of_members(request.person).for_writing() if request.person else Application.objects.none()
    if sent := own.exclude(status=Application.Status.DRAFT).filter(pk=pk).first():
        return too_late(request, sent)
    kept = [(name, text) for name, texts in request.POST.lists() for text in texts]
    hidden = [(name, text) for name, text in kept if name not in {"csrfmiddlewaretoken", "code"}]
    form = DoorForm(request.POST if "code" in request.POST else None)
    context = {"form": form, "hidden": hidden}
    return render(request, "grants/write/door.html", context, status=404)


def too_late(request: Request, application: Application) -> HttpResponse:
    """Somebody of the group sent the plan while this was typed: it can't be kept, but nobody types it twice."""
    form = PlanForm(request.POST, edition=application.edition)
    form.add_error(None, _("This plan has been sent, so it can't be changed any more."))
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/write/too_late.html", context, status=409)


@public
@require_POST
def room(request: Request, slug: str) -> HttpResponse:
    """How full the page is with what stands in the form now, as a sentence. Nothing is kept."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    if not ratelimit.consume(request, action="room"):
        return HttpResponse(status=429)
    form = PlanForm(request.POST, edition=scheme.edition)
    form.is_valid()
    plan = request.GET.get("plan", "")[:12]
    sheets = Sheet.objects.visible_to(request.person).filter(plan=int(plan) if plan.isdecimal() else 0)
    page = typed_on_paper(scheme, form.cleaned_data, (get_language() or "nl")[:2], sheets)
    return HttpResponse(room_left(filled(page)), content_type="text/plain")


@public
def empty_form(request: Request, slug: str) -> HttpResponse:
    """The questions on paper, with room to write: for whoever rather fills it in with a pen."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    form = PlanForm(edition=scheme.edition, amount=request.GET.get("bedrag", ""))
    return render(request, "grants/write/empty_form.html", {"scheme": scheme, "funder": scheme.funder, "form": form})
