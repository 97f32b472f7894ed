"""The scene on which everything is typed: a resident and her plan, an officer, and money enough."""

from dataclasses import dataclass

from django.test import Client

from grants.models import Application, Plan, Scheme, SupportPage
from grants.support.actions import open_support
from ledger.models import Purse
from tests import make
from tests.conftest import Visitor
from web.models import Person, Seat


@dataclass
class Scene:
    """`resident` and `staff` are browsers. `granted` has money, a cash book and a page for neighbours."""

    scheme: Scheme
    samira: Person
    fatima: Person
    resident: Client
    staff: Client
    granted: Application
    page: SupportPage
    purse: Purse

    @property
    def plan(self) -> Plan:
        return self.granted.plan


def set_up() -> Scene:
    funder = make.funder(slug="waterveen")
    scheme = make.scheme(funder, title="Buurtpot", slug="buurtpot", money=9_000_000)
    samira, fatima = make.person("Samira Lindeboom"), make.person("Fatima van Wilgen")
    for role in (Seat.Role.OFFICER, Seat.Role.TREASURER):
        make.seat(fatima, funder, role, mandate=10_000)
    granted = make.grant(make.application(scheme, samira, asked=9_000), by=fatima).application
    purse = Plan.objects.get(pk=granted.plan_id).purse
    assert purse is not None
    page = open_support(granted.plan, by=samira)
    return Scene(scheme, samira, fatima, browser(samira), browser(fatima), granted, page, purse)


def browser(of: Person) -> Client:
    """Somebody who reads Dutch, and came in by their own door."""
    visitor = Visitor(HTTP_ACCEPT_LANGUAGE="nl")
    visitor.force_login(make.user(of))
    return visitor
