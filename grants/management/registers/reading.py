"""Reading a register: XLSX, CSV or JSON, into rows by column name. What can't be read for sure is said, not guessed."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from grants.management.registers.mapping import Unreadable

MOST_BYTES = 50_000_000
MOST_BYTES_UNZIPPED = 400_000_000
HEAD_WITHIN = 50  # rows: some people write a title and a date above the head
DELIMITERS = ";,\t"
# Signs that letters of another character set (cp850) turn into when they are read as cp1252: never inside a word.
NOT_IN_A_WORD = re.compile(r"\ufffd|[A-Za-z][‚ƒ„…†‡ˆ‰Š‹Œ“”•›]|[‚ƒ„†‡ˆ‰Š‹Œ][a-z]")


@dataclass
class Line:
    """One row of the register: its number as a spreadsheet shows it, its cells, and what is wrong with its shape."""

    number: int
    cells: dict[str, Any]
    wrong: list[str] = field(default_factory=list)


def read_register(path: Path, columns: set[str]) -> list[Line]:
    """All rows below the head: the first row that has all these columns. Raises Unreadable when there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} can't be opened: {error.strerror}.") from error
    readers = {".json": json_rows, ".xlsx": xlsx_rows, ".csv": csv_rows, ".txt": csv_rows, ".tsv": csv_rows}
    if path.suffix.lower() not in readers:
        raise Unreadable(f"{path.name} is not XLSX, CSV or JSON.")
    return below_the_head(readers[path.suffix.lower()](content, path.name), columns, path.name)


def below_the_head(rows: Iterable[tuple[int, list[Any]]], columns: set[str], name: str) -> list[Line]:
    head: list[str] = []
    lines: list[Line] = []
    seen: list[str] = []
    for number, row in rows:
        if head:
            if any(str(cell or "").strip() for cell in row):
                lines.append(line_of(number, row, head))
            continue
        titles = [str(cell).strip() if cell is not None else "" for cell in row]
        seen += titles
        if columns <= set(titles):
            head = apart(titles)
        elif number >= HEAD_WITHIN:
            break
    if not head:
        missing = ", ".join(sorted(columns - set(seen))) or "one row that has them all"
        raise Unreadable(f"{name} has no row with all the columns of the mapping. Missing: {missing}.")
    return lines


def apart(titles: list[str]) -> list[str]:
    """The head's names; a second column with the same name gets a number."""
    counted: Counter[str] = Counter()
    names = []
    for place, title in enumerate(titles, start=1):
        counted[title] += 1
        names.append((title or f"column {place}") if counted[title] == 1 else f"{title} ({counted[title]})")
    return names


def line_of(number: int, row: list[Any], head: list[str]) -> Line:
    line = Line(number, dict(zip(head, [*row, *[None] * len(head)], strict=False)))
    extra = [cell for cell in row[len(head) :] if str(cell or "").strip()]
    if extra or len(row) < len(head):
        line.wrong.append(f"it has {len(row)} cells where the head has {len(head)}")
    line.wrong += [
        f"“{column}” has a sign in an unknown character set: {cell[:60]!r}"
        for column, cell in line.cells.items()
        if isinstance(cell, str) and NOT_IN_A_WORD.search(cell)
    ]
    return line


def csv_rows(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """Cells are decoded one by one: UTF-8 where it is, otherwise Windows-1252. Numbers are those of the lines."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("latin-1")  # keeps every byte as it is
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in lines:
            yield lines.line_num, [decoded(cell) for cell in row]
    except csv.Error as error:
        raise Unreadable(f"{name}, line {lines.line_num}: {error}.") from error


def decoded(cell: str) -> str:
    written = cell.encode("latin-1")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def xlsx_rows(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet, with the values its formulas had. Numbers are those of the sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES_UNZIPPED:
                raise Unreadable(f"{name} is too large when it is unpacked.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, list(row)
    except Unreadable:
        raise
    except Exception as error:  # on a broken or hostile file the readers raise nearly anything
        raise Unreadable(f"{name} can't be read as a workbook: {error}.") from error


def json_rows(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """A list of objects, or an object that holds one such list. Amounts keep their decimals."""
    try:
        held = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} can't be read as JSON: {error}.") from error
    if isinstance(held, dict):
        held = next((value for value in held.values() if isinstance(value, list)), held)
    if not isinstance(held, list) or not all(isinstance(row, dict) for row in held):
        raise Unreadable(f"{name} is no list of rows.")
    head = list(dict.fromkeys(key for row in held for key in row))
    yield 0, list(head)
    for number, row in enumerate(held, start=1):
        yield number, [row.get(key) for key in head]
