"""Telling how it went, stopping, fixing and closing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.models import Application, Grant, Story, StoryPhoto
from grants.report import actions
from grants.report.forms import FixForm, StopForm, StoryForm
from web.pictures import hand_out
from web.requests import Request


def own_application(request: Request, pk: int) -> Application:
    mine = Application.objects.of_members(request.user.person).for_application_page()
    return get_object_or_404(mine.exclude(status=Application.Status.DRAFT), pk=pk).as_told()


def tell_story(request: Request, pk: int) -> HttpResponse:
    """One question for a small plan, three for a larger one."""
    application = own_application(request, pk)
    story = Story.objects.filter(plan=application.plan).first()
    before = {"worked": story.worked, "best": story.best, "left_over": story.left_over} if story else {}
    form = StoryForm(
        request.POST or None,
        request.FILES or None,
        questions=application.duties.story_questions if application.duties else 3,
        initial=before,
    )
    if form.run(actions.tell_story, application, by=request.user.person):
        messages.success(request, _("Thank you. That was all."))
        return redirect(application)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/report/story.html", context)


def story_photo(request: Request, pk: int) -> HttpResponse:
    """A picture of a story, for the group and for whoever reads it at a funder that gave money."""
    seen = Application.objects.visible_to(request.person).exclude(grant=None).values("plan")
    photo = get_object_or_404(StoryPhoto, pk=pk, story__plan__in=seen)
    return hand_out(photo.picture)


def stop(request: Request, pk: int) -> HttpResponse:
    application = own_application(request, pk)
    form = StopForm(request.POST or None)
    if form.run(actions.stop, application, by=request.user.person):
        messages.success(request, _("Thank you for telling us."))
        return redirect(application)
    context = {"application": application, "funder": application.scheme.funder, "form": form}
    return render(request, "grants/report/stop.html", context)


def fix(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    require(request.user.person, "fix", application)
    grant = get_object_or_404(Grant, application=application)
    form = FixForm(request.POST or None, grant=grant)
    if form.run(actions.fix, application, by=request.user.person):
        messages.success(request, _("Fixed. The group gets a letter today."))
        return redirect("grants:application", pk)
    context = {"application": application, "funder": application.scheme.funder, "form": form, "grant": grant}
    return render(request, "grants/report/fix.html", context)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.person).for_application_page(), pk=pk)
    actions.close(application, by=request.user.person)
    messages.success(request, _("Closed. The group gets a letter today."))
    return redirect("grants:application", pk)
