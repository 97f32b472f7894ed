"""The file of one case: a ZIP with a first page that lists it, for an objection, who asks by law, or the archive."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, gettext_noop

from grants.models import Application, Note, Sheet, StoryPhoto, Wait
from grants.papers.plan import on_paper, plan_page
from grants.templatetags.history import for_funder, sentence
from ledger.models import Expense
from web.amounts import from_cents, write_amount
from web.language import said
from web.lettering import Style, wrap
from web.models import Deed
from web.paper import LEFT, RIGHT, Paper

BODY, HEADING, TITLE = Style(size=10.5), Style("H2", 12, bold=True), Style("H1", 15, bold=True)
Section = tuple[str, list[str]]
FOR_EACH_OTHER = gettext_noop(
    "Written by officers for each other. Weigh these lines apart when somebody may read the file."
)
PIECE = 64 * 1024  # bytes of a file that are in memory at once


def write_case(application: Application, to: IO[bytes], *, notes: Iterable[Note] = ()) -> list[str]:
    """Write the ZIP into `to`, one paper at a time. Gives the names of what is in it; the first is the list.

    `notes` make a paper of their own, to weigh apart from the rest (Awb 7:4, Woo 5.2).
    """
    with ZipFile(to, "w", ZIP_DEFLATED) as packed:
        packed.writestr("plan.pdf", plan_page(on_paper(application, as_sent=True)))
        for letter in application.letters.defer("text").order_by("pk").iterator(chunk_size=1):
            packed.writestr(f"letters/{letter.written_at:%Y-%m-%d}-{letter.pk}.pdf", bytes(letter.pdf))
        for name, kept in _pictures(application):
            with kept.open() as picture, packed.open(f"{name}{PurePath(kept.name).suffix}", "w") as page:
                for piece in iter(lambda: picture.read(PIECE), b""):  # read within this turn
                    page.write(piece)
        if said := [f"{each.by.now} · {_moment(each.at)}: {each.text}" for each in notes]:
            warning = application.scheme.funder.citing(gettext(FOR_EACH_OTHER), "7:4, Woo 5.2")
            packed.writestr("notes.pdf", _paper(application, [(gettext("Notes for colleagues"), [warning, *said])]))
        names = packed.namelist()
        packed.writestr("file.pdf", _first_page(application, names))
    return ["file.pdf", *names]


def _pictures(application: Application) -> Iterator[tuple[str, Any]]:
    """Sheets with the plan and scans; once money was promised, the story's photos, and receipts that were handed in."""
    for sheet in Sheet.objects.read_with(application).order_by("pk"):
        yield f"sheets/{sheet.pk}", sheet.picture
    if not application.is_granted:
        return
    for photo in StoryPhoto.objects.filter(story__plan=application.plan_id).order_by("pk"):
        yield f"story/{photo.pk}", photo.picture
    handed_in = Expense.objects.filter(purse__thread=application.plan_id, purse__handed_in_at__isnull=False)
    for expense in handed_in.exclude(photo="").order_by("pk"):
        yield f"receipts/{expense.pk}", expense.photo


def _first_page(application: Application, names: list[str]) -> bytes:
    return _paper(application, (*_sections(application), (gettext("What is in this file"), names)))


def _paper(application: Application, sections: Iterable[Section]) -> bytes:
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    paper = Paper(f"{application.number} {application.plan}", language=language)
    paper.foot = f"{application.scheme.funder.name} · {application.number}"[:80]
    paper.text(wrap(f"{application.number} {application.plan}", TITLE, RIGHT - LEFT), TITLE)
    for heading, lines in sections:
        if lines:
            paper.y -= 10
            paper.text(wrap(heading, HEADING, RIGHT - LEFT), HEADING)
            for line in lines:
                paper.text(wrap(line, BODY, RIGHT - LEFT), BODY)
    return paper.finish()


