"""Take over the municipalities and neighbourhoods of CBS: every row is new, was there, or is listed with the reason."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.management.areas.taking import Account, take_areas
from grants.management.registers.mapping import UnreadableError

FIRST_YEAR, LAST_YEAR = 1995, 2100  # CBS has drawn neighbourhoods since 1995


class Command(BaseCommand):
    help = (
        "Take over a CSV of CBS with municipalities or neighbourhoods. Taking the same file over twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, help="the year of the list; left out: the year in the file's name")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        year = options["year"] or year_in(path.name)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError("Say of which year this list is, for instance --year 2024.")
        try:
            account = take_areas(path, year=year, dry_run=options["dry_run"])
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(told(account, year=year, dry_run=options["dry_run"])))


def year_in(name: str) -> int:
    """The only four digits in a file's name, or 0 when there are none or several."""
    found = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", name)
    return int(found[0]) if len(found) == 1 else 0


def told(account: Account, *, year: int, dry_run: bool) -> list[str]:
    """What happened, a line each; last the rows that were refused, with their reasons."""
    districts = f", with {account.districts} districts" if account.districts else ""
    return [
        f"{account.rows} rows of {year} read.",
        f"{account.new} {'would be' if dry_run else 'are'} new{districts}.",
        f"{account.same} were there already.",
        f"{len(account.refused)} can't be taken over{':' if account.refused else '.'}",
        *(f"  row {number}: {why}" for number, why in account.refused),
        *(["Nothing has been changed."] if dry_run else []),
    ]
