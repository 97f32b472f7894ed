"""What somebody who told an idea gets by mail or by post: the address of its page, and the answer."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Idea, Letter
from grants.papers.letter import letter_pdf
from grants.papers.post import language_of, on_paper
from web import outbox


def tell_kept(idea: Idea) -> None:
    """Where it stands and when they hear. None of their own words: anybody can type any address."""
    mail(idea, "suggest/kept")


def tell_answer(idea: Idea) -> None:
    """By mail; by post to whom we have an address of and no mail. Who left a phone number is called."""
    if idea.teller.email:
        mail(idea, "suggest/answered")
    elif idea.teller.postcode:
        leave_for_the_post(idea, "suggest/answered")


def mail(idea: Idea, event: str) -> None:
    subject, text = written(idea, event)
    outbox.write(idea.teller, subject=subject, text=text, reply_to=idea.funder.mailbox)


def leave_for_the_post(idea: Idea, event: str) -> Letter:
    """A letter in the officers' post tray."""
    subject, text = written(idea, event)
    letter = Letter(idea=idea, to=idea.teller, event=event, subject=subject, text=text, by_post=True)
    with translation.override(language_of(idea.teller)):
        letter.pdf = letter_pdf(on_paper(letter))
    letter.save()
    return letter


def written(idea: Idea, event: str) -> tuple[str, str]:
    """Its subject and its text, in the language of who told the idea."""
    language = language_of(idea.teller)
    with translation.override(language):
        told = {"idea": idea, "funder": idea.funder, "site": settings.SITE_ADDRESS}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    return subject.strip(), body.strip()
