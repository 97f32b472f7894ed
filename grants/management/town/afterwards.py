"""What happens after the letter in the town: promises, objections, a grant that changes, a mail that comes back."""

from datetime import timedelta
from typing import Any

from grants.models import Application, Intention, Reaction
from grants.objection import actions as objection
from grants.promise import actions as promise
from grants.revise import actions as revise
from web import clock
from web.amounts import euro
from web.bounces import name_of, read_report
from web.models import Person

# As a mail server writes it that knows nobody of this name (RFC 3464).
REPORT = """From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--edge
Content-Type: text/rfc822-headers

Message-ID: {name}

--edge--
"""


def take(application: Application, step: dict[str, Any], by: Person) -> None:
    STEPS[step["do"]](application, step, by)


def promise_them(application: Application, step: dict[str, Any], by: Person) -> None:
    until = clock.today() + timedelta(days=step["days"])
    promise.promise(application, what=step["what"], until=until, by=by)


def keep_promise(application: Application, step: dict[str, Any], by: Person) -> None:
    """The oldest that is still open."""
    promise.keep_promise(application.promises.open().earliest("pk"), by=by)


def register(application: Application, step: dict[str, Any], by: Person) -> None:
    """On paper: posted some days before it came."""
    came_on, member = clock.today(), application.plan.members.earliest("pk")
    objection.register_reaction(
        application,
        kind=Reaction.Kind.OBJECTION,
        text=step["text"],
        member=member,
        came_by=Reaction.CameBy.PAPER,
        received_on=came_on,
        posted_on=came_on - timedelta(days=2),
        by=by,
    )


def handle(application: Application, step: dict[str, Any], by: Person) -> None:
    objection.handle_reaction(application.reactions.open().get(), by=by)


def intend(application: Application, step: dict[str, Any], by: Person) -> None:
    until = clock.today() + timedelta(days=step["days"])
    told = {"ground": step["ground"], "facts": step["facts"]}
    revise.intend(application, amount=euro(step["amount"]), until=until, by=by, **told)


def say(application: Application, step: dict[str, Any], by: Person) -> None:
    revise.answer_intention(intention_of(application), answer=step["answer"], by=by)


def change(application: Application, step: dict[str, Any], by: Person) -> None:
    revise.revise(intention_of(application), reason=step["reason"], by=by)


def intention_of(application: Application) -> Intention:
    return Intention.objects.open().get(grant__application=application)


def mail_comes_back(application: Application, step: dict[str, Any], by: Person) -> None:
    """The last mail to the first contact: their mail server reports that it knows no such box."""
    last = application.letters.filter(to=by, mail__isnull=False).select_related("mail").latest("pk")
    mail = last.mail
    if mail is None:
        raise LookupError(last)
    read_report(REPORT.format(address=mail.address, name=name_of(mail)).encode())


STEPS = {
    "promise": promise_them,
    "keep_promise": keep_promise,
    "object": register,
    "handle": handle,
    "intend": intend,
    "say": say,
    "revise": change,
    "mail_comes_back": mail_comes_back,
}
