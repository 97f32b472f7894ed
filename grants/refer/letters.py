"""What residents get about another fund: the question, that their plan has gone there, and that fund's receipt."""

from grants.models import Letter, Referral
from grants.papers.post import send_letter


def ask(referral: Referral) -> Letter:
    application = referral.application
    return send_letter(application, "refer/proposed", to=application.plan.first_contact, referral=referral)


def tell_gone(referral: Referral) -> Letter:
    """At once, as the law asks of who sends on (Awb 2:3)."""
    application = referral.application
    return send_letter(application, "refer/gone", to=application.plan.first_contact, referral=referral)


def tell_received(referral: Referral) -> Letter:
    """The receipt of the fund that has it now, with a copy of what it got."""
    there = referral.became
    assert there is not None  # noqa: S101  # it has just gone there
    return send_letter(there, "ask/received", to=there.plan.first_contact)
