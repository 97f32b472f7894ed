"""The workbook holds everything of one funder, adds up to the ledger, and is for treasurers and auditors alone."""

from collections.abc import Iterator
from io import BytesIO
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from grants.export.actions import export
from grants.models import Application, Scheme
from grants.papers import workbook
from ledger.models import Account, Budget, Payment, Transfer
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.models import Deed, Funder, Person
from web.sheets import Cell

SHEETS = ["Applications", "Grants", "Payments", "Ledger", "Balances"]


def opened(content: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(content), data_only=values)


def rows(book: Workbook, title: str) -> list[dict[str, object]]:
    """A sheet's rows by the names of its columns; the last one is the total."""
    page = book[title]
    assert isinstance(page, Worksheet)
    head, *lines = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def cents(value: object) -> int:
    assert isinstance(value, int | float)
    return round(value * 100)


@pytest.fixture
def two_plans(scheme: Scheme, officer: Person) -> list[Application]:
    """One granted in part, one declined in words that look like a formula."""
    granted = make.application(scheme, make.person(), asked=450, title="=HYPERLINK(1)")
    make.grant(granted, by=officer, amount=400)
    return [granted, make.application(scheme, make.person(), asked=1_250)]


def test_every_sheet_is_there_and_adds_up_to_the_ledger(
    two_plans: list[Application], funder: Funder, treasurer: Person
) -> None:
    book = opened(export(funder, by=treasurer))
    assert book.sheetnames == SHEETS
    totals = {title: rows(book, title)[-1] for title in SHEETS}
    assert (totals["Applications"]["Asked"], totals["Applications"]["Granted"]) == (1_700, 400)
    assert totals["Grants"]["Together"] == 400
    assert totals["Payments"]["Amount"] == 400
    moved = sum(Transfer.objects.values_list("cents", flat=True))
    assert cents(totals["Ledger"]["Amount"]) == moved
    in_books = Account.objects.all().cents_by_kind()
    assert cents(totals["Balances"]["Budget set"]) == -in_books["funding"]
    for title, kind in (("Available", "available"), ("Promised", "promised"), ("Given", "given")):
        assert cents(totals["Balances"][title]) == in_books.get(kind, 0)


def test_each_row_says_what_happened(two_plans: list[Application], funder: Funder, auditor: Person) -> None:
    book = opened(export(funder, by=auditor))
    first, second = rows(book, "Applications")[:2]
    granted, asked = two_plans
    assert (first["Number"], first["Plan"], first["Status"]) == (granted.number, "=HYPERLINK(1)", "granted")
    assert (first["Asked"], first["Granted"], first["Decision"]) == (450, 400, f"B{granted.number[:4]}-0001")
    assert (second["Asked"], second["Granted"], second["Decision"]) == (asked.asked.amount, None, None)
    grant = rows(book, "Grants")[0]
    assert (grant["Plan"], grant["Promised"], grant["Fixed at once"]) == ("=HYPERLINK(1)", 400, "yes")
    assert [row["What happened"] for row in rows(book, "Ledger")[:-1]] == ["budget raised", "promised"]
    assert rows(book, "Payments")[0]["Status"] == "planned"


def test_a_balance_is_the_sum_of_its_places(two_plans: list[Application], funder: Funder, treasurer: Person) -> None:
    for row in rows(opened(export(funder, by=treasurer)), "Balances"):
        places = [value for name, value in row.items() if isinstance(value, float | int) and name != "Year"]
        assert places[0] == sum(places[1:])


def test_totals_are_formulas(two_plans: list[Application], funder: Funder, treasurer: Person) -> None:
    book = opened(export(funder, by=treasurer), values=False)
    assert rows(book, "Applications")[-1]["Asked"] == "=SUM(I2:I3)"


