"""One page to decide on: grant at the left, decline at the right; each its own form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.decide import actions
from grants.decide.forms import AwardForm, DeclineForm
from grants.models import Application
from grants.models.elsewhere import others_shown_to_funds, too_much_with
from web.requests import Request


def decide(request: Request, pk: int) -> HttpResponse:
    """`decline` among what was posted chooses that form; anything else is the award."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    by = request.user.person
    require(by, "award", application)
    declining = "decline" in request.POST
    award = AwardForm(request.POST if request.POST and not declining else None, application=application)
    review = application.reviews.for_reading().first()
    decline = DeclineForm(request.POST if declining else None, application=application, review=review, prefix="no")
    if award.run(actions.award, application, by=by):
        messages.success(request, _("Granted. The group gets a letter today."))
        return redirect("grants:application", pk)
    if decline.run(actions.decline, application, by=by):
        messages.success(request, _("Declined. The group gets a letter today that says what would be possible."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "review": review,
        "too_much": too_much_with(application, others_shown_to_funds(application)),
        "award": award,
        "decline": decline,
    }
    return render(request, "grants/decide/decide.html", context)
