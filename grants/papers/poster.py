"""The poster: one A4 for the window or the stairwell, with a code that leads a phone to the plan's support page."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.utils import translation

from grants.models import Support, SupportPage
from web.lettering import MUTED, Style, clean, width, wrap
from web.paper import BOTTOM, LEFT, RIGHT, TOP, Paper

FULL_WIDTH = RIGHT - LEFT
TITLES = (40.0, 34.0, 28.0, 22.0)  # the largest in which the name fits three lines
MOST_TITLE, MOST_PLACE = 3, 2  # lines
CODE = 210.0  # points: about 7.5 cm, to be read from the pavement
TEXT, PLACE, SMALL = Style(size=15), Style(size=15, bold=True), Style(size=12, colour=MUTED)
ADDRESS, ASK, CHOICE = Style(size=14, bold=True), Style("H2", 22, bold=True), Style("LBody", 18)
WORDS = {
    "nl": {
        "over": "Een plan van uw buren",
        "ask": "Wat vindt u ervan?",
        "how": "Richt de camera van uw telefoon op de code. Of ga naar:",
        "free": "U heeft geen account nodig.",
        "alt": "Code voor uw telefoon. Hij gaat naar %s",
    },
    "en": {
        "over": "A plan of your neighbours",
        "ask": "What do you think of it?",
        "how": "Point the camera of your phone at the code. Or go to:",
        "free": "You need no account.",
        "alt": "Code for your phone. It leads to %s",
    },
}


@dataclass(frozen=True)
class PosterOnPaper:
    """What stands on the poster. Nobody's name: whoever passes by may read it. `address` is where the code leads."""

    title: str
    what: str
    where_when: str
    address: str
    choices: tuple[str, ...]
    language: str = "nl"


def on_paper(page: SupportPage) -> PosterOnPaper:
    """The poster of a plan, in the language of its first contact."""
    plan = page.plan
    language = plan.first_contact.language if plan.first_contact.language in WORDS else "nl"
    with translation.override(language):
        choices = tuple(str(kind.label) for kind in Support.Kind)
        title = str(plan)
    address = f"{settings.SITE_ADDRESS}{page.get_absolute_url()}"
    return PosterOnPaper(title, plan.what, plan.where_when, address, choices, language)


def poster_pdf(poster: PosterOnPaper) -> bytes:
    """One A4."""
    words = WORDS[poster.language]
    address = wrap(poster.address, ADDRESS, FULL_WIDTH)
    call = BOTTOM + len(address) * ADDRESS.line + 3 * SMALL.line + CODE  # where the code has its top
    paper = Paper(poster.title, language=poster.language)
    paper.gables(size=44)
    paper.y = TOP - 54
    paper.text([words["over"]], SMALL)
    _write_plan(paper, poster, above=call + 24)
    paper.y = call
    _write_choices(paper, [words["ask"], *poster.choices])
    paper.y = call
    paper.squares(code_of(poster.address), words["alt"] % poster.address, x=LEFT, side=CODE)
    paper.y -= 6
    paper.text([words["how"]], SMALL)
    paper.text(address, ADDRESS)
    paper.text([words["free"]], SMALL)
    return paper.finish()


def _write_plan(paper: Paper, poster: PosterOnPaper, *, above: float) -> None:
    """The name as large as it can be, as much of the plan as there is room for, and where and when it is."""
    styles = [Style("H1", size, bold=True) for size in TITLES]
    style = next((style for style in styles if len(wrap(poster.title, style, FULL_WIDTH)) <= MOST_TITLE), styles[-1])
    paper.text(_at_most(poster.title, style, MOST_TITLE), style)
    place = _at_most(poster.where_when, PLACE, MOST_PLACE)
    paper.y -= 10
    room = paper.y - above - len(place) * PLACE.line - 8
    paper.text(_at_most(poster.what, TEXT, int(room / TEXT.line)), TEXT)
    paper.y -= 8
    paper.text(place, PLACE)


def _write_choices(paper: Paper, said: list[str]) -> None:
    """Beside the code: the question, and what people can answer."""
    question, *choices = said
    beside = LEFT + CODE + 28
    heading, listed = paper.document.add("H2"), paper.document.add("L")
    for line in wrap(question, ASK, RIGHT - beside):
        paper.y -= ASK.line
        paper.mark(line, ASK, heading, x=beside)
    paper.y -= 8
    for choice in choices:
        paper.y -= CHOICE.line + 6
        paper.mark(f"• {choice}", CHOICE, listed.add("LI").add("LBody"), x=beside)


def code_of(address: str) -> list[list[int]]:
    """The squares of the code for an address, 1 for dark, without the white edge: the paper is white already."""
    return [[1 if dark else 0 for dark in row] for row in segno.make(address, error="m", micro=False).matrix]


def _at_most(text: str, style: Style, most: int) -> list[str]:
    """The first lines of a text, with an ellipsis where it is cut."""
    lines = [line for line in wrap(text, style, FULL_WIDTH) if line]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while width(clean(f"{last}…"), style) > FULL_WIDTH:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' .,')}…"]
