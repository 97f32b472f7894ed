"""A letter on A4: the funder's name, to whom, when, about what, and in whose name it was decided (Awb 10:10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import translation
from django.utils.formats import date_format

from web.lettering import MUTED, SMALLEST, Style, wrap
from web.paper import INDENT, LEFT, RIGHT, TOP, Paper

FULL_WIDTH = RIGHT - LEFT
SIZES = (11.0, 10.5, SMALLEST)  # the largest that fits one page; the first when none does
WORDS = {
    "nl": {"reference": "Ons nummer: %s", "acts_for": "Namens %s,", "phone": "Vragen? Bel %s"},
    "en": {"reference": "Our number: %s", "acts_for": "On behalf of %s,", "phone": "Questions? Call %s"},
}


@dataclass(frozen=True)
class LetterOnPaper:
    """A letter's parts. `text` holds paragraphs with an empty line between them; `acts_for` whose decision it is."""

    funder: str
    phone: str
    address: tuple[str, ...]
    date: date
    reference: str
    subject: str
    text: str
    acts_for: str = ""
    language: str = "nl"


def letter_pdf(letter: LetterOnPaper) -> bytes:
    """The letter's PDF, on one page when it fits in letters of at least 10 points."""
    return letters_pdf([letter])


def letters_pdf(letters: Sequence[LetterOnPaper]) -> bytes:
    """Letters in one PDF, to print: each begins on a sheet of its own. There must be at least one."""
    paper = Paper(letters[0].subject, language=letters[0].language)
    for number, letter in enumerate(letters):
        if number:
            paper.new_page()
        _write(paper, letter, _size_of(letter))
    return paper.finish()


def _size_of(letter: LetterOnPaper) -> float:
    """The largest letters with which it fits on one page; the largest of all when none does."""
    return next((size for size in SIZES if _is_one_page(letter, size)), SIZES[0])


def fits_one_page(letter: LetterOnPaper) -> bool:
    """Whether it is one sheet, in small letters if need be."""
    return any(_is_one_page(letter, size) for size in SIZES)


def _is_one_page(letter: LetterOnPaper, size: float) -> bool:
    paper = Paper(letter.subject, language=letter.language)
    _write(paper, letter, size)
    return paper.pages == 1


def _write(paper: Paper, letter: LetterOnPaper, size: float) -> None:
    words, body = WORDS[letter.language], Style(size=size)
    paper.foot = f"{letter.funder} · {words['phone'] % letter.phone}"[:80] if letter.phone else letter.funder[:80]
    _write_head(paper, letter, words)
    paper.text(wrap(letter.subject, Style("H1", 13, bold=True), FULL_WIDTH), Style("H1", 13, bold=True))
    for paragraph in letter.text.replace("\r\n", "\n").split("\n\n"):
        paper.y -= size * 0.8
        _write_paragraph(paper, paragraph, body)
    if letter.acts_for:
        paper.y -= size * 1.6
        paper.text(wrap(words["acts_for"] % letter.acts_for, body, FULL_WIDTH), body)
        paper.text(wrap(letter.funder, body, FULL_WIDTH), body)


def _write_paragraph(paper: Paper, paragraph: str, body: Style) -> None:
    """Lines as they were written; those that begin with a dash are a list."""
    for is_list, lines in groupby(paragraph.split("\n"), key=lambda line: line.startswith("- ")):
        if is_list:
            paper.items([wrap(line[2:], body, FULL_WIDTH - INDENT) for line in lines], body)
        else:
            paper.text(wrap("\n".join(lines), body, FULL_WIDTH), body)


def _write_head(paper: Paper, letter: LetterOnPaper, words: dict[str, str]) -> None:
    """The mark and the funder, the window of the envelope at its usual height, the date and our number."""
    paper.gables()
    paper.y = TOP - 24
    name, small = Style(size=12, bold=True), Style(colour=MUTED)
    paper.mark(wrap(letter.funder, name, FULL_WIDTH - 46)[0], name, paper.document.add("P"), x=LEFT + 38)
    paper.y = TOP - 78
    paper.text([wrap(line, Style(size=11), FULL_WIDTH / 2)[0] for line in letter.address], Style(size=11))
    paper.y = min(paper.y, TOP - 150)
    with translation.override(letter.language):
        day = date_format(letter.date, "j F Y")
    paper.text([f"{day} · {words['reference'] % letter.reference}"[:90]], small)
    paper.y -= 14
