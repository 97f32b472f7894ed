"""The demo: the made-up town of Waterveen, and who can sign in there."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from grants.management.town import areas, helped, later, set_up
from grants.management.town.book import book
from grants.management.town.roads import Road
from web import clock
from web.models import Funder

START = timedelta(days=200)  # before today: the budgets were set, the oldest plan came later


class Command(BaseCommand):
    help = "Build the made-up town of Waterveen, once, and print who can sign in. Only in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only with BUURTKAS_DEMO=1: everybody here has a password that everybody can read.")
        if not Funder.objects.filter(slug="waterveen").exists():
            build()
        self.stdout.write("\n".join(logins()))


@transaction.atomic
def build() -> None:
    """Everybody, everything they may ask for, and what became of it. All of it or nothing."""
    beginning = clock.now() - START
    years = {beginning.year, clock.now().year}
    with clock.at(beginning):
        set_up.make_funders()
        people = set_up.make_people()
        helped.let_in(people)
        areas.make_areas()
    schemes = set_up.make_schemes()
    for scheme in schemes.values():
        with clock.at(beginning):
            set_up.make_budgets(scheme, years)
    plans = [*book("plans_small")["plan"], *book("plans_larger")["plan"]]
    for number, facts in enumerate(plans, start=1):
        Road(facts, schemes[facts["scheme"]], people, number).walk()
    helped.walk(people, schemes)
    later.walk(people, schemes)


def logins() -> list[str]:
    """A table: the address, how to come in, and who that is."""
    shown = {key: facts for key, facts in book("people").items() if "shown" in facts}
    rows = [
        (
            set_up.address_of(key),
            settings.DEMO_PASSWORD if "seats" in facts else "a code by mail",
            f"{facts['name']}, {facts['shown']}",
        )
        for key, facts in shown.items()
    ]
    return [
        "",
        "Waterveen, a made-up town. Sign in as:",
        "",
        *("  " + f"{address:<30}{way_in:<17}{who}" for address, way_in, who in rows),
        "",
        f"  Residents sign in with a code. Every mail can be read at {settings.SITE_ADDRESS}/demo/mails/",
        f"  Staff sign in with their password at {settings.SITE_ADDRESS}/aanmelden/wachtwoord/",
        f"  After it they are asked for a code, shown at {settings.SITE_ADDRESS}/demo/codes/",
        "",
    ]
