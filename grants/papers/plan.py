"""The plan on one A4. What doesn't fit goes on an annex, "Meer uitleg"; the A4 by itself is enough to decide on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.formats import date_format

from grants.models import Application, BudgetLine, Plan
from grants.models.elsewhere import asked_or_given, others_shown_to_funds
from grants.papers.costs import Costs, Row, height_of, lay_out, shortened, together, write_costs
from grants.papers.pictures import ABOVE, ALT, PAGE, PictureOnPaper, instead_of_scans, pictures_of, write_picture
from web.amounts import from_cents, in_cents, write_amount
from web.clock import today
from web.lettering import MUTED, SMALLEST, Style, clean, width, wrap
from web.paper import LEFT, RIGHT, Paper

FULL_WIDTH = RIGHT - LEFT
SIZES = (12.0, 11.5, 11.0, 10.5, SMALLEST)  # the largest that fits is used
MOST_ROWS = 12  # of costs on the A4, when not everything fits
UNDER_HEAD = 10.0  # points between the head and the first question
SMALL, TITLE = Style(colour=MUTED), Style("H1", 18, bold=True)
WORDS = {
    "nl": {
        "annex": "Meer uitleg",
        "on_annex": "… Lees verder op het blad ‘Meer uitleg’.",
        "belongs_to": "Bij het plan “%s”",
        "asked": "Wij vragen",
        "written_by": "Opgeschreven door %s (betaald door %s)",
    },
    "en": {
        "annex": "More explanation",
        "on_annex": "… Read on on the sheet ‘More explanation’.",
        "belongs_to": "With the plan “%s”",
        "asked": "We ask for",
        "written_by": "Written down by %s (paid by %s)",
    },
}


@dataclass(frozen=True)
class PlanOnPaper:
    """What stands on the A4. Amounts in cents; `asked` is None until an amount is known. No contact data."""

    number: str
    title: str
    scheme: str
    funder: str
    questions: tuple[tuple[str, str], ...]
    lines: Costs
    asked: int | None
    group: str
    date: date
    language: str = "nl"
    paid_by_others: Costs = ()
    pictures: tuple[PictureOnPaper, ...] = ()
    written_by: str = ""


def on_paper(application: Application, *, as_sent: bool = False) -> PlanOnPaper:
    """The plan as its residents read it now, or with `as_sent` as its fund got it, in the language of its first
    contact.
    """
    plan, contact = application.plan, application.plan.first_contact
    language = contact.language if contact.language in WORDS else "nl"
    page = application.sent_page if as_sent else application.page
    with translation.override(language):
        questions = (*page.without_contact.answers(), *instead_of_scans(application))
        others = tuple(_asked_elsewhere(application))
    lines = [(line.kind, line.what, in_cents(line.amount)) for line in page.lines if line.amount]
    costs = tuple((what, cents) for kind, what, cents in lines if kind == BudgetLine.Kind.COST)
    others = tuple((what, cents) for kind, what, cents in lines if kind != BudgetLine.Kind.COST) + others
    return PlanOnPaper(
        number=application.number,
        title=plan.title,
        scheme=application.scheme.title,
        funder=application.scheme.funder.name,
        questions=questions,
        lines=costs,
        paid_by_others=others,
        asked=None if application.asked is None else in_cents(application.asked),
        group=", ".join(name for name in (plan.group_name, contact.name) if name),
        date=application.received_on or today(),
        language=language,
        written_by=_written_by(plan, language),
        pictures=pictures_of(plan.sheets.all()),
    )


def _asked_elsewhere(application: Application) -> Iterator[tuple[str, int]]:
    """What other funds give or are asked, where the residents let them see it of each other."""
    for other in others_shown_to_funds(application):
        if amount := asked_or_given([other]):
            yield f"{other.scheme.title} ({other.get_status_display()})", in_cents(amount)


def _written_by(plan: Plan, language: str) -> str:
    """The helper who wrote it down, with who pays that; nothing when the residents did so themselves."""
    helper = plan.scribe.helper if hasattr(plan, "scribe") else None
    return WORDS[language]["written_by"] % (helper, helper.organisation.paid_by) if helper else ""


def filled(plan: PlanOnPaper) -> float:
    """Which share of the A4 is used in the smallest letters, by laying it out. More than 1: an annex follows."""
    on_pages_of_their_own = max(0, len(plan.pictures) - 1)
    return _height_with_picture(plan, SMALLEST) / PAGE + on_pages_of_their_own


def plan_page(plan: PlanOnPaper) -> bytes:
    """The PDF: the plan on page 1, and after it "Meer uitleg" when that is needed."""
    paper = Paper(plan.title or plan.number, language=plan.language)
    paper.foot = clean(f"{plan.number} · {plan.scheme}")[:80]
    with_picture = next((each for each in SIZES if plan.pictures and _height_with_picture(plan, each) <= PAGE), None)
    size = with_picture or next((each for each in SIZES if _height(plan, each) <= PAGE), SMALLEST)
    all_fits = _height(plan, size) <= PAGE
    costs = together(plan.lines, plan.paid_by_others, plan.language)
    shown = costs if all_fits else shortened(costs, MOST_ROWS, plan.language)
    rows = lay_out(shown, size, plan.language)
    _write_head(paper, plan)
    rests = _write_answers(paper, plan, size, rows)
    write_costs(paper, rows, size, _gap(size))
    if with_picture:
        write_picture(paper, plan.pictures[0], _alt(plan, 1))
    if rests or len(shown) < len(costs):
        _write_annex(paper, plan, rests, costs if len(shown) < len(costs) else ())
    for number, picture in enumerate(plan.pictures, start=1):
        if number > 1 or not with_picture:
            _write_on_its_own(paper, plan, picture, number)
    return paper.finish()


def _height_with_picture(plan: PlanOnPaper, size: float) -> float:
    """The same, and the first picture as small as can be."""
    picture = plan.pictures[0].least_height + ABOVE if plan.pictures else 0
    return _height(plan, size) + picture


def _height(plan: PlanOnPaper, size: float) -> float:
    """Points that head, questions, answers and costs need together."""
    body, question = Style(size=size), Style("H2", size, bold=True)
    answers = sum(
        _gap(size)
        + len(wrap(asked, question, FULL_WIDTH)) * question.line
        + len(wrap(said, body, FULL_WIDTH)) * body.line
        for asked, said in plan.questions
    )
    costs = lay_out(together(plan.lines, plan.paid_by_others, plan.language), size, plan.language)
    return (
        UNDER_HEAD
        + (3 if plan.written_by else 2) * SMALL.line
        + len(_title(plan)) * TITLE.line
        + answers
        + height_of(costs, size, _gap(size))
    )


def _gap(size: float) -> float:
    return size * 0.7


def _title(plan: PlanOnPaper) -> list[str]:
    """The name of the plan in two lines at most."""
    lines = wrap(plan.title, TITLE, FULL_WIDTH)
    return lines if len(lines) == 1 else [lines[0], _one_line(" ".join(lines[1:]), TITLE)]


def _write_head(paper: Paper, plan: PlanOnPaper) -> None:
    """Number and scheme, the name of the plan, who asks, and at the right how much."""
    figure = Style(size=14, bold=True)
    with translation.override(plan.language):
        day = date_format(plan.date, "j F Y")
    paper.text([_one_line(f"{plan.number} · {plan.scheme} · {plan.funder}", SMALL)], SMALL)
    paper.text(_title(plan), TITLE)
    asked = "" if plan.asked is None else f"{WORDS[plan.language]['asked']} {write_amount(from_cents(plan.asked))}"
    beside = FULL_WIDTH - width(asked, figure) - 10
    paper.text([_one_line(f"{plan.group} · {day}" if plan.group else day, SMALL, beside)], SMALL)
    if asked:
        paper.mark(asked, figure, paper.document.add("P"), x=RIGHT, to_right=True)
    if plan.written_by:
        paper.text([_one_line(plan.written_by, SMALL)], SMALL)
    paper.rule()
    paper.y -= UNDER_HEAD - 4


def _one_line(text: str, style: Style, room: float = FULL_WIDTH) -> str:
    """The text, cut with an ellipsis where one line ends."""
    text = clean(text).replace("\n", " ")
    if width(text, style) <= room:
        return text
    return wrap(text, style, room - style.size)[0] + "…"


def _write_answers(paper: Paper, plan: PlanOnPaper, size: float, rows: Sequence[Row]) -> list[tuple[str, list[str]]]:
    """Write every question with as much of its answer as fits. Gives the rest, as (question, lines)."""
    body, question, note = Style(size=size), Style("H2", size, bold=True), Style(size=size, colour=MUTED)
    answers = [(wrap(asked, question, FULL_WIDTH), wrap(said, body, FULL_WIDTH)) for asked, said in plan.questions]
    taken = sum(_gap(size) + len(asked) * question.line for asked, _said in answers)
    room = int((paper.room - taken - height_of(rows, size, _gap(size)) + 0.01) / body.line)
    rests = []
    for (asked, said), lines in zip(answers, share([len(said) for _asked, said in answers], room), strict=True):
        paper.y -= _gap(size)
        paper.text(asked, question)
        if lines < len(said):
            paper.text(said[: lines - 1], body)
            paper.text([WORDS[plan.language]["on_annex"]], note)
            rests.append((" ".join(asked), said[lines - 1 :]))
        else:
            paper.text(said, body)
    return rests


def share(wanted: Sequence[int], room: int) -> list[int]:
    """Divide so many lines: short answers whole, the longer ones alike, none more than it wants."""
    got = [0] * len(wanted)
    for _line in range(room):
        hungry = [number for number, want in enumerate(wanted) if got[number] < want]
        if not hungry:
            break
        got[min(hungry, key=lambda number: got[number])] += 1
    return got


def _alt(plan: PlanOnPaper, number: int) -> str:
    """What a picture is, in words."""
    kind = plan.pictures[number - 1].is_document
    return ALT[plan.language][kind] % (number, len(plan.pictures), " ".join(plan.title.split()))


def _write_on_its_own(paper: Paper, plan: PlanOnPaper, picture: PictureOnPaper, number: int) -> None:
    """A picture on a page of the annex, with what it is above it."""
    paper.new_page()
    paper.text([_one_line(_alt(plan, number), SMALL)], SMALL)
    write_picture(paper, picture, _alt(plan, number))


def _write_annex(paper: Paper, plan: PlanOnPaper, rests: Sequence[tuple[str, list[str]]], costs: Costs) -> None:
    words, body = WORDS[plan.language], Style()
    paper.new_page()
    paper.text([words["annex"]], Style("H2", TITLE.size, bold=True))
    paper.text(wrap(words["belongs_to"] % plan.title, SMALL, FULL_WIDTH)[:4], SMALL)
    for question, lines in rests:
        paper.y -= _gap(SMALLEST)
        if paper.room < 3 * body.line:  # a question never stands alone at the foot of a page
            paper.new_page()
        paper.text([question], Style("H3", SMALLEST, bold=True))
        paper.text(lines, body)
    write_costs(paper, lay_out(costs, SMALLEST, plan.language), SMALLEST, _gap(SMALLEST))
