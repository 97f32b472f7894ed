"""A round of forty plans in a browser: ranked, put beside each other, the line drawn, and announced in one go."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import Max, Min
from playwright.sync_api import Browser

from grants.models import Application, Decision, Letter, Place, Scheme
from ledger.models import Budget
from tests import make
from tests.browser.walk import Visitor
from web import clock
from web.amounts import euro
from web.models import Funder, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture
def visitor(browser: Browser, live_server: object, decider: Person) -> Iterator[Visitor]:
    make.user(decider, password=PASSWORD)
    visitor = Visitor(browser, str(live_server), name="decider")
    visitor.sign_in(decider.email, PASSWORD)
    yield visitor
    visitor.leave()


@pytest.fixture
def forty(funder: Funder, decider: Person) -> list[Application]:
    """Each asks 390 euro of the 10,000 there are: enough for 25, and for a part of one."""
    pot: Scheme = make.ranked(funder, title="Rondepot", ceiling=10_000, money=20_000)
    day = clock.today() - timedelta(days=3)
    made = [
        make.application(pot, make.person(), asked=390, received_on=day, title=f"Plan {number}")
        for number in range(1, 41)
    ]
    for each in made:
        make.judgement(each, by=decider)
    return made


def test_a_round_of_forty_is_ranked_and_announced_in_one_go(visitor: Visitor, forty: list[Application]) -> None:
    visitor.go("/werk/")
    visitor.click(visitor.link("werk/rondes"))
    visitor.look("rounds")
    visitor.click("main table a")
    visitor.look("a round that nobody ranked")

    first, last = forty[0], forty[-1]
    visitor.type(**{f"number_{last.pk}": "1"})
    visitor.press()
    assert "heeft nummer 1 al" in visitor.text()
    visitor.look("two plans with one number")
    visitor.type(**{f"number_{first.pk}": "40"})
    visitor.press()
    visitor.click(f"button[name=up][value='{first.pk}']")
    places = list(Place.objects.values_list("application", flat=True))
    assert (places[0], places[-2], places[-1]) == (last.pk, first.pk, forty[-2].pk)

    for each in (first, last):
        visitor.page.check(f"input[name=plan][value='{each.pk}']")
    visitor.click("button[form=beside]")
    visitor.look("two plans beside each other")
    visitor.click("main a[href*='/werk/ronde/']")

    visitor.look("a round in order")
    visitor.click("form[action*='streep'] button")
    assert not Decision.objects.exists()
    assert not Letter.objects.exists(), "nobody hears before the others"
    visitor.look("what was decided quietly")
    visitor.context.set_default_timeout(60_000)  # forty letters on paper
    visitor.press()
    visitor.look("announced")

    assert Counter(Decision.objects.values_list("outcome", flat=True)) == {"granted": 25, "partly": 1, "declined": 14}
    assert Decision.objects.get(outcome="partly").amount == euro(250)
    told = Letter.objects.values_list("event", flat=True)
    assert Counter(told) == {"decide/granted": 25, "decide/partly": 1, "decide/declined": 14}
    assert Letter.objects.values("to").distinct().count() == 40
    leave = Letter.objects.aggregate(first=Min("leaves_at"), last=Max("leaves_at"))
    assert leave["last"] - leave["first"] < timedelta(minutes=1), "in one go"
    assert Budget.objects.get().available == euro(10_000)
    assert Application.objects.get(pk=last.pk).granted == euro(390)
    assert Application.objects.get(pk=first.pk).status == Application.Status.DECLINED
