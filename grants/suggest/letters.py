"""What somebody who told an idea gets by mail: the address of its page, and the answer."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Idea
from grants.papers.post import language_of
from web import outbox


def tell_kept(idea: Idea) -> None:
    """Where it stands and when they hear. None of their own words: anybody can type any address."""
    mail(idea, "suggest/kept")


def tell_answer(idea: Idea) -> None:
    mail(idea, "suggest/answered")


def mail(idea: Idea, event: str) -> None:
    language = language_of(idea.teller)
    with translation.override(language):
        told = {"idea": idea, "funder": idea.funder, "site": settings.SITE_ADDRESS}
        text = render_to_string(f"letters/{event}.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(idea.teller, subject=subject, text=body.strip(), reply_to=idea.funder.mailbox)
