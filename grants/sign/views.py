"""One page for the second signature: the plan, the judgement, what was proposed; sign it or say why not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import may, require
from grants.models import Application, Proposal
from grants.models.advice import opinions_of
from grants.models.division import left_for, rest_for
from grants.sign import actions
from grants.sign.forms import RefuseForm
from grants.typed import AwardForm
from web.models import Reading
from web.requests import Request, noted


def propose(request: Request, pk: int) -> HttpResponse:
    """The first of two signatures: how much, beside the plan."""
    person = request.user.person
    seen = Application.objects.sent_to_funder_of(person).for_decision_page()
    application = get_object_or_404(seen, pk=pk)
    require(person, "propose", application)
    needs_two = application.asked is not None and application.needs_second_signature(application.asked)
    if request.method == "GET" and not (application.is_waiting and needs_two):
        return redirect("grants:decide", pk)
    form = AwardForm(request.POST or None, application=application, offer=rest_for(application, left_for(application)))
    if form.run(actions.propose, application, by=person):
        messages.success(request, _("The money is reserved. A colleague with a mandate signs too."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/sign/propose.html", context)


def sign(request: Request, pk: int) -> HttpResponse:
    """`refuse` among what was posted is the no; anything else that is posted signs. `seen`: the proposal they read."""
    person = request.user.person
    seen = Application.objects.sent_to_funder_of(person).for_decision_page()
    application = get_object_or_404(seen, pk=pk)
    require(person, "refuse_to_sign", application)
    proposal = Proposal.objects.open().select_related("by", "budget").filter(application=application).first()
    if proposal is None:
        messages.info(request, _("Nothing is proposed here now."))
        return redirect("grants:application", pk)
    if request.method == "POST" and request.POST.get("seen") != str(proposal.pk):
        messages.info(request, _("A colleague has proposed something else meanwhile. Read it first."))
        return redirect("grants:sign", pk)
    proposal.application = application
    refusing = "refuse" in request.POST
    refusal = RefuseForm(request.POST if refusing else None)
    if refusal.run(actions.refuse_to_sign, proposal, by=person):
        messages.success(request, _("Your colleague reads why. The money is free again."))
        return redirect("grants:application", pk)
    if request.method == "POST" and not refusing:
        actions.sign(proposal, by=person)
        messages.success(request, _("Granted, with two signatures. The group gets a letter."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "proposal": proposal,
        "obligations": proposal.obligations.all(),
        "review": application.reviews.for_reading().first(),
        "opinions": opinions_of(application),
        "refusal": refusal,
        "is_first": proposal.by_id == person.pk,
        "signs": may(person, "sign", application),
    }
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/sign/sign.html", context)
