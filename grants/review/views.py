"""Taking up and judging."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application
from grants.review import actions
from grants.review.forms import JudgeForm
from web.requests import Request


@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    actions.take_up(application, by=request.user.person)
    messages.success(request, _("It is on your desk. The residents see your name."))
    return redirect("grants:application", pk)


def judge(request: Request, pk: int) -> HttpResponse:
    """The plan beside its criteria."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    require(request.user.person, "judge", application)
    last = application.reviews.prefetch_related("judgements").first()
    form = JudgeForm(request.POST or None, application=application, last=last)
    if form.run(actions.judge, application, by=request.user.person):
        messages.success(request, _("Judged. You can decide now."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/review/judge.html", context)
