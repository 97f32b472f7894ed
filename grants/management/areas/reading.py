"""A row of a CBS list as the areas that stand in it, or the sentence why it can't be taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grants.management.registers.mapping import UnreadableError
from grants.management.registers.reading import Line, read_register
from grants.models import Area
from grants.models.area import CODES

MUNICIPALITY = {"gemeente_code", "gemeente", "inwoners"}
NEIGHBOURHOOD = {*MUNICIPALITY, "wijk_code", "wijk", "buurt_code", "buurt", "pc4"}
SOURCE = "CBS"
LONGEST_NAME = 80
LIKE = {"gm": "GM0014", "wk": "WK001400", "bu": "BU00140000"}
POSTCODE = re.compile(r"[1-9][0-9]{3}")


class RefusedError(Exception):
    """Why a row can't be taken, as a sentence."""


@dataclass(frozen=True)
class Row:
    """What one row says: its own area last, the district it names before it; and the area's postcodes."""

    number: int
    areas: tuple[Area, ...]
    postcodes: tuple[str, ...] = ()


Reader = Callable[[Line, int], Row]


def read_list(path: Path) -> tuple[list[Line], Reader]:
    """The rows of a list of neighbourhoods or of municipalities, and what reads one. Raises UnreadableError."""
    try:
        return read_register(path, NEIGHBOURHOOD), neighbourhood
    except UnreadableError:
        try:
            return read_register(path, MUNICIPALITY), municipality
        except UnreadableError as error:
            raise UnreadableError(
                f"{error} A list of neighbourhoods also has {', '.join(sorted(NEIGHBOURHOOD))}."
            ) from error


def municipality(line: Line, year: int) -> Row:
    """Raises RefusedError."""
    cells = written(line)
    code, name = code_of(cells, "gemeente_code", "gm"), name_of(cells, "gemeente")
    return Row(line.number, (area(year, "gm", code, name, code, name, inhabitants=number_of(cells)),))


def neighbourhood(line: Line, year: int) -> Row:
    """The neighbourhood and the district it lies in. Raises RefusedError."""
    cells = written(line)
    gm, wk, bu = (
        code_of(cells, f"{title}_code", kind) for title, kind in (("gemeente", "gm"), ("wijk", "wk"), ("buurt", "bu"))
    )
    if not (bu[2:].startswith(wk[2:]) and wk[2:].startswith(gm[2:])):
        raise RefusedError(f"{bu} doesn't lie in {wk}, or {wk} not in {gm}: the numbers don't fit together.")
    town = name_of(cells, "gemeente")
    return Row(
        line.number,
        (
            area(year, "wk", wk, name_of(cells, "wijk"), gm, town, wk),
            area(year, "bu", bu, name_of(cells, "buurt"), gm, town, wk, inhabitants=number_of(cells)),
        ),
        postcodes_of(cells),
    )


def area(
    year: int, kind: str, code: str, name: str, gm: str, town: str, wk: str = "", inhabitants: int | None = None
) -> Area:
    return Area(
        year=year,
        kind=kind,
        code=code,
        name=name,
        municipality_code=gm,
        municipality_name=town,
        district_code=wk,
        inhabitants=inhabitants,
        source=SOURCE,
    )


def written(line: Line) -> dict[str, str]:
    if line.wrong:
        raise RefusedError("; ".join(line.wrong))
    return {title: text_of(cell) for title, cell in line.cells.items()}


def text_of(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def code_of(cells: dict[str, str], title: str, kind: str) -> str:
    if not CODES[kind].fullmatch(cells[title]):
        raise RefusedError(f"{title}: “{cells[title]}” is not a code like {LIKE[kind]}.")
    return cells[title]


def name_of(cells: dict[str, str], title: str) -> str:
    name = cells[title]
    if not name or len(name) > LONGEST_NAME:
        raise RefusedError(f"{title}: a name has 1 to {LONGEST_NAME} letters, this has {len(name)}.")
    return name


def number_of(cells: dict[str, str]) -> int | None:
    """None where CBS keeps the number to itself."""
    text = cells["inwoners"]
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        raise RefusedError(f"inwoners: “{text}” is not a whole number.")
    return int(text) if text else None


def postcodes_of(cells: dict[str, str]) -> tuple[str, ...]:
    """The four digits, one or several. Where nobody lives there are none."""
    found = tuple(re.split(r"[\s,;|/]+", cells["pc4"])) if cells["pc4"] else ()
    if wrong := [digits for digits in found if not POSTCODE.fullmatch(digits)]:
        raise RefusedError(f"pc4: “{wrong[0]}” is not four digits of a postcode.")
    return found
