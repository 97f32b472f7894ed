"""Mails about somebody's own address: the code to the new one, and a notice to the old one."""

from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Application
from grants.papers.post import language_of
from web import outbox
from web.models import Funder, Person


def send_code(person: Person, code: str, *, address: str) -> None:
    _mail(person, "reach/code", address=address, code=code)


def send_code_now(person: Person, code: str, *, address: str) -> None:
    """To the address that is used now: it warns whoever didn't ask for this."""
    _mail(person, "reach/code_now", address=address, code=code)


def tell_moved(person: Person, *, before: str) -> None:
    """To the old address: should it be somebody else's doing, they read it there."""
    _mail(person, "reach/moved", address=before)


def _mail(person: Person, event: str, *, address: str, **context: object) -> None:
    language = language_of(person)
    with translation.override(language):
        told = {"to": person, "funder": funder_of(person), **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(person, address=address, subject=subject, text=body.strip())


def funder_of(person: Person) -> Funder | None:
    """Whom to call: the fund of their newest plan."""
    newest = Application.objects.of_members(person).select_related("scheme__funder").order_by("-pk").first()
    return newest.scheme.funder if newest else None
