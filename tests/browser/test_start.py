"""The start page on a phone: where, about how much, what fits, and from there on to the form with the amount."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from tests import make
from tests.browser.walk import Visitor
from web import clock
from web.models import Funder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(request: pytest.FixtureRequest, browser: Browser, live_server: object) -> Iterator[Visitor]:
    somebody = Visitor(browser, str(live_server), javascript=bool(request.param), name="resident")
    yield somebody
    somebody.leave()


@pytest.fixture
def schemes(funder: Funder, other_funder: Funder) -> None:
    """For small and for larger plans, for one neighbourhood, and one that is closed."""
    make.scheme(funder, title="Straatpot", slug="straatpot", maximum=500)
    make.scheme(other_funder, title="Fonds", slug="fonds", maximum=5_000)
    make.limited(make.scheme(funder, title="Lindepot", maximum=500), make.area("Lindebuurt", "9990"))
    make.scheme(funder, title="Voorbij", closes_on=clock.today() - timedelta(days=3))
    make.area("Singelbuurt", "9990")


def shown(visitor: Visitor) -> dict[str, list[str]]:
    """The schemes under each heading of the page."""
    lists = visitor.page.locator("main h2:has(+ ul)")
    return {
        title: visitor.page.locator(f'main h2:has-text("{title}") + ul h3').all_inner_texts()
        for title in lists.all_inner_texts()
    }


def test_from_a_postcode_and_an_amount_to_the_form(visitor: Visitor, schemes: None) -> None:
    visitor.go("/")
    visitor.look("start")
    assert [*shown(visitor).values()] == [["Straatpot", "Lindepot", "Fonds"], ["Voorbij"]]
    visitor.type(postcode="9990 AB", bedrag="€ 450")
    visitor.press()
    visitor.look("start with neighbourhoods")
    visitor.page.check("input[name=buurt] >> nth=2")
    visitor.press()
    visitor.look("start with one neighbourhood")
    assert [*shown(visitor).values()] == [["Straatpot", "Fonds"], ["Lindepot", "Voorbij"]]
    visitor.click(visitor.link("/regeling/straatpot/"))
    visitor.look("scheme with an amount")
    visitor.click("button[value=pagina]")
    assert visitor.page.input_value("[name=asked]") == "450"


def test_what_cannot_be_read_is_asked_back_and_nothing_is_lost(visitor: Visitor, schemes: None) -> None:
    visitor.go("/")
    visitor.type(postcode="99", bedrag="1.25")
    visitor.press()
    visitor.look("start with errors")
    visitor.page.emulate_media(color_scheme="dark")
    visitor.look("start with errors in the dark")
    assert (visitor.page.input_value("[name=postcode]"), visitor.page.input_value("[name=bedrag]")) == ("99", "1.25")
    assert visitor.page.locator("main form .error").count() == 2
    assert ["Straatpot", "Lindepot", "Fonds"] in shown(visitor).values()


def test_when_nothing_fits_there_is_still_a_next_step(visitor: Visitor, schemes: None) -> None:
    visitor.go("/?bedrag=9000")
    visitor.look("start where nothing fits")
    [others] = shown(visitor).values()
    assert len(others) == 4
    assert visitor.page.locator("main li p:last-child a[href]").count() == 4
    visitor.click("main li p:last-child a[href*='bedrag=5.000']")
    assert visitor.page.input_value("[name=bedrag]") == "5.000"


def test_the_keyboard_is_enough(visitor: Visitor, schemes: None) -> None:
    visitor.go("/")
    visitor.page.focus("[name=postcode]")
    visitor.page.keyboard.type("9990")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.type("450")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**bedrag=450")
    assert ["Straatpot", "Lindepot", "Fonds"] in shown(visitor).values()
