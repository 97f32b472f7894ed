"""A fund admin's road: last year's scheme copied, its draft changed, previewed, checked and published."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Scheme
from tests import make
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "yusuf-regelt-het"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitors(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[dict[str, Visitor]]:
    """A browser each for the fund admin and for a resident who looks."""
    both = {name: Visitor(browser, str(live_server), javascript=request.param, name=name) for name in ("admin", "any")}
    yield both
    for visitor in both.values():
        visitor.leave()


def test_a_new_scheme_is_copied_previewed_and_published(
    scheme: Scheme, fund_admin: Person, decider: Person, visitors: dict[str, Visitor]
) -> None:
    make.user(fund_admin, password=PASSWORD)
    admin, resident = visitors["admin"], visitors["any"]
    admin.sign_in(fund_admin.email, PASSWORD)
    copy(admin, scheme)
    change(admin)
    resident_sees_nothing(resident)
    preview(admin)
    publish(admin)
    new = Scheme.objects.get(slug="buurtpot-2027")
    assert (new.edition.maximum, new.edition.number) == (euro(5_000), 1)
    assert scheme.edition.maximum == euro(10_000)
    resident_reads_it(resident)
    give_a_role(admin)


def copy(admin: Visitor, scheme: Scheme) -> None:
    admin.go("/regelingen-beheer/")
    admin.look("schemes of a fund admin")
    admin.click(admin.link(f"/regelingen-beheer/{scheme.slug}/"))
    admin.click(admin.link("/nieuw/"))
    admin.look("a new scheme")
    admin.type(title="Buurtpot 2027", slug="buurtpot-2027")
    admin.press()
    assert "Niemand ziet het nog." in admin.text()
    admin.look("the draft of a scheme")


def change(admin: Visitor) -> None:
    admin.click(admin.link("/deel/geld/"))
    admin.look("amounts of a draft")
    admin.type(minimum="5.000", maximum="50")
    admin.press()
    assert "minder dan het laagste bedrag" in admin.text()
    admin.type(minimum="50", maximum="5.000")
    admin.press()
    admin.click(admin.link("/deel/criteria/"))
    admin.look("criteria of a draft")
    admin.click(admin.link("kies=later"))
    assert admin.page.input_value("[name=title]") == "Zorgen voor later"
    admin.click("section[aria-labelledby=more] button")
    assert "Zorgen voor later" in admin.text()
    admin.click("main .back")


def resident_sees_nothing(resident: Visitor) -> None:
    resident.go("/")
    assert "Buurtpot 2027" not in resident.text()


def preview(admin: Visitor) -> None:
    admin.click(admin.link("/voorbeeld/"))
    assert "Zo gaan bewoners het zien." in admin.text()
    assert "Zorgen voor later" in admin.text()
    admin.look("the preview of a draft")
    admin.click("main .notice a")


def publish(admin: Visitor) -> None:
    admin.click(admin.link("/bekendmaken/"))
    admin.look("the check before publishing")
    admin.type(what_changed="Een nieuw jaar.")
    admin.press()
    assert "Bekendgemaakt." in admin.text()
    admin.look("a published scheme")


def give_a_role(admin: Visitor) -> None:
    admin.go("/regelingen-beheer/")
    admin.click(admin.link("/medewerkers/"))
    admin.look("people and roles")
    admin.type(name="Nora Noot", email="nora@waterveen.example", mandate="1.500")
    admin.choose("role", "officer")
    admin.click("section[aria-labelledby=more] button")
    assert "nora@waterveen.example" in admin.text(), "an address, until she has signed in herself"
    admin.click("main tr:has-text('nora@waterveen.example') a")
    admin.look("ending a role")


def resident_reads_it(resident: Visitor) -> None:
    resident.go("/regeling/buurtpot-2027/")
    assert "Zorgen voor later" in resident.text()
    resident.click(resident.link("/zo-gaat-het/"))
    assert "Een nieuw jaar." in resident.text()
    resident.look("how it goes")
