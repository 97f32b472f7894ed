"""The order of complete requests in a browser: why a later plan waits, a polite refusal, the earlier one, then this."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from grants.models import Application, Decision, Letter
from ledger.models import Budget
from tests import make
from tests.browser.walk import Visitor
from web import clock
from web.amounts import euro
from web.models import Funder, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
AWARD = "form:has(button[name=award])"


@pytest.fixture
def visitor(browser: Browser, live_server: object, officer: Person) -> Iterator[Visitor]:
    make.user(officer, password=PASSWORD)
    visitor = Visitor(browser, str(live_server), name="officer")
    visitor.sign_in(officer.email, PASSWORD)
    yield visitor
    visitor.leave()


@pytest.fixture
def two(funder: Funder, officer: Person) -> list[Application]:
    """There is 1,000 euro. The earlier asks 700, the one that was complete ten minutes later 600."""
    scarce = make.scheme(funder, title="Krappe pot", slug="krappe-pot", money=1_000)
    made = []
    for title, asked, minutes in (("Geveltuinen", 700, 20), ("Straatfeest", 600, 10)):
        plan = make.application(scarce, make.person(), asked=asked, title=title)
        Application.objects.filter(pk=plan.pk).update(complete_at=clock.now() - timedelta(minutes=minutes))
        make.judgement(Application.objects.get(pk=plan.pk), by=officer)
        made.append(Application.objects.get(pk=plan.pk))
    return made


def test_who_was_complete_first_is_decided_on_first(visitor: Visitor, two: list[Application]) -> None:
    first, later = two
    visitor.go("/werk/")
    visitor.click(visitor.link("werk/rondes"))
    visitor.click("main a >> text=Krappe pot")
    assert f"Besluit eerst over {first.number}." in visitor.text()
    visitor.look("a plan waits behind another", wide=True)

    visitor.click(visitor.link(f"werk/{later.pk}/besluiten"))
    visitor.click(f"{AWARD} button")
    assert f"waren eerder compleet, dus zij gaan voor: {first.number}." in visitor.text()
    assert visitor.page.input_value(f"{AWARD} [name=amount]") == "600", "what was typed stays"
    visitor.look("refused before its turn")
    assert not Decision.objects.exists()

    visitor.click("main a >> text=Wie was eerder compleet?")
    visitor.click(visitor.link(f"werk/{first.pk}/besluiten"))
    visitor.page.fill(f"{AWARD} [name=amount]", "400")
    visitor.page.fill(f"{AWARD} [name=reason]", "De tegels krijgt u van ons.")
    visitor.click(f"{AWARD} button")
    assert Application.objects.get(pk=first.pk).granted == euro(400)

    visitor.go("/werk/volgorde/krappe-pot/")
    assert "Besluit eerst over" not in visitor.text()
    visitor.look("its turn has come", wide=True)
    visitor.click(visitor.link(f"werk/{later.pk}/besluiten"))
    visitor.click(f"{AWARD} button")
    assert Application.objects.get(pk=later.pk).granted == euro(600)
    assert Letter.objects.filter(event__in=["decide/granted", "decide/partly"]).count() == 2
    assert Budget.objects.get().available == euro(0)
    visitor.go("/werk/volgorde/krappe-pot/")
    visitor.look("nobody waits any more")
