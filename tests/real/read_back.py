"""Pages and papers as people get them: what stands in each field, what isn't of ours, and where the ink is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from web.paper import BOTTOM, LEFT, RIGHT, TOP

HOUSE = Path(__file__).resolve().parents[2]
HEAVIEST = 60_000  # bytes of one page (PRODUCT)
LEADS = re.compile(r"(/(?!/)|#|\?|tel:|mailto:|$)")  # where our links lead: a page of ours, a phone, a mailbox
FOOT = BOTTOM - 34  # the foot of a page stands below its margin


@cache
def our_tags() -> frozenset[str]:
    """Every tag that our templates write, and those of form fields."""
    templates = (path.read_text(encoding="utf-8") for path in (HOUSE / "templates").rglob("*.html"))
    written = {tag for text in templates for tag in re.findall(r"<([a-z][a-z0-9]*)", text)}
    return frozenset(written | {"input", "textarea", "select", "option"})


class Page(HTMLParser):
    """`fields`: what a browser would show in each; `errors`: how many sentences ask something back;
    `strange`: tags, handlers and links that aren't ours; `next`: where the list goes on."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.strange: list[str] = []
        self.next = ""
        self._area = ""
        self.text = answer.content.decode()
        self.errors = self.text.count('class="error"') + self.text.count('role="alert"')
        self.feed(self.text)
        self.close()
        if (size := len(answer.content)) > HEAVIEST:
            self.strange.append(f"{size} bytes")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area = has["name"]
            self.fields[self._area] = ""
        elif tag == "input" and has.get("type") not in {"radio", "checkbox", "hidden"}:
            self.fields[has.get("name", "")] = has.get("value", "")
        elif tag == "a" and "after=" in has.get("href", ""):
            self.next = has["href"]
        self.strange += faults(tag, has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._area] = self.fields[self._area].removeprefix("\r\n").removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


def faults(tag: str, has: dict[str, str]) -> Iterator[str]:
    if tag not in our_tags():
        yield f"<{tag}>"
    for name, value in has.items():
        if name.startswith("on") or name == "style":
            yield f"<{tag} {name}>"
        if name in {"href", "src", "action"} and not LEADS.match(value):
            yield f"<{tag} {name}={value!r}>"
    if tag == "script" and not has.get("src", "").startswith("/static/"):
        yield "a script that isn't ours"


@dataclass
class Pen:
    """Where the next word is written, in which font and size: what a PDF says before each piece of text."""

    fonts: dict[str, Any]
    x: float = 0
    y: float = 0
    font: str = ""
    size: float = 0

    def moves(self, operator: bytes, operands: list[Any]) -> None:
        if operator == b"Tm":
            self.x, self.y = float(operands[4]), float(operands[5])
        elif operator == b"Tf":
            self.font, self.size = str(operands[0]), float(operands[1])

    def width_of(self, written: bytes) -> float:
        """As wide as the font in the PDF says."""
        font = self.fonts[self.font].get_object()
        first, widths = int(font["/FirstChar"]), font["/Widths"]
        return sum(float(widths[code - first]) for code in written.rstrip(b" ")) * self.size / 1000


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def ink(pdf: bytes) -> Iterator[str]:
    """What is wrong with a paper: words outside its margins, measured in the PDF itself."""
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, start=1):
        contents = page.get_contents()
        assert contents is not None
        resources: Any = page["/Resources"]
        pen = Pen(resources["/Font"])
        for operands, operator in contents.operations:
            pen.moves(operator, operands)
            if operator == b"Tj":
                yield from (f"page {number}: {fault}" for fault in outside(pen, operands[0].original_bytes))


def outside(pen: Pen, written: bytes) -> Iterator[str]:
    ends = pen.x + pen.width_of(written)
    if not (pen.x >= LEFT - 0.5 and ends <= RIGHT + 0.5):
        yield f"ink from {pen.x:.0f} to {ends:.0f}"
    if not FOOT <= pen.y <= TOP:
        yield f"ink at a height of {pen.y:.0f}"
