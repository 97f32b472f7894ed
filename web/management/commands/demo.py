"""The whole house on one machine: a made-up town, the pages, and the worker beside them. For looking around."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

MANAGE = str(settings.HOUSE / "manage.py")


class Command(BaseCommand):
    help = "Migrate, load the demo town once, serve the pages with the worker beside them, until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with BUURTKAS_DEMO=1 (make demo sets it): every mail can be read by everybody.")
        if taken(port):
            raise CommandError(f"Port {port} is taken. Stop what runs there, or choose: make demo PORT={port + 1}")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo_town", stdout=self.stdout)
        side_by_side(port, lambda: self.stdout.write(f"\nBuurtkas: http://localhost:{port}   (Ctrl-C stops it)\n"))


def taken(port: int) -> bool:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def side_by_side(port: int, ready: Any) -> None:
    """Run the pages and the worker until one of them ends or somebody stops us; then stop both."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    running = [subprocess.Popen(words, start_new_session=True) for words in (pages(port), worker())]  # noqa: S603  # ours
    try:
        wait_until_served(port, running)
        ready()
        while all(each.poll() is None for each in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        stop(running)


def pages(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "web.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *("--worker-class", "gthread", "--threads", "8", "--log-level", "warning", "--chdir", str(settings.HOUSE)),
    ]


def worker() -> list[str]:
    return [sys.executable, MANAGE, "tick", "--every", "5"]


def wait_until_served(port: int, running: "list[subprocess.Popen[bytes]]") -> None:
    """Until the health page answers, at most half a minute."""
    for _ in range(60):
        if any(each.poll() is not None for each in running):
            raise CommandError("The demo didn't start; the lines above say why.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise CommandError("The demo didn't answer within half a minute.")


def stop(running: "list[subprocess.Popen[bytes]]") -> None:
    """End both with their children; nobody is left behind."""
    for each in running:
        if each.poll() is None:
            os.killpg(each.pid, signal.SIGTERM)
    for each in running:
        try:
            each.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(each.pid, signal.SIGKILL)
            each.wait()
