"""What the mail server gives us when a mail came back: one message on standard input."""

import sys
from typing import Any

from django.core.management import BaseCommand

from web.bounces import read_report

LARGEST = 5_000_000  # bytes of one report: it may hold the whole mail


class Command(BaseCommand):
    help = "Read one bounce report from standard input, and note which mail came back. docs/deploy.md says how."

    def handle(self, *args: Any, **options: Any) -> None:
        """Always ends well: a mail server that hears otherwise would send a report about the report."""
        mail = read_report(sys.stdin.buffer.read(LARGEST))
        self.stdout.write(f"Mail {mail.pk} came back." if mail else "Not about a mail of ours that failed for good.")
