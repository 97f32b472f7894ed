"""Taking up, sending back and judging."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application, Completion, DraftReview
from grants.models.advice import opinions_of
from grants.models.aside import Lives
from grants.review import actions
from grants.review.forms import JudgeForm, SendBackForm
from web.models import Reading
from web.requests import Request, noted


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
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/review/send_back.html", context)


@require_POST
def go_on_as_it_stands(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    actions.go_on_as_it_stands(application, by=request.user.person)
    messages.success(request, _("You can judge it now. The residents get a letter that says so."))
    return redirect("grants:application", pk)


def keep(request: Request, application: Application, form: JudgeForm) -> HttpResponse:
    """Also what was typed on the page of a small plan, with its amount. A script asks quietly."""
    names = (*form.fields, "amount", "reason")
    answers = {name: request.POST[name] for name in names if name in request.POST}
    actions.keep_judgement(application, answers=answers, by=request.user.person)
    how = request.POST["keep"]
    if how == "quietly":
        return HttpResponse(status=204)
    messages.success(request, _("Kept. Only you see it, until you give your judgement."))
    return redirect("grants:settle" if how == "quick" else "grants:judge", application.pk)


def judge(request: Request, pk: int) -> HttpResponse:
    """The plan beside its criteria. What was typed can be kept unfinished; who lives in its street steps aside."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    by = request.user.person
    require(by, "judge", application)
    if request.method == "GET" and not application.is_waiting:
        messages.info(request, _("This application has been decided already."))
        return redirect("grants:application", pk)
    last = application.reviews.prefetch_related("judgements").first()
    draft = DraftReview.answers_of(application, by)
    form = JudgeForm(request.POST or None, application=application, last=last, draft=draft)
    if "keep" in request.POST:
        return keep(request, application, form)
    if request.POST.get("street") == Lives.HERE:
        actions.step_aside(application, by=by)
        messages.info(request, _("Thank you. A colleague judges this plan."))
        return redirect("grants:inbox")
    if form.run(actions.judge, application, by=by):
        messages.success(request, _("Judged. You can decide now."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "form": form,
        "draft": draft,
        "opinions": opinions_of(application),
    }
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/review/judge.html", context)
