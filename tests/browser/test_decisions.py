"""Deciding in a browser: two people sign, a slip is taken back, and what is typed of a judgement keeps itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Application, DraftReview, Grant, Letter
from ledger.models import Budget
from tests import make
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Funder, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture
def visitors(browser: Browser, live_server: object) -> Iterator[dict[str, Visitor]]:
    both = {name: Visitor(browser, str(live_server), name=name) for name in ("first", "second")}
    yield both
    for visitor in both.values():
        visitor.leave()


@pytest.fixture
def large(funder: Funder, resident: Person, decider: Person) -> Application:
    """3,000 euro, where two sign above 2,000."""
    scheme = make.scheme(funder, title="Groeipot", second_signature_above=make.money(2_000))
    return make.application(scheme, resident, asked=3_000)


def test_one_proposes_another_signs_and_it_is_taken_back(
    visitors: dict[str, Visitor], large: Application, officer: Person, decider: Person
) -> None:
    officer.seats.update(mandate=10_000)
    for visitor, person in ((visitors["first"], decider), (visitors["second"], officer)):
        make.user(person, password=PASSWORD)
        visitor.sign_in(person.email, PASSWORD)
    first, second, page = visitors["first"], visitors["second"], f"/werk/{large.pk}/"
    judge(first, large, page)
    first.click(first.link("besluiten"))
    first.click(first.link("voorstellen"))
    first.look("propose")
    first.press()
    assert Budget.objects.get().cards().reserved == euro(3_000)
    first.go(page)
    first.click("main a >> text=Wat u als eerste tekende")
    first.look("what one signed first")
    assert "Nu moet iemand anders tekenen." in first.text()
    assert not first.page.locator("main form.action button").count(), "nobody signs twice"

    second.go(page)
    second.click(second.link("tekenen"))
    second.look("second signature")
    second.click("main form.action button")
    assert Grant.objects.get().commitment.decided_with == decider
    assert Grant.objects.get().commitment.decided_by == officer
    cards = Budget.objects.get().cards()
    assert (cards.reserved, cards.available) == (euro(0), euro(7_000))
    second.look("granted, and to be taken back")
    second.click("form[action*='terugnemen'] button")
    second.look("taken back")
    assert not Grant.objects.exists()
    assert Budget.objects.get().available == euro(10_000)
    assert not Letter.objects.filter(event="decide/granted").exists(), "the residents never heard of it"


def judge(visitor: Visitor, application: Application, page: str) -> None:
    """What is typed keeps itself; the judgement is given later."""
    visitor.go(page)
    visitor.click(visitor.link("beoordelen"))
    visitor.type(strong="Iedereen doet mee.")
    visitor.page.wait_for_selector("[data-kept]:not([hidden])", timeout=15_000)
    assert DraftReview.objects.get().answers["strong"] == "Iedereen doet mee."
    visitor.go(f"{page}beoordelen/")
    assert visitor.page.input_value("[name=strong]") == "Iedereen doet mee."
    visitor.choose("street", "no")
    for criterion in application.edition.criteria.all():
        visitor.choose(f"verdict_{criterion.pk}", "yes" if criterion.kind == "k" else "good")
    visitor.look("judgement with what was kept")
    visitor.press()
