"""What residents get when there is a decision: what can be done, why, whom to call, and what if they disagree."""

from collections.abc import Iterable

from djmoney.money import Money

from grants.models import Application, Decision, Letter, Obligation, Wait
from grants.papers.post import send_letter, words_of
from web.models import Person


def tell_awarded(application: Application, decision: Decision) -> Letter:
    event = "decide/partly" if decision.outcome == Decision.Outcome.PARTLY else "decide/granted"
    to, hold = application.plan.first_contact, decision.leaves_at
    agreed = decision.obligations.all()
    return send_letter(application, event, to=to, hold=hold, decision=decision, obligations=agreed)


def preview(
    application: Application, *, amount: Money, reason: str, by: Person, obligations: Iterable[Obligation] = ()
) -> str:
    """The letter of an award as it would be sent now; nothing is kept."""
    granted, partly = Decision.Outcome.GRANTED, Decision.Outcome.PARTLY
    outcome = granted if amount == application.asked else partly
    decision = Decision.next_of(application, outcome=outcome, amount=amount, reason=reason, by=by)
    to, told = application.plan.first_contact, {"decision": decision, "obligations": list(obligations)}
    subject, text = words_of(application, f"decide/{outcome}", to=to, **told)
    return f"{subject}\n\n{text}"


def tell_not_handled(application: Application, decision: Decision, wait: Wait | None) -> Letter:
    """`wait`: in which it wasn't completed; None for what came while nothing could be asked."""
    return send_letter(
        application, "decide/not_handled", to=application.plan.first_contact, decision=decision, wait=wait
    )


def tell_declined(application: Application, decision: Decision) -> Letter:
    to, hold = application.plan.first_contact, decision.leaves_at
    return send_letter(application, "decide/declined", to=to, hold=hold, decision=decision)
