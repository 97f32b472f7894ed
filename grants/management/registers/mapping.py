"""The mapping file of a register: which of its columns is what for us. TOML, so that people can read it."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OURS = ("title", "group", "asked", "granted", "year", "received_on", "given_on", "case_number")
OBLIGATORY = ("asked", "granted")
SECTIONS = {"columns", "about", "where", "private"}


class UnreadableError(Exception):
    """A mapping or a register that can't be read at all, with a sentence that says why."""


@dataclass(frozen=True)
class Mapping:
    """`columns`: our name → the register's. `about`: more columns, kept in the plan's text. `where`: which rows."""

    columns: dict[str, str]
    about: tuple[str, ...] = ()
    where: tuple[str, str] | None = None
    private: frozenset[str] = field(default_factory=frozenset)

    @property
    def used(self) -> set[str]:
        """Every column of the register that we read."""
        filtered = {self.where[0]} if self.where else set()
        return {*self.columns.values(), *self.about} | filtered

    def takes(self, row: dict[str, Any]) -> bool:
        """Whether this row is one of those we want. Capitals don't count."""
        if self.where is None:
            return True
        column, text = self.where
        return text.casefold() in str(row.get(column) or "").casefold()


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file. Raises UnreadableError when it isn't one."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableError(f"{path.name} can't be read as a mapping: {error}") from error
    columns = dict(written.get("columns") or {})
    unknown = [*(set(written) - SECTIONS), *(set(columns) - set(OURS))]
    if unknown:
        raise UnreadableError(
            f"{path.name} has names we don't know: {', '.join(sorted(unknown))}. Known: {', '.join(OURS)}."
        )
    missing = [name for name in OBLIGATORY if name not in columns]
    if missing or not {"year", "received_on"} & set(columns):
        raise UnreadableError(f"{path.name} must name the columns of asked, granted, and year or received_on.")
    where = written.get("where")
    return Mapping(
        columns=columns,
        about=tuple((written.get("about") or {}).get("columns", ())),
        where=(where["column"], where["contains"]) if where else None,
        private=frozenset((written.get("private") or {}).get("group", ())),
    )
