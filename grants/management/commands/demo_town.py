"""The demo: the made-up town of Waterveen, and who can sign in there."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

from grants.management.town import areas, helped, later, office, set_up
from grants.management.town.diary import Diary
from grants.management.town.roads import Road
from web import clock
from web.models import Funder
from web.town import book, guises

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
    with clock.at(beginning):
        for scheme in schemes:
            set_up.make_budgets(scheme, years)
    diary = Diary()
    for number, facts in enumerate([*book("plans_small")["plan"], *book("plans_larger")["plan"]], start=1):
        Road(facts, people, number).note_in(diary)
    for more in (helped, later, office):
        more.note_in(diary, people)
    diary.live()


def logins() -> list[str]:
    """A table: the address, how to come in, and who that is."""
    rows = [
        (each.email, settings.DEMO_PASSWORD if each.has_password else "a code by mail", f"{each.name}, {each.who_en}")
        for each in guises()
    ]
    return [
        "",
        "Waterveen, a made-up town. Sign in as:",
        "",
        *("  " + f"{address:<30}{way_in:<17}{who}" for address, way_in, who in rows),
        "",
        f"  Who to be to see what, and the codes of the staff: {settings.SITE_ADDRESS}/demo/codes/",
        f"  Residents sign in with a code. Every mail can be read at {settings.SITE_ADDRESS}/demo/mails/",
        f"  Staff sign in with their password at {settings.SITE_ADDRESS}/aanmelden/wachtwoord/",
        "",
    ]
