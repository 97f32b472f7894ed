"""The pages on which residents ask: the form, who they are, the code, and what they sent."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.ask import actions
from grants.ask.forms import CodeForm, ContactForm, ContinueForm, PlanForm, WithdrawForm
from grants.models import Application, Scheme
from grants.papers.plan import filled, on_paper, plan_page
from web.models import Person
from web.requests import Request, public
from web.sign_in.adopt import HOLDER
from web.sign_in.session import came_in


def holder_of(request: Request) -> Person:
    """Who holds the draft on this device: the one we know already, or somebody new without a name."""
    if request.person is None:
        request.person = Person.objects.create(language=(get_language() or "nl")[:2])
        request.session[HOLDER] = request.person.pk
    return request.person


def draft_of(request: Request, pk: int) -> Application:
    applications = Application.objects.visible_to(request.person).drafts().for_application_page()
    return get_object_or_404(applications, pk=pk)


@public
def start(request: Request, slug: str) -> HttpResponse:
    """The empty form. `?bedrag=` from the scheme's page sets the amount, and so the number of questions."""
    scheme = get_object_or_404(Scheme.objects.published().for_scheme_page(), slug=slug)
    form = PlanForm(request.POST or None, scheme=scheme, amount=request.GET.get("bedrag", ""))
    if form.is_bound and form.is_valid() and form.run(actions.start_draft, scheme, by=holder_of(request)):
        return after_saving(request, form.outcome)
    return render(request, "grants/ask/plan.html", {"scheme": scheme, "funder": scheme.funder, "form": form})


def after_saving(request: Request, application: Application) -> HttpResponse:
    """On to the next page; or back to the form, for more lines or with what is still missing."""
    if "send" not in request.POST:
        messages.success(request, _("Saved. You can go on later with the code on this page."))
        return redirect(application.form_url)
    if application.still_missing():
        return redirect(f"{application.form_url}?check=1")
    return redirect("grants:send", application.pk)


@public
def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft, with what was typed before. `?check` says at each field what is still missing."""
    application = draft_of(request, pk)
    form = PlanForm(request.POST or None, scheme=application.scheme, application=application)
    if form.run(actions.save_draft, application, by=request.person):
        return after_saving(request, form.outcome)
    if "check" in request.GET and not form.is_bound:
        form.ask_back(application.still_missing())
    return render(request, "grants/ask/plan.html", about(application) | {"form": form})


def about(application: Application) -> dict[str, object]:
    """What every page about an application needs."""
    return {"application": application, "scheme": application.scheme, "funder": application.scheme.funder}


@public
def send(request: Request, pk: int) -> HttpResponse:
    """The check page: the plan as it will be sent, and who asks. A signed-in resident sends it at once."""
    application = draft_of(request, pk)
    person = holder_of(request)
    signed_in = bool(request.user.is_authenticated)
    fields = ("name", "postcode", "house_number", "email", "phone", "reached_by")
    form = ContactForm(
        request.POST or None, initial={name: getattr(person, name) for name in fields}, signed_in=signed_in
    )
    action = actions.submit if signed_in else actions.ask_for_code
    if form.run(action, application, by=person):
        return redirect("grants:track" if signed_in else "grants:confirm", application.pk)
    annex = filled(on_paper(application)) > 1
    return render(request, "grants/ask/send.html", about(application) | {"form": form, "annex": annex})


@public
def confirm(request: Request, pk: int) -> HttpResponse:
    """The code from the mail sends the plan, and signs its sender in; somebody with a seat uses their password."""
    application = draft_of(request, pk)
    person = holder_of(request)
    form = CodeForm(request.POST or None)
    if form.run(actions.confirm_address, application, by=person):
        request.session.pop(HOLDER, None)
        if not form.outcome.signs_in_by_password:
            login(request, form.outcome, backend=settings.AUTHENTICATION_BACKENDS[0])
            came_in(request, "code")
        messages.success(request, _("Your plan has been sent. You get a mail with a copy."))
        return redirect("grants:track", application.pk)
    return render(request, "grants/ask/confirm.html", about(application) | {"form": form, "email": person.email})


@public
def go_on(request: Request) -> HttpResponse:
    """Go on with a draft on another device, with its code. Trying many codes is limited per address."""
    form = ContinueForm(request.POST or None)
    allowed = request.method != "POST" or ratelimit.consume(request, action="continue_draft")
    if not allowed:
        form.add_error(None, _("That were many tries. Wait ten minutes, or call us."))
    elif form.is_bound and form.is_valid():
        plan = form.cleaned_data["code"]
        request.session.cycle_key()
        request.session[HOLDER] = plan.first_contact.pk
        return redirect(plan.applications.get(status=Application.Status.DRAFT).form_url)
    return render(request, "grants/ask/go_on.html", {"form": form})


@public
def leave(request: Request) -> HttpResponse:
    """ "I'm done on this device": forget who held a draft here. The draft itself stays."""
    if request.method == "POST":
        request.session.flush()
        messages.success(request, _("Done. Nobody can see your plan on this device any more."))
    return redirect("home")


@public
def paper(request: Request, pk: int) -> HttpResponse:
    """The plan on one A4, for whoever may see the application."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    return HttpResponse(
        plan_page(on_paper(application)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="plan-{application.number}.pdf"'},
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    applications = Application.objects.of_members(request.user.person).for_application_page()
    application = get_object_or_404(applications, pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.run(actions.withdraw, application, by=request.person):
        messages.success(request, _("Your plan has been withdrawn. You can always ask again."))
        return redirect(application)
    return render(request, "grants/ask/withdraw.html", about(application) | {"form": form})
