"""The pages on which residents write their plan: all on one page, or one question at a time."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.models import Application, Scheme, Sheet
from grants.models.consent import helps_with
from grants.models.draft import fingerprint
from grants.models.elsewhere import fixed_words, what_stands
from grants.models.questions import Step, steps_for
from grants.papers.plan import filled, on_paper
from grants.papers.room import room_left, typed_on_paper
from grants.write import actions
from grants.write.forms import DoorForm, PlanForm
from web.models import Person
from web.pictures import hand_out
from web.requests import Known, Request, known, public
from web.sign_in.adopt import hold_as, holder_of, new_holder


@public
def start(request: Request, slug: str) -> HttpResponse:
    """The empty form. `?bedrag=` sets the amount, and so the number of questions; `?wijze=stap` asks one at a time."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    stepwise = request.GET.get("wijze") == "stap"
    first = steps_for(asks_little=True)[0].fields if stepwise else None
    amount = request.GET.get("bedrag", "")
    form = sent_form(request, scheme=scheme, amount=amount, only=first)
    if request.method == "POST" and not ratelimit.consume(request, action="start"):
        form.add_error(None, _("Many plans are started from here right now. Wait a minute, then try again."))
    if form.is_bound and form.is_valid() and begin(request, scheme, form):
        return after_step(request, form.outcome, 1) if stepwise else after_saving(request, form.outcome)
    if request.FILES and "sheets" in form.fields and "sheets" not in form.errors:
        form.add_error("sheets", _("Choose your photo or document once more."))
    context = {"scheme": scheme, "funder": scheme.funder, "form": form, "number": 1}
    return render(request, "grants/write/step.html" if stepwise else "grants/write/plan.html", context)


def begin(request: Request, scheme: Scheme, form: PlanForm) -> bool:
    """Keep a first draft, and the files that came with it."""
    files = form.cleaned_data.pop("sheets", [])
    if not form.run(actions.start_draft, scheme, by=new_holder(request)):
        return False
    actions.add_sheets(form.outcome, files, by=holder_of(request))
    return True


def sent_form(request: Request, **about: Any) -> PlanForm:
    """The form with what was typed and sent. Opening files takes time and memory, so nobody sends many at once."""
    crowded = request.FILES and not ratelimit.consume(request, action="send_files")
    form = PlanForm(request.POST or None, None if crowded else request.FILES or None, **about)
    if crowded:
        form.add_error(None, _("Many files are sent from here right now. Wait a minute, then choose yours once more."))
    return form


@public
def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft, with what was typed before. `?check` says at each field what is still missing."""
    application = find_draft(request, pk)
    if application is None:
        return ask_who_writes(request)
    form = sent_form(request, scheme=application.scheme, application=application)
    if keep(request, application, form):
        return after_saving(request, form.outcome)
    if "check" in request.GET and not form.is_bound:
        form.ask_back(application.still_missing())
    return render(request, "grants/write/plan.html", about(application, form, request.person))


def keep(request: Request, application: Application, form: PlanForm) -> bool:
    """Keep what was sent: the files in any case, and what was typed unless a part of it can't be read."""
    if not form.is_bound:
        return False
    if gone := request.POST.getlist("remove"):
        form.attempt("sheets", actions.remove_sheets, application, gone, by=request.person)
    form.run_with("sheets", actions.add_sheets, application, by=request.person)
    application.plan.refresh_from_db(fields=["sheets"])
    return form.run(actions.save_draft, application, by=request.person, seen=request.POST.get("seen", ""))


@known
def complete(request: Known, pk: int) -> HttpResponse:
    """A plan that came back: what is missing stands first, the rest of the page below it."""
    application = get_object_or_404(Application.objects.of_members(request.person).for_writing(), pk=pk)
    wait = application.waits.to_complete().first()
    if wait is None and request.method != "POST":
        return redirect(application)
    form = sent_form(request, scheme=application.scheme, application=application)
    if keep(request, application, form):
        return after_completing(request, form.outcome)
    halves = [
        PlanForm(request.POST or None, scheme=application.scheme, application=application, only=only)
        for only in (wait.completion.part(form.parts) if wait else ((), form.parts))
    ]
    if wait and "check" in request.GET and not form.is_bound:
        for each in (form, *halves):
            each.ask_back(wait.completion.still_missing(application))
    context = about(application, form, request.person) | {"wait": wait, "listed": halves[0], "rest": halves[1]}
    return render(request, "grants/write/complete.html", context)


