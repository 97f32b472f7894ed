"""Sending a letter: text from a template, kept as PDF in the application's file, and put in the outbox."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Application, Letter
from grants.papers.letter import LetterOnPaper, letter_pdf
from web import outbox
from web.clock import today
from web.models import Person


def send_letter(application: Application, event: str, *, to: Person, **context: object) -> Letter:
    """Write `templates/letters/<event>.<language>.txt` to `to`. Its first line is the subject.

    Whoever wants letters by post gets no mail: the PDF waits with the application to be printed.
    """
    language = to.language if to.language in {"nl", "en"} else "nl"
    with translation.override(language):
        told = {"application": application, "to": to, "site": settings.SITE_ADDRESS, **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
        subject, _blank, body = text.strip().partition("\n")
        letter = Letter(application=application, to=to, event=event, subject=subject.strip(), text=body.strip())
        letter.pdf = letter_pdf(on_paper(letter, language))
    letter.save()
    if to.reached_by == Person.ReachedBy.MAIL:
        outbox.write(
            to,
            subject=letter.subject,
            text=letter.text,
            reply_to=application.scheme.reply_to,
            attachment=letter.pdf,
            attachment_name=f"{application.number}.pdf",
        )
    return letter


def on_paper(letter: Letter, language: str) -> LetterOnPaper:
    funder = letter.application.scheme.funder
    person = letter.to
    return LetterOnPaper(
        funder=funder.name,
        phone=funder.phone,
        address=tuple(line for line in (person.name, f"{person.postcode} {person.house_number}".strip()) if line),
        date=today(),
        reference=letter.application.number,
        subject=letter.subject,
        text=letter.text,
        acts_for=funder.acts_for,
        language=language,
    )
