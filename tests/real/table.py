"""The table of what was tried: file, rows, accepted, refused, totals in and out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

HEAD = ("file", "rows", "accepted", "refused", "total in", "total out", "")


@dataclass
class Outcome:
    """What became of one file. Totals are cents, None where there is nothing to add up. `wrong` fails the run."""

    file: str
    rows: int
    accepted: int
    refused: int
    total_in: int | None = None
    total_out: int | None = None
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not self.wrong and self.total_in == self.total_out and self.rows == self.accepted + self.refused

    def count(self, what: str, faults: Iterable[str], *, was_kept: bool) -> None:
        """One row more: kept or refused, and what is wrong about that."""
        self.accepted += was_kept
        self.refused += not was_kept
        self.wrong += [f"{what!r}: {fault}" for fault in faults]

    def cells(self) -> tuple[str, ...]:
        counts = (str(self.rows), str(self.accepted), str(self.refused))
        return (self.file, *counts, shown(self.total_in), shown(self.total_out), "" if self.is_right else "WRONG")


def shown(cents: int | None) -> str:
    return "–" if cents is None else f"{cents // 100:,}.{cents % 100:02}"


def drawn(outcomes: list[Outcome]) -> str:
    """The table, and below it what there is to say about each file."""
    rows = [HEAD, *(each.cells() for each in outcomes)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = [aligned(row, widths) for row in rows]
    lines.insert(1, "-" * len(lines[0]))
    for each in outcomes:
        lines += (
            [f"\n{each.file}", *(f"  {note}" for note in [*each.notes, *each.wrong])]
            if each.notes or each.wrong
            else []
        )
    return "\n".join(lines)


def aligned(row: Iterable[str], widths: list[int]) -> str:
    first, *rest = (
        f"{cell:{'<' if place == 0 else '>'}{width}}"
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *rest])
