"""How the first staff member of an installation comes in, and every next one whom nobody else can invite."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from web.amounts import read_amount
from web.models import Funder, Person, Seat, User, record
from web.sign_in.invite import give_a_seat, invite


class Command(BaseCommand):
    help = "Invite somebody to a seat at a funder, or to the set-up pages. Prints the link that is mailed too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--funder", metavar="SLUG")
        parser.add_argument("--role", choices=Seat.Role.values)
        parser.add_argument("--mandate", metavar="AMOUNT", help="in euros: how much they may decide on")
        parser.add_argument("--staff", action="store_true", help="may also use the set-up pages (/beheer/)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                link = welcome(
                    **{name: options[name] for name in ("email", "name", "funder", "role", "mandate", "staff")}
                )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{options['email']} gets a mail. They choose a password here, within three days:\n{link}")


def welcome(*, email: str, name: str, funder: str | None, role: str | None, mandate: str | None, staff: bool) -> str:
    """Make the user and the seat where they aren't there yet; the link to choose a password."""
    if not staff and not (funder and role):
        raise CommandError("Say for what: --funder SLUG --role ROLE, or --staff, or both.")
    validate_email(email)
    user = User.objects.of_address(email)
    if name:
        user.person.name = name
        user.person.save(update_fields=["name"])
    if staff:
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        record(Person.system(), "set_up_user", user, is_staff=True, is_superuser=True)
    if funder and role:
        up_to = read_amount(mandate) if mandate else None
        give_a_seat(user, funder=funder_called(funder), role=Seat.Role(role), mandate=up_to, by=Person.system())
    return invite(user, by=Person.system())


def funder_called(slug: str) -> Funder:
    funder = Funder.objects.filter(slug=slug).first()
    if funder is None:
        known = ", ".join(Funder.objects.values_list("slug", flat=True)) or "none yet: make one in /beheer/"
        raise CommandError(f'There is no funder "{slug}". Known: {known}.')
    return funder
