"""Sending a letter: text from a template, kept as PDF in the application's file, and put in the outbox."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from grants.models import Application, Letter, Plan
from grants.papers.letter import LetterOnPaper, letter_pdf
from web import outbox
from web.models import Person


def language_of(person: Person) -> str:
    return person.language if person.language in {"nl", "en"} else "nl"


def mail_about_plan(plan: Plan, event: str, *, to: Person, **context: object) -> None:
    """Mail `templates/letters/<event>.<language>.txt` to `to`, and keep nothing: it holds a key, or a draft."""
    application = plan.applications.select_related("scheme__funder").order_by("pk").first()
    language = language_of(to)
    with translation.override(language):
        told = {"plan": plan, "application": application, "to": to, "site": settings.SITE_ADDRESS, **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(to, subject=subject, text=body.strip(), reply_to=application.scheme.reply_to if application else "")


def tell_about_plan(plan: Plan, event: str, *, to: Person, **context: object) -> None:
    """A letter in the file of what was sent last; about a plan that wasn't sent yet a mail alone."""
    sent = plan.applications.exclude(status=Application.Status.DRAFT).order_by("-submitted_at", "-pk").first()
    if sent:
        send_letter(sent, event, to=to, plan=plan, **context)
    else:
        mail_about_plan(plan, event, to=to, **context)


def send_letter(application: Application, event: str, *, to: Person, **context: object) -> Letter:
    """Write `templates/letters/<event>.<language>.txt` to `to`. Its first line is the subject.

    Whoever wants letters by post, or has no e-mail, gets no mail: the PDF waits in the officers' post tray.
    """
    language = language_of(to)
    with translation.override(language):
        told = {"application": application, "to": to, "site": settings.SITE_ADDRESS, **context}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
        subject, _blank, body = text.strip().partition("\n")
        letter = Letter(application=application, to=to, event=event, subject=subject.strip(), text=body.strip())
        letter.pdf = letter_pdf(on_paper(letter))
    if to.reached_by != Person.ReachedBy.POST:
        letter.mail = outbox.write(
            to,
            subject=letter.subject,
            text=letter.text,
            reply_to=application.scheme.reply_to,
            attachment=letter.pdf,
            attachment_name=f"{application.number}.pdf",
        )
    letter.by_post = letter.mail is None
    letter.save()
    return letter


def on_paper(letter: Letter) -> LetterOnPaper:
    """With the address as we know it now, as far as we do: postcode and house number are enough for the post."""
    funder = letter.application.scheme.funder
    person = letter.to
    return LetterOnPaper(
        funder=funder.name,
        phone=funder.phone,
        address=tuple(line for line in (person.name, f"{person.postcode} {person.house_number}".strip()) if line),
        date=localdate(letter.written_at),
        reference=letter.application.number,
        subject=letter.subject,
        text=letter.text,
        acts_for=funder.acts_for,
        language=language_of(letter.to),
    )
