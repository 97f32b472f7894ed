"""What residents get when two have signed: the same letter as when one does."""

from grants.models import Application, Decision, Letter
from grants.papers.post import send_letter


def tell_awarded(application: Application, decision: Decision) -> Letter:
    to, hold = application.plan.first_contact, decision.leaves_at
    event, agreed = f"decide/{decision.outcome}", decision.obligations.all()
    return send_letter(application, event, to=to, hold=hold, decision=decision, obligations=agreed)
