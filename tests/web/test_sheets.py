"""Workbooks hold real numbers and dates, calculate their totals, and never run what people typed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from web import sheets
from web.amounts import euro, from_cents
from web.sheets import Cell, Column, Sheet, write_workbook

TEXT = Column("What", width=30)
MONEY = Column("Amount", "money", 14, total=True)


def book(*columns: Column, rows: Sequence[Sequence[Cell]] = (), title: str = "Sheet") -> bytes:
    return write_workbook([Sheet(title, columns, rows)])


def read(content: bytes, *, values: bool = False) -> Worksheet:
    page = load_workbook(BytesIO(content), data_only=values).active
    assert isinstance(page, Worksheet)
    return page


def test_amounts_are_numbers_and_days_are_dates() -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # after midnight in Amsterdam
    columns = (TEXT, MONEY, Column("On", "date"), Column("Sent", "date"), Column("How many", "whole"))
    page = read(book(*columns, rows=[["Bankje", euro("1250.50"), date(2026, 3, 5), late, 12]]))
    what, amount, on, sent, many = page[2]
    assert (what.value, amount.value, many.value) == ("Bankje", 1250.5, 12)
    assert [str(day.value)[:10] for day in (on, sent)] == ["2026-03-05", "2026-07-01"]
    assert (amount.number_format, on.number_format) == ("€ #,##0.00", "dd-mm-yyyy")


def test_totals_are_formulas_that_carry_their_value() -> None:
    content = book(TEXT, MONEY, rows=[["a", from_cents(10)], ["b", from_cents(20)], ["c", None]])
    assert read(content)["B5"].value == "=SUM(B2:B4)"
    assert read(content, values=True)["B5"].value == 0.3
    with override("en"):
        assert read(book(TEXT, MONEY))["A3"].value == "Total"


def test_the_total_of_no_rows_is_zero_and_does_not_count_itself() -> None:
    assert read(book(TEXT, MONEY))["B3"].value == "=SUM(B2:B2)"
    assert read(book(TEXT, MONEY), values=True)["B3"].value == 0


def test_a_column_of_counts_adds_up_and_a_sheet_without_totals_has_no_total() -> None:
    whole = Column("Plans", "whole", total=True)
    assert read(book(whole, rows=[[2], [3]]), values=True)["A4"].value == 5
    assert read(book(TEXT, rows=[["a"]])).max_row == 2


def test_the_header_stays_in_view_and_every_column_can_be_filtered() -> None:
    page = read(book(TEXT, MONEY, rows=[["a", euro(1)]]))
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B2"
    assert page.column_dimensions["A"].width == pytest.approx(30, abs=1)
    assert page["A1"].font.bold


@pytest.mark.parametrize("typed", ["=1+1", "+31 6", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(0)"])
def test_text_never_becomes_a_formula(typed: str) -> None:
    content = book(Column(typed), TEXT, rows=[[typed, typed]])
    for cell in (read(content)["A1"], read(content)["A2"], read(content)["B2"]):
        assert cell.data_type == "s"
        assert str(cell.value).strip() == typed.strip()
    assert read(content)["A2"].quotePrefix
    assert b"<f>" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_addresses_and_numbers_in_text_stay_text() -> None:
    page = read(book(TEXT, TEXT, rows=[["http://example.com", "0612345678"]]))
    assert (page["A2"].value, page["A2"].hyperlink, page["B2"].value) == ("http://example.com", None, "0612345678")


@settings(deadline=None)
@given(st.text(st.characters(codec=None, categories=None), max_size=40))
def test_any_text_can_be_written_and_read_back(typed: str) -> None:
    back = read(book(TEXT, rows=[[typed]]))["A2"].value
    meant = typed.replace("\r\n", "\n").replace("\r", "\n")
    assert str(back or "").count("\n") == meant.count("\n")


def test_what_xml_cannot_hold_is_replaced_where_people_see_it() -> None:
    page = read(book(TEXT, TEXT, TEXT, rows=[["a\x00b\x1bc", "\ud800x", "_x0041_ \uffff"]]))
    assert [page["A2"].value, page["C2"].value] == [
        "a\ufffdb\ufffdc",
        "_x005F_x0041_ \ufffd",
    ]  # Excel reads it as typed
    assert str(page["B2"].value).endswith("x")


def test_text_too_long_for_a_cell_is_cut_where_people_see_it() -> None:
    for sign in ("a", "😀"):
        value = str(read(book(TEXT, rows=[[sign * 40_000]]))["A2"].value)
        assert value.endswith(f"{sign}…")
        assert len(value.encode("utf-16-le")) <= 2 * 32_767
    assert read(book(TEXT, rows=[["a" * 32_767]]))["A2"].value == "a" * 32_767


def test_what_a_spreadsheet_would_spoil_is_written_as_text() -> None:
    page = read(book(Column("n", "whole"), Column("d", "date"), rows=[[123456789012345678, date(1672, 6, 12)]]))
    assert [page["A2"].value, page["B2"].value] == ["123456789012345678", "1672-06-12"]


def test_titles_of_sheets_are_made_safe_and_stay_apart() -> None:
    names = ["a/b:c?", "'x'", "History", "", "Groen " * 9, "Groen " * 9, "A-B-C-"]
    content = write_workbook(Sheet(name, [TEXT], []) for name in names)
    titles = load_workbook(BytesIO(content)).sheetnames
    assert len({title.casefold() for title in titles}) == len(names)
    assert all(len(title) <= 31 for title in titles)
    assert titles[:4] == ["a-b-c-", "x", "History (2)", "-"]


def test_rows_may_be_a_generator_and_are_taken_one_by_one() -> None:
    taken: list[int] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for number in range(2_000):
            taken.append(number)
            yield [f"plan {number}", from_cents(number)]

    page = read(write_workbook([Sheet("s", [TEXT, MONEY], rows())]), values=True)
    assert len(taken) == 2_000
    assert page["B2002"].value == sum(range(2_000)) / 100


def test_a_row_with_a_cell_too_many_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        book(TEXT, rows=[["a", "b"]])


def test_more_rows_than_a_sheet_holds_is_an_error(monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(ValueError, match="do not fit"):
        book(TEXT, rows=[["a"]] * 3)
