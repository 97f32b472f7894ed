"""Where letters are sent: a funder under one of both laws, and a resident who reads one of both languages."""

from dataclasses import dataclass

from grants.models import Application, Scheme
from ledger.pay import actions as pay
from tests import make
from web import clock
from web.models import Funder, Person

TITLE = "Geveltuinen in de Lindestraat"
REASON = {
    "nl": "De tegels zijn duurder dan nodig. In de winkel in de buurt kosten ze minder.",
    "en": "The tiles cost more than needed. The shop around the corner sells them for less.",
}
POSSIBLE = {
    "nl": "Begin met één straat. Dan kunt u dit jaar nog € 450 krijgen.",
    "en": "Start with one street. Then you can still get € 450 this year.",
}


@dataclass
class Town:
    """A funder under one of both laws, and a resident who reads one of both languages."""

    law: str
    language: str
    funder: Funder
    resident: Person
    decider: Person
    treasurer: Person

    def scheme(self) -> Scheme:
        """With one thing that is agreed on."""
        made = make.scheme(self.funder, title="Buurtpot", money=20_000)
        with make.changing(made) as edition:
            make.obligation(edition)
        return made

    def draft(self) -> Application:
        return make.draft(self.scheme(), self.resident, asked=450, title=TITLE)

    def sent(self, asked: int = 450) -> Application:
        return make.application(self.scheme(), self.resident, asked=asked, title=TITLE)

    def granted(self, asked: int = 450) -> Application:
        return make.grant(self.sent(asked), by=self.decider).application

    def on_its_way(self, asked: int = 450) -> Application:
        application = self.granted(asked)
        commitment = application.grant.commitment
        iban = "NL91ABNA0417164300"
        pay.give_bank_details(commitment, kind="me", name="S. Lindeboom", iban=iban, bank="ABN AMRO", by=self.resident)
        pay.put_on_its_way(commitment.payments.get(), by=self.treasurer)
        return application

    def paid(self, asked: int = 450) -> Application:
        application = self.on_its_way(asked)
        pay.confirm(application.grant.commitment.payments.get(), on=clock.today(), by=self.treasurer)
        return Application.objects.get(pk=application.pk)