def _sections(application: Application) -> Iterator[Section]:
    yield gettext("May it be done here?"), _found_out(application)
    yield gettext("What we asked, and what they answered"), _asked(application)
    yield gettext("Judgement"), _judged(application)
    yield gettext("Decisions"), _decided(application)
    yield gettext("Objections and complaints"), _reacted(application)
    yield gettext("What we promised"), _promised(application)
    yield gettext("Payments"), _paid(application)
    deeds = for_funder(list(Deed.objects.on_strand(application.plan_id, application.pk)))
    yield gettext("Everything that happened"), [f"{_moment(deed.at)} · {sentence(deed)}" for deed in deeds]


def _found_out(application: Application) -> list[str]:
    """Each question with its answer, who found it out and when; or who still does, and by when."""
    return [
        f"{each.check_of.title} {each.get_answer_display()}. {each.text} {each.answered_by}, {_day(each.answered_on)}"
        if each.answer
        else f"{each.check_of.title} – {each.owner}, {_day(each.due_on)}"
        for each in application.clearances.for_reading()
    ]


def _asked(application: Application) -> list[str]:
    """What was to be completed and what was asked, in the order it was asked: answers typed here are in no letter."""
    return [
        line
        for wait in reversed(application.waits.for_reading())
        for line in (_completed(wait), _answered(wait))
        if line
    ]


def _completed(wait: Wait) -> str:
    if not hasattr(wait, "completion"):
        return ""
    missing = "; ".join(str(part.text) for part in wait.completion.parts)
    changed = "; ".join(f"{each.what} {each.new}" for each in wait.completion.changes)
    by = f"{wait.completion.completed_by.now}, {_day(wait.ended_on)}" if wait.completion.completed_by else ""
    return " · ".join(filter(None, (_day(wait.asked_on), missing, wait.completion.told, changed, by)))


def _answered(wait: Wait) -> str:
    if not hasattr(wait, "enquiry"):
        return ""
    asked = wait.enquiry
    by = f"{asked.answered_by.now}, {_day(wait.ended_on)}" if asked.answered_by else ""
    return " · ".join(filter(None, (_day(wait.asked_on), asked.question, asked.answer, by)))


def _promised(application: Application) -> list[str]:
    """Each with who does it and by when, and what became of it."""
    kept = gettext("kept")
    return [
        f"{each.what} {each.owner}, {_day(each.until)}. "
        + (f"{kept.capitalize()}: {_day(each.kept_on)}." if each.kept_on else each.excuse)
        for each in application.promises.due_first()
    ]


def _judged(application: Application) -> list[str]:
    review = application.reviews.for_reading().first()
    if review is None:
        return []
    judgements = [
        f"{said(each.criterion, 'title')}: {each.get_verdict_display()}. {each.reason}"
        for each in review.judgements.all()
    ]
    return [f"{review.by} · {_moment(review.at)}", review.strong, *judgements]


def _decided(application: Application) -> list[str]:
    decisions = application.decisions.select_related("by")
    return [
        f"{each.number} · {_moment(each.at)} · {each.get_outcome_display()}"
        f"{f' · {write_amount(each.amount)}' if each.is_about_money else ''} · {each.by}. {each.reason} {each.possible}"
        for each in decisions
    ]


def _reacted(application: Application) -> list[str]:
    lines = []
    for each in application.reactions.for_reading():
        lines.append(
            f"{each.number} · {each.get_kind_display()} · {_day(each.received_on)} · {each.by.now}. {each.text}"
        )
        if each.outcome:
            lines.append(f"{each.number} · {each.get_outcome_display()}. {each.reason}")
    return lines


def _paid(application: Application) -> list[str]:
    if not application.is_granted:
        return []
    payments = application.grant.commitment.payments.order_by("pk")
    return [
        f"{each.number} · {write_amount(from_cents(each.cents))} · {each.get_status_display()}" for each in payments
    ]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _moment(at: Any) -> str:
    return date_format(localtime(at), "j F Y, H:i")
