"""Forgetting somebody who asks for it, or whose term has passed (DOMAIN 2.6)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from grants.erase.actions import erase_person
from web.models import Person


class Command(BaseCommand):
    help = "Erase one person everywhere. Says what would go; does it only with --really."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person_id", type=int)
        parser.add_argument("--really", action="store_true", help="do it: nothing of it comes back")

    def handle(self, *args: Any, person_id: int, really: bool, **options: Any) -> None:
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise CommandError(f"There is no person {person_id}.")
        try:
            with transaction.atomic():
                counts = erase_person(person, by=Person.system())
                transaction.set_rollback(not really)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Person {person_id} is erased." if really else f"Person {person_id} would be erased:")
        for kind, rows in sorted(counts.items()):
            self.stdout.write(f"  {rows:>6}  {kind}")
        if not really:
            self.stdout.write("Nothing has changed yet. Add --really to do it.")
