"""The pages on which residents let helpers in and out, the one where a helper types their code, and an officer's."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.allow import actions
from grants.allow.forms import EndForm, HelpCodeForm, LetInForm
from grants.models import Application, Helper, Plan
from web.limits import MANY_MAILS, may_mail
from web.requests import Known, Request, known


def plan_of(request: Known, pk: int) -> Plan:
    """A plan of this person's own group; anybody else's is not found."""
    return get_object_or_404(Plan.objects.visible_to(request.person).for_group_page(), pk=pk)


def about(plan: Plan) -> dict[str, object]:
    application = plan.latest
    return {"plan": plan, "application": application, "funder": application.scheme.funder}


@known
def helpers(request: Known, pk: int) -> HttpResponse:
    """Who may help with this plan, until when; the first contact lets somebody in, everybody of the group ends it."""
    plan = plan_of(request, pk)
    leads = may(request.person, "give_consent", plan)
    form = LetInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.person, "give_consent", plan)
    if form.is_valid() and not may_mail(request, form.cleaned_data["helper"].person.email):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.give_consent, plan, by=request.person):
        messages.success(request, _("%(name)s may see and write your plan now.") % {"name": form.outcome.helper.person})
        return redirect("grants:helpers", pk)
    context = {"consents": plan.consents.open().for_page(), "form": form, "leads": leads}
    return render(request, "grants/allow/helpers.html", about(plan) | context)


@known
@require_POST
def end_consent(request: Known, pk: int, number: int) -> HttpResponse:
    consents = plan_of(request, pk).consents.select_related("plan", "helper__person")
    consent = get_object_or_404(consents, pk=number)
    actions.end_consent(consent, by=request.person)
    messages.success(request, _("%(name)s sees your plan no more.") % {"name": consent.helper.person})
    return redirect("grants:helpers", pk)


@known
@require_POST
def help_code(request: Known, pk: int) -> HttpResponse:
    """A code to say to a helper. It is shown once: we don't keep it."""
    plan = plan_of(request, pk)
    code = actions.make_help_code(plan, by=request.person)
    return render(request, "grants/allow/code_made.html", about(plan) | {"code": code})


def type_help_code(request: Request) -> HttpResponse:
    """A helper types what a resident said. Trying many codes is limited per helper."""
    me = get_object_or_404(Helper.objects.of(request.user.person).select_related("organisation", "person"))
    form = HelpCodeForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="spoken_code", key=f"helper {me.pk}"):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
    elif form.run(actions.use_help_code, by=request.user.person):
        messages.success(request, _("You may see this plan now. The resident gets word of it."))
        return redirect("grants:my_residents")
    return render(request, "grants/allow/type_code.html", {"me": me, "form": form})


def end_with_note(request: Request, pk: int) -> HttpResponse:
    """The residents called: an officer ends a helper's access for them."""
    seen = Application.objects.sent_to_funder_of(request.user.person).select_related("plan", "scheme__funder")
    application = get_object_or_404(seen, pk=pk)
    require(request.user.person, "end_consent_with_note", application)
    form = EndForm(request.POST or None, plan=application.plan)
    if form.run(actions.end_consent_with_note, application, by=request.user.person):
        messages.success(request, _("Ended. The residents get word of it."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/allow/end_with_note.html", context)
