"""A helper’s phone: 400 euro for somebody without e-mail, written down together, said yes to, up to the inbox."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from grants.models import Application, Letter, Scheme
from tests import make
from tests.browser.walk import Visitor
from web.models import Mail, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
CODE = r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitors(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[dict[str, Visitor]]:
    """A browser each: the helper, the resident at home, a resident with an account, and the officer."""
    names = ("hanneke", "at home", "samira", "officer")
    all_of_them = {
        name: Visitor(browser, str(live_server), javascript=bool(request.param), name=name) for name in names
    }
    yield all_of_them
    for visitor in all_of_them.values():
        visitor.leave()


def sign_in_by_code(visitor: Visitor, email: str) -> None:
    visitor.go("/aanmelden/")
    visitor.type(email=email)
    visitor.press()
    code = re.search(r"\b[A-Z0-9]{3}-?[A-Z0-9]{3}\b", Mail.objects.filter(address=email).latest("pk").text)
    assert code
    visitor.type(code=code[0])
    visitor.press()


def test_a_400_euro_plan_with_a_helper_and_a_spoken_yes(
    scheme: Scheme, helper: Person, officer: Person, resident: Person, visitors: dict[str, Visitor]
) -> None:
    make.user(officer, password=PASSWORD)
    make.user(resident)
    hanneke = visitors["hanneke"]
    sign_in_by_code(hanneke, helper.email)
    assert "/hulp/" in hanneke.page.url, "a helper comes in at their residents"
    hanneke.look("my residents, nobody yet")
    begin(hanneke)
    write(hanneke)
    say_yes_by_code(hanneke)
    by_link(hanneke, visitors["at home"])
    at_the_officers(visitors["officer"], officer)
    hand_over(hanneke, officer)
    in_and_out(visitors["samira"], hanneke, resident, scheme)
    organisation(hanneke)


def begin(hanneke: Visitor, **changed: str) -> None:
    hanneke.go("/hulp/")
    hanneke.click(hanneke.link("/hulp/nieuw/"))
    hanneke.look("begin a plan")
    hanneke.press()
    hanneke.look("begin a plan with errors")
    about = {"name": "Saida Salie", "postcode": "1234 AB", "house_number": "31"}
    hanneke.type(**about | changed)
    hanneke.choose("reached_by", "mail" if "email" in changed else "post")
    hanneke.page.check("[name=scheme] >> nth=0")
    hanneke.page.check("[name=said_yes]")
    hanneke.press()
    hanneke.look("the plan at a helper’s desk")


def write(hanneke: Visitor) -> None:
    hanneke.type(asked="400", what="Een bank van oud hout bij de bushalte.", where_when="Aan de Eikenlaan, in juni.")
    hanneke.click("button[name=send]")
    assert "/ja/" in hanneke.page.url
    hanneke.look("four ways to say yes")


def say_yes_by_code(hanneke: Visitor) -> None:
    """The sheet was handed over; a week later the plan is read aloud over the phone."""
    draft = Application.objects.latest("pk")
    token = hanneke.page.input_value("form[action$='codes.pdf'] [name=csrfmiddlewaretoken]")
    address = f"{hanneke.site}/hulp/{draft.pk}/ja/codes.pdf"
    paper = hanneke.page.request.post(address, form={"csrfmiddlewaretoken": token}, headers={"Referer": hanneke.site})
    yes, _again = re.findall(CODE, PdfReader(BytesIO(paper.body())).pages[0].extract_text())
    hanneke.click(hanneke.link("/ja/code/"))
    hanneke.type(code=f"{draft.plan_id}-AAAAA-AAAAA")
    hanneke.press()
    hanneke.look("a wrong code was said")
    hanneke.type(code=yes.lower())
    hanneke.press()
    hanneke.look("my residents, one is sent")
    draft.refresh_from_db()
    assert draft.status == "submitted"
    assert draft.confirmation.how == "code"
    assert Letter.objects.get(application=draft).to.name == "Saida Salie"
    for way in (f"/hulp/{draft.pk}/",):
        hanneke.go(way)
        hanneke.look("a sent plan at a helper’s desk")


def by_link(hanneke: Visitor, at_home: Visitor) -> None:
    """The next resident has e-mail, looks at every way, and says yes at home."""
    begin(hanneke, name="Wim Wingerd", email="wim@waterveen.example")
    write(hanneke)
    draft = Application.objects.latest("pk")
    for way in ("hier", "papier"):
        hanneke.go(f"/hulp/{draft.pk}/ja/{way}/")
        hanneke.look(f"say yes: {way}")
        hanneke.press()
        hanneke.look(f"say yes with errors: {way}")
    hanneke.go(f"/hulp/{draft.pk}/ja/")
    hanneke.click("form[action$='/ja/mailen/'] button")
    link = re.search(r"/ja/[\w-]+/", Mail.objects.filter(address="wim@waterveen.example").latest("pk").text)
    assert link
    at_home.go(link[0])
    at_home.look("is this your plan")
    at_home.press()
    at_home.look("your plan has been sent")
    assert draft.status == "draft"
    draft.refresh_from_db()
    assert (draft.status, draft.confirmation.by.name) == ("submitted", "Wim Wingerd")


def at_the_officers(fatima: Visitor, officer: Person) -> None:
    fatima.sign_in(officer.email, PASSWORD)
    fatima.go("/werk/")
    assert "Een bank van oud hout" in fatima.text()
    application = Application.objects.filter(confirmation__how="code").get()
    fatima.go(f"/werk/{application.pk}/")
    assert "Hanneke Hulst schreef het op." in fatima.text()
    assert "Buurtwerk Waterveen. Wie dat betaalt: de gemeente." in fatima.text()
    fatima.look("a helped plan at the officer’s")
    fatima.go(f"/werk/{application.pk}/hulp/stoppen/")
    fatima.look("an officer ends a helper’s access")
    fatima.page.check("[name=consent] >> nth=0")
    fatima.type(note="Saida belde.")
    fatima.press()
    assert not application.plan.consents.open().exists()


def hand_over(hanneke: Visitor, officer: Person) -> None:
    """Wim’s plan is granted: he types his account on Hanneke’s phone, with the code from his own mail."""
    application = make.grant(Application.objects.get(confirmation__how="link"), by=officer).application
    hanneke.go(f"/hulp/{application.pk}/")
    hanneke.look("a granted plan at a helper’s desk")
    hanneke.click(hanneke.link("/rekening/"))
    hanneke.look("hand the device over")
    hanneke.click("form[action$='/rekening/code/'] button")
    code = re.search(
        r"^[A-Z0-9]{6}$", Mail.objects.filter(address="wim@waterveen.example").latest("pk").text, re.MULTILINE
    )
    assert code
    hanneke.type(code="AAAAAA", name="W. Wingerd", iban="NL91 ABNA 0417 1643 00")
    hanneke.click("main form .actions button")
    hanneke.look("hand the device over with a wrong code")
    hanneke.type(code=code[0])
    hanneke.click("main form .actions button")
    assert "4300" in hanneke.text()
    assert "0417" not in hanneke.page.content()
    hanneke.look("the account is noted")


def in_and_out(samira: Visitor, hanneke: Visitor, resident: Person, scheme: Scheme) -> None:
    """Somebody with an account lets the helper in, gives a code, and ends it."""
    sent = make.application(scheme, resident)
    sign_in_by_code(samira, resident.email)
    samira.go(f"/plan/{sent.plan_id}/hulp/")
    samira.look("who helps you, nobody")
    samira.page.check("[name=helper] >> nth=0")
    samira.press()
    samira.look("who helps you, Hanneke")
    samira.click("form[action$='/hulp/code/'] button")
    samira.look("a code for your helper")
    code = re.search(CODE, samira.text())
    assert code
    hanneke.go("/hulp/code/")
    hanneke.look("type a resident’s code")
    hanneke.type(code=code[0])
    hanneke.press()
    assert "Samira Lindeboom" in hanneke.text()
    samira.go(sent.get_absolute_url())
    samira.look("track of a helped plan")
    samira.go(f"/plan/{sent.plan_id}/hulp/")
    samira.click("form[action$='/stoppen/'] button")
    hanneke.go("/hulp/")
    assert "Samira Lindeboom" not in hanneke.text()
    hanneke.click("form[action$='/hulp/klaar/'] button")


def organisation(hanneke: Visitor) -> None:
    Person.objects.get(name="Hanneke Hulst").helps.update(leads=True)
    hanneke.go("/hulp/organisatie/")
    hanneke.look("who helps here")
    hanneke.click(hanneke.link("/uitnodigen/"))
    hanneke.look("invite a helper")
    hanneke.type(name="Sanne Spirea", email="sanne@waterveen.example")
    hanneke.press()
    assert "Sanne Spirea" in hanneke.text()
