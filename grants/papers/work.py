"""The mail to a colleague to whom work came by somebody else's hand: of which plan, what, and by which day."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.models import Application, Clearance, Desk, Promise, Reaction
from grants.models.task import WORDS
from grants.papers.post import language_of
from web import outbox
from web.language import said
from web.models import Funder, Person

Work = Application | Reaction | Promise | Clearance | Desk
MOST = 50  # lines in one mail; the inbox has them all


def tell_of_work(to: Person, came: Sequence[Work], *, funder: Funder, by: Person, was_of: Person | None = None) -> None:
    """One mail, however much came: what is due first stands first. Nothing to who gave it to themselves.

    `was_of`: who left it. Without that it is `by` who gave it.
    """
    if not came or to == by:
        return
    language = language_of(to)
    with translation.override(language):
        lines = [line_of(each) for each in sorted(came, key=lambda each: (day_of(each) or date.max, each.pk))]
        context = {
            "to": to,
            "lines": lines[:MOST],
            "more": len(lines) - len(lines[:MOST]),
            "was_of": was_of,
            "by": by,
            "inbox": settings.SITE_ADDRESS + reverse("grants:inbox"),
            "funder": funder,
        }
        text = render_to_string(f"letters/attend/work.{language}.txt", context)
    subject, _blank, body = text.strip().partition("\n")
    outbox.write(to, subject=subject, text=body.strip())


def line_of(work: Work) -> str:
    """Its number, its plan, what is to be done and by when, on one line. Of who is away: who, and until when."""
    if isinstance(work, Desk):
        told = {"name": work.person, "day": date_format(work.away_until, "j F Y") if work.away_until else ""}
        return _("For %(name)s, away until and with %(day)s") % told
    application, day = application_of(work), day_of(work)
    by = _("by %(day)s") % {"day": date_format(day, "j F Y")} if day else ""
    return " · ".join(part for part in (application.number, str(application.plan), what_of(work), by) if part)


def application_of(work: Application | Reaction | Promise | Clearance) -> Application:
    return work if isinstance(work, Application) else work.application


def what_of(work: Work) -> str:
    """Nothing of a plan itself: it is read."""
    match work:
        case Reaction():
            return str(WORDS[work.kind])
        case Promise():
            return work.what
        case Clearance():
            return said(work.check_of, "title")
    return ""


def day_of(work: Work) -> date | None:
    """None of a plan that has its answer."""
    match work:
        case Reaction():
            return work.answer_by
        case Promise():
            return work.until
        case Clearance():
            return work.due_on
        case Desk():
            return work.away_until
    return work.answer_by if work.is_waiting else None
