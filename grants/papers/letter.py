"""A letter on A4: the funder's name and logo, to whom, when, about what, and in whose name (Awb 10:10)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest
from typing import Any, Self

from django.utils import translation
from django.utils.formats import date_format

from web.amounts import GLUE
from web.lettering import MUTED, SMALLEST, Style, clean, width, wrap
from web.logos import within
from web.models import Funder
from web.paper import INDENT, LEFT, RIGHT, TOP, Paper

FULL_WIDTH = RIGHT - LEFT
# How large the letters are, and what is above a paragraph in such sizes: the first that fits one page, or the first.
SIZES = ((11.0, 0.8), (10.5, 0.8), (SMALLEST, 0.8), (SMALLEST, 0.5))
WORDS = {
    "nl": {
        "reference": "Ons nummer: %s",
        "acts_for": "Namens %s,",
        "greeting": "Met vriendelijke groet,",
        "phone": "Vragen? Bel %s",
        "logo": "Logo van %s",
    },
    "en": {
        "reference": "Our number: %s",
        "acts_for": "On behalf of %s,",
        "greeting": "Kind regards,",
        "phone": "Questions? Call %s",
        "logo": "Logo of %s",
    },
}
MOST_TOGETHER = 8  # lines that move to a new page rather than be torn
PHONE = re.compile(r"\b0[0-9 ]{6,14}[0-9]\b")  # its parts never stand on two lines
PAGE_NUMBER = 40.0  # points at the foot's right
BESIDE, MOST_LINES = 20.0, 3  # points between the funder's name and its logo; lines that its name has there


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
    logo: bytes = b""  # a JPEG
    logo_size: tuple[int, int] = (0, 0)  # pixels

    @classmethod
    def from_funder(cls, funder: Funder, **rest: Any) -> Self:
        """On the funder's own paper."""
        logo, size = funder.read_logo(), funder.logo_size
        return cls(funder=funder.name, phone=funder.phone, logo=logo, logo_size=size, **rest)


def letter_pdf(letter: LetterOnPaper) -> bytes:
    """The letter's PDF, on one page when it fits in letters of at least 10 points."""
    return letters_pdf([letter])


def letters_pdf(letters: Sequence[LetterOnPaper]) -> bytes:
    """Letters in one PDF, to print: each begins on a sheet of its own. There must be at least one."""
    paper = Paper(letters[0].subject, language=letters[0].language)
    for number, letter in enumerate(letters):
        if number:
            paper.new_page()
            paper.before = paper.pages - 1
        _write(paper, letter, _size_of(letter))
    return paper.finish()


def _size_of(letter: LetterOnPaper) -> tuple[float, float]:
    """The largest letters with which it fits on one page; the largest of all when none does."""
    return next((size for size in SIZES if _is_one_page(letter, size)), SIZES[0])


def fits_one_page(letter: LetterOnPaper) -> bool:
    """Whether it is one sheet, in small letters if need be."""
    return any(_is_one_page(letter, size) for size in SIZES)


def _is_one_page(letter: LetterOnPaper, size: tuple[float, float]) -> bool:
    paper = Paper(letter.subject, language=letter.language)
    _write(paper, letter, size)
    return paper.pages == 1


def _write(paper: Paper, letter: LetterOnPaper, size: tuple[float, float]) -> None:
    words, body = WORDS[letter.language], Style(size=size[0])
    paper.foot = _foot(letter, words)
    _write_head(paper, letter, words)
    paper.text(wrap(letter.subject, Style("H1", 13, bold=True), FULL_WIDTH), Style("H1", 13, bold=True))
    text = PHONE.sub(lambda number: number[0].replace(" ", GLUE), letter.text.replace("\r\n", "\n"))
    paragraphs = [each for each in text.split("\n\n") if each.strip()]
    above, closing = body.size * size[1], [words["greeting"]]
    if letter.acts_for:
        closing = wrap(words["acts_for"] % letter.acts_for, body, FULL_WIDTH)
    closing += wrap(letter.funder, body, FULL_WIDTH)
    end = 2 * above + len(closing) * body.line
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        paper.y -= above
        _keep_together(paper, paragraph, following, body, end=end)
        _write_paragraph(paper, paragraph, body)
    paper.y -= 2 * above
    paper.text(closing, body)


def _keep_together(paper: Paper, paragraph: str, following: str | None, body: Style, *, end: float) -> None:
    """A new page, where a short paragraph would be torn, or stand apart from what it belongs to.

    That is the one after a line with a colon, and for the last one the name under the letter, `end` points high.
    """
    needed = _height(paragraph, body)
    if following is None:
        needed += end
    elif paragraph.rstrip().endswith(":"):
        needed += _height(following, body)
    if paper.room < needed <= MOST_TOGETHER * body.line:
        paper.new_page()


def _height(paragraph: str, body: Style) -> float:
    return sum(len(wrap(line, body, FULL_WIDTH - INDENT)) for line in paragraph.split("\n")) * body.line


def _write_paragraph(paper: Paper, paragraph: str, body: Style) -> None:
    """Lines as they were written; those that begin with a dash are a list."""
    for is_list, lines in groupby(paragraph.split("\n"), key=lambda line: line.startswith("- ")):
        if is_list:
            paper.items([wrap(line[2:], body, FULL_WIDTH - INDENT) for line in lines], body)
        else:
            paper.text(wrap("\n".join(lines), body, FULL_WIDTH), body)


def _foot(letter: LetterOnPaper, words: dict[str, str]) -> str:
    """The funder and its phone. Of a long name the end goes, never of the number."""
    phone = f" · {words['phone'] % letter.phone}" if letter.phone else ""
    name, *more = wrap(letter.funder, Style(), FULL_WIDTH - PAGE_NUMBER - width(clean(phone), Style()))
    return f"{name}…{phone}" if more else name + phone


def _write_head(paper: Paper, letter: LetterOnPaper, words: dict[str, str]) -> None:
    """The funder with its logo, the window of the envelope at its usual height, the date and our number."""
    _write_funder(paper, letter, words)
    small = Style(colour=MUTED)
    paper.y = TOP - 78
    paper.text([wrap(line, Style(size=11), FULL_WIDTH / 2)[0] for line in letter.address], Style(size=11))
    paper.y = min(paper.y, TOP - 150)
    with translation.override(letter.language):
        day = date_format(letter.date, "j F Y")
    paper.text([f"{day} · {words['reference'] % letter.reference}"[:90]], small)
    paper.y -= 14


def _write_funder(paper: Paper, letter: LetterOnPaper, words: dict[str, str]) -> None:
    """Its name, and at the right its logo. A funder without one has the mark of the house beside its name."""
    name = Style(size=12, bold=True)
    if letter.logo:
        wide, high = within(*letter.logo_size)
        paper.y = TOP
        paper.picture(letter.logo, words["logo"] % letter.funder, wide=wide, high=high, to_right=True)
        paper.y = TOP
        paper.text(wrap(letter.funder, name, FULL_WIDTH - wide - BESIDE)[:MOST_LINES], name)
    else:
        paper.gables()
        lines = wrap(letter.funder, name, FULL_WIDTH - 38)[:MOST_LINES]
        paper.y = TOP - 24 + name.line if len(lines) == 1 else TOP
        paper.text(lines, name, x=LEFT + 38)
