"""What people type: every naughty string, and the titles and costs of real plans, each in every kind of field."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.real import by_hand

PLANS = 200
# What the lists don't have: a sign no database keeps, a formula, a word without end, line ends as browsers send them.
OURS = ("nul\x00nul", '=HYPERLINK("https://example.nl")', "W" * 119, "één\r\ntwee\r\n\r\n\r\ndrie", "\n\neerst niets")


@dataclass(frozen=True)
class Words:
    """A text somebody types as the name of a plan, and a cost as they write it."""

    text: str
    cost: str
    is_real: bool = False


def words(data: Path) -> list[Words]:
    strings = json.loads((data / "text" / "blns.json").read_text(encoding="utf-8"))
    return [*(Words(text, "12,50") for text in (*strings, *OURS)), *real_plans(data / "plans")]


def real_plans(folder: Path) -> list[Words]:
    """So many of each file in turn, that every town and year is among them."""
    files = [by_hand.plan_costs(path) for path in sorted(folder.glob("*.pb"))]
    longest = max(map(len, files))
    in_turn = [rows[place] for place in range(longest) for rows in files if place < len(rows)]
    return [Words(name, cost, is_real=True) for name, cost, _cents in in_turn[:PLANS]]


def on_one_line(text: str) -> str:
    """The rule for a field of one line: no space around it, and one between its words."""
    return " ".join(text.split())


def as_answer(text: str) -> str:
    """The rule for a field of more lines: no space around it."""
    return text.strip()
