"""What a neighbour hears of their worry. A mail and no letter: it isn't kept in the application's file."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from grants.models import Support
from web import outbox
from web.models import Mail


def tell_answer(support: Support) -> Mail | None:
    """What was done with their worry, in their language. None when they left no e-mail: it stands on the page."""
    to, page = support.neighbour, support.page
    language = to.language if to.language in {"nl", "en"} else "nl"
    told = {"support": support, "to": to, "page": page, "funder": page.funder, "site": settings.SITE_ADDRESS}
    with translation.override(language):
        text = render_to_string(f"letters/support/answered.{language}.txt", told)
    subject, _blank, body = text.strip().partition("\n")
    return outbox.write(to, subject=subject, text=body.strip(), reply_to=page.funder.mailbox)
