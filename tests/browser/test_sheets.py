"""A drawing and a PDF as the plan, on a phone: added, looked at, taken away and sent. With JavaScript, and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload

from grants.models import Application, Scheme
from tests import make
from tests.browser.walk import Visitor
from tests.hostile import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAWING: FilePayload = {"name": "tekening.jpg", "mimeType": "image/jpeg", "buffer": make.drawing((1200, 800))}
PLAN: FilePayload = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf(kids=3)}
WORD: FilePayload = {"name": "plan.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + bytes(99)}


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def resident(request: pytest.FixtureRequest, browser: Browser, live_server: object) -> Iterator[Visitor]:
    visitor = Visitor(browser, str(live_server), javascript=bool(request.param))
    yield visitor
    visitor.leave()


def add(resident: Visitor, *files: FilePayload) -> None:
    resident.page.set_input_files("input[name=sheets]", files)
    resident.click("button[name=save]")


def test_a_plan_is_a_drawing_and_a_pdf(scheme: Scheme, resident: Visitor) -> None:
    resident.go(f"/regeling/{scheme.slug}/vragen/?bedrag=400")
    resident.type(what="Een muurschildering", where_when="Op het plein, in juni.")
    resident.click("button[name=sheets]")
    resident.look("the page for photos, empty")
    add(resident, DRAWING)
    resident.look("a plan with a drawing")
    add(resident, WORD)
    assert "Sla het op als PDF, of maak er een foto van." in resident.text()
    resident.look("a file that we can't open")
    add(resident, PLAN)
    draft = Application.objects.get()
    assert [sheet.is_document for sheet in draft.plan.sheets.all()] == [False, True, True, True]
    resident.look("a plan with a drawing and a PDF")
    resident.page.check(f"input[name=remove][value='{draft.plan.sheets.all()[1].file}']")
    resident.click("button[name=save]")
    assert draft.plan.sheets.count() == 1
    resident.click("main form a.button")
    assert resident.page.input_value("[name=what]") == "Een muurschildering", "what was typed stays"
    resident.look("the form of a plan with a drawing")
    resident.click("button[name=send]")
    assert resident.page.locator("main img[src*='/plan/blad/']").count() == 1
    resident.look("the check page with a drawing")