def test_drafts_and_other_funders_are_not_in_it(
    application: Application, scheme: Scheme, resident: Person, other_funder: Funder, treasurer: Person
) -> None:
    make.draft(scheme, resident)
    make.application(make.scheme(other_funder), resident, asked=77)
    book = opened(export(scheme.funder, by=treasurer))
    assert [row["Number"] for row in rows(book, "Applications")[:-1]] == [application.number]
    assert len(rows(book, "Balances")) == 1 + Budget.objects.filter(funder=scheme.funder).count()


def test_nobody_can_be_reached_by_what_is_in_it(application: Application, funder: Funder, treasurer: Person) -> None:
    book = opened(export(funder, by=treasurer))
    text = str([rows(book, title) for title in SHEETS])
    assert not any(secret in text for secret in ("samira@", "06 00000001", "1234 AB", "IBAN"))


def test_it_leaves_a_deed(funder: Funder, auditor: Person) -> None:
    export(funder, by=auditor)
    deed = Deed.objects.about(funder).get(verb="export")
    assert (deed.by, deed.funder) == (auditor, funder)


def test_officers_and_others_are_refused(funder: Funder, officer: Person, resident: Person, outsider: Person) -> None:
    for person in (officer, resident, outsider):
        with pytest.raises(PermissionDenied):
            export(funder, by=person)
    assert not Deed.objects.filter(verb="export").exists()


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    scheme: Scheme, funder: Funder, officer: Person, treasurer: Person
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            export(funder, by=treasurer)
        return len(seen)

    make.grant(make.application(scheme, make.person()), by=officer)
    few = queries()
    for _number in range(9):
        make.grant(make.application(scheme, make.person()), by=officer)
    assert Payment.objects.count() == 10
    # One for the seat, one per sheet, one for the deed.
    assert queries() == few <= 7


def test_the_page_has_one_button_and_the_button_gives_the_workbook(
    application: Application, funder: Funder, treasurer: Person, as_: SignedIn
) -> None:
    browser = as_(treasurer)
    page = browser.get("/geld/werkboek/")
    assert page.status_code == 200
    assert page.content.decode().count("Download the workbook of Gemeente Waterveen") == 1
    answer = browser.post("/geld/werkboek/waterveen.xlsx")
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert opened(answer.content).sheetnames == SHEETS
    assert browser.get("/geld/werkboek/waterveen.xlsx").status_code == 405


def test_the_workbook_is_dutch_for_dutch_readers(funder: Funder, treasurer: Person, as_: SignedIn) -> None:
    answer = as_(treasurer).post("/geld/werkboek/waterveen.xlsx", headers={"accept-language": "nl"})
    assert len(opened(answer.content).sheetnames) == 5


def test_an_outsider_sees_no_page_and_an_officer_is_refused(
    funder: Funder, officer: Person, outsider: Person, resident: Person, as_: SignedIn
) -> None:
    assert as_(outsider).post("/geld/werkboek/waterveen.xlsx").status_code == 404
    assert as_(officer).post("/geld/werkboek/waterveen.xlsx").status_code == 403
    assert as_(officer).get("/geld/werkboek/").status_code == 403
    assert as_(resident).get("/geld/werkboek/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_all_sheets_see_the_same_moment_and_others_go_on_writing(
    scheme: Scheme, treasurer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody raises the budget on another connection while the workbook is being made."""
    funder, budget = scheme.funder, scheme.budgets.get()
    first_sheet = workbook.applications

    def meanwhile(of: Funder) -> Iterator[list[Cell]]:
        assert list(first_sheet(of)) == []
        other = Thread(target=raise_and_hang_up)
        other.start()
        other.join()
        return iter(())

    def raise_and_hang_up() -> None:
        budget.set_to(euro(99_000), by=Person.system())
        connection.close()

    monkeypatch.setattr(workbook, "applications", meanwhile)
    assert cents(rows(opened(export(funder, by=treasurer)), "Balances")[-1]["Available"]) == 1_000_000
    monkeypatch.undo()
    assert cents(rows(opened(export(funder, by=treasurer)), "Balances")[-1]["Available"]) == 9_900_000
