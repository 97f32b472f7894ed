"""One page for the officer who sends a plan on, and one for the residents who say yes or no with one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Referral
from grants.refer import actions
from grants.refer.forms import NoteForm, ReferForm
from web.requests import Known, Request, known


def refer(request: Request, pk: int) -> HttpResponse:
    """To propose it; or, while the residents think about it, to write down what they said."""
    by = request.user.person
    application = get_object_or_404(Application.objects.sent_to_funder_of(by).for_application_page(), pk=pk)
    require(by, "propose_referral", application)
    referral: Referral | None = getattr(application, "referral", None)
    if referral and referral.is_open:
        noting = NoteForm(request.POST or None)
        if noting.run(actions.note_referral_answer, referral, by=by):
            messages.success(request, _("Kept. The residents get a letter if their plan went on."))
            return redirect("grants:application", pk)
        return page(request, application, referral=referral, form=noting)
    form = ReferForm(request.POST or None, application=application)
    if form.run(actions.propose_referral, application, by=by):
        messages.success(request, _("The residents get a letter today."))
        return redirect("grants:application", pk)
    return page(request, application, referral=None, form=form)


def page(request: Request, application: Application, **more: object) -> HttpResponse:
    context = {"application": application, "funder": application.scheme.funder, **more}
    return render(request, "grants/refer/refer.html", context)


@known
def answer(request: Known, pk: int) -> HttpResponse:
    """Yes or no, with one press: `yes` or `no` is among what is posted. Without either of them it is asked again."""
    own = Application.objects.of_members(request.person).for_application_page()
    application = get_object_or_404(own.exclude(status=Application.Status.DRAFT), pk=pk).as_told()
    require(request.person, "answer_referral", application)
    referral: Referral | None = getattr(application, "referral", None)
    if referral is None or not referral.is_open:
        messages.info(request, _("Nothing is asked here now."))
        return redirect("grants:track", pk)
    is_one_pressed = ("yes" in request.POST) != ("no" in request.POST)
    if is_one_pressed:
        actions.answer_referral(referral, yes="yes" in request.POST, by=request.person)
        if referral.became:
            messages.success(request, _("Your plan is there now. You get a letter of both funds."))
            return redirect("grants:track", referral.became.pk)
        messages.success(request, _("Your plan stays here. We read on."))
        return redirect("grants:track", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "referral": referral,
        "asked_again": request.method == "POST",
    }
    return render(request, "grants/refer/answer.html", context)
