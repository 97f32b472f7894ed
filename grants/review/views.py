"""Taking up, sending back and judging."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application, Completion
from grants.review import actions
from grants.review.forms import JudgeForm, SendBackForm
from web.requests import Request


@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    actions.take_up(application, by=request.user.person)
    messages.success(request, _("It is on your desk. The residents see your name."))
    return redirect("grants:application", pk)


def send_back(request: Request, pk: int) -> HttpResponse:
    """The plan beside the one list of what may be missing."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    require(request.user.person, "send_back", application)
    if application.status != Application.Status.SUBMITTED:
        messages.info(request, _("Only a plan that was just sent can go back."))
        return redirect("grants:application", pk)
    was_back = Completion.objects.filter(wait__application=application).exists()
    form = SendBackForm(request.POST or None, application=application, was_back=was_back)
    if form.run(actions.send_back, application, by=request.user.person):
        messages.success(request, _("The residents get a letter today with this list. The clock stands still."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/review/send_back.html", context)


@require_POST
def go_on_as_it_stands(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    actions.go_on_as_it_stands(application, by=request.user.person)
    messages.success(request, _("You can judge it now. The residents get a letter that says so."))
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
