"""Every list at 1,000 applications beside 100,000: `make bench` prints the medians and how many times.

The goal: a page at 100,000 takes at most 1.5 times as long as at 1,000. The whole page counts, templates included. Each
number has a database and a process of its own; they are asked in turns, so that a busy machine slows both.
`BENCH_APPLICATIONS` names another number beside 1,000. Half of the applications are of the officer's own fund.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from statistics import median
from typing import Any

import django

from tests.benchmarks.ledger import own_database

FEW, MANY = 1_000, int(os.environ.get("BENCH_APPLICATIONS", "100000"))
TIMES, GOAL = 15, 1.5
COUNTED = "overview, counted anew"
# What takes longer because there is more to count.
GROWS = {
    COUNTED: "grows with what is counted: kept for an hour",
    "order of requests": "grows with what waits: whoever comes later waits for all before them",
}


def fill(town: Any, applications: int) -> None:
    from django.db import connection

    begin = time.perf_counter()
    town.fill(applications)
    with connection.cursor() as cursor:  # as a database in use does by itself
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"{applications:,} applications: {time.perf_counter() - begin:.0f} s", file=sys.stderr)  # noqa: T201


def pages(town: Any) -> dict[str, tuple[str, str]]:
    """Every list, and what an officer opens from there: by what it is called, who reads it and where."""
    from django.urls import reverse

    from grants.models import Application
    from tests import busy

    own = Application.objects.filter(scheme=town.scheme)
    granted = own.filter(status=Application.Status.GRANTED, grant__isnull=False).earliest("pk")
    lists = busy.lists(town)
    inbox = {name: lists.pop(name) for name in list(lists) if name.startswith("inbox")}
    application = {"application": ("officer", reverse("grants:application", args=[granted.pk]))}  # and its neighbours
    return (
        inbox
        | application
        | lists
        | {
            "overview": ("officer", reverse("grants:oversee")),
            COUNTED: ("officer", f"{reverse('grants:oversee')}?opnieuw=1"),
        }
    )


def serve(applications: int) -> None:
    """Fill a database, say which pages there are, and then of each page that is named how long it took."""
    django.setup()
    with redirect_stdout(sys.stderr), own_database():
        from tests import busy

        town = busy.build()
        fill(town, applications)
        addresses, visitors = pages(town), town.visitors()
        tell(list(addresses))
        for line in sys.stdin:
            who, address = addresses[line.strip()]
            begin = time.perf_counter()
            status = visitors[who].get(address).status_code
            tell(time.perf_counter() - begin)
            assert status in {200, 302}, f"{line} {status}"


def tell(what: Any) -> None:
    print(json.dumps(what), file=sys.__stdout__, flush=True)


@contextmanager
def server(applications: int) -> Iterator[Any]:
    """A process that fills a database of its own and answers `serve`'s questions."""
    address = os.environ["DATABASE_URL"]
    own = address if address.startswith("sqlite") else f"{address}_{applications}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.pages", str(applications)],
        env=os.environ | {"DATABASE_URL": own},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait()


def ask(process: Any, page: str) -> float:
    process.stdin.write(f"{page}\n")
    process.stdin.flush()
    return float(json.loads(process.stdout.readline()))


def main() -> None:
    kind = os.environ["DATABASE_URL"].partition(":")[0]
    print(f"\nPages on {kind}: {FEW:,} | {MANY:,} applications, half of them of another fund", flush=True)  # noqa: T201
    with ExitStack() as stack:
        both = [stack.enter_context(server(applications)) for applications in (FEW, MANY)]
        names, _same = [json.loads(each.stdout.readline()) for each in both]
        for page in names:
            for process in both:
                ask(process, page)
            turns = [[ask(process, page) for process in both] for _each in range(TIMES)]
            few, many = (median(spent) * 1000 for spent in zip(*turns, strict=True))
            goal = GROWS.get(page, f"goal ≤ {GOAL}x")
            print(f"{page:<26} {few:>9.1f} ms {many:>9.1f} ms {many / few:>7.2f}x   {goal}", flush=True)  # noqa: T201


if __name__ == "__main__":
    serve(int(sys.argv[1])) if len(sys.argv) > 1 else main()
