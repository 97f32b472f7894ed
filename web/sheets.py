"""Workbooks (XLSX) for finance staff: real numbers and dates, totals that calculate, and text that stays text.

Rows may be a generator: only one row at a time is in memory.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from djmoney.money import Money
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from web.amounts import in_cents

Kind = Literal["text", "money", "date", "whole"]
CellWriter = Callable[[int, int, Kind, "Cell"], int]
Cell = str | Money | date | datetime | int | Decimal | None

MOST_ROWS = 1_048_576 - 3  # of a sheet, but for the header, an empty row and the totals
MOST_TEXT = 32_767  # UTF-16 units in one cell
MOST_DIGITS = 10**15  # a larger whole number loses digits in a spreadsheet, so it is written as text
FIRST_YEAR = 1900  # spreadsheets know no earlier dates
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\n")  # a carriage return has become a new line by then
NOT_IN_XML = {code: "\ufffd" for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
LONGEST_TITLE = 31
LOOKS: dict[Kind, str] = {"money": "€ #,##0.00", "date": "dd-mm-yyyy", "whole": "0"}


@dataclass(frozen=True)
class Column:
    """A column: its header, what its cells hold, its width in characters, and whether it is added up."""

    title: str
    kind: Kind = "text"
    width: int = 16
    total: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet. Each row has one cell per column: str, Money, date or whole number, or None for nothing."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The workbook's bytes. ValueError when a sheet has more rows than a spreadsheet can hold."""
    written = BytesIO()
    with Workbook(written, {"constant_memory": True}) as book:
        looks = _Looks(book)
        titles: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_safe_title(sheet.title, titles)), sheet, looks)
    return written.getvalue()


class _Looks:
    """How cells look, by what they hold."""

    def __init__(self, book: Workbook) -> None:
        self.header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.label = book.add_format({"bold": True, "top": 1})
        self.quoted = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell
        self.of = {kind: book.add_format({"num_format": look}) for kind, look in LOOKS.items()}
        self.total = {
            kind: book.add_format({"num_format": look, "bold": True, "top": 1}) for kind, look in LOOKS.items()
        }


def _write_sheet(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, safe_text(column.title), looks.header)
    page.freeze_panes(1, 0)
    write, totals, rows = _cell_writer(page, looks), [0] * len(sheet.columns), 0
    for row in sheet.rows:
        rows += 1
        if rows > MOST_ROWS:
            raise ValueError(f"more than {MOST_ROWS} rows do not fit on sheet {sheet.title}")
        for number, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            totals[number] += write(rows, number, column.kind, cell)
    last = max(1, rows)
    page.autofilter(0, 0, last, len(sheet.columns) - 1)
    _write_totals(page, sheet.columns, totals, last, looks)


def _cell_writer(page: Worksheet, looks: _Looks) -> CellWriter:
    """A function that writes a cell and gives what it adds to a total: cents, or a whole number."""

    def write(row: int, number: int, kind: Kind, cell: Cell) -> int:
        if isinstance(cell, Money):
            cents = in_cents(cell)
            page.write_number(row, number, cents / 100, looks.of["money"])
            return cents
        if kind == "whole" and isinstance(cell, int) and abs(cell) < MOST_DIGITS:
            page.write_number(row, number, cell, looks.of["whole"])
            return cell
        if isinstance(cell, date) and (day := _day(cell)).year >= FIRST_YEAR:
            page.write_datetime(row, number, day, looks.of["date"])
            return 0
        text = safe_text("" if cell is None else str(cell))
        if text:
            page.write_string(row, number, text, looks.quoted if text.startswith(STARTS_A_FORMULA) else None)
        return 0

    return write


def _write_totals(page: Worksheet, columns: Sequence[Column], totals: Sequence[int], last: int, looks: _Looks) -> None:
    """A row of sums below the rows: formulas that also carry their value, for readers that don't calculate."""
    if not any(column.total for column in columns):
        return
    for number, (column, total) in enumerate(zip(columns, totals, strict=True)):
        if column.total:
            name = xl_col_to_name(number)
            value = total / 100 if column.kind == "money" else total
            look = looks.total[column.kind]
            page.write_formula(last + 1, number, f"=SUM({name}2:{name}{last + 1})", look, value)
        elif number == 0:
            page.write_string(last + 1, 0, _("Total"), looks.label)


def _day(moment: date) -> date:
    """A date as it is, a moment as its date in Amsterdam."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


class _Line:
    """What csv writes to: it gives the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A file for any spreadsheet, line by line: as Dutch ones read it (`;`, decimal comma), in UTF-8 with its mark."""
    writer = csv.writer(_Line(), delimiter=";", quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    for row in (heads, *rows):
        line: Any = writer.writerow([csv_cell(cell) for cell in row])
        yield line


def csv_cell(cell: Cell) -> str:
    """A CSV has no text cells, so an apostrophe keeps what would be a formula from being one."""
    if isinstance(cell, Money):
        return f"{in_cents(cell) / 100:.2f}".replace(".", ",")
    if isinstance(cell, date):
        return _day(cell).isoformat()
    text = safe_text("" if cell is None else str(cell))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(STARTS_A_FORMULA) else text


def safe_text(text: str) -> str:
    """Text that fits in a cell: what XML can't hold is replaced visibly, what is too long is cut visibly."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(NOT_IN_XML)
    units = text.encode("utf-16-le", "replace")  # two bytes each; half of a pair becomes a question mark
    if len(units) <= MOST_TEXT * 2:
        return units.decode("utf-16-le")
    return units[: MOST_TEXT * 2 - 2].decode("utf-16-le", "ignore") + "…"


def _safe_title(title: str, taken: set[str]) -> str:
    """A title a spreadsheet accepts: short, without its special signs, and no second one alike."""
    plain = safe_text(title).translate(NOT_IN_A_TITLE).strip(" '") or "-"
    safe, number = plain[:LONGEST_TITLE].rstrip("'"), 1
    while safe.casefold() in taken | {"history"}:
        number += 1
        safe = f"{plain[: LONGEST_TITLE - 5]} ({number})"
    taken.add(safe.casefold())
    return safe
