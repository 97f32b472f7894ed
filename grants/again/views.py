"""The pages of what comes after a plan: a next one, its history, and the examples that everybody may read."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.access import require
from grants.again import actions
from grants.again.forms import DiffersForm, ExampleForm, FollowUpForm
from grants.models import Example, Plan, Scheme, StoryPhoto
from grants.models.series import in_series, seen_by, who_may_join_again
from web.keyset import page_newest_first
from web.pictures import hand_out
from web.requests import Known, Request, known, public
from web.sign_in.adopt import new_holder

AT_ONCE = 20  # examples on a page


def own_plan(request: Known, pk: int) -> Plan:
    """A plan of this person's own group; anybody else's is not found."""
    return get_object_or_404(Plan.objects.visible_to(request.person).for_group_page(), pk=pk)


def about(plan: Plan) -> dict[str, object]:
    return {"plan": plan, "application": plan.latest, "funder": plan.latest.scheme.funder}


@known
def follow_up(request: Known, pk: int) -> HttpResponse:
    """One question and one click: a draft with everything in it that stood in the earlier plan."""
    plan = own_plan(request, pk)
    require(request.person, "follow_up", plan)
    last = plan.latest
    schemes = [each for each in Scheme.objects.published().for_catalogue() if each.is_open]
    others = who_may_join_again(plan, request.person)
    form = FollowUpForm(request.POST or None, schemes=schemes, before=last.scheme, asked=last.asked, others=others)
    if form.run(actions.follow_up, plan, by=request.person):
        messages.success(request, _("Here is your new plan. Look at it and change what is different."))
        return redirect(form.outcome.form_url)
    return render(request, "grants/again/follow_up.html", about(plan) | {"form": form})


@known
def what_differs(request: Known, pk: int) -> HttpResponse:
    """What is different from the earlier plan: changed here until the plan is sent."""
    plan = own_plan(request, pk)
    require(request.person, "say_what_differs", plan)
    if plan.follows_id is None or plan.was_sent:
        raise Http404
    form = DiffersForm(request.POST or None, initial={"changed": plan.changed})
    if form.run(actions.say_what_differs, plan, by=request.person):
        messages.success(request, _("Kept. Nothing has been sent yet."))
        return redirect(plan.latest.form_url)
    return render(request, "grants/again/what_differs.html", about(plan) | {"form": form})


@known
def history(request: Known, pk: int) -> HttpResponse:
    """What this group did over the years: every plan that followed another."""
    plan = own_plan(request, pk)
    own = set(Plan.objects.visible_to(request.person).values_list("pk", flat=True))
    context = {"years": seen_by(request.person, in_series(plan)), "own": own}
    return render(request, "grants/again/history.html", about(plan) | context)


@known
def show_example(request: Known, pk: int) -> HttpResponse:
    """What others will read of it, before they can; and the way to take it back."""
    plan = own_plan(request, pk)
    require(request.person, "show_example", plan)
    example = Example.objects.filter(plan=plan).prefetch_related("photos").first()
    now = example or plan
    chosen = [photo.pk for photo in example.photos.all()] if example else []
    initial = {"title": now.title, "what": now.what, "photos": chosen}
    form = ExampleForm(request.POST or None, plan=plan, initial=initial)
    if form.run(actions.show_example, plan, by=request.person):
        messages.success(request, _("Thank you! Others can see your example now. You can always take it back."))
        return redirect(form.outcome)
    return render(request, "grants/again/show_example.html", about(plan) | {"form": form, "example": example})


@known
@require_POST
def hide_example(request: Known, pk: int) -> HttpResponse:
    example = get_object_or_404(Example.objects.select_related("plan"), plan=own_plan(request, pk))
    actions.hide_example(example, by=request.person)
    messages.success(request, _("Taken back. Nobody sees your example any more."))
    return redirect("grants:show_example", pk)


@public
def examples(request: Request) -> HttpResponse:
    """What neighbours elsewhere did with a small budget, newest first."""
    shown = Example.objects.select_related("scheme__funder").prefetch_related("photos")
    page = page_newest_first(shown, after=request.GET.get("after", ""), size=AT_ONCE)
    return render(request, "grants/again/examples.html", {"page": page})


@public
def example(request: Request, pk: int) -> HttpResponse:
    """One of them; and the button that makes it a draft of one's own."""
    shown = get_object_or_404(Example.objects.select_related("scheme__funder").prefetch_related("photos"), pk=pk)
    if request.method == "POST" and not ratelimit.consume(request, action="start"):
        messages.error(request, _("Many plans are started from here right now. Wait a minute, then try again."))
    elif request.method == "POST":
        draft = actions.want_it_too(shown, by=new_holder(request))
        messages.success(request, _("Here is a plan to begin with. Make it your own; nothing has been sent."))
        return redirect(draft.form_url)
    return render(request, "grants/again/example.html", {"example": shown, "funder": shown.scheme.funder})


@public
def example_photo(request: Request, pk: int, number: int) -> HttpResponse:
    """A picture that a group shows with its example, for as long as it does."""
    photo = get_object_or_404(StoryPhoto, pk=number, examples=pk)
    return hand_out(photo.picture)
