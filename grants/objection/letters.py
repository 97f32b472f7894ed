"""What residents get in writing about a reaction: its receipt, who handles it, more time, and the answer."""

from grants.models import Letter, Reaction
from grants.papers.post import send_letter


def tell_received(reaction: Reaction) -> Letter:
    return _tell(reaction, "objection/received")


def tell_handled(reaction: Reaction) -> Letter:
    return _tell(reaction, "objection/handled")


def tell_put_off(reaction: Reaction) -> Letter:
    return _tell(reaction, "objection/put_off")


def tell_answered(reaction: Reaction) -> Letter:
    return _tell(reaction, "objection/answered")


def _tell(reaction: Reaction, event: str) -> Letter:
    return send_letter(reaction.application, event, to=reaction.by.now, reaction=reaction)
