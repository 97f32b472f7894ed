"""The neighbours' page and the group's: a poster leads to the one, the plan to the other."""

import secrets

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.models import Plan, Support, SupportPage
from grants.papers.poster import on_paper as poster_of
from grants.papers.poster import poster_pdf
from grants.papers.questionnaire import on_paper as questionnaire_of
from grants.papers.questionnaire import questionnaire_pdf
from grants.support import actions
from grants.support.forms import AnswerForm, SpeakForm
from web.keyset import page_newest_first
from web.limits import MANY_MAILS, may_mail
from web.models import Person
from web.requests import Known, Request, known, public

DEVICE = "neighbour"  # session key: a random mark of this device, so that a neighbour who comes back counts once
AT_ONCE = 20  # of what neighbours said on a page: light enough for a slow phone, however much they write


def device_of(request: Request) -> str:
    """The mark of this device; it says nothing about who uses it."""
    return str(request.session.setdefault(DEVICE, secrets.token_urlsafe(16)))


@public
def speak(request: Request, address: str) -> HttpResponse:
    """What the plan is about, what neighbours said, what was done with their worries; and a form to say something."""
    page = get_object_or_404(SupportPage.objects.at(address).select_related("plan"))
    form = SpeakForm(request.POST if request.method == "POST" else None)
    if form.is_bound and heard(request, page, form):
        messages.success(request, thanks_for(form.outcome))
        return redirect(page)
    answered = page_newest_first(page.worries.answered(), after=request.GET.get("after", ""), size=AT_ONCE)
    context = {"page": page, "plan": page.plan, "funder": page.funder, "form": form, "answered": answered}
    response = render(request, "grants/support/speak.html", context)
    response["X-Robots-Tag"] = "noindex"  # for who has the poster, not for who searches
    response["Cache-Control"] = "no-store, private"  # what the last neighbour typed isn't there for the next
    return response


def heard(request: Request, page: SupportPage, form: SpeakForm) -> bool:
    """Whether what was typed is kept. A whole stairwell may speak from one address, and nobody a thousand times."""
    if ratelimit.consume(request, action="speak"):
        return form.run(actions.speak, page, device=device_of(request), by=Person.system())
    form.add_error(None, _("Many neighbours speak from here right now. Wait ten minutes, then try again."))
    return False


def thanks_for(said: Support) -> str:
    name = said.neighbour.name
    if said.changed_at:
        return _("%(name)s, we have you already. What you say now counts.") % {"name": name}
    if said.is_a_worry:
        return _("Thank you, %(name)s. The group reads your worry and answers it.") % {"name": name}
    return _("Thank you, %(name)s. The group is happy with it.") % {"name": name}


def own_plan(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.person).select_related("support_page"), pk=pk)


def own_page(request: Request, pk: int) -> SupportPage:
    """The page of a plan of this person's group; there is none before they open it."""
    plans = Plan.objects.visible_to(request.person)
    return get_object_or_404(SupportPage.objects.select_related("plan"), plan=pk, plan__in=plans)


def frame_of(plan: Plan) -> dict[str, object]:
    """The fund in the page's frame, and the way back: to the plan as it was sent, or to the draft."""
    first = plan.applications.select_related("scheme__funder").order_by("pk").first()
    if first is None:
        return {}
    is_draft = first.status == first.Status.DRAFT
    return {"funder": first.scheme.funder, "back_url": first.form_url if is_draft else first.get_absolute_url()}


@known
def overview(request: Known, pk: int) -> HttpResponse:
    """For the group: the page's address, its papers, and what every neighbour said, newest first."""
    plan = own_plan(request, pk)
    page = getattr(plan, "support_page", None)
    said = Support.objects.for_list_page().filter(page=page)
    only_worries = request.GET.get("lijst") == "zorgen"
    chosen = said.worries() if only_worries else said
    shown = page_newest_first(chosen, after=request.GET.get("after", ""), size=AT_ONCE)
    address = f"{settings.SITE_ADDRESS}{page.get_absolute_url()}" if page else ""
    context = {"plan": plan, "page": page, "said": shown, "only_worries": only_worries, "address": address}
    return render(request, "grants/support/overview.html", context | frame_of(plan))


@known
@require_POST
def open_support(request: Known, pk: int) -> HttpResponse:
    actions.open_support(own_plan(request, pk), by=request.person)
    messages.success(request, _("The page is open. Hang up the poster, or send the address around."))
    return redirect("grants:support_overview", pk)


@known
@require_POST
def close_support(request: Known, pk: int) -> HttpResponse:
    actions.close_support(own_page(request, pk), by=request.person)
    messages.success(request, _("The page is closed. Neighbours can still read it."))
    return redirect("grants:support_overview", pk)


@known
def answer_worry(request: Known, pk: int) -> HttpResponse:
    """What was done with one worry. The neighbour gets a mail when they left an address."""
    worries = Support.objects.of_members(request.person).worries().select_related("page__plan", "neighbour")
    worry = get_object_or_404(worries, pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": worry.answer})
    if form.is_valid() and not may_mail(request, worry.neighbour.email):
        form.add_error(None, MANY_MAILS)
    if form.run(actions.answer_worry, worry, by=request.person):
        messages.success(request, _("Answered. It stands on the page for neighbours."))
        return redirect("grants:support_overview", worry.page.plan_id)
    context = {"worry": worry, "plan": worry.plan, "form": form}
    return render(request, "grants/support/answer_worry.html", frame_of(worry.plan) | context)


@known
def poster(request: Known, pk: int) -> HttpResponse:
    return as_pdf(poster_pdf(poster_of(own_page(request, pk))), f"poster-{pk}.pdf")


@known
def questionnaire(request: Known, pk: int) -> HttpResponse:
    return as_pdf(questionnaire_pdf(questionnaire_of(own_page(request, pk))), f"vragenlijst-{pk}.pdf")


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