def after_completing(request: Known, application: Application) -> HttpResponse:
    """On to the check page; or back to the form, for more lines or with what is still empty."""
    if "send" not in request.POST:
        messages.success(request, _("Kept. Nothing has been sent yet."))
        return redirect("grants:complete", application.pk)
    missing = application.waits.to_complete().get().completion.still_missing(application)
    return redirect(f"{request.path}?check=1") if missing else redirect("grants:send_again", application.pk)


def after_saving(request: Request, application: Application) -> HttpResponse:
    """On to the next page; or back to the form, for more lines or with what is still missing."""
    if "send" not in request.POST:
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
        return ask_who_writes(request)
    steps = steps_of(application)
    if not 1 <= number <= len(steps):
        raise Http404
    only = steps[number - 1].fields
    form = sent_form(request, scheme=application.scheme, application=application, only=only)
    if keep(request, application, form):
        return after_step(request, form.outcome, number)
    context = about(application, form, request.person) | {"number": number, "of": len(steps) + 1, "before": number - 1}
    return render(request, "grants/write/step.html", context)


def steps_of(application: Application) -> tuple[Step, ...]:
    """The pages of this draft, without what a fund reads already."""
    duties, fixed = application.duties, fixed_words(application.plan)
    all_of_them = steps_for(asks_little=duties is None or duties.asks_little)
    left = (tuple(name for name in step.fields if name not in fixed) for step in all_of_them)
    return tuple(Step(fields) for fields in left if fields)


def after_step(request: Request, application: Application, number: int) -> HttpResponse:
    """The next question, or after the last one the check page; what is missing there is asked back all at once."""
    if "save" in request.POST:
        messages.success(request, saved(request))
        return redirect("grants:step", application.pk, number)
    if number < len(steps_of(application)):
        return redirect("grants:step", application.pk, number + 1)
    if application.still_missing():
        return redirect(f"{application.form_url}?check=1")
    return redirect("grants:send", application.pk)


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
            hold_as(request, door.cleaned_data["code"].first_contact)
            found = drafts.visible_to(request.person).filter(pk=pk).first()
    if found is None and request.method != "POST":
        raise Http404
    return found


def ask_who_writes(request: Request) -> HttpResponse:
    """The session of this device has ended. What was typed goes along, hidden, until the code is there."""
    kept = [(name, text) for name, texts in request.POST.lists() for text in texts]
    hidden = [(name, text) for name, text in kept if name not in {"csrfmiddlewaretoken", "code"}]
    form = DoorForm(request.POST if "code" in request.POST else None)
    context = {"form": form, "hidden": hidden, "had_files": bool(request.FILES)}
    return render(request, "grants/write/door.html", context, status=404)


@public
def sheet(request: Request, pk: int) -> HttpResponse:
    """A photo, drawing or page of a document, for whoever may see the plan. `?klein`: small, to look at on a page."""
    kept = get_object_or_404(Sheet.objects.visible_to(request.person), pk=pk)
    return hand_out(kept.picture, small="klein" in request.GET)


@public
@require_POST
def room(request: Request, slug: str) -> HttpResponse:
    """How full the page is with what stands in the form now, as a sentence. Nothing is kept."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    if not ratelimit.consume(request, action="room"):
        return HttpResponse(status=429)
    form = PlanForm(request.POST, scheme=scheme)
    form.is_valid()
    plan = request.GET.get("plan", "")[:12]
    sheets = Sheet.objects.visible_to(request.person).filter(plan=int(plan) if plan.isdecimal() else 0)
    page = typed_on_paper(scheme, form.cleaned_data, (get_language() or "nl")[:2], sheets)
    return HttpResponse(room_left(filled(page)), content_type="text/plain")


@public
def empty_form(request: Request, slug: str) -> HttpResponse:
    """The questions on paper, with room to write: for whoever rather fills it in with a pen."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    form = PlanForm(scheme=scheme, amount=request.GET.get("bedrag", ""))
    return render(request, "grants/write/empty_form.html", {"scheme": scheme, "funder": scheme.funder, "form": form})
