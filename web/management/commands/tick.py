"""What the clock does: once (from a timer), or again and again (beside the server)."""

import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what the clock asks (settings.TICK): send mails, erase what is past its term, …"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on, with this pause, until stopped")

    def handle(self, *args: Any, every: float | None, **options: Any) -> None:
        if every is None:
            if failed := tick():
                raise CommandError(f"Failed: {', '.join(failed)}. The log says where.")
            return
        stop = threading.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stop.set())
        while not stop.is_set():
            tick()
            close_old_connections()
            stop.wait(every)


def tick() -> list[str]:
    """Do each thing in its own right: one that fails doesn't keep the others from being done. Names what failed."""
    return [name for name in settings.TICK if not done(name)]


def done(name: str) -> bool:
    try:
        import_string(name)()
    except Exception:
        log.exception("tick: %s failed", name)
        return False
    return True
