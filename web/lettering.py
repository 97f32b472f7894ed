"""Lettering: our two faces, the width of each letter, and lines that fit. Lengths are in points (1/72 inch)."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).resolve().parent / "fonts"
REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
SMALLEST = 10.0
LINE = 1.38  # height of a line, in sizes of its letters
INK, MUTED = HexColor("#1c2b2a"), HexColor("#52605d")
MISSING = "\u25a1"  # a box where our fonts have no letter: people see that something was there
INVISIBLE = {"Cc", "Cf"}  # control signs, zero-width signs, and those that turn the direction of text


@dataclass(frozen=True)
class Style:
    """How a text looks, and as which element a screen reader knows it."""

    tag: str = "P"
    size: float = SMALLEST
    bold: bool = False
    colour: Color = INK

    @property
    def font(self) -> str:
        return BOLD if self.bold else REGULAR

    @property
    def line(self) -> float:
        return self.size * LINE


@cache
def letters(font: str) -> dict[int, float]:
    """Width of every letter the font has, in thousandths of its size. Registers the font at first use."""
    own = TTFont(font, FONTS / f"{font}.ttf")
    registerFont(own)
    face: Any = own.face  # untyped
    return {code: face.getCharWidth(code) for code in face.charToGlyph}


@cache
def _known() -> frozenset[str]:
    return frozenset(chr(code) for code in letters(REGULAR).keys() & letters(BOLD).keys())


def clean(text: str) -> str:
    """Text our fonts can write: composed, without invisible signs, a box for a letter they lack."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))
    visible = (sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in INVISIBLE)
    return "".join(sign if sign == "\n" or sign in _known() else MISSING for sign in visible)


def width(text: str, style: Style) -> float:
    """How wide a cleaned text is, in points."""
    widths = letters(style.font)
    return sum(widths[ord(sign)] for sign in text) * style.size / 1000


def wrap(text: str, style: Style, room: float) -> list[str]:
    """The lines of a text in so much room. A word that is too long for a line is broken."""
    lines: list[str] = []
    for paragraph in clean(text).strip("\n").split("\n"):
        line = ""
        for word in paragraph.split(" "):
            wider = f"{line} {word}" if line else word
            if width(wider, style) <= room:
                line = wider
                continue
            lines += [line] if line else []
            *whole, line = _broken(word, style, room)
            lines += whole
        lines.append(line)
    return lines


def _broken(word: str, style: Style, room: float) -> list[str]:
    widths, pieces, used = letters(style.font), [""], 0.0
    for sign in word:
        wide = widths[ord(sign)] * style.size / 1000
        if used + wide > room:
            pieces.append("")
            used = 0.0
        pieces[-1] += sign
        used += wide
    return pieces
