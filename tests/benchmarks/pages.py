"""The pages of an officer at 1,000 applications beside 100,000, in the same database: `make bench` prints the medians.

The goal: a page at 100,000 takes at most 1.5 times as long as at 1,000. The whole page counts, templates included.
`BENCH_APPLICATIONS` names another number to end with.
"""

import os
import time
from collections.abc import Callable
from io import StringIO
from statistics import median
from typing import Any

import django

from tests.benchmarks.ledger import own_database

FEW, MANY = 1_000, int(os.environ.get("BENCH_APPLICATIONS", "100000"))
TIMES, GOAL = 15, 1.5


def town() -> Any:
    """Two funders with one scheme each, so that one's own half has to be found; and an officer of the first."""
    from tests import make
    from web.models import Seat

    first, second = make.funder("Gemeente Waterveen", slug="waterveen"), make.funder("Samen Sterk", slug="samen-sterk")
    make.scheme(first, title="Buurtpot", slug="buurtpot", money=None)
    make.scheme(second, title="Bloempot", slug="bloempot", money=None)
    officer = make.person("Fatima van Wilgen", email="fatima@waterveen.example")
    make.seat(officer, first, Seat.Role.OFFICER, mandate=10_000)
    return officer


def fill(applications: int, seed: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    begin = time.perf_counter()
    call_command("fill", applications=applications, seed=seed, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{applications:,} more applications: {time.perf_counter() - begin:.0f} s")  # noqa: T201


def pages(scheme_slug: str) -> dict[str, str]:
    """Each page by what it is called, with an address that has as much to show at every number."""
    from django.urls import reverse

    from grants.models import Application

    own = Application.objects.filter(scheme__slug=scheme_slug)
    granted = own.filter(status=Application.Status.GRANTED, grant__isnull=False).earliest("pk")
    inbox = reverse("grants:inbox")
    return {
        "inbox, to decide": inbox,
        "inbox, mine": f"{inbox}?lijst=mine",
        "inbox, granted": f"{inbox}?lijst=granted",
        "inbox, all": f"{inbox}?lijst=all",
        "search, a name": f"{inbox}?zoek={granted.plan.first_contact.name.replace(' ', '+')}",
        "search, a number": f"{inbox}?zoek={granted.number}",
        "search, nothing": f"{inbox}?zoek=rododendronfestival",
        "application": reverse("grants:application", args=[granted.pk]),
        "overview": reverse("grants:oversee"),
    }


def seconds(ask: Callable[[], Any]) -> float:
    spent = []
    for _each in range(TIMES):
        begin = time.perf_counter()
        assert ask().status_code == 200
        spent.append(time.perf_counter() - begin)
    return median(spent)


def measure(visitor: Any) -> dict[str, float]:
    found = {}
    for name, address in pages("buurtpot").items():
        visitor.get("/werk/")  # so that an application has a list to be the next of
        visitor.get(address)
        found[name] = seconds(lambda address=address: visitor.get(address))  # type: ignore[misc]  # bound at once
    return found


def main() -> None:
    django.setup()
    from django.db import connection

    with own_database():
        from tests import make
        from tests.conftest import Visitor

        print(f"\nPages on {connection.vendor}: {FEW:,} | {MANY:,} applications")  # noqa: T201
        visitor = Visitor()
        visitor.force_login(make.user(town()))
        fill(FEW, 1)
        few = measure(visitor)
        fill(MANY - FEW, 2)
        for name, many in measure(visitor).items():
            ratio = many / few[name]
            print(  # noqa: T201
                f"{name:<24} {few[name] * 1000:>9.1f} ms {many * 1000:>9.1f} ms {ratio:>7.2f}x   goal ≤ {GOAL}x"
            )


if __name__ == "__main__":
    main()
