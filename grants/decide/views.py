"""One page to decide on: grant at the left, decline at the right; each its own form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.decide import actions, letters
from grants.decide.forms import DeclineForm, SetAsideForm, SettleForm
from grants.models import Application, DraftReview, Wait
from grants.models.advice import opinions_of
from grants.models.aside import Lives
from grants.models.clock import not_handled_by
from grants.models.division import has_ended, left_for, rest_for
from grants.models.elsewhere import others_shown_to_funds, too_much_with
from grants.models.intake import came_outside
from grants.typed import AwardForm
from web.models import Reading
from web.requests import Request, noted


def decide(request: Request, pk: int) -> HttpResponse:
    """`decline` among what was posted chooses that form; anything else is the award."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    by = request.user.person
    require(by, "award", application)
    if request.method == "GET" and not application.is_waiting:
        messages.info(request, _("This application has been decided already."))
        return redirect("grants:application", pk)
    declining = request.POST if "decline" in request.POST else None
    in_round = application.waits_for_round
    left = None if in_round else left_for(application)
    rest, ended = rest_for(application, left), has_ended(application, left)
    granting = request.POST if request.POST and not declining else None
    award = AwardForm(granting, application=application, offer=rest)
    review = application.reviews.for_reading().first()
    decline = DeclineForm(declining, application=application, review=review, money_ended=ended, prefix="no")
    if award.run(actions.award_quietly if in_round else actions.award, application, by=by):
        if in_round:
            return quietly(request, application)
        messages.success(request, _("Granted. The group gets a letter today."))
        return redirect("grants:application", pk)
    if decline.run(actions.decline_quietly if in_round else actions.decline, application, by=by):
        if in_round:
            return quietly(request, application)
        messages.success(request, _("Declined. The group gets a letter today that says what would be possible."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "review": review,
        "opinions": opinions_of(application, review.judgements.all() if review else ()),
        "too_much": too_much_with(application, others_shown_to_funds(application)),
        "needs_two": application.asked is not None and application.needs_second_signature(application.asked),
        "in_round": in_round,
        "rest": rest,
        "award": award,
        "decline": decline,
    }
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/decide/decide.html", context)


def quietly(request: Request, application: Application) -> HttpResponse:
    """Back to the others of its round."""
    messages.success(request, _("Kept. The residents hear when the whole round is announced."))
    return redirect("grants:round", application.round_id)


def settle(request: Request, pk: int) -> HttpResponse:
    """A small plan beside everything there is to say about it: the criteria, the amount, and the letter."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_decision_page(), pk=pk)
    by = request.user.person
    require(by, "settle", application)
    if not application.is_quick or application.status == Application.Status.RETURNED:
        return redirect("grants:judge", pk)
    if "keep" in request.POST or request.POST.get("street") == Lives.HERE:
        return redirect("grants:judge", pk, preserve_request=True)  # the same answers, posted there
    draft = DraftReview.answers_of(application, by)
    form = SettleForm(request.POST or None, application=application, draft=draft)
    if "send" in request.POST and form.run(actions.settle, application, by=by):
        messages.success(request, _("Granted. The group gets a letter today."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "form": form,
        "draft": draft,
        "opinions": opinions_of(application),
        "too_much": too_much_with(application, others_shown_to_funds(application)),
        "letter": letters.preview(application, by=by, **form.shown),
    }
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/decide/settle.html", context)


def set_aside(request: Request, pk: int) -> HttpResponse:
    """What was missing, and why it can't be judged without."""
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    by = request.user.person
    require(by, "set_aside", application)
    wait = Wait.objects.to_complete().filter(application=application).first()
    form = SetAsideForm(request.POST or None)
    if form.run(actions.set_aside, application, by=by):
        messages.success(request, _("The residents get a letter today. They can send their plan again."))
        return redirect("grants:application", pk)
    context = {
        "application": application,
        "funder": application.scheme.funder,
        "wait": wait,
        "came_outside": wait is None and came_outside(application),
        "last_day": not_handled_by(wait.until) if wait else None,
        "form": form,
    }
    noted(request, Reading.Page.APPLICATION, application)
    return render(request, "grants/decide/set_aside.html", context)
