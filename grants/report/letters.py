"""What residents get afterwards: it stopped, it is fixed, it is closed."""

from grants.models import Application, Decision, Letter
from grants.papers.post import send_letter
from web.models import Person


def tell_stopped(application: Application, *, to: Person) -> Letter:
    return send_letter(application, "report/stopped", to=to)


def tell_fixed(application: Application, decision: Decision) -> Letter:
    lower = application.grant.commitment.to_recover
    return send_letter(
        application, "report/fixed", to=application.plan.first_contact, decision=decision, to_recover=lower
    )


def tell_closed(application: Application) -> Letter:
    return send_letter(application, "report/closed", to=application.plan.first_contact)
