"""The whole road once, on a phone: from a plan to a workbook. With JavaScript, and without."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser

from grants.models import Application, Scheme
from ledger.models import Budget
from tests import make
from tests.browser.walk import Visitor
from web.amounts import euro, from_cents
from web.models import Mail, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
IBAN = "NL91ABNA0417164300"  # the documented example of a Dutch IBAN


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def visitors(browser: Browser, live_server: object, javascript: bool) -> Iterator[dict[str, Visitor]]:
    """A browser each for the resident, a second device, the officer and the treasurer."""
    names = ("resident", "device", "officer", "treasurer")
    all_of_them = {name: Visitor(browser, str(live_server), javascript=javascript, name=name) for name in names}
    yield all_of_them
    for visitor in all_of_them.values():
        visitor.leave()


@pytest.fixture
def staff(officer: Person, treasurer: Person) -> tuple[str, str]:
    """Fatima and Tineke can sign in."""
    for person in (officer, treasurer):
        make.user(person, password=PASSWORD)
    return officer.email, treasurer.email


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """A photo of a receipt, with a place in its metadata that must not be kept."""
    path = tmp_path / "bon.jpg"
    photo = Image.new("RGB", (3000, 2000), "#c9b28f")
    exif = Image.Exif()
    exif[0x010E] = "Lindestraat 12"
    photo.save(path, exif=exif)
    return path


def test_from_a_plan_on_a_phone_to_a_workbook(
    scheme: Scheme, staff: tuple[str, str], visitors: dict[str, Visitor], receipt: Path, tmp_path: Path
) -> None:
    officer_mail, treasurer_mail = staff
    ask(visitors["resident"], visitors["device"], scheme)
    application = Application.objects.get()
    assert application.asked == euro("450.50")
    judge_and_grant(visitors["officer"], officer_mail, application)
    give_bank_details(visitors["device"], application)
    pay(visitors["treasurer"], treasurer_mail, application)
    spend(visitors["device"], application, receipt)
    tell(visitors["device"], application, receipt)
    close(visitors["officer"], application)
    export(visitors["treasurer"], scheme, tmp_path)


def ask(resident: Visitor, device: Visitor, scheme: Scheme) -> None:
    """Without an account: a draft, found again on another device, and sent with the code from the mail."""
    resident.go("/")
    resident.look("home")
    resident.click(resident.link(f"/regeling/{scheme.slug}/"))
    resident.look("scheme")
    resident.type(bedrag="450,50")
    resident.click("button[value=pagina]")
    resident.look("ask")
    resident.type(asked="1.25", what="Wij planten geveltuinen in de hele straat.", where_when="In mei, Lindestraat.")
    resident.click("button[name=save]")
    assert "1,25" in resident.text(), "1.25 is asked back"
    assert resident.page.input_value("[name=asked]") == "1.25", "what was typed is kept"
    resident.look("ask with an error")
    resident.type(asked="€ 450,50")
    resident.click("button[name=list]")
    resident.look("ask with a list of costs")
    resident.type(costs__0__what="Planten en aarde", costs__0__amount="450,50")
    resident.click("button[name=save]")
    code = re.search(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}", resident.text())
    assert code, "the code to find the plan again is shown"
    resident.look("draft")
    device.go("/plan/verder/")
    device.look("go on")
    device.type(code=code[0].lower())
    device.press()
    assert device.page.input_value("[name=asked]") == "450,50"
    device.click("button[name=send]")
    device.look("check and send")
    device.press()
    device.look("check and send with errors")
    device.type(name="Samira Lindeboom", postcode="1234ab", house_number="12", email="Samira@waterveen.example")
    device.choose("reached_by", "mail")
    device.press()
    device.look("type the code")
    mail = Mail.objects.latest("pk")
    assert mail.address == "samira@waterveen.example"
    device.type(code=mail.subject.split()[0])
    device.press()
    device.look("track after sending")
    assert Application.objects.get().number in device.text()
    too_late(resident)


def too_late(resident: Visitor) -> None:
    """The plan is sent: the page that still stands open where it was begun changes nothing any more."""
    resident.type(what="Iets heel anders.")
    resident.page.click("button[name=save]")
    resident.page.wait_for_load_state()
    plan = Application.objects.get().plan
    assert plan.what == "Wij planten geveltuinen in de hele straat."
    assert "code" in resident.page.inner_html("main form"), "what was typed isn't lost, and the code is asked"
    again = resident.page.goto(f"{resident.site}{Application.objects.get().form_url}")
    assert again is not None
    assert again.status == 404


def judge_and_grant(officer: Visitor, email: str, application: Application) -> None:
    officer.sign_in(email, PASSWORD)
    officer.go("/werk/")
    officer.look("inbox")
    officer.click(officer.link(f"/werk/{application.pk}/"))
    officer.look("application")
    officer.click("form[action*='oppakken'] button")
    officer.click(officer.link("snel"))
    officer.look("judge and decide")
    officer.choose("street", "no")
    officer.type(amount="500")
    officer.click("button[name=send]")
    assert "450,50" in officer.text(), "never more than they ask"
    officer.look("judge and decide with an error")
    officer.type(amount="450,50")
    officer.click("button[name=send]")
    officer.look("application granted")
    make.letters_left()


def give_bank_details(resident: Visitor, application: Application) -> None:
    resident.go(application.get_absolute_url())
    resident.look("track granted")
    resident.click(resident.link("/rekening/"))
    resident.look("bank details")
    resident.type(name="S. Lindeboom", iban="NL00 BANK 0000 0000 00")
    resident.press()
    assert resident.page.input_value("[name=name]") == "S. Lindeboom"
    resident.look("bank details with an error")
    resident.type(iban=IBAN)
    resident.press()
    resident.look("bank details given")


def pay(treasurer: Visitor, email: str, application: Application) -> None:
    treasurer.sign_in(email, PASSWORD)
    treasurer.go("/geld/")
    treasurer.look("budgets")
    treasurer.go(f"/geld/{Budget.objects.get().pk}/")
    treasurer.look("budget")
    treasurer.go("/betalen/")
    treasurer.look("payments")
    treasurer.click("form[action*='onderweg'] button")
    treasurer.go("/betalen/onderweg/")
    treasurer.look("payments on their way")
    treasurer.click(treasurer.link("/betaald/"))
    treasurer.look("confirm a payment")
    treasurer.press()
    assert application.grant.commitment.paid == euro("450.50")


def spend(resident: Visitor, application: Application, receipt: Path) -> None:
    purse = Application.objects.get().plan.purse
    assert purse is not None
    resident.go(application.get_absolute_url())
    resident.look("track paid")
    resident.click(resident.link("/kasboek/"))
    assert "U hoeft dit niet in te vullen" in resident.text()
    resident.look("cash book")
    resident.click(resident.link("/boeken/"))
    resident.look("book an expense")
    resident.type(amount="40,25")
    resident.page.set_input_files("[name=photo]", receipt)
    resident.press()
    assert purse.left == euro("410.25")
    kept = purse.expenses.exclude(photo="").get().photo
    with Image.open(kept.path) as photo:
        assert max(photo.size) <= 2_000
        assert not photo.getexif()
    resident.look("cash book with an expense")


def tell(resident: Visitor, application: Application, photo: Path) -> None:
    resident.go(application.get_absolute_url())
    resident.click(resident.link("/verhaal/"))
    resident.look("story")
    resident.choose("worked", "yes")
    resident.page.set_input_files("[name=photo]", photo)
    resident.press()
    resident.look("track with a story")


def close(officer: Visitor, application: Application) -> None:
    officer.go(f"/werk/{application.pk}/")
    officer.click("form[action*='sluiten'] button")
    application.refresh_from_db()
    assert application.status == Application.Status.CLOSED
    officer.look("application closed")


def export(treasurer: Visitor, scheme: Scheme, folder: Path) -> None:
    treasurer.go("/geld/werkboek/")
    treasurer.look("export")
    with treasurer.page.expect_download() as download:
        treasurer.page.click(f"form[action*='{scheme.funder.slug}'] button")
    path = folder / "werkboek.xlsx"
    download.value.save_as(path)
    book = load_workbook(BytesIO(path.read_bytes()), data_only=True)
    totals = {sheet.title: [cell.value for cell in sheet[sheet.max_row]] for sheet in book}
    assert len(totals) == 5
    cards = Budget.objects.get().cards()
    assert (cards.given, cards.available) == (euro("450.50"), euro("9549.50"))
    balances = [from_cents(round(value * 100)) for value in list(totals.values())[4] if isinstance(value, int | float)]
    assert cards.given in balances
    assert cards.available in balances
