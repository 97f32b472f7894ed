"""What residents get in writing when they ask: the code, the receipt with a copy of everything, the withdrawal."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from grants.models import Application, Letter
from grants.papers.neighbours import tell_answers
from grants.papers.post import send_letter
from web import outbox
from web.models import Person


def send_code(application: Application, code: str, *, to: Person) -> None:
    """The code that sends the plan. Not a letter: it isn't kept."""
    language = (get_language() or "nl")[:2]
    text = render_to_string(f"letters/ask/code.{language}.txt", {"application": application, "code": code})
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(to, subject=subject, text=body.strip(), reply_to=application.scheme.reply_to)


def tell_received(application: Application, *, to: Person) -> Letter:
    """At once, with number, date, latest day of an answer and a copy of what was sent (Awb 2:17).

    Neighbours hear from now on that their worry was answered.
    """
    tell_answers(application.plan)
    return send_letter(application, "ask/received", to=to)


def tell_completed(application: Application, *, to: Person) -> Letter:
    """The receipt of a plan that was sent again: when, and the new latest day of an answer (Awb 2:17)."""
    return send_letter(application, "ask/completed", to=to)


def tell_withdrawn(application: Application, *, to: Person) -> Letter:
    return send_letter(application, "ask/withdrawn", to=to)
