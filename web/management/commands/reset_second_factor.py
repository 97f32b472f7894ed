"""The last way in, for whoever runs the installation: when there is no colleague who can do it on a page."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from web.models import Person, User
from web.sign_in.colleague import forget_second_factor


class Command(BaseCommand):
    help = "Take away the second factor of one person; at their next sign-in they set up a new one. They get a mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--note", required=True, help="how you know that it was them who asked; the auditor reads it"
        )

    def handle(self, *args: Any, email: str, note: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("Nobody signs in with this address.")
        forget_second_factor(user, note=note, by=Person.system())
        self.stdout.write("Done. After their password they set up a new second factor.")
