"""A page for the neighbours, on phones: opened by the group, used in the street, answered."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Application, Support, SupportPage
from tests import make
from tests.browser.walk import Visitor
from web.models import Mail, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visitors(browser: Browser, live_server: object, javascript: bool) -> Iterator[dict[str, Visitor]]:
    """A phone each for the resident, a neighbour and another one; a computer for the officer."""
    names = ("resident", "neighbour", "another", "officer")
    all_of_them = {name: Visitor(browser, str(live_server), javascript=javascript, name=name) for name in names}
    yield all_of_them
    for visitor in all_of_them.values():
        visitor.leave()


PASSWORD = "lange-zin-voor-de-test"


def test_a_worry_is_heard_and_answered(
    application: Application, resident: Person, officer: Person, visitors: dict[str, Visitor]
) -> None:
    make.user(resident)
    make.user(officer, password=PASSWORD)
    group, neighbour, another, reader = (visitors[name] for name in ("resident", "neighbour", "another", "officer"))
    address = open_the_page(group, resident, application)
    say_a_worry(neighbour, address)
    say_it_again(another, address)
    answer(group, application)
    read_the_answer(neighbour, address)
    reader.sign_in(officer.email, PASSWORD)
    reader.go(f"/werk/{application.pk}/")
    assert "Waar parkeren wij dan?" in reader.page.content()
    assert "joke@waterveen.example" not in reader.page.content()
    reader.look("support for the officer")
    group.click("form[action*='sluiten'] button")
    group.look("support closed")
    neighbour.go(address)
    assert neighbour.page.locator("input[name=kind]").count() == 0
    neighbour.look("neighbours' page closed")


def open_the_page(group: Visitor, resident: Person, application: Application) -> str:
    """From the plan's own page. Gives the address that stands on the poster."""
    sign_in(group, resident)
    group.go(application.get_absolute_url())
    group.click(group.link("/steun/plan/"))
    group.look("support not open yet")
    group.click("form[action*='openen'] button")
    group.look("support just opened")
    page = SupportPage.objects.get()
    assert page.address in group.text()
    for paper in ("poster", "vragenlijst"):
        answer = group.page.request.get(f"{group.site}/steun/plan/{page.plan_id}/{paper}.pdf")
        assert answer.body().startswith(b"%PDF")
    return page.get_absolute_url()


def sign_in(visitor: Visitor, person: Person) -> None:
    """By code, as residents do."""
    visitor.go("/aanmelden/")
    visitor.page.fill("main input[name=email]", person.email)
    visitor.press()
    code = re.search(r"\b[ACEFHJKQRWXY3479]{3} ?[ACEFHJKQRWXY3479]{3}\b", Mail.objects.latest("pk").text)
    assert code, "the mail holds a code"
    visitor.page.fill("main input[name=code]", code[0])
    visitor.press()


def say_a_worry(neighbour: Visitor, address: str) -> None:
    neighbour.go(address)
    neighbour.look("neighbours' page")
    neighbour.click("main summary")
    neighbour.look("neighbours' page with your rights")
    neighbour.press()
    neighbour.look("neighbours' page with errors")
    assert Support.objects.count() == 0
    neighbour.choose("kind", "worry")
    neighbour.type(message="Waar parkeren wij dan?", first_name="Joke", postcode="1234", reach="joke@waterveen.example")
    neighbour.press()
    assert neighbour.page.input_value("[name=message]") == "Waar parkeren wij dan?", "what was typed stays"
    neighbour.type(postcode="1234ab")
    neighbour.press()
    neighbour.look("neighbours' page after speaking")
    assert Support.objects.get().message == "Waar parkeren wij dan?"


def say_it_again(another: Visitor, address: str) -> None:
    """First a good plan, then joining after all: counted once."""
    for kind in ("good", "joins"):
        another.go(address)
        another.choose("kind", kind)
        another.type(first_name="Ali", postcode="1234 AC")
        another.press()
    another.look("neighbours' page after changing one's mind")
    counts = SupportPage.objects.get().counts
    assert (counts.joins, counts.good, counts.worries) == (1, 0, 1)


def answer(group: Visitor, application: Application) -> None:
    group.go(f"/steun/plan/{application.plan_id}/")
    group.look("support with a worry")
    group.click(group.link("/steun/zorg/"))
    group.look("answer a worry")
    group.press()
    group.look("answer a worry with an error")
    group.type(answer="Wij laten twee plekken vrij.")
    group.press()
    group.look("support answered")
    mail = Mail.objects.latest("pk").text
    assert "hebben antwoord gegeven" in mail
    assert "Wij laten twee plekken vrij." not in mail, "what others type is read on the page, never sent for them"


def read_the_answer(neighbour: Visitor, address: str) -> None:
    neighbour.go(address)
    assert "Wij laten twee plekken vrij." in neighbour.text()
    assert "Joke" not in neighbour.text()
    neighbour.look("neighbours' page with an answer")
