"""A paper request typed in, in a browser: taken in with its scan, found out if it may be done, settled, and told."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from grants.models import Application, Letter, Scheme
from tests import make
from tests.browser.walk import Visitor
from web import clock
from web.amounts import euro
from web.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
TOLD = {"name": "Kees Kastanje", "postcode": "1234ef", "house_number": "41", "title": "Bankje", "asked": "380"}


@pytest.fixture
def fatima(browser: Browser, live_server: object) -> Iterator[Visitor]:
    visitor = Visitor(browser, str(live_server), name="Fatima")
    yield visitor
    visitor.leave()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "brief.jpg"
    path.write_bytes(make.drawing((600, 800), "beige"))
    return path


@pytest.fixture
def listed(scheme: Scheme) -> Scheme:
    with clock.at(clock.now() - timedelta(days=10)), make.changing(scheme) as edition:
        make.check(edition, "Mag het op deze grond staan?", words="bankje")
    make.scheme(scheme.funder, title="Groenpot")
    return scheme


def test_a_paper_request_typed_in(fatima: Visitor, listed: Scheme, officer: Person, scan: Path) -> None:
    make.user(officer, password=PASSWORD)
    fatima.sign_in(officer.email, PASSWORD)
    fatima.go("/werk/")
    fatima.click(fatima.link("/werk/inboeken/"))
    fatima.look("where they ask")
    fatima.click(fatima.link(f"?regeling={listed.pk}"))
    fatima.look("take in a request")
    fatima.type(**TOLD)
    fatima.choose("came_by", "phone")
    fatima.choose("yes", "signed")
    fatima.press()
    fatima.look("a request that says too little")
    assert "Typ over wat zij willen" in fatima.text()
    fatima.choose("came_by", "paper")
    fatima.type(where_when="Vijverpad, in mei")
    fatima.page.set_input_files("input[name='sheets']", str(scan))
    came = clock.today() - timedelta(days=3)
    fatima.type(received_on=f"{came:%d-%m-%Y}")
    fatima.press()
    assert "Schrijf waarom" in fatima.text(), "why it is taken in now"
    fatima.page.set_input_files("input[name='sheets']", str(scan))
    fatima.type(why_later="Het lag bij de balie.")
    fatima.press()
    fatima.look("taken in")
    application = Application.objects.get()
    assert (application.asked, application.plan.title) == (euro(380), "Bankje")
    assert application.scans.count() == 1
    assert (application.received_on, application.answer_by) == (came, clock.add_working_days(came, 5))
    assert "Wij weten nog niet of dit hier mag" in fatima.text()
    assert Letter.objects.to_post().get().to.name == "Kees Kastanje"

    fatima.go("/werk/")
    fatima.click("main a[href='/werk/mag-het/']")
    fatima.look("what I find out")
    fatima.click(fatima.link(f"/werk/mag-het/{application.clearances.get().pk}/"))
    fatima.look("may it be done here")
    fatima.choose("answer", "provided")
    fatima.type(text="Naast het pad mag het, zegt de beheerder.")
    fatima.press()
    fatima.look("found out")
    assert "Naast het pad mag het" in fatima.text()
    fatima.go(f"/werk/{application.pk}/dezelfde-gegevens/")
    fatima.look("the same facts")
    settle(fatima, application)
    post(fatima)


def settle(fatima: Visitor, application: Application) -> None:
    """Beside the scan, and told on paper as soon as it can't be taken back any more."""
    fatima.go(f"/werk/{application.pk}/")
    fatima.click(fatima.link("snel"))
    fatima.choose("street", "no")
    assert fatima.page.locator("main .sheet img").count() == 1
    fatima.click("button[name=send]")
    application.refresh_from_db()
    assert application.granted == euro(380)
    assert [letter.event for letter in Letter.objects.to_post()] == ["take_in/received"]
    make.letters_left()


def post(fatima: Visitor) -> None:
    """Both letters lie in the tray with a street on them; what is posted is off it."""
    fatima.go("/werk/post/")
    fatima.look("both letters")
    told = Letter.objects.get(event="decide/granted")
    answer = fatima.page.request.get(f"{fatima.site}/brief/{told.pk}.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)
    assert "Kees Kastanje" in words
    assert "1234 EF" in words
    assert "U krijgt € 380" in words
    assert Letter.objects.to_post().count() == 2
    fatima.press()
    assert not Letter.objects.to_post().exists()
