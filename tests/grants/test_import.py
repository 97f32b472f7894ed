"""Taking over a register: every row is accounted for, and none is half taken over or taken over twice."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from grants.management.registers.mapping import UnreadableError, read_mapping
from grants.management.registers.reading import read_register
from grants.management.registers.taking import Account, take_register
from grants.models import Application, Grant, Letter, Plan, Scheme
from grants.take_over.actions import RegisterRow, take_over
from ledger.models import Budget, Payment, Posting
from tests import make
from web.amounts import euro
from web.models import Deed, Funder, Mail, Person

MAPPING = """
[columns]
title = "Project"
group = "Naam"
asked = "Gevraagd"
granted = "Verleend"
year = "Jaar"
[about]
columns = ["Thema"]
[private]
group = ["(Particulier)"]
"""
ROWS: list[dict[str, Any]] = [
    {"Naam": "Stichting De Linde", "Project": "Feest", "Gevraagd": "€ 1.250", "Verleend": 1_000, "Jaar": 2016},
    {"Naam": "(Particulier)", "Project": "Bankje", "Gevraagd": "450,-", "Verleend": 0, "Jaar": 2016},
    {"Naam": "Stichting De Linde", "Project": "Feest", "Gevraagd": "€ 1.250", "Verleend": 1_000, "Jaar": 2016},
    {"Naam": "Koor", "Project": "Zingen", "Gevraagd": "1.25", "Verleend": 1, "Jaar": 2016},
    {"Naam": "Groot", "Project": "Hal", "Gevraagd": "1.000.000,50", "Verleend": 12.34, "Jaar": 2016},
]
Write = Callable[..., Path]


@pytest.fixture
def pot(funder: Funder) -> Scheme:
    """A scheme with 5,000 euro in 2016."""
    made = make.scheme(funder, slug="pot", money=None)
    made.budgets.add(make.budget(funder, 5_000, year=2016))
    return made


@pytest.fixture
def register(tmp_path: Path) -> Write:
    def write(rows: list[dict[str, Any]] | None = None, mapping: str = MAPPING) -> Path:
        (tmp_path / "mapping.toml").write_text(mapping)
        path = tmp_path / "register.json"
        path.write_text(json.dumps([{"Thema": "Groen", **row} for row in (ROWS if rows is None else rows)]))
        return path

    return write


def take(path: Path, into: Scheme, *, dry_run: bool = False) -> Account:
    return take_register(path, into, read_mapping(path.with_name("mapping.toml")), dry_run=dry_run)


def test_every_row_is_taken_over_or_refused_with_a_reason(register: Write, pot: Scheme) -> None:
    account = take(register(), pot)
    assert (account.rows, account.taken, account.there, account.left_out) == (5, 4, 0, 0)
    [(number, why)] = account.refused
    assert number == 4
    assert why.startswith("Gevraagd: “1.25”: Do you mean 1 euro and 25 cents")
    assert account.asked == euro("1002950.50")
    assert account.granted == euro("2012.34")
    assert account.rows == account.taken + len(account.refused)


def test_a_row_becomes_a_closed_application_whose_money_was_given(register: Write, pot: Scheme) -> None:
    take(register(ROWS[:1]), pot)
    application = Application.objects.get()
    assert application.imported
    assert (application.status, application.asked, application.granted) == ("closed", euro(1_250), euro(1_000))
    assert application.received_on == date(2016, 1, 1)
    assert (str(application.plan), application.plan.group_name) == ("Feest", "Stichting De Linde")
    assert application.plan.what == "Thema: Groen"
    commitment = Grant.objects.get(application=application).commitment
    assert (commitment.given, commitment.promised) == (euro(1_000), euro(0))
    assert commitment.imported
    assert pot.budgets.get().available == euro(4_000)
    given = Posting.objects.get(kind=Posting.Kind.GIVEN_ALREADY)
    assert given.effective_date == date(2016, 12, 31)
    assert not Payment.objects.exists()


def test_nothing_granted_is_declined_and_a_private_person_keeps_no_name(register: Write, pot: Scheme) -> None:
    take(register(ROWS[1:2]), pot)
    application = Application.objects.get()
    assert (application.status, application.granted) == ("declined", None)
    assert application.plan.group_name == ""
    assert application.plan.first_contact.name == ""
    assert "Particulier" not in application.plan.what


def test_each_row_leaves_one_deed_and_no_letter(register: Write, pot: Scheme) -> None:
    take(register(), pot)
    assert Deed.objects.filter(verb="take_over").count() == Application.objects.count() == 4
    assert not Letter.objects.exists()
    assert not Mail.objects.exists()


def test_taking_over_twice_changes_nothing_though_rows_are_alike(register: Write, pot: Scheme) -> None:
    path = register()
    take(path, pot)
    postings = Posting.objects.count()
    again = take(path, pot)
    assert (again.taken, again.there, len(again.refused)) == (0, 4, 1)
    assert Application.objects.filter(plan__title="Feest").count() == 2
    assert Posting.objects.count() == postings


def test_a_third_row_that_is_alike_is_one_more(register: Write, pot: Scheme) -> None:
    take(register(), pot)
    assert take(register([*ROWS, ROWS[0]]), pot).taken == 1


def test_a_dry_run_tells_the_truth_and_changes_nothing(register: Write, pot: Scheme) -> None:
    people = Person.objects.count()
    account = take(register(), pot, dry_run=True)
    assert (account.taken, len(account.refused)) == (4, 1)
    assert not Application.objects.exists()
    assert not Plan.objects.exists()
    assert Person.objects.count() == people
    assert pot.budgets.get().available == euro(5_000)


def test_a_row_the_budget_does_not_hold_is_refused_whole_and_the_next_goes_on(register: Write, pot: Scheme) -> None:
    too_much = ROWS[0] | {"Gevraagd": 9_000, "Verleend": 9_000}
    account = take(register([too_much, ROWS[0]]), pot)
    assert account.taken == 1
    assert account.refused == [(1, "There is € 5.000 left in this budget. That is too little for € 9.000.")]
    assert Plan.objects.count() == Application.objects.count() == 1


def test_a_year_without_a_budget_is_refused(register: Write, pot: Scheme) -> None:
    account = take(register([ROWS[0] | {"Jaar": 2017}]), pot)
    assert account.refused == [(1, "This scheme has no budget for 2017. Set it first.")]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Gevraagd": ""}, "Gevraagd: there is no amount"),
        ({"Gevraagd": None}, "Gevraagd: there is no amount"),
        ({"Gevraagd": True}, "Gevraagd: there is no amount"),
        ({"Gevraagd": "n.v.t."}, "Gevraagd: “n.v.t.”: Write an amount"),
        ({"Verleend": -5}, "Verleend: -5 is not an amount"),
        ({"Verleend": 12.345}, "Verleend: 12.345 is not an amount"),
        ({"Verleend": float("nan")}, "Verleend: nan is not an amount"),
        ({"Verleend": "#DIV/0!"}, "Verleend: “#DIV/0!”"),
        ({"Verleend": 10**14}, "Verleend: “100000000000000”: This amount is too large"),
        ({"Jaar": "vorig jaar"}, "Jaar: “vorig jaar” is not a year"),
        ({"Jaar": 1066}, "Jaar: “1066” is not a year"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_registers_own_name(
    register: Write, pot: Scheme, changed: dict[str, Any], reason: str
) -> None:
    account = take(register([ROWS[0] | changed]), pot)
    assert account.taken == 0
    assert account.refused[0][1].startswith(reason)
    assert not Plan.objects.exists()


def test_two_mistakes_in_one_row_are_both_said(register: Write, pot: Scheme) -> None:
    [(_number, why)] = take(register([ROWS[0] | {"Gevraagd": "x", "Jaar": "y"}]), pot).refused
    assert "Gevraagd:" in why
    assert "Jaar:" in why


def test_sums_of_a_spreadsheet_are_rounded_where_only_its_arithmetic_is_off(register: Write, pot: Scheme) -> None:
    assert take(register([ROWS[0] | {"Verleend": 0.1 + 0.2}]), pot).granted == euro("0.30")


def test_dates_are_read_in_dutch_and_of_spreadsheets(register: Write, pot: Scheme) -> None:
    mapping = MAPPING.replace('year = "Jaar"', 'received_on = "Op"\ngiven_on = "Betaald"\ncase_number = "Zaak"')
    row = ROWS[0] | {"Op": "5-3-2016", "Betaald": "2016-04-01T00:00:00", "Zaak": " Z/12 "}
    account = take(register([row, row | {"Op": "31-2-2016"}, row | {"Op": ""}], mapping), pot)
    application = Application.objects.get()
    assert (application.received_on, application.case_number) == (date(2016, 3, 5), "Z/12")
    assert Posting.objects.get(kind=Posting.Kind.GIVEN_ALREADY).effective_date == date(2016, 4, 1)
    assert [number for number, _why in account.refused] == [2, 3]


def test_a_long_title_is_shortened_where_people_see_it_and_kept_whole_in_the_text(register: Write, pot: Scheme) -> None:
    take(register([ROWS[0] | {"Project": "Een heel lang plan " * 20}]), pot)
    plan = Plan.objects.get()
    assert len(plan.title) == 120
    assert plan.title.endswith("…")
    assert plan.what.startswith(("Een heel lang plan " * 20).strip())


def test_signs_no_database_can_hold_are_replaced_where_people_see_it(register: Write, pot: Scheme) -> None:
    row = ROWS[0] | {"Project": "Feest\x00 in\u00a0de\nstraat\ud800", "Thema": "Gr\x07oen"}
    assert take(register([row]), pot).refused == []
    plan = Plan.objects.get()
    assert (plan.title, plan.what) == ("Feest\ufffd in de straat\ufffd", "Thema: Gr\ufffdoen")


def test_only_the_rows_the_mapping_wants_are_taken(register: Write, pot: Scheme) -> None:
    where = MAPPING + '[where]\ncolumn = "Project"\ncontains = "FEEST"\n'
    account = take(register(mapping=where), pot)
    assert (account.rows, account.left_out, account.taken, account.refused) == (5, 3, 2, [])


def test_only_the_system_takes_over(pot: Scheme, officer: Person) -> None:
    row = RegisterRow(key="k", asked=euro(1), granted=euro(0), received_on=date(2016, 1, 1))
    with pytest.raises(PermissionDenied):
        take_over(pot, row=row, by=officer)
    with pytest.raises(ValidationError, match="needs what was asked"):
        take_over(pot, row=RegisterRow(key="k"), by=Person.system())


# Files as people have them.


def xlsx(*rows: list[Any]) -> bytes:
    book, written = Workbook(), BytesIO()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(written)
    return written.getvalue()


HEAD = ["Naam", "Project", "Gevraagd", "Verleend", "Jaar", "Thema"]
LINE = ["Koor", "Zingen", "1.250,50", "1000", "2016", "Kunst"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "\n".join(";".join(row) for row in (HEAD, LINE)).encode()),
        ("bom.csv", ("\ufeff" + "\r\n".join(";".join(row) for row in (HEAD, LINE))).encode()),
        ("tab.tsv", "\n".join("\t".join(row) for row in (HEAD, LINE)).encode()),
        ("comma.csv", (",".join(HEAD) + '\nKoor,Zingen,"1.250,50",1000,2016,Kunst\n\n,,,,,\n').encode()),
        ("above.csv", ("Register 2016\n\n" + "\n".join(";".join(row) for row in (HEAD, LINE))).encode()),
        ("a.xlsx", xlsx(HEAD, ["Koor", "Zingen", 1250.5, 1000, 2016, "Kunst"])),
        ("above.xlsx", xlsx(["Register"], [], HEAD, ["Koor", "Zingen", "1.250,50", 1000.0, 2016.0, None])),
        ("in.json", json.dumps({"rows": [dict(zip(HEAD, LINE, strict=True))]}).encode()),
    ],
)
def test_a_register_is_read_from_every_usual_kind_of_file(
    name: str, content: bytes, register: Write, pot: Scheme
) -> None:
    path = register().with_name(name)
    path.write_bytes(content)
    account = take(path, pot)
    assert account.refused == []
    assert (account.taken, account.asked, account.granted) == (1, euro("1250.50"), euro(1_000))


def test_cells_in_utf_8_and_windows_1252_are_both_read(register: Write) -> None:
    path = register().with_name("mixed.csv")
    path.write_bytes("Naam;x\nCafé ’t Hoekje – €;1\n".encode() + "Café ’t Hoekje – €;2\n".encode("cp1252"))
    assert [line.cells["Naam"] for line in read_register(path, {"Naam"})] == ["Café ’t Hoekje – €"] * 2


def test_a_cell_in_an_unknown_character_set_is_refused_not_guessed(register: Write, pot: Scheme) -> None:
    path = register().with_name("old.csv")
    path.write_bytes((";".join(HEAD) + "\nCoöperatie;Diëtist;10;10;2016;x\n").encode("cp850"))
    [(number, why)] = take(path, pot).refused
    assert number == 2
    assert "unknown character set" in why


def test_a_row_with_other_cells_than_the_head_is_refused(register: Write, pot: Scheme) -> None:
    path = register().with_name("ragged.csv")
    path.write_text("\n".join([";".join(HEAD), "Koor;Zingen;10", ";".join([*LINE, "meer"])]))
    account = take(path, pot)
    assert [why for _number, why in account.refused] == [
        "it has 3 cells where the head has 6",
        "it has 7 cells where the head has 6",
    ]


def test_a_date_cell_of_a_workbook_is_a_date(register: Write, pot: Scheme) -> None:
    path = register(mapping=MAPPING.replace('year = "Jaar"', 'received_on = "Jaar"')).with_name("d.xlsx")
    path.write_bytes(xlsx(HEAD, ["Koor", "Zingen", 1, 1, datetime(2016, 3, 5), "x"]))  # noqa: DTZ001
    assert take(path, pot).taken == 1
    assert Application.objects.get().received_on == date(2016, 3, 5)


def hostile_xlsx() -> bytes:
    """A workbook whose sheet wants the reader to fetch a file of the server."""
    written = BytesIO(xlsx(HEAD, LINE))
    with zipfile.ZipFile(written) as clean, zipfile.ZipFile(out := BytesIO(), "w") as spoiled:
        for part in clean.namelist():
            content = clean.read(part)
            if part.endswith("sheet1.xml"):
                entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
                content = entity + content.replace(b"Zingen", b"&e;")
            spoiled.writestr(part, content)
    return out.getvalue()


def zip_bomb() -> bytes:
    with zipfile.ZipFile(written := BytesIO(), "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(410_000_000))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF", "not XLSX, CSV or JSON"),
        ("a.json", b"{", "can't be read as JSON"),
        ("deep.json", b"[" * 100_000, "can't be read as JSON"),
        ("text.json", b'"hello"', "no list of rows"),
        ("a.xlsx", b"PK no zip", "can't be read as a workbook"),
        ("xxe.xlsx", hostile_xlsx(), "can't be read as a workbook"),
        ("empty.csv", b"", "Missing: Gevraagd, Jaar, Naam"),
        ("other.csv", b"Naam;Bedrag\nx;1\n", "Missing: Gevraagd"),
        ("large.csv", b"x" * 50_000_001, "larger than 50 MB"),
        ("wide.csv", b'"' + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_register_is_explained(
    name: str, content: bytes, sentence: str, register: Write, pot: Scheme
) -> None:
    path = register().with_name(name)
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=sentence):
        take(path, pot)


def test_a_workbook_that_unpacks_into_too_much_is_refused_before_it_is(register: Write, pot: Scheme) -> None:
    path = register().with_name("bomb.xlsx")
    path.write_bytes(zip_bomb())
    with pytest.raises(UnreadableError, match="too large when it is unpacked"):
        take(path, pot)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[columns", "can't be read as a mapping"),
        ('[columns]\nasked = "x"\n', "must name the columns"),
        ('[columns]\nasked = "x"\ngranted = "y"\n', "must name the columns"),
        (MAPPING.replace("title", "titel"), "names we don't know: titel"),
        (MAPPING.replace("[about]", "[more]"), "names we don't know: more"),
    ],
)
def test_a_mapping_that_is_wrong_is_explained(mapping: str, sentence: str, register: Write) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read_mapping(register(mapping=mapping).with_name("mapping.toml"))


@pytest.mark.parametrize("name", ["amsterdam_2016", "amsterdam_2016_bewonersinitiatieven"])
def test_the_mappings_in_the_house_can_be_read(name: str) -> None:
    mapping = read_mapping(Path("fixtures/registers") / f"{name}.toml")
    assert mapping.columns["asked"] == "Aangevraagd"
    assert (mapping.where is None) == (name == "amsterdam_2016")


# The command.


def said_by(path: Path, *options: str, scheme: str = "pot") -> str:
    out = StringIO()
    mapping = str(path.with_name("mapping.toml"))
    call_command("import_register", str(path), "--scheme", scheme, "--mapping", mapping, *options, stdout=out)
    return out.getvalue()


def test_the_command_counts_and_lists(register: Write, pot: Scheme) -> None:
    path = register()
    told = said_by(path, "--dry-run")
    assert "4 would be taken over: € 1.002.950,50 asked, € 2.012,34 granted." in told
    assert "Nothing has been changed." in told
    told = said_by(path)
    assert "5 rows read, 0 of them left out by the mapping." in told
    assert "4 taken over: € 1.002.950,50 asked, € 2.012,34 granted." in told
    assert "1 can't be taken over:\n  row 4: Gevraagd: “1.25”" in told
    assert "4 were there already." in said_by(path)
    assert Budget.objects.get(year=2016).available == euro("2987.66")


def test_the_command_explains_what_is_not_there(register: Write, pot: Scheme) -> None:
    path = register()
    with pytest.raises(CommandError, match="There is no scheme “ander”"):
        said_by(path, scheme="ander")
    path.unlink()
    with pytest.raises(CommandError, match="can't be opened"):
        said_by(path)
