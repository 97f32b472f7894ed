"""What deciders do with a grant later: less, or nothing, once the group was heard; or more, when they were right.

Always by a new decision on a published ground. What was decided before stays as it is.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import may, require, require_mandate
from grants.models import Application, Decision, Grant, Intention, Member, Reaction
from grants.models.division import wait_for_turn
from grants.models.ground import FORWARD_ONLY, grounds_for
from grants.revise import letters
from ledger.models import kept
from web.amounts import write_amount
from web.clock import add_weeks, today
from web.models import Person, record


@transaction.atomic
def intend(application: Application, *, ground: str, amount: Money, facts: str, until: date, by: Person) -> Intention:
    """Tell the group that their grant may become `amount`, on which ground and facts, and ask what they say (Awb 4:8).

    Raises ValidationError when this ground can't hold for it, or they would have less than two weeks.
    """
    require(by, "intend", application)
    grant = _granted(application)
    require_mandate(application, grant.commitment.total, by=by)
    _refuse_ground(grant, ground, amount)
    if until < add_weeks(today(), 2):
        raise ValidationError({"until": _("Give the residents at least two weeks.")})
    if not facts.strip():
        raise ValidationError({"facts": _("Write the facts, in words the residents understand.")})
    if grant.intentions.open().exists():
        raise ValidationError(_("You asked the group already. Finish that first."))
    told: dict[str, Any] = {"ground": ground, "amount": amount, "facts": facts, "until": until}
    intention = Intention.objects.create(grant=grant, by=by, **told)
    record(by, "intend", application, until=until, amount=amount)
    letters.tell_intended(intention)
    return intention


def _granted(application: Application) -> Grant:
    """Its grant, with its row locked, so that two at once don't decide beside each other."""
    wait_for_turn(application)
    now = Application.objects.get(pk=application.pk)
    if now.status != Application.Status.GRANTED:
        raise ValidationError(_("Only a plan that has been granted can change."))
    if now.is_quiet:
        raise ValidationError(_("The letter of the decision hasn't left yet. Take the decision back, or wait."))
    return application.grant


def _refuse_ground(grant: Grant, ground: str, amount: Money) -> None:
    if ground not in grounds_for(grant):
        raise ValidationError({"ground": _("Choose one of the published grounds. Other reasons don't count.")})
    now = kept(grant.commitment)
    if amount >= now:
        raise ValidationError(
            {"amount": _("Write less than they have now (%(amount)s).") % {"amount": write_amount(now)}}
        )
    paid = now - grant.commitment.promised
    if ground in FORWARD_ONLY and amount < paid:
        least = _("On this ground they keep what was paid (%(amount)s).") % {"amount": write_amount(paid)}
        raise ValidationError({"amount": least})


@transaction.atomic
def answer_intention(intention: Intention, *, answer: str, by: Person) -> Intention:
    """What the group says. Anybody in it may, once."""
    application = intention.grant.application
    require(by, "answer_intention", application)
    intention.keep_answer(answer, by=by)
    record(by, "answer_intention", application)
    return intention


@transaction.atomic
def note_view(intention: Intention, *, answer: str, member: Member, by: Person) -> Intention:
    """What `member` said in a talk (Awb 4:9). The group gets a copy."""
    application = intention.grant.application
    require(by, "note_view", application)
    if member.plan_id != application.plan_id:
        raise ValidationError({"member": _("Choose somebody of this group.")})
    intention.keep_answer(answer, by=member.person, noted_by=by)
    record(by, "note_view", application, on_behalf_of=member.person)
    letters.tell_noted(intention)
    return intention


@transaction.atomic
def drop_intention(intention: Intention, *, by: Person) -> Intention:
    """Nothing changes after all, and the group reads that."""
    application = intention.grant.application
    require(by, "drop_intention", application)
    intention.end()
    record(by, "drop_intention", application)
    letters.tell_dropped(intention)
    return intention


@transaction.atomic
def revise(intention: Intention, *, reason: str, by: Person) -> Decision:
    """Decide what was intended, once the group was heard: the grant becomes less, or ends (Awb 4:48-4:50).

    What isn't paid goes back to the budget. What was paid beyond it has to come back, by this decision's number.
    """
    application = intention.grant.application
    require(by, "revise", application)
    grant = _granted(application)
    require_mandate(application, grant.commitment.total, by=by)
    if not intention.is_heard:
        raise ValidationError(_("The group can still answer. Wait for that, or for the last day."))
    _refuse_ground(grant, intention.ground, intention.amount)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why, in words the residents understand.")})
    outcome = Decision.Outcome.CHANGED if intention.amount else Decision.Outcome.ENDED
    decision = Decision.take(application, outcome=outcome, amount=intention.amount, reason=reason, by=by)
    intention.end(decision)
    grant.lower(decision)
    record(by, "revise", application, decision=decision, amount=intention.amount, reason=reason)
    letters.tell_revised(intention, decision)
    return decision


@transaction.atomic
def decide_anew(reaction: Reaction, *, amount: Money, reason: str, by: Person) -> Decision:
    """They were right to object to what they got: decide a higher amount, by somebody who didn't decide before.

    Never less than they have: nobody gets worse by objecting. The money comes from the same budget. Where two sign,
    who said that they are right is the first, and `by` the second.
    """
    require(by, "decide_anew", reaction)
    application = reaction.application
    grant = _granted(application)
    if not reaction.waits_for_decision:
        raise ValidationError(_("This is decided anew already, or there is nothing to decide."))
    require_mandate(application, amount, by=by)
    if application.asked is None or amount > application.asked:
        raise ValidationError({"amount": _("That is more than they asked.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why, in words the residents understand.")})
    first = _who_signs_first(reaction, amount, by=by)
    decision = Decision.take(application, outcome=Decision.Outcome.CHANGED, amount=amount, reason=reason, by=by)
    grant.lift(decision, first=first)
    reaction.decided_anew(decision)
    record(by, "decide_anew", application, decision=decision, amount=amount, reason=reason)
    letters.tell_decided_anew(reaction, decision)
    return decision


def _who_signs_first(reaction: Reaction, amount: Money, *, by: Person) -> Person | None:
    """Nobody, where one signature is enough. Raises ValidationError unless two people may decide on this amount."""
    if not reaction.application.needs_second_signature(amount):
        return None
    first = reaction.answered_by
    if first is None or first == by or not may(first, "decide_anew", reaction):
        raise ValidationError(
            _("Two people sign for this amount: who answered them, and a colleague. Both need a mandate for it.")
        )
    require_mandate(reaction.application, amount, by=first)
    return first
