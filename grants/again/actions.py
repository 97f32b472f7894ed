"""What a group does with a plan that is done: the same again, and showing it to others as an example."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require
from grants.again import letters
from grants.models import Application, Example, Invitation, Member, Plan, Scheme, StoryPhoto
from grants.models.draft import begin_draft
from grants.models.page import WORDS
from grants.models.series import who_may_join_again
from web.models import Person, record


@transaction.atomic
def follow_up(
    plan: Plan,
    *,
    scheme: Scheme,
    asked: Money | None,
    by: Person,
    changed: str = "",
    members: Iterable[Member] = (),
) -> Application:
    """Start a plan that follows a finished one, with everything in it that stood there. `by` leads it.

    `changed`: what is different this time. `members` of the earlier group are asked to join again: nobody is in a plan
    without saying so. A second click gives the draft that is there.
    """
    require(by, "follow_up", plan)
    # Of two clicks at once the second sees what the first began.
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
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
    for member in who_may_join_again(plan, by).filter(pk__in=[each.pk for each in members]):
        _ask_again(new, member.person, by=by)
    return application


def _ask_again(plan: Plan, person: Person, *, by: Person) -> None:
    """An invitation to the address they have now. Until they answer it, they are a stranger to the new plan."""
    require(by, "invite", plan)
    invited = Person.objects.create(email=person.email, language=person.language)
    made, key = Invitation.make(plan, purpose=Invitation.Purpose.JOIN, by=by, person=invited)
    letters.ask_again(plan, key, to=invited, by=by)
    record(by, "invite", made)


@transaction.atomic
def say_what_differs(plan: Plan, *, changed: str, by: Person) -> None:
    """Write down what is different from the earlier plan, as long as nothing is sent."""
    require(by, "say_what_differs", plan)
    if plan.follows_id is None or plan.was_sent:
        raise ValidationError(_("This plan has been sent, so it can't be changed any more."))
    plan.changed = changed
    plan.save(update_fields=["changed"])
    record(by, "say_what_differs", plan)


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
