"""What happens afterwards: the story, stopping, fixing a grant that was awarded first, and closing."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require, require_mandate
from grants.models import Application, Decision, Grant, Story, StoryPhoto
from grants.report import letters
from web.clock import today
from web.models import Person, record


@transaction.atomic
def tell_story(
    application: Application,
    *,
    worked: str,
    by: Person,
    best: str = "",
    left_over: Money | None = None,
    photo: ContentFile[bytes] | None = None,
) -> Story:
    """How it went. Telling it again replaces the words; photos stay. Until then nobody asks for more."""
    require(by, "tell_story", application)
    if application.status != Application.Status.GRANTED:
        raise ValidationError(_("You can tell how it went once you have the money."))
    words: dict[str, Any] = {"worked": worked, "best": best, "left_over": left_over, "by": by}
    story, _new = Story.objects.update_or_create(plan=application.plan, defaults=words)
    if photo:
        StoryPhoto.objects.create(story=story, picture=photo)
    record(by, "tell_story", story, worked=worked)
    return story


@transaction.atomic
def stop(application: Application, *, by: Person, reason: str = "") -> Grant:
    """ "It isn't happening." What isn't paid yet goes back to the budget; what was paid at once stays theirs."""
    require(by, "stop", application)
    Application.objects.select_for_update(no_key=True).get(pk=application.pk)  # before its money, as every decision
    if application.status != Application.Status.GRANTED:
        raise ValidationError(_("Only a plan that has been granted can stop."))
    grant = application.grant
    if grant.stopped_on:
        raise ValidationError(_("You have told us this already."))
    if grant.commitment.paid:
        grant.stopped_on = today()
        grant.save(update_fields=["stopped_on"])
    else:
        grant.release(by=by)
        application.move_to(Application.Status.WITHDRAWN)
    record(by, "stop", application, reason=reason)
    letters.tell_stopped(application, to=by)
    return grant


@transaction.atomic
def fix(application: Application, *, amount: Money, by: Person, reason: str = "") -> Decision:
    """Fix a grant that was awarded first: at its amount, or lower with a reason (Awb 4:46). A decision of its own.

    What was paid above it is to be paid back, and only that; the ledger refuses it without this decision's number.
    Whoever fixes it needs a mandate for all that was promised: fixing it at nothing takes all of that away.
    """
    require(by, "fix", application)
    if application.status != Application.Status.GRANTED:
        raise ValidationError(_("Only a plan that has been granted can be fixed."))
    grant = application.grant
    if grant.fixed_at_once or grant.fixed_on:
        raise ValidationError(_("This grant is fixed already."))
    require_mandate(application, grant.commitment.total, by=by)
    if amount < grant.commitment.total and not reason.strip():
        raise ValidationError(
            {"reason": _("It is lower than awarded. Write why: the residents read it in their letter.")}
        )
    decision = Decision.take(application, outcome=Decision.Outcome.FIXED, amount=amount, reason=reason, by=by)
    grant.commitment.fix(amount, decision_ref=decision.number, by=by)
    grant.fixed_on = today()
    grant.save(update_fields=["fixed_on"])
    record(by, "fix", application, amount=amount, decision=decision, reason=reason)
    letters.tell_fixed(application, decision)
    return decision


@transaction.atomic
def close(application: Application, *, by: Person) -> Application:
    """Done: the story has been told (or it stopped), the money is final. Fixed at once: nothing is asked back."""
    require(by, "close", application)
    if reasons := _why_not_closed(application):
        raise ValidationError(list(reasons))
    application.move_to(Application.Status.CLOSED)
    record(by, "close", application)
    letters.tell_closed(application)
    return application


def _why_not_closed(application: Application) -> Sequence[str]:
    """What has to happen before it can be closed: a sentence each."""
    if application.status != Application.Status.GRANTED:
        return [_("Only a plan that has been granted can be closed.")]
    grant = application.grant
    sentences = []
    if grant.commitment.promised or grant.commitment.on_its_way:
        sentences.append(_("Not all of the money has been paid yet."))
    if not grant.fixed_at_once and not grant.fixed_on:
        sentences.append(_("Fix the amount first: this grant was awarded beforehand."))
    if not grant.stopped_on and not Story.objects.filter(plan=application.plan).exists():
        sentences.append(_("The residents have not told how it went yet."))
    return sentences
