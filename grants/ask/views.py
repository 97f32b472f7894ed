"""The pages on which residents ask: the form, who they are, the code, and what they sent."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import may
from grants.ask import actions
from grants.ask.forms import CodeForm, ContactForm, WithdrawForm
from grants.models import Application
from grants.models.completion import changes, snapshot
from grants.models.consent import helps_with
from grants.models.elsewhere import asks_more_than_it_costs
from grants.models.status import NEXT
from grants.papers.plan import filled, on_paper, plan_page
from web.limits import MANY_MAILS, may_mail
from web.models import Reading
from web.requests import Known, Request, known, noted, public
from web.sign_in.adopt import HOLDER, holder_of
from web.sign_in.session import came_in


def draft_of(request: Request, pk: int) -> Application:
    applications = Application.objects.visible_to(request.person).drafts().for_writing()
    return get_object_or_404(applications, pk=pk)


def about(application: Application) -> dict[str, object]:
    """What every page about an application needs."""
    return {"application": application, "scheme": application.scheme, "funder": application.scheme.funder}


@public
def send(request: Request, pk: int) -> HttpResponse:
    """The check page: the plan as it will be sent, and who asks. A signed-in resident sends it at once."""
    application = draft_of(request, pk)
    if helps_with(request.person, application.plan):  # a helper doesn't send it: the residents say yes
        return redirect("grants:ways_to_confirm", pk)
    person = holder_of(request)
    signed_in = bool(request.user.is_authenticated)
    fields = ("name", "postcode", "house_number", "email", "phone", "reached_by")
    known = {name: getattr(person, name) for name in fields} | {"area": application.plan.area_id}
    if not person.name:
        known["reached_by"] = ""  # they choose it themselves: by mail is never taken for granted (Awb 2:8)
    areas = application.edition.areas.all()
    form = ContactForm(request.POST or None, initial=known, signed_in=signed_in, areas=areas)
    action = actions.submit if signed_in else actions.ask_for_code
    if not signed_in and form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    if form.run(action, application, by=person):
        return redirect("grants:track" if signed_in else "grants:confirm", application.pk)
    annex = filled(on_paper(application)) > 1
    context = {"form": form, "annex": annex, "asks_more": asks_more_than_it_costs(application)}
    return render(request, "grants/ask/send.html", about(application) | context)


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
            request.session.set_expiry(0)  # until the browser closes: nobody said that this device is theirs
        messages.success(request, _("Your plan has been sent. You get a mail with a copy."))
        return redirect("grants:track", application.pk)
    return render(request, "grants/ask/confirm.html", about(application) | {"form": form, "email": person.email})


@known
def send_again(request: Known, pk: int) -> HttpResponse:
    """The check page of a plan that came back: what is different now. From here it is sent again."""
    own = Application.objects.of_members(request.person).for_application_page()
    application = get_object_or_404(own.exclude(status=Application.Status.DRAFT), pk=pk)
    if request.method == "POST":
        actions.complete(application, by=request.person)
        messages.success(request, _("Your plan has been sent again. You get a letter with the new date."))
        return redirect(application)
    wait = application.waits.to_complete().first()
    if wait is None:
        return redirect(application)
    context = {
        "wait": wait,
        "changes": changes(wait.completion.before, snapshot(application)),
        "sends": may(request.person, "complete", application),
    }
    return render(request, "grants/ask/send_again.html", about(application) | context)


@public
def paper(request: Request, pk: int) -> HttpResponse:
    """The plan on one A4, for whoever may see the application."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    # While its residents complete it, a fund reads what it got.
    is_back = application.status == Application.Status.RETURNED
    as_sent = is_back and not Application.objects.written_by(request.person).filter(pk=pk).exists()
    if application.status != Application.Status.DRAFT:
        noted(request, Reading.Page.PLAN, application)
    return HttpResponse(
        plan_page(on_paper(application, as_sent=as_sent)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="plan-{application.number}.pdf"'},
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    applications = Application.objects.of_members(request.user.person).for_application_page()
    application = get_object_or_404(applications, pk=pk).as_told()
    if Application.Status.WITHDRAWN not in NEXT[Application.Status(application.status)]:
        messages.info(request, _("This plan can't be withdrawn now."))
        return redirect(application.form_url if application.status == Application.Status.DRAFT else application)
    form = WithdrawForm(request.POST or None)
    if form.run(actions.withdraw, application, by=request.person):
        messages.success(request, _("Your plan has been withdrawn. You can always ask again."))
        return redirect(application)
    return render(request, "grants/ask/withdraw.html", about(application) | {"form": form})
