"""A paper request typed in, in a browser: taken in with its scan, found out if it may be done, settled, and told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from grants.models import Application, Letter, Scheme
from tests import make
from tests.browser.walk import Visitor
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
    with make.changing(scheme) as edition:
        make.check(edition, "Mag het op deze grond staan?", words="bankje")
    return scheme


def test_a_paper_request_typed_in(fatima: Visitor, listed: Scheme, officer: Person, scan: Path) -> None:
    make.user(officer, password=PASSWORD)
    fatima.sign_in(officer.email, PASSWORD)
    fatima.go("/werk/")
    fatima.click(fatima.link("/werk/inboeken/"))
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
    fatima.press()
    fatima.look("taken in")
    application = Application.objects.get()
    assert (application.asked, application.plan.title) == (euro(380), "Bankje")
    assert application.plan.sheets.count() == 1
    assert "Wij weten nog niet of dit hier mag" in fatima.text()
    assert Letter.objects.to_post().get().to.name == "Kees Kastanje"

    fatima.go("/werk/")
    fatima.click(fatima.link("/werk/mag-het/"))
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
