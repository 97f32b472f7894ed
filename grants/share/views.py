"""The pages on which a group shares the work: first contact, treasurer, kind of group, partners."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.models import Application, Invitation, Partner, Plan
from grants.share import actions
from grants.share.forms import HandOverForm, LegalFormForm, PartnerForm, TreasurerForm
from web.limits import MANY_MAILS, may_mail
from web.requests import Known, Request, known, public


def plan_of(request: Known, pk: int) -> Plan:
    """A plan of this person's own group; anybody else's is not found."""
    return get_object_or_404(Plan.objects.visible_to(request.person).for_group_page(), pk=pk)


def about(plan: Plan) -> dict[str, object]:
    """What every page about a group needs: the plan, and the fund it was or will be put before."""
    application = plan.latest
    return {"plan": plan, "application": application, "funder": application.scheme.funder}


@known
def offer_handover(request: Known, pk: int, number: int) -> HttpResponse:
    """Ask somebody of the group to become the first contact: they say yes or no themselves."""
    plan = plan_of(request, pk)
    member = get_object_or_404(plan.members.select_related("person", "plan"), pk=number)
    require(request.person, "offer_handover", member)
    if request.method == "POST":
        if not may_mail(request, member.person.email):
            raise ValidationError(MANY_MAILS)
        actions.offer_handover(member, by=request.person)
        messages.success(request, _("We asked %(name)s. It changes when they say yes.") % {"name": member.person})
        return redirect("grants:group", pk)
    return render(request, "grants/share/offer.html", about(plan) | {"member": member})


@known
def accept_handover(request: Known, pk: int) -> HttpResponse:
    """Yes or no, of whom it is asked."""
    plan = plan_of(request, pk)
    member = get_object_or_404(plan.members.select_related("plan"), person=request.person)
    require(request.person, "accept_handover", member)
    if "yes" in request.POST:
        actions.accept_handover(member, by=request.person)
        messages.success(request, _("You are the first contact now. We told the group."))
        return redirect("grants:group", pk)
    if "no" in request.POST:
        actions.decline_handover(member, by=request.person)
        messages.success(request, _("Noted. All stays as it was."))
        return redirect("grants:group", pk)
    return render(request, "grants/share/accept.html", about(plan) | {"first": plan.first_contact})


def hand_over_with_note(request: Request, pk: int) -> HttpResponse:
    """An officer writes down who the first contact is now."""
    seen = Application.objects.sent_to_funder_of(request.user.person).select_related("plan", "scheme__funder")
    application = get_object_or_404(seen, pk=pk)
    require(request.user.person, "hand_over_with_note", application)
    form = HandOverForm(request.POST or None, plan=application.plan)
    if form.run(actions.hand_over_with_note, application, by=request.user.person):
        messages.success(request, _("Noted. Both get it in writing."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/share/note.html", context)


@known
def name_treasurer(request: Known, pk: int) -> HttpResponse:
    """One member looks after bank details and cash book, besides the first contact."""
    plan = plan_of(request, pk)
    require(request.person, "name_treasurer", plan)
    form = TreasurerForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.run(actions.name_treasurer, plan, by=request.person):
        messages.success(request, _("Noted."))
        return redirect("grants:group", pk)
    return render(request, "grants/share/treasurer.html", about(plan) | {"form": form})


@known
def legal_form(request: Known, pk: int) -> HttpResponse:
    """A group may become an association or a foundation, and keeps its history."""
    plan = plan_of(request, pk)
    require(request.person, "became_legal_form", plan)
    now = {"legal_form": plan.legal_form, "group_name": plan.group_name}
    form = LegalFormForm(request.POST if request.method == "POST" else None, initial=now)
    if form.run(actions.became_legal_form, plan, by=request.person):
        messages.success(request, _("Noted. Your plans and their history stay yours."))
        return redirect("grants:group", pk)
    return render(request, "grants/share/legal_form.html", about(plan) | {"form": form})


@known
def add_partner(request: Known, pk: int) -> HttpResponse:
    """Name a partner. The link is mailed to it alone, or else shown once to pass on: we don't keep it."""
    plan = plan_of(request, pk)
    form = PartnerForm(request.POST or None)
    if form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.add_partner, plan, by=request.person):
        link = settings.SITE_ADDRESS + reverse("grants:partner", args=[form.outcome.token])
        shown = {"link": link, "organisation": form.cleaned_data["organisation"], "email": form.cleaned_data["email"]}
        return render(request, "grants/share/partner_added.html", about(plan) | shown)
    return render(request, "grants/share/add_partner.html", about(plan) | {"form": form})


@known
@require_POST
def remove_partner(request: Known, pk: int, number: int) -> HttpResponse:
    partner = get_object_or_404(plan_of(request, pk).partners.select_related("contact", "plan"), pk=number)
    actions.remove_partner(partner, by=request.person)
    messages.success(request, _("%(name)s is off the list.") % {"name": partner})
    return redirect("grants:group", pk)


@public
def partner(request: Request, token: str) -> HttpResponse:
    """What a partner sees: what the residents wrote about it, and two buttons. Opening the page confirms nothing."""
    found = Invitation.objects.filter(purpose=Invitation.Purpose.CONFIRM).of_token(token).select_related("person")
    invitation = get_object_or_404(found)
    shown = Partner.objects.filter(contact=invitation.person_id).first()
    if shown is None or (request.method != "POST" and not invitation.is_open and not answered(shown)):
        return render(request, "grants/join/too_late.html", status=410)
    if request.method == "POST":
        actions.answer_as_partner(invitation, yes="yes" in request.POST, by=shown.contact, device=request.person)
        return redirect("grants:partner", token)
    plan = Plan.objects.for_group_page().get(pk=invitation.plan_id)
    may_answer = request.person is None or may(request.person, "answer_on_this_device", invitation)
    return render(request, "grants/share/partner.html", about(plan) | {"partner": shown, "may_answer": may_answer})


def answered(partner: Partner) -> bool:
    return bool(partner.confirmed_at or partner.declined_at)
