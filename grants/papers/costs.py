"""The table of costs on paper: what for and how much, with a sum that is always right."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.amounts import from_cents, write_amount
from web.lettering import MUTED, Style, clean, wrap
from web.paper import LEFT, RIGHT, Paper

BESIDE_AMOUNT = RIGHT - LEFT - 110  # points, for what stands before an amount
MOST_LINES = 3  # of one row
WORDS = {
    "nl": {
        "costs": "Wat kost het?",
        "what": "Waarvoor",
        "amount": "Bedrag",
        "total": "Samen",
        "others": "Een ander betaalt: %s",
        "rest": "En nog %d regels, op het blad ‘Meer uitleg’",
    },
    "en": {
        "costs": "What does it cost?",
        "what": "What for",
        "amount": "Amount",
        "total": "Together",
        "others": "Somebody else pays: %s",
        "rest": "And %d more lines, on the sheet ‘More explanation’",
    },
}
Costs = tuple[tuple[str, int], ...]  # what for, and how many cents


@dataclass(frozen=True)
class Row:
    """A row, laid out."""

    what: list[str]
    amount: str
    style: Style


def together(costs: Costs, paid_by_others: Costs, language: str) -> Costs:
    """Costs, and below them what others pay, as less to pay."""
    others = WORDS[language]["others"]
    return costs + tuple((others % what, -cents) for what, cents in paid_by_others)


def shortened(costs: Costs, most: int, language: str) -> Costs:
    """The costs in at most so many rows: the last one takes the rest together, so that the sum stays right."""
    if len(costs) <= most:
        return costs
    rest = costs[most - 1 :]
    return (*costs[: most - 1], (WORDS[language]["rest"] % len(rest), sum(cents for _what, cents in rest)))


def lay_out(costs: Costs, size: float, language: str) -> list[Row]:
    """A head, a row for each cost, and the sum. Nothing where there are no costs."""
    if not costs:
        return []
    words, total = WORDS[language], sum(cents for _what, cents in costs)
    head, body, foot = Style("TH", size, colour=MUTED), Style("TD", size), Style("TD", size, bold=True)
    rows = [Row([clean(words["what"])], words["amount"], head)]
    for what, cents in costs:
        rows.append(Row(wrap(what, body, BESIDE_AMOUNT)[:MOST_LINES], write_amount(from_cents(cents)), body))
    return [*rows, Row([words["total"]], write_amount(from_cents(total)), foot)]


def height_of(rows: Sequence[Row], size: float, gap: float) -> float:
    """Points the table needs, with the question above it."""
    return sum(len(row.what) * row.style.line for row in rows) + (gap + Style(size=size).line if rows else 0)


def write_costs(paper: Paper, rows: Sequence[Row], size: float, gap: float) -> None:
    if not rows:
        return
    paper.y -= gap
    paper.text([WORDS[paper.language]["costs"]], Style("H2", size, bold=True))
    table = paper.document.add("Table")
    for row in rows:
        paper.row(table, row.what, row.amount, row.style)
