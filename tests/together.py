"""Real processes that do the same at the same moment: `python -m tests.together 8`, with what they do on stdin.

One process reads the house's code and becomes the others, so that eight take hardly longer to start than one. What they
run knows which of them it is (`nth`), and calls `wait()` once it is ready: they go on when all are. What each prints
last comes out as one line.
"""

import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

import django

PATIENCE = 120  # seconds for the slowest to be ready

ready: Barrier
code: str


def run(nth: int) -> str:
    """In a process of its own: nobody runs two, for each waits for all the others."""
    said = StringIO()
    with redirect_stdout(said):
        exec(code, {"nth": nth, "wait": ready.wait})  # noqa: S102  # a test's own words
    return said.getvalue().strip().rpartition("\n")[2]


def main() -> None:
    global ready, code  # noqa: PLW0603  # what the processes are forked with
    processes, code = int(sys.argv[1]), sys.stdin.read()
    django.setup()
    import_module("web.urls")
    context = get_context("fork")
    ready = context.Barrier(processes, timeout=PATIENCE)
    with context.Pool(processes) as pool:
        print("\n".join(pool.map(run, range(processes), chunksize=1)))  # noqa: T201


if __name__ == "__main__":
    main()
