"""What is told about somebody's own address: codes to the new and the old one, a notice there, a letter on paper."""

from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Application, Letter
from grants.papers.letter import letter_pdf
from grants.papers.post import language_of, on_paper
from web import outbox
from web.clock import today
from web.models import Funder, Person

MOVED_BY_PHONE = "reach/moved_by_phone"


def send_code(person: Person, code: str, *, address: str) -> None:
    _mail(person, "reach/code", address=address, code=code)


def send_code_now(person: Person, code: str, *, address: str) -> None:
    """To the address that is used now: it warns whoever didn't ask for this."""
    _mail(person, "reach/code_now", address=address, code=code)


def send_code_to_say(person: Person, code: str, *, address: str, officer: Person, funder: Funder) -> None:
    """To the address they gave on the phone: they read it out to the officer whose name stands in it."""
    _mail(person, "reach/code_to_say", address=address, code=code, officer=officer, funder=funder)


def tell_moved(person: Person, *, before: str) -> None:
    """To the old address: should it be somebody else's doing, they read it there."""
    _mail(person, "reach/moved", address=before)


def post_moved(about: Letter, *, officer: Person) -> None:
    """On paper, to where they live if we know that: should it be somebody else's doing, they read it there.

    It doesn't name the new address: the others of the group read it too.
    """
    person = about.to
    if not (person.postcode and person.house_number):
        return
    told = {"officer": officer, "funder": about.funder, "day": today(), "number": about.number}
    subject, text = _words(person, MOVED_BY_PHONE, **told)
    letter = Letter(application=about.application, idea=about.idea, to=person, event=MOVED_BY_PHONE, by_post=True)
    letter.subject, letter.text = subject, text
    with translation.override(language_of(person)):
        letter.pdf = letter_pdf(on_paper(letter))
    letter.save()


def _mail(person: Person, event: str, *, address: str, **context: object) -> None:
    subject, text = _words(person, event, **context)
    outbox.write(person, address=address, subject=subject, text=text)


def _words(person: Person, event: str, **context: object) -> tuple[str, str]:
    """Subject and text, in their language."""
    language = language_of(person)
    with translation.override(language):
        told = {"to": person, "funder": context.pop("funder", None) or funder_of(person), **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    return subject, body.strip()


def funder_of(person: Person) -> Funder | None:
    """Whom to call: the fund of their newest plan."""
    newest = Application.objects.of_members(person).select_related("scheme__funder").order_by("-pk").first()
    return newest.scheme.funder if newest else None
