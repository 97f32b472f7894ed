"""Reading a register: XLSX, CSV or JSON, into rows by column name. What can't be read for sure is said, not guessed."""

import csv
import io
import json
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from grants.management.registers.mapping import UnreadableError

warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # about looks of a sheet we only read

MOST_BYTES = 50_000_000
MOST_BYTES_UNZIPPED = 400_000_000
HEAD_WITHIN = 50  # rows: some people write a title and a date above the head
DELIMITERS = ";,\t"
# What letters of another character set (cp850) turn into when they are read as Windows-1252; never inside a word.
NOT_IN_A_WORD = re.compile(r"\ufffd|[A-Za-z][‚ƒ„…†‡ˆ‰‹“”•›][A-Za-z]|[a-z][ŠŒŽ][a-z]")


class Doubtful(str):
    """Text of which we can't be sure how it was meant: it may be in another character set than the rest."""

    __slots__ = ()


@dataclass
class Line:
    """One row of the register: its number as a spreadsheet shows it, its cells, and what is wrong with its shape."""

    number: int
    cells: dict[str, Any]
    wrong: list[str] = field(default_factory=list)


def read_register(path: Path, columns: set[str]) -> list[Line]:
    """All rows below the head: the first row that has all these columns. Raises UnreadableError when there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path.name} can't be opened: {error.strerror}.") from error
    readers = {".json": json_rows, ".xlsx": xlsx_rows, ".csv": csv_rows, ".txt": csv_rows, ".tsv": csv_rows}
    if path.suffix.lower() not in readers:
        raise UnreadableError(f"{path.name} is not XLSX, CSV or JSON.")
    return below_the_head(readers[path.suffix.lower()](content, path.name), columns, path.name)


def below_the_head(rows: Iterator[tuple[int, list[Any]]], columns: set[str], name: str) -> list[Line]:
    head = find_head(rows, columns, name)
    return [line_of(number, row, head) for number, row in rows if not is_empty(row)]


def find_head(rows: Iterator[tuple[int, list[Any]]], columns: set[str], name: str) -> list[str]:
    """Read on to the head, and give its names."""
    seen: set[str] = set()
    for _number, row in islice(rows, HEAD_WITHIN):
        titles = [str(cell).strip() if cell is not None else "" for cell in row]
        if columns <= set(titles):
            return apart(titles)
        seen.update(titles)
    missing = ", ".join(sorted(columns - seen)) or "one row that has them all"
    raise UnreadableError(f"{name} has no row with all the columns of the mapping. Missing: {missing}.")


def is_empty(row: list[Any]) -> bool:
    return not any(str(cell).strip() for cell in row if cell is not None)


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
    if len(row) < len(head) or not is_empty(row[len(head) :]):
        line.wrong.append(f"it has {len(row)} cells where the head has {len(head)}")
    line.wrong += [
        f"“{column}” has a letter in an unknown character set: {cell[:60]!r}"
        for column, cell in line.cells.items()
        if isinstance(cell, Doubtful)
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
        raise UnreadableError(f"{name}, line {lines.line_num}: {error}.") from error


def decoded(cell: str) -> str:
    written = cell.encode("latin-1")
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError:
        text = written.decode("cp1252", "replace")
        return Doubtful(text) if NOT_IN_A_WORD.search(text) else text


def xlsx_rows(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet, with the values its formulas had. Numbers are those of the sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES_UNZIPPED:
                raise UnreadableError(f"{name} is too large when it is unpacked.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, list(row)
    except UnreadableError:
        raise
    except Exception as error:  # on a broken or hostile file the readers raise nearly anything
        raise UnreadableError(f"{name} can't be read as a workbook: {error}.") from error


def json_rows(content: bytes, name: str) -> Iterator[tuple[int, list[Any]]]:
    """A list of objects, or an object that holds one such list. Amounts keep their decimals."""
    try:
        held = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name} can't be read as JSON: {error}.") from error
    if isinstance(held, dict):
        held = next((value for value in held.values() if isinstance(value, list)), held)
    if not isinstance(held, list) or not all(isinstance(row, dict) for row in held):
        raise UnreadableError(f"{name} is no list of rows.")
    head = list(dict.fromkeys(key for row in held for key in row))
    yield 0, list(head)
    for number, row in enumerate(held, start=1):
        yield number, [row.get(key) for key in head]
