"""The pages on which residents say yes to a plan that was written down for them, and those that help them there."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.confirm import actions, letters
from grants.confirm.forms import HereForm, PaperForm, YesCodeForm
from grants.models import Application, Confirmation, Invitation, Sheet
from grants.models.completion import changes, snapshot
from grants.models.draft import mark_of_the_whole
from grants.models.sending import asked_to_complete, still_to_confirm, what_is_still_missing
from web.forms import Form
from web.limits import MANY_MAILS, may_mail
from web.pictures import hand_out
from web.requests import Request, private, public


def draft_at_my_desk(request: Request, pk: int) -> Application:
    """A draft this helper is let in at now, or what came back to be completed; any other is not found."""
    written = Application.objects.helped_by(request.user.person).being_written().for_writing()
    return get_object_or_404(written, pk=pk)


def about(application: Application) -> dict[str, Any]:
    """What each of these pages shows: the plan, and the mark of it that comes back with the yes.

    Of a plan that came back also what was missing, and what is different now: that is what they say yes to.
    """
    wait = asked_to_complete(application) if application.status == Application.Status.RETURNED else None
    return {
        "wait": wait,
        "changes": changes(wait.completion.before, snapshot(application)) if wait else [],
        "application": application,
        "funder": application.scheme.funder,
        "seen": mark_of_the_whole(application),
        "resident": application.plan.first_contact,
    }


def ways_to_confirm(request: Request, pk: int) -> HttpResponse:
    """The plan, to read aloud, and the four ways to say yes to it."""
    application = draft_at_my_desk(request, pk)
    missing = what_is_still_missing(application).values()
    return render(request, "grants/confirm/ways.html", about(application) | {"missing": missing})


def confirmed(
    request: Request, application: Application, form: Form, action: Callable[..., Any], page: str
) -> HttpResponse:
    """Show the plan with this form, and take the yes that was given on it."""
    if form.run(action, application, seen=request.POST.get("seen", ""), by=request.user.person):
        messages.success(request, _("The plan has been sent. The resident gets a letter with a copy."))
        return redirect("grants:my_residents")
    return render(request, page, about(application) | {"form": form})


def confirm_here(request: Request, pk: int) -> HttpResponse:
    """Here and now: the resident types their name and taps."""
    application = draft_at_my_desk(request, pk)
    form = HereForm(request.POST or None)
    return confirmed(request, application, form, actions.confirm_here, "grants/confirm/here.html")


def confirm_by_code(request: Request, pk: int) -> HttpResponse:
    """The resident reads out the code that they got from us. Trying many codes is limited."""
    application = draft_at_my_desk(request, pk)
    form = YesCodeForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="spoken_code", key=str(pk)):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
        return render(request, "grants/confirm/code.html", about(application) | {"form": form})
    return confirmed(request, application, form, actions.confirm_by_code, "grants/confirm/code.html")


def confirm_on_paper(request: Request, pk: int) -> HttpResponse:
    """A photo of the signature, with the helper's statement."""
    application = draft_at_my_desk(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    return confirmed(request, application, form, actions.confirm_on_paper, "grants/confirm/paper.html")


@require_POST
def ask_to_confirm(request: Request, pk: int) -> HttpResponse:
    """Mail the resident the link and the code."""
    application = draft_at_my_desk(request, pk)
    if not may_mail(request, application.plan.first_contact.email):
        raise ValidationError(MANY_MAILS)
    actions.ask_to_confirm(application, by=request.user.person)
    messages.success(request, _("Sent. The link and the code are in their mailbox now."))
    return redirect("grants:ways_to_confirm", pk)


@require_POST
def codes_on_paper(request: Request, pk: int) -> HttpResponse:
    """The sheet with codes, shown once: we keep none of them."""
    application = draft_at_my_desk(request, pk)
    codes = actions.make_codes_on_paper(application, by=request.user.person)
    return HttpResponse(
        letters.codes_on_paper(application, codes, by=request.user.person),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="codes-{application.plan_id}.pdf"'},
    )


def invited_to_say_yes(token: str) -> Invitation:
    found = Invitation.objects.filter(purpose=Invitation.Purpose.SAY_YES).of_token(token)
    return get_object_or_404(found.select_related("person", "plan", "asked_at"))


@public
def say_yes(request: Request, token: str) -> HttpResponse:
    """Where the mail's link leads: the plan and one button. Opening the page says nothing."""
    invitation = invited_to_say_yes(token)
    application = still_to_confirm(invitation) if invitation.is_open else None
    if application is None or invitation.person is None:
        asked_at = invitation.asked_at
        over = asked_at is not None and asked_at.status not in {Application.Status.DRAFT, Application.Status.RETURNED}
        return private(render(request, "grants/confirm/over.html", {"sent": over}, status=200 if over else 410))
    if request.method == "POST":
        sent = actions.confirm_by_link(invitation, seen=request.POST.get("seen", ""), by=invitation.person)
        return private(render(request, "grants/confirm/done.html", about(sent)))
    return private(render(request, "grants/confirm/say_yes.html", about(application) | {"token": token}))


@public
def sheet_by_link(request: Request, token: str, pk: int) -> HttpResponse:
    """A photo or document of the plan that somebody reads by the mail's link, for as long as that link opens it."""
    invitation = invited_to_say_yes(token)
    with_plan = Sheet.objects.filter(plan=invitation.plan_id) if invitation.is_open else Sheet.objects.none()
    kept = get_object_or_404(with_plan, pk=pk)
    return hand_out(kept.picture, small="klein" in request.GET)


def signature(request: Request, pk: int) -> HttpResponse:
    """The photo of a signature: for the group, and for whoever reads the plan at the fund.

    `?compleet` is the number of the completion that was signed; without it, of the plan as it was sent first.
    """
    application = get_object_or_404(Application.objects.open_to(request.person), pk=pk)
    number = request.GET.get("compleet", "")[:12]
    signed = {"completion__wait__application": application, "completion": number}
    of = signed if number.isdecimal() else {"application": application}
    kept = get_object_or_404(Confirmation.objects.exclude(picture=""), **of)
    return hand_out(kept.picture)
