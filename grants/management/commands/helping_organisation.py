"""How an organisation that helps residents is let in, with the first who leads its helpers; it invites the others."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser

from grants.models import HelpingOrganisation
from grants.organise.actions import let_in_organisation
from web.models import Person


class Command(BaseCommand):
    help = "Let an organisation in that helps residents. Who leads its helpers gets a mail and invites the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="of the organisation")
        parser.add_argument("--paid-by", required=True, help="who pays its helpers, as residents will hear it")
        parser.add_argument("--phone", required=True)
        parser.add_argument("--email", default="", help="answers to its mails go here")
        parser.add_argument("--lead", required=True, metavar="ADDRESS", help="who leads its helpers")
        parser.add_argument("--lead-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        about = {field: options[field] for field in ("name", "paid_by", "phone", "email")}
        try:
            helper = let_in_organisation(
                HelpingOrganisation(**about), lead=options["lead"], name=options["lead_name"], by=Person.system()
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{helper} gets a mail, signs in with a code and invites the others.")
