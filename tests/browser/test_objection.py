"""A no that residents object to: the letter, the objection, its receipt, a colleague who answers, a new decision."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from grants.models import Application, Decision, Letter, Reaction
from tests import make
from tests.browser.test_burden import sign_in
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture
def visitors(browser: Browser, live_server: object) -> Iterator[dict[str, Visitor]]:
    all_three = {name: Visitor(browser, str(live_server), name=name) for name in ("fatima", "diederik", "samira")}
    yield all_three
    for visitor in all_three.values():
        visitor.leave()


def test_a_no_is_objected_to_and_decided_anew_by_a_colleague(
    visitors: dict[str, Visitor], judged: Application, officer: Person, decider: Person, resident: Person
) -> None:
    for name, person in (("fatima", officer), ("diederik", decider)):
        make.user(person, password=PASSWORD)
        visitors[name].sign_in(person.email, PASSWORD)
    sign_in(visitors["samira"], resident)
    decline(visitors["fatima"], judged)
    object_to_it(visitors["samira"], judged)

    reaction = Reaction.objects.get()
    visitors["fatima"].go(f"/werk/reactie/{reaction.pk}/")
    assert "Iemand anders" in visitors["fatima"].text()
    answer(visitors["diederik"], reaction)
    decide_anew(visitors["diederik"], judged)
    first, second = Decision.objects.order_by("pk")
    assert (first.outcome, second.outcome, second.follows) == ("declined", "granted", first)

    make.letters_left()
    samira = visitors["samira"]
    samira.go(f"/aanvraag/{judged.pk}/")
    samira.look("granted after all")
    assert "€ 450" in samira.text()
    assert [letter.event for letter in Letter.objects.filter(application=judged)][-1] == "decide/granted"


def decline(fatima: Visitor, application: Application) -> None:
    fatima.go(f"/werk/{application.pk}/")
    fatima.click(fatima.link("besluiten"))
    fatima.page.locator("input[name='no-grounds']").first.check()
    fatima.type(no__reason="De tegels zijn duurder dan nodig.", no__possible="Begin met één straat.")
    fatima.click("button[name=decline]")
    fatima.look("declined")
    make.letters_left()


def object_to_it(samira: Visitor, application: Application) -> None:
    """She reads the letter that says how, and gets a receipt with a number."""
    samira.go(f"/aanvraag/{application.pk}/")
    assert "Wij zeiden deze keer nee" in samira.text()
    letter = Letter.objects.get(event="decide/declined")
    assert f"/aanvraag/{application.pk}/reageren/" in letter.text
    paper = PdfReader(BytesIO(samira.page.request.get(f"{samira.site}/brief/{letter.pk}.pdf").body()))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    said = ("Dit kan wel: Begin met één straat.", "• Voor de buurt", "Waarom? De tegels zijn duurder dan nodig.")
    assert [each for each in (*said, "bezwaar maken. Doe dat binnen zes weken") if each not in words] == []
    samira.click(samira.link("reageren"))
    samira.look("object")
    samira.choose("kind", "objection")
    samira.type(text="De tegels zijn nodig: anders spoelt de aarde weg.")
    samira.press()
    samira.look("objected")
    assert Reaction.objects.get().number in samira.text()
    assert Letter.objects.filter(event="objection/received").exists()


def answer(diederik: Visitor, reaction: Reaction) -> None:
    diederik.go(f"/werk/reactie/{reaction.pk}/")
    diederik.click("form.action button >> nth=0")
    diederik.look("objection on his desk")
    diederik.choose("outcome", "upheld")
    diederik.choose("heard", "spoken")
    diederik.type(reason="De tegels horen bij de tuin.")
    diederik.click("main form.stack button")
    diederik.look("objection answered")


def decide_anew(diederik: Visitor, application: Application) -> None:
    diederik.go(f"/werk/{application.pk}/")
    diederik.click(diederik.link("besluiten"))
    diederik.type(amount="450")
    diederik.click("main form button.button >> nth=0")
    diederik.look("granted anew")
    assert Decision.objects.latest("pk").amount == euro(450)
