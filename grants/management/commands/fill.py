"""Fill the house with many believable applications, to measure it. Not for a house in use."""

import random
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from grants.management.filling import asking, besides, giving
from grants.models import Scheme
from ledger.models import Budget
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person, Seat
from web.planner import analyze

PORTION = 1_000  # applications in one transaction


class Command(BaseCommand):
    help = "Make N believable applications with their ledger rows, for measuring. Never in a house that is in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--applications", type=int, required=True, metavar="N")
        parser.add_argument("--scheme", help="the scheme's slug; without it every published scheme gets its share")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same applications")

    def handle(self, *args: Any, **options: Any) -> None:
        schemes = list(found(options["scheme"]))
        if not schemes:
            raise CommandError("There is no such scheme. Make one first, or the demo town: manage.py demo_town.")
        began, count = monotonic(), options["applications"]
        chance = random.Random(options["seed"])  # noqa: S311  # believable, not secret
        for place, scheme in enumerate(schemes):
            share = count // len(schemes) + (place < count % len(schemes))
            for start in range(0, share, PORTION):
                fill(scheme, min(PORTION, share - start), chance)
        analyze()
        self.stdout.write(f"{count} applications in {monotonic() - began:.0f} seconds.")


def found(slug: str | None) -> Any:
    schemes = Scheme.objects.filter(slug=slug) if slug else Scheme.objects.published().order_by("pk")
    return schemes.select_related("funder").prefetch_related(
        "current__tracks", "budgets", "current__criteria", "current__rounds", "current__checks"
    )


@transaction.atomic
def fill(scheme: Scheme, count: int, chance: random.Random) -> None:
    """So many applications for one scheme, and what comes of them. Its budget is raised by what they are granted."""
    officer = somebody(scheme.funder, Seat.Role.OFFICER, "Olivia Officier")
    treasurer = somebody(scheme.funder, Seat.Role.TREASURER, "Tom Teller")
    made = list(asking.cases(scheme, count, chance))
    asking.ask(scheme, made, officer, chance)
    asking.review(scheme, made, officer, chance)
    asking.decide(scheme, made, officer)
    budget = budget_of(scheme)
    needed = sum(case.granted for case in made if case.fate in asking.GRANTED)
    budget.set_to(budget.cards().budget + euro(needed), by=treasurer)
    giving.give(budget, made, officer, treasurer)
    besides.leave(scheme, made, officer, chance)
    asking.leave_deeds(scheme, made, officer)


def somebody(funder: Funder, role: Seat.Role, name: str) -> Person:
    """Whoever has this seat; a made-up person where nobody has."""
    seat = Seat.objects.today().filter(funder=funder, role=role).select_related("person").first()
    if seat:
        return seat.person
    person = Person.objects.create(name=name)
    Seat.objects.create(person=person, funder=funder, role=role)
    return person


def budget_of(scheme: Scheme) -> Budget:
    """This year's budget; a new one where there is none."""
    if scheme.current_budget:
        return scheme.current_budget
    budget = Budget.objects.create(funder=scheme.funder, name=f"{scheme.title} (vulling)", year=today().year)
    scheme.budgets.add(budget)
    return budget
