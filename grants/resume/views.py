"""The pages between a draft and its writer: the way back on another device, whose it is, and leaving a device."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.models import Application
from grants.models.draft import let_in_by_code
from grants.resume import actions
from grants.resume.forms import ContinueForm, WayBackForm
from web.limits import MANY_MAILS, may_mail
from web.requests import Request, public
from web.sign_in.adopt import HOLDER, hold_as


@public
def mail_way_back(request: Request, pk: int) -> HttpResponse:
    """The link and the code of this draft, by mail: the way back for whoever has no pen at hand."""
    application = get_object_or_404(Application.objects.drafts().for_writing().visible_to(request.person), pk=pk)
    form = WayBackForm(request.POST or None, initial={"email": request.person.email if request.person else ""})
    if form.is_valid() and not may_mail(request, form.cleaned_data["email"]):
        form.add_error(None, MANY_MAILS)
    if form.run(actions.mail_way_back, application, by=request.person):
        messages.success(request, _("Sent. The mail has a link and the code."))
        return redirect(application.form_url)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/resume/mail_way_back.html", context)


@public
def go_on(request: Request, code: str = "") -> HttpResponse:
    """Go on with a draft on another device, with its code. Trying many codes is limited per address.

    A link fills the code in and no more: programs that open every link of a mail take nothing over.
    """
    form = ContinueForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and not ratelimit.consume(request, action="continue_draft"):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
    elif form.is_bound and form.is_valid():
        application = form.cleaned_data["code"].applications.filter(status=Application.Status.DRAFT).earliest("pk")
        if not bool(request.user.is_authenticated):
            hold_as(request, let_in_by_code(application.plan))
            return redirect(application.form_url)
        if form.run(lambda code, by: actions.claim_draft(application, by=by), by=request.person):
            return redirect(application.form_url)
    return render(request, "grants/resume/go_on.html", {"form": form})


@require_POST
def claim(request: Request) -> HttpResponse:
    """ "Yes, the plan on this device is mine": who signed in takes it along."""
    held = Application.objects.drafts().filter(plan__members__person=request.session.get(HOLDER, 0))
    application = get_object_or_404(held.order_by("pk")[:1])
    actions.claim_draft(application, by=request.user.person)
    request.session.pop(HOLDER, None)
    return redirect(application.form_url)


@require_POST
def not_mine(request: Request) -> HttpResponse:
    """ "No, it isn't mine": this device forgets the plan; its writer has the code."""
    request.session.pop(HOLDER, None)
    return redirect("grants:my_plans")


@public
@require_POST
def leave(request: Request) -> HttpResponse:
    """ "I'm done on this device": forget who held a draft here. The draft itself stays."""
    request.session.flush()
    messages.success(request, _("Done. Nobody can see your plan on this device any more."))
    return redirect("home")
