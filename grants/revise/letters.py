"""What the group gets when its grant may change: the question, a copy of a talk, and what was decided."""

from typing import Any

from grants.models import Decision, Intention, Letter, Reaction
from grants.papers.post import send_letter


def tell_intended(intention: Intention) -> Letter:
    return _tell(intention, "revise/intended")


def tell_noted(intention: Intention) -> Letter:
    return _tell(intention, "revise/noted")


def tell_dropped(intention: Intention) -> Letter:
    return _tell(intention, "revise/dropped")


def tell_revised(intention: Intention, decision: Decision) -> Letter:
    return _tell(intention, "revise/revised", decision=decision, to_recover=intention.grant.commitment.to_recover)


def tell_decided_anew(reaction: Reaction, decision: Decision) -> Letter:
    application = reaction.application
    to = application.plan.first_contact
    told: dict[str, Any] = {"decision": decision, "obligations": decision.obligations.all(), "reaction": reaction}
    return send_letter(application, "revise/anew", to=to, **told)


def _tell(intention: Intention, event: str, **more: Any) -> Letter:
    application = intention.grant.application
    return send_letter(application, event, to=application.plan.first_contact, intention=intention, **more)
