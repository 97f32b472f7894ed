"""What the group and its neighbours do: open a page for support, speak there, and answer a worry."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Plan, Support, SupportPage
from grants.papers.neighbours import tell_answer
from grants.support import letters
from web import clock
from web.models import Person, record


@transaction.atomic
def open_support(plan: Plan, *, by: Person) -> SupportPage:
    """Give the plan a page for its neighbours, or open it again: at the same address, so that a poster stays right."""
    require(by, "open_support", plan)
    if not plan.applications.exists():
        raise ValidationError(_("Choose first where you ask money. Then you can open this page."))
    page, is_new = SupportPage.objects.get_or_create(plan=plan)
    if SupportPage.objects.over().filter(pk=page.pk).exists():
        raise ValidationError(_("The answer to this plan is final. Neighbours can't change anything any more."))
    changed = SupportPage.objects.filter(pk=page.pk, is_open=False).update(is_open=True)
    if is_new or changed:
        record(by, "open_support", page)
    page.refresh_from_db()
    return page


@transaction.atomic
def close_support(page: SupportPage, *, by: Person) -> SupportPage:
    """From now on neighbours only read: what was said, and what was done with it, stays."""
    require(by, "close_support", page)
    if SupportPage.objects.filter(pk=page.pk, is_open=True).update(is_open=False):
        record(by, "close_support", page)
    page.refresh_from_db()
    return page


@transaction.atomic
def speak(
    page: SupportPage, *, device: str, kind: str, first_name: str, postcode: str, message: str, by: Person, **reach: str
) -> Support:
    """Keep what a neighbour says. Who speaks twice on one device counts once: the last thing they say stands.

    `by` is the system: nobody signs in here. The deed is done by the Person made for this neighbour, and hangs on no
    plan: its history names no neighbours. `reach` may hold an `email` or a `phone`.
    """
    page = SupportPage.objects.select_for_update(no_key=True).get(pk=page.pk)  # two clicks at once: one after the other
    require(by, "speak", page)
    mark = page.mark_of(device, name=first_name, postcode=postcode)
    who = {"name": first_name, "postcode": postcode, "language": (get_language() or "nl")[:2], **reach}
    support = page.support.select_related("neighbour").filter(mark=mark).first()
    if support is None:
        neighbour = Person.objects.create(**who)
        support = page.support.create(neighbour=neighbour, mark=mark, kind=kind, message=message)
    elif not support.say_again(kind=kind, message=message, **who):
        return support
    record(support.neighbour, "speak", support, kind=kind)
    if support.is_a_worry and page.may_tell():
        letters.tell_worry(page)
    return support


@transaction.atomic
def answer_worry(support: Support, *, answer: str, by: Person) -> Support:
    """Say on the page what was done with a worry. A neighbour who left an address is mailed that it stands there.

    Of a draft nobody is mailed yet: they hear it when the plan is sent.
    """
    require(by, "answer_worry", support)
    still_there = Support.objects.worries().filter(pk=support.pk, message=support.message)
    if not still_there.update(answer=answer, answered_at=clock.now(), answered_by=by):
        raise ValidationError(_("The neighbour has just changed what they said. Look at it again."))
    support.refresh_from_db()
    record(by, "answer_worry", support.page, worry=support.pk)
    if support.plan.was_sent:
        tell_answer(support)
    return support
