"""The hand-over screen, on which a resident types their bank details on a helper's device, and its papers."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.entrust import actions, letters
from grants.entrust.forms import AccountForm
from grants.models import Application
from web.limits import MANY_MAILS, may_mail
from web.requests import Request


def granted_at_my_desk(request: Request, pk: int) -> Application:
    """A granted plan this helper is let in at now; any other is not found."""
    helped = Application.objects.helped_by(request.user.person).told().filter(grant__isnull=False)
    return get_object_or_404(helped.for_application_page(), pk=pk)


def bank_details(request: Request, pk: int) -> HttpResponse:
    """The helper hands the device over. Afterwards only the last four digits are shown, to nobody but here."""
    application = granted_at_my_desk(request, pk)
    payee = application.grant.commitment.payee
    form = AccountForm(request.POST or None)
    if request.method == "POST" and not ratelimit.consume(request, action="spoken_code", key=f"bank {pk}"):
        form.add_error(None, _("Too many tries just now. Wait ten minutes, or call us."))
    elif form.run(actions.give_bank_details_here, application, by=request.user.person):
        last_four = form.outcome.iban[-4:]
        messages.success(request, _("Noted. The account ends in %(digits)s.") % {"digits": last_four})
        return redirect("grants:my_residents")
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "resident": application.plan.first_contact,
        "last_four": payee.iban[-4:] if payee else "",
        "waiting": application.grant.commitment.promised,
        "form": form,
    }
    return render(request, "grants/entrust/bank_details.html", context)


@require_POST
def ask_for_bank_code(request: Request, pk: int) -> HttpResponse:
    application = granted_at_my_desk(request, pk)
    if not may_mail(request, application.plan.first_contact.email):
        raise ValidationError(MANY_MAILS)
    actions.ask_for_bank_code(application, by=request.user.person)
    messages.success(request, _("The code is in the resident’s mailbox. It works for half an hour."))
    return redirect("grants:bank_details", pk)


def paper_form(request: Request, pk: int) -> HttpResponse:
    """The form to fill in with a pen, empty."""
    return pdf(letters.form_on_paper(granted_at_my_desk(request, pk)), "bankgegevens")


@require_POST
def code_on_paper(request: Request, pk: int) -> HttpResponse:
    """A letter with a code, made by an officer for a resident without e-mail; shown once."""
    seen = Application.objects.sent_to_funder_of(request.user.person).filter(grant__isnull=False)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    code = actions.make_bank_code_on_paper(application, by=request.user.person)
    return pdf(letters.bank_code_on_paper(application, code), "code")


def pdf(paper: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)
