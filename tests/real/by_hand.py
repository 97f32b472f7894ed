"""Sums straight from the files, without a line of the product: what its totals are compared with. All in cents."""

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

WITH = "bewonersinitiatieven"


def register_sums(path: Path, *, only_residents: bool) -> tuple[int, int, int]:
    """Rows, cents asked and cents granted of the register. Asked is written "€ 15.000": dots are thousands there."""
    rows = json.loads(path.read_bytes(), parse_float=Decimal)
    if only_residents:
        rows = [row for row in rows if WITH in row["Regeling"].lower()]
    asked = sum(int(row["Aangevraagd"].replace("€", "").replace(".", "").strip()) * 100 for row in rows)
    granted = sum(int(row["Verleend"] * 100) for row in rows)
    return len(rows), asked, granted


def plan_costs(path: Path) -> list[tuple[str, str, int]]:
    """Name, cost as written, and cost in cents of every project in a Pabulib file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    after, before = lines.index("PROJECTS") + 1, lines.index("VOTES")
    rows = csv.DictReader(io.StringIO("\n".join(lines[after:before])), delimiter=";")
    return [(row.get("name") or "", row["cost"], int(Decimal(row["cost"]) * 100)) for row in rows]


def budget_rows(path: Path) -> list[tuple[int, int] | None]:
    """Of every row of the national budget: cents in its first two columns of amounts, or None where one isn't clear."""
    rows = csv.reader(io.StringIO(path.read_bytes().decode("latin-1")), delimiter=";")
    head = next(rows)
    return [clear(row, len(head)) for row in rows if any(row)]


def clear(row: list[str], width: int) -> tuple[int, int] | None:
    if len(row) != width or not re.fullmatch("[0-9]{4}", row[0]):
        return None
    first, second = (cents(text) for text in row[7:9])
    return None if first is None or second is None else (first, second)


def cents(text: str) -> int | None:
    """1864 · 2.735 · 6234,5 · 6.163,10: whole, thousands by dots, cents after a comma. Anything else isn't clear."""
    found = re.fullmatch(r" *([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]{1,2}))? *", text)
    return int(found[1].replace(".", "")) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None
