"""Take over an existing register: every row becomes an application, or is listed with the reason why not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.management.registers.mapping import UnreadableError, read_mapping
from grants.management.registers.taking import Account, take_register
from grants.models import Scheme
from web.amounts import write_amount


class Command(BaseCommand):
    help = "Take over a register (XLSX, CSV or JSON) into a scheme. Taking the same file over twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--scheme", required=True, help="the scheme's slug; set its budgets first")
        parser.add_argument("--mapping", required=True, type=Path, help="TOML, as in fixtures/registers/")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scheme = Scheme.objects.get(slug=options["scheme"])
            account = take_register(
                options["file"], scheme, read_mapping(options["mapping"]), dry_run=options["dry_run"]
            )
        except Scheme.DoesNotExist as error:
            raise CommandError(f"There is no scheme “{options['scheme']}”.") from error
        except UnreadableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(told(account, dry_run=options["dry_run"])))


def told(account: Account, *, dry_run: bool) -> list[str]:
    """What happened, a line each; last the rows that were refused, with their reasons."""
    done = "would be taken over" if dry_run else "taken over"
    asked, granted = write_amount(account.asked), write_amount(account.granted)
    return [
        f"{account.rows} rows read, {account.left_out} of them left out by the mapping.",
        f"{account.taken} {done}: {asked} asked, {granted} granted.",
        f"{account.there} were there already.",
        f"{len(account.refused)} can't be taken over{':' if account.refused else '.'}",
        *(f"  row {number}: {why}" for number, why in account.refused),
        *(["Nothing has been changed."] if dry_run else []),
    ]
