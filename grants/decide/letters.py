"""What residents get when there is a decision: what can be done, why, whom to call, and what if they disagree."""

from grants.models import Application, Decision, Letter
from grants.papers.post import send_letter


def tell_awarded(application: Application, decision: Decision) -> Letter:
    event = "decide/partly" if decision.outcome == Decision.Outcome.PARTLY else "decide/granted"
    return send_letter(application, event, to=application.plan.first_contact, decision=decision)


def tell_declined(application: Application, decision: Decision) -> Letter:
    return send_letter(application, "decide/declined", to=application.plan.first_contact, decision=decision)
