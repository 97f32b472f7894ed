"""The pages of a group: who is in it, how others come in, and how one leaves."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.join import actions, letters
from grants.join.forms import GroupCodeForm, InviteForm, JoinForm
from grants.models import Application, Invitation, Member, Plan
from web.limits import MANY_MAILS, may_mail
from web.models import Person
from web.requests import Known, Request, known, public
from web.sign_in.adopt import hold_as

INVITED = "invited"  # session key: the invitation whose code was typed on this device
DEEDS = ("invite", "name_treasurer", "add_partner")


def plan_of(request: Known, pk: int) -> Plan:
    """A plan of this person's own group; anybody else's is not found."""
    return get_object_or_404(Plan.objects.visible_to(request.person).for_group_page(), pk=pk)


def about(plan: Plan) -> dict[str, object]:
    """What every page about a group needs: the plan, and the fund it was or will be put before."""
    application = plan.latest
    return {
        "plan": plan,
        "application": application,
        "edition": application.edition,
        "funder": application.scheme.funder,
    }


@known
def group(request: Known, pk: int) -> HttpResponse:
    """Everybody in the group, who is invited, the partners, and what this person may do about it."""
    plan = plan_of(request, pk)
    members = list(plan.members.all())
    context = {
        "members": members,
        "me": next(member for member in members if member.person == request.person),
        "open_invitations": plan.invitations.open().filter(purpose=Invitation.Purpose.JOIN).select_related("person"),
        "partners": plan.partners.all(),
        "may": {deed: may(request.person, deed, plan) for deed in DEEDS},
    }
    return render(request, "grants/join/group.html", about(plan) | context)


@known
def invite(request: Known, pk: int) -> HttpResponse:
    """A link and a code for one more person. They are shown once: we keep neither."""
    plan = plan_of(request, pk)
    require(request.person, "invite", plan)
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.person)
    if form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    elif form.run(actions.invite, plan, by=request.person):
        link = settings.SITE_ADDRESS + reverse("grants:join", args=[form.outcome.token])
        code_page = settings.SITE_ADDRESS + reverse("grants:enter")
        shown = {"link": link, "code": form.outcome.code, "code_page": code_page, "email": form.cleaned_data["email"]}
        return render(request, "grants/join/invited.html", about(plan) | shown)
    return render(request, "grants/join/invite.html", about(plan) | {"form": form})


@known
@require_POST
def take_back(request: Known, pk: int, number: int) -> HttpResponse:
    invitation = get_object_or_404(plan_of(request, pk).invitations, pk=number, purpose=Invitation.Purpose.JOIN)
    actions.take_back(invitation, by=request.person)
    messages.success(request, _("The invitation is taken back. Its link and code don't work any more."))
    return redirect("grants:group", pk)


@public
def join(request: Request, token: str = "") -> HttpResponse:
    """Where an invitation leads: who you are, and you are in. The link carries its token; a typed code the session."""
    found = Invitation.objects.filter(purpose=Invitation.Purpose.JOIN).select_related("person")
    one = found.of_token(token) if token else found.filter(pk=request.session.get(INVITED, 0))
    invitation = get_object_or_404(one)
    if not invitation.is_open:
        return render(request, "grants/join/too_late.html", status=410)
    plan = Plan.objects.for_group_page().get(pk=invitation.plan_id)
    here = who_is_here(request)
    joiner = here or invitation.person or Person(language=(get_language() or "nl")[:2])
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        known=here if is_signed_in(request) else None,
        needs_address=plan.latest.edition.needs_addresses,
        initial={name: getattr(joiner, name) for name in JoinForm.base_fields},
    )
    if form.run(actions.accept_invitation, invitation, by=joiner):
        return welcome(request, plan, joiner)
    return render(request, "grants/join/join.html", about(plan) | {"form": form, "by": invitation.made_by.now})


def who_is_here(request: Request) -> Person | None:
    """Who signed in. Whoever else holds something on this device: the one who joins may be their neighbour."""
    return request.person if is_signed_in(request) else None


def is_signed_in(request: Request) -> bool:
    return bool(request.user.is_authenticated)


def welcome(request: Request, plan: Plan, person: Person) -> HttpResponse:
    """In the group. A device that nobody held yet is theirs from now on; another one stays with whom it is."""
    request.session.pop(INVITED, None)
    if not request.person:
        hold_as(request, person)
    messages.success(request, _("Welcome! %(name)s is in the group now.") % {"name": person})
    return redirect("grants:group", plan.pk)


@public
def enter(request: Request) -> HttpResponse:
    """Type a code: from a letter, to come back to one's own plan, or one that was read out, to join a group."""
    form = GroupCodeForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="group_code"):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
    elif form.is_bound and form.is_valid():
        return let_in(request, form.cleaned_data["code"])
    return render(request, "grants/join/code.html", {"form": form})


def let_in(request: Request, invitation: Invitation) -> HttpResponse:
    if invitation.purpose == Invitation.Purpose.JOIN or invitation.person is None:
        request.session[INVITED] = invitation.pk
        return redirect("grants:join_by_code")
    if is_signed_in(request):
        messages.error(request, _("You are signed in. Sign out first, then type the code again."))
        return redirect("grants:enter")
    actions.enter(invitation, by=invitation.person)
    hold_as(request, invitation.person)
    return redirect("grants:group", invitation.plan_id)


@known
def leave_group(request: Known, pk: int) -> HttpResponse:
    """Say first what leaving means; then do it."""
    plan = plan_of(request, pk)
    member = plan.members.get(person=request.person)
    if request.method == "POST":
        actions.leave_group(member, by=request.person)
        messages.success(request, _("You are out of the group."))
        return redirect("home")
    return render(request, "grants/join/leave.html", about(plan) | {"member": member})


@known
def remove_member(request: Known, pk: int, number: int) -> HttpResponse:
    """The first contact takes out who asked for it."""
    plan = plan_of(request, pk)
    member = get_object_or_404(plan.members.select_related("person"), pk=number)
    require(request.person, "remove_member", member)
    if request.method == "POST":
        if not may_mail(request, member.person.email):
            raise ValidationError(MANY_MAILS)
        actions.remove_member(member, by=request.person)
        messages.success(request, _("%(name)s is out of the group.") % {"name": member.person})
        return redirect("grants:group", pk)
    return render(request, "grants/join/remove.html", about(plan) | {"member": member})


@known
@require_POST
def paper_code(request: Known, pk: int, number: int) -> HttpResponse:
    """A letter with a code, made by the first contact for somebody of the group."""
    return print_code(
        get_object_or_404(plan_of(request, pk).members.select_related("person", "plan"), pk=number), request
    )


@require_POST
def paper_code_by_officer(request: Request, pk: int, number: int) -> HttpResponse:
    """The same letter, made by an officer who has the plan."""
    seen = Application.objects.sent_to_funder_of(request.user.person)
    application = get_object_or_404(seen.select_related("scheme__funder"), pk=pk)
    members = Member.objects.filter(plan=application.plan_id).select_related("person", "plan")
    return print_code(get_object_or_404(members, pk=number), request, application)


def print_code(member: Member, request: Request, application: Application | None = None) -> HttpResponse:
    code = actions.make_paper_code(member, by=request.person or request.user.person, application=application)
    return HttpResponse(
        letters.code_on_paper(member, code, application),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="code-{member.plan_id}.pdf"'},
    )
