"""A panel evening in a browser: two residents advise, an officer judges otherwise and says why, they read that."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Advice, Application
from tests import make
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Funder, Person, Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture
def visitors(browser: Browser, live_server: object) -> Iterator[dict[str, Visitor]]:
    all_three = {
        name: Visitor(browser, str(live_server), name=name, javascript=name != "Mo")
        for name in ("Ria", "Mo", "officer")
    }
    yield all_three
    for visitor in all_three.values():
        visitor.leave()


@pytest.fixture
def heard(funder: Funder, resident: Person) -> Application:
    """2,000 euro, where the panel is heard from 1,000."""
    scheme = make.scheme(funder, title="Panelpot", panel_from=euro(1_000))
    made = make.application(scheme, resident, asked=2_000)
    make.sheet(made.plan)
    return made


def test_a_panel_evening(visitors: dict[str, Visitor], heard: Application, funder: Funder, officer: Person) -> None:
    ria, mo, judge = visitors["Ria"], visitors["Mo"], visitors["officer"]
    for visitor in (ria, mo):
        come_in(visitor, member(funder, visitor.name))
        visitor.look("plans to advise on")
        advise_against(visitor, heard)
    assert Advice.objects.count() == 2

    come_in(judge, officer)
    judge.go(f"/werk/{heard.pk}/beoordelen/")
    judge.choose("street", "no")
    for criterion in heard.edition.criteria.all():
        judge.choose(f"verdict_{criterion.pk}", "yes" if criterion.kind == "k" else "good")
    judge.press()
    judge.look("the panel thinks otherwise")
    assert "De adviesgroep vindt iets anders. Schrijf waarom u haar niet volgt." in judge.text()
    judge.type(**{f"reason_{last_of(heard)}": "Deze prijs is gewoon voor zo’n plan."})
    judge.press()
    judge.go(f"/werk/{heard.pk}/besluiten/")
    judge.look("decide with advice")
    judge.click("button[name=award]")

    make.letters_left()
    for visitor in (ria, mo):
        visitor.go("/advies/")
        visitor.look("decided after advice")
        visitor.click(visitor.link(f"/advies/{heard.pk}/"))
        visitor.look("what came of the advice")
        assert "Deze prijs is gewoon" in visitor.text()
        nobody_is_named(visitor, heard)


def member(funder: Funder, name: str) -> Person:
    person = make.person(name)
    make.seat(person, funder, Seat.Role.PANEL)
    return person


def come_in(visitor: Visitor, person: Person) -> None:
    make.user(person, password=PASSWORD)
    visitor.sign_in(person.email, PASSWORD)


def last_of(application: Application) -> int:
    return application.edition.criteria.order_by("-order")[0].pk


def advise_against(visitor: Visitor, application: Application) -> None:
    """In favour of all but the last; first without a reason for that, and what was chosen stays."""
    visitor.click(visitor.link(f"/advies/{application.pk}/"))
    visitor.look("a plan to advise on")
    nobody_is_named(visitor, application)
    visitor.choose("street", "no")
    for criterion in application.edition.criteria.all():
        visitor.choose(f"verdict_{criterion.pk}", "yes" if criterion.kind == "k" else "not_yet")
    visitor.press()
    visitor.look("advice without a reason")
    assert "Wie besluit, weegt uw reden mee." in visitor.text()
    visitor.type(**{f"reason_{last_of(application)}": "Dit kan voor minder geld."})
    if visitor.javascript:
        keeps_itself(visitor, application)
    visitor.press()
    assert "Uw advies is bewaard." in visitor.text()


def keeps_itself(visitor: Visitor, application: Application) -> None:
    """Who is called away finds what they typed."""
    visitor.page.wait_for_selector("[data-kept]:not([hidden])", timeout=15_000)
    visitor.go(f"/advies/{application.pk}/")
    assert visitor.page.input_value(f"[name=reason_{last_of(application)}]") == "Dit kan voor minder geld."
    visitor.look("advice with what was kept")


def nobody_is_named(visitor: Visitor, application: Application) -> None:
    """Neither who asks, nor how to reach them; nowhere on the page."""
    contact, page = application.plan.first_contact, visitor.page.content()
    told = [contact.name.split()[0], contact.email, contact.phone, contact.postcode]
    assert all(told)
    assert [each for each in told if each in page] == []
