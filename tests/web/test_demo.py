"""make demo: the pages and the worker run side by side, and end together."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from web.management.commands import demo

SERVER = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
HTTPServer(("127.0.0.1", {port}), Page).serve_forever()
"""
FOREVER = [sys.executable, "-c", "import time; time.sleep(600)"]

Started = list["subprocess.Popen[bytes]"]


@pytest.fixture
def port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        free: int = door.getsockname()[1]
    return free


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, port: int) -> Started:
    """Stand-ins for the pages and the worker; the processes that were started."""
    processes: Started = []

    class Noted(subprocess.Popen):  # type: ignore[type-arg]  # whatever it is called with
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            processes.append(self)

    monkeypatch.setattr("subprocess.Popen", Noted)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(demo, "pages", lambda port: [sys.executable, "-c", SERVER.format(port=port)])
    monkeypatch.setattr(demo, "worker", lambda: FOREVER)
    return processes


def ctrl_c() -> None:
    raise KeyboardInterrupt


def test_ctrl_c_ends_the_pages_and_the_worker(started: Started, port: int) -> None:
    demo.side_by_side(port, ctrl_c)
    assert len(started) == 2
    assert all(each.poll() is not None for each in started)


def test_when_the_worker_dies_the_pages_end_too(started: Started, port: int) -> None:
    demo.side_by_side(port, lambda: threading.Timer(0.2, started[1].kill).start())
    assert [each.poll() is not None for each in started] == [True, True]


def test_pages_that_do_not_start_are_told_and_the_worker_ends(
    started: Started, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "pages", lambda port: [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(CommandError, match="didn't start"):
        demo.side_by_side(port, ctrl_c)
    assert all(each.poll() is not None for each in started)


def test_a_process_that_does_not_listen_is_ended_anyway(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    process = subprocess.Popen([sys.executable, "-c", deaf], start_new_session=True, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()  # it no longer listens
    real_wait: Callable[..., int] = process.wait
    monkeypatch.setattr(process, "wait", lambda timeout=None: real_wait(0.2 if timeout else None))
    demo.stop([process])
    assert process.poll() is not None


def test_a_demo_must_be_asked_for() -> None:
    with pytest.raises(CommandError, match="BUURTKAS_DEMO=1"):
        call_command("demo")


def test_a_port_that_is_taken_is_told_in_a_sentence(settings: Any) -> None:
    settings.DEMO = True
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        taken = door.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {taken} is taken"):
            call_command("demo", port=taken)


def test_the_town_is_made_before_the_pages_are_served(
    settings: Any, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    steps: list[str] = []
    monkeypatch.setattr(demo, "call_command", lambda name, **options: steps.append(name))
    monkeypatch.setattr(demo, "side_by_side", lambda port, ready: steps.append("served"))
    call_command("demo", port=port)
    assert steps == ["migrate", "collectstatic", "demo_town", "served"]


def test_the_pages_and_the_worker_are_ours() -> None:
    assert "web.wsgi" in demo.pages(8000)
    assert demo.worker()[1:] == [demo.MANAGE, "tick", "--every", "5"]
