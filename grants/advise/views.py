"""The pages of a panel: which plans to advise on, one plan without contact data, and what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.advise import actions
from grants.advise.forms import AdviseForm
from grants.models import Advice, Application, Decision, DraftReview, Sheet
from grants.models.advice import advise_until, opinions_of
from grants.models.aside import Lives
from web.clock import today
from web.keyset import page_by_date
from web.models import Person, Reading, Seat
from web.pictures import hand_out
from web.requests import Request, noted

DECIDED_AT_ONCE = 20
ADVISED_AT_ONCE = 50


def panel(request: Request) -> HttpResponse:
    """What waits for their advice, due first; then what they advised on and can still change, and what was decided."""
    person = request.user.person
    if not Seat.objects.of(person, Seat.Role.PANEL).exists():
        raise PermissionDenied(_("Only members of a panel read this."))
    mine = Application.objects.read_by_panel(person).free_to_advise(person).for_panel(person)
    asked, after = mine.to_advise_on(), request.GET.get("after", "")
    page = page_by_date(asked.exclude(advices__by=person), field="answer_by", after=after)
    advised = asked.filter(advices__by=person).order_by("answer_by", "pk")[:ADVISED_AT_ONCE]
    decided = mine.decided().told().order_by("-pk")[:DECIDED_AT_ONCE]
    context = {
        "rows": with_last_day(page.rows),
        "advised": with_last_day(advised),
        "after": page.after,
        "decided": decided,
        "today": today(),
    }
    return render(request, "grants/advise/panel.html", context)


def with_last_day(applications: Iterable[Application]) -> list[tuple[Application, date]]:
    return [(each, advise_until(each)) for each in applications]


def advise(request: Request, pk: int) -> HttpResponse:
    """The plan beside its criteria, while advice can be given; then what came of it."""
    by = request.user.person
    seen = Application.objects.read_by_panel_or_fund(by).for_panel(by).prefetch_related("plan__sheets")
    application = get_object_or_404(seen, pk=pk).as_told()
    require(by, "advise", application)
    before = Advice.objects.for_reading().filter(application=application, by=by).first()
    draft = DraftReview.answers_of(application, by)
    form = AdviseForm(request.POST or None, application=application, before=before, draft=draft)
    if "keep" in request.POST:
        return keep(request, application, form)
    if request.method == "POST" and request.POST.get("street") == Lives.HERE:
        actions.leave_to_others(application, by=by)
        messages.info(request, _("Thank you. The others of the panel advise on this plan."))
        return redirect("grants:panel")
    if form.run(actions.advise, application, by=by):
        messages.success(request, _("Thank you. Your advice is kept. You can still change it."))
        return redirect("grants:panel")
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "page": application.page.without_givers,
        "before": before,
        "draft": draft,
        "form": form,
    }
    noted(request, Reading.Page.PLAN, application)
    return render(request, "grants/advise/advise.html", context | so_far(application))


def keep(request: Request, application: Application, form: AdviseForm) -> HttpResponse:
    """What a script sends a moment after they stopped typing."""
    answers = {name: request.POST[name] for name in form.fields if name in request.POST}
    actions.keep_advice(application, answers=answers, by=request.user.person)
    return HttpResponse(status=204)


def so_far(application: Application) -> dict[str, Any]:
    """Until when they can advise; after the decision what it was, and why the panel wasn't followed."""
    last_day = advise_until(application)
    is_open = application.is_waiting and today() <= last_day
    decision = None if application.is_waiting else Decision.objects.told().filter(application=application).last()
    opinions = []
    if decision:
        review = application.reviews.for_reading().first()
        opinions = opinions_of(application, review.judgements.all() if review else ())
    return {"last_day": last_day, "is_open": is_open, "decision": decision, "opinions": opinions}


def sheet(request: Request, pk: int, number: int) -> HttpResponse:
    """A drawing or photo with a plan that this person reads for the panel. `?klein`: small."""
    person: Person = request.user.person
    read = Application.objects.read_by_panel(person).free_to_advise(person)
    kept = get_object_or_404(Sheet.objects.filter(plan__in=read.filter(pk=pk).values("plan")), pk=number)
    if "klein" not in request.GET:
        noted(request, Reading.Page.SHEET, read.select_related("scheme").get(pk=pk))
    return hand_out(kept.picture, small="klein" in request.GET)
