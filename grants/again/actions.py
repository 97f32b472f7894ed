"""What a group does with a plan that is done: the same again, and showing it to others as an example."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Example, Plan, Scheme, StoryPhoto
from grants.models.draft import begin_draft
from grants.models.page import WORDS
from web.models import Person, record


@transaction.atomic
def follow_up(plan: Plan, *, scheme: Scheme, asked: Money | None, by: Person, changed: str = "") -> Application:
    """Start a plan that follows a finished one, with everything in it that stood there. `by` leads it.

    `changed`: what is different this time. A second click gives the draft that is there.
    """
    require(by, "follow_up", plan)
    _refuse_unless_done(plan)
    drafts = Application.objects.drafts().filter(plan__follows=plan, plan__members__person=by)
    if before := drafts.first():
        return before
    words = {name: getattr(plan, name) for name in WORDS} | {"changed": changed, "group_name": plan.group_name}
    application = begin_draft(scheme, by=by, asked=asked, **words)
    new = application.plan
    new.follows, new.series, new.area, new.legal_form = plan, plan.series or plan.pk, plan.area, plan.legal_form
    new.save()
    for line in plan.lines.all():
        line.pk, line.plan = None, new
        line.save(force_insert=True)
    record(by, "follow_up", application)
    return application


def _refuse_unless_done(plan: Plan) -> None:
    if not plan.applications.filter(status=Application.Status.CLOSED).exists():
        raise ValidationError(_("This plan isn't done yet. Wait until it is closed."))


@transaction.atomic
def show_example(plan: Plan, *, title: str, what: str, photos: Iterable[StoryPhoto], by: Person) -> Example:
    """Show what was done as an example, without names. Doing it again replaces what is shown.

    Raises ValidationError while the plan isn't done, or when the name of somebody in the group stands in it.
    """
    require(by, "show_example", plan)
    _refuse_unless_done(plan)
    if named := Example.names_in(f"{title} {what}", plan):
        raise ValidationError(_("Everybody reads this. Take out this name: %(name)s.") % {"name": named})
    closed = plan.applications.filter(status=Application.Status.CLOSED).order_by("-granted", "pk")
    amount = sum(each.granted for each in closed if each.granted)
    shown = {"title": title, "what": what, "amount": amount or None, "scheme": closed[0].scheme, "shown_by": by}
    example, _new = Example.objects.update_or_create(plan=plan, defaults=shown)
    example.photos.set(photo for photo in photos if photo.story.plan_id == plan.pk)
    record(by, "show_example", plan)
    return example


@transaction.atomic
def hide_example(example: Example, *, by: Person) -> None:
    """From now on nobody sees it any more."""
    require(by, "hide_example", example)
    record(by, "hide_example", example.plan)
    example.delete()


@transaction.atomic
def want_it_too(example: Example, *, by: Person) -> Application:
    """Start a draft with what others did. `by` makes it their own."""
    require(by, "want_it_too", example.scheme.funder)
    if not example.scheme.is_open:
        raise ValidationError(_("You can't ask here now. See on the first page where you can."))
    application = begin_draft(example.scheme, by=by, asked=example.amount, what=example.what)
    record(by, "want_it_too", application)
    return application
