"""The pages on which a group puts one plan before several funds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.divide import actions
from grants.divide.forms import AskAlsoForm, ShareForm
from grants.models import Application, Plan, Scheme
from grants.models.area import Place
from grants.models.elsewhere import asked_or_given, still_needed
from grants.models.fit import Wish, fits
from web.requests import Known, known


def plan_of(request: Known, pk: int) -> Plan:
    """A plan of this person's own group; anybody else's is not found."""
    plans = Plan.objects.visible_to(request.person).for_group_page().select_related("area")
    return get_object_or_404(plans.prefetch_related("lines"), pk=pk)


@known
def ask_also(request: Known, pk: int) -> HttpResponse:
    """What is still needed, which schemes fit, and how much to ask there: a draft with everything in it already."""
    plan = plan_of(request, pk)
    require(request.person, "ask_also", plan)
    asked_here = [each.as_told() for each in plan.applications.all()]
    asked = {each.scheme_id for each in asked_here}
    schemes = [each for each in Scheme.objects.published().for_catalogue() if each.pk not in asked]
    fitting, others = fits(schemes, Wish(place=place_of(plan)))
    needed = still_needed(plan, asked_here)
    form = AskAlsoForm(
        request.POST or None,
        schemes=[fit.scheme for fit in fitting],
        drafts=[each for each in asked_here if each.status == Application.Status.DRAFT],
        needed=needed or None,
    )
    if form.run(actions.ask_also, plan, by=request.person):
        return after_asking(form.outcome)
    context = {
        "plan": plan,
        "page": plan.page,
        "form": form,
        "needed": needed,
        "elsewhere": asked_or_given(asked_here),
        "asked_here": asked_here,
        "fitting": fitting,
        "others": others,
        "application": plan.latest,
        "funder": plan.latest.scheme.funder,
    }
    return render(request, "grants/divide/ask_also.html", context)


def place_of(plan: Plan) -> Place | None:
    """Where the plan is, as far as we know: its neighbourhood, else the postcode of its first contact."""
    if plan.area:
        return Place("", (plan.area,))
    digits = plan.first_contact.postcode[:4]
    return Place.at(digits) if digits else None


def after_asking(application: Application) -> HttpResponse:
    """To the questions that this fund asks besides; straight to the check page when there are none."""
    if application.still_missing():
        return redirect(f"{application.form_url}?check=1")
    return redirect("grants:send", application.pk)


@known
@require_POST
def share(request: Known, pk: int) -> HttpResponse:
    """Whether the funds see of each other: a tick, which can be taken away again at any time."""
    plan = plan_of(request, pk)
    form = ShareForm(request.POST)
    shared = form.is_valid() and form.cleaned_data["shared"]
    (actions.let_them_see if shared else actions.keep_apart)(plan, by=request.person)
    messages.success(
        request,
        _("The funds now see of each other what you asked there.")
        if shared
        else _("The funds see nothing of each other."),
    )
    return redirect(plan.latest if plan.was_sent else plan.latest.form_url)
