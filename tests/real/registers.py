"""Real registers through the import and back out through the workbook."""

import io
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import monotonic, process_time

from django.core.management import call_command
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from grants.export.actions import export
from grants.management.registers.mapping import Mapping, UnreadableError, read_mapping
from grants.management.registers.taking import take_register
from grants.models import Scheme
from tests import make
from tests.real import by_hand
from tests.real.table import Outcome
from web.models import Seat

HOUSE = Path(__file__).resolve().parents[2]
MAPPINGS = HOUSE / "fixtures" / "registers"
ENOUGH = 9_000_000_000  # euros in each budget
MOST_SECONDS = 60
number = count(1)


def pot(*years: int) -> Scheme:
    """A scheme of a funder of its own, with money enough in these years."""
    funder = make.funder(f"Funder {next(number)}", slug=f"real-{next(number)}")
    scheme = make.scheme(funder, money=None)
    for year in years:
        scheme.budgets.add(make.budget(funder, ENOUGH, year=year))
    return scheme


def registers(data: Path) -> Iterator[Outcome]:
    path = data / "register" / "amsterdam_subsidies_2016.json"
    for mapping, only_residents in (("amsterdam_2016_bewonersinitiatieven", True), ("amsterdam_2016", False)):
        yield from amsterdam(path, mapping, only_residents=only_residents)
    yield national_budget(data / "register" / "rijksbegroting_begrotingsstaten_origineel.csv")
    monthly = {"title": "Item", "asked": "Amount", "granted": "Amount", "year": "Item"}
    yield explained(data / "register" / "poi_simple-monthly-budget.xlsx", Mapping(monthly))
    errors = {"title": "Error", "asked": "Val", "granted": "Bang", "year": "Type"}
    yield explained(data / "register" / "sheetjs_ErrorTypes.xlsx", Mapping(errors))


def amsterdam(path: Path, mapping: str, *, only_residents: bool) -> Iterator[Outcome]:
    """In, once more (nothing may change), and out again: asked and granted as they were, to the cent."""
    began, at_work, scheme = monotonic(), process_time(), pot(2016)
    wanted = read_mapping(MAPPINGS / f"{mapping}.toml")
    account = take_register(path, scheme, wanted)
    again = take_register(path, scheme, wanted)
    treasurer = make.person()
    make.seat(treasurer, scheme.funder, Seat.Role.TREASURER)
    asked_out, granted_out, rows_out = totals(export(scheme.funder, by=treasurer))
    call_command("ledger_verify", stdout=io.StringIO())
    seconds = process_time() - at_work  # of this program alone: others on the machine don't count
    rows, asked, granted = by_hand.register_sums(path, only_residents=only_residents)
    wrong = [f"it took {seconds:.0f} seconds"] if seconds > MOST_SECONDS else []
    wrong += [f"{again.taken} rows were taken over twice"] if again.taken else []
    wrong += [f"{rows_out} rows came out, {account.taken} went in"] if rows_out != account.taken else []
    notes = [f"row {row}: {why}" for row, why in account.refused]
    notes += [f"in, again, out and verified: {seconds:.1f} seconds of work, {monotonic() - began:.1f} by the clock"]
    name, refused = f"{path.name} ({'residents’ schemes' if only_residents else 'all rows'})", len(account.refused)
    yield Outcome(f"{name}, asked", rows, account.taken, refused, asked, asked_out, notes, wrong)
    yield Outcome(f"{name}, granted", rows, account.taken, refused, granted, granted_out)


def totals(workbook: bytes) -> tuple[int, int, int]:
    """Cents asked and granted by the sheet's own totals, and its number of rows; each cell is added up as well."""
    book = load_workbook(io.BytesIO(workbook), data_only=True)
    page = book.worksheets[0]
    assert isinstance(page, Worksheet)
    head, *rows, last = page.iter_rows(values_only=True)
    sums = []
    for title in ("Asked", "Granted"):
        place = head.index(title)
        added = sum(in_cents(row[place]) for row in rows)
        assert added == in_cents(last[place]), f"the total of {title} is not the sum of its rows"
        sums.append(added)
    return sums[0], sums[1], len(rows)


def in_cents(cell: object) -> int:
    assert cell is None or isinstance(cell, int | float)
    return round((cell or 0) * 100)


def national_budget(path: Path) -> Outcome:
    """The nastiest spreadsheet: what can be read is read right, everything else is listed with its reason."""
    columns = {
        "title": "Omschrijving",
        "asked": "ontwerpbegroting",
        "granted": "vastgestelde begroting",
        "year": "Begrotingsjaar",
    }
    account = take_register(path, pot(*range(2009, 2020)), Mapping(columns), dry_run=True)
    read = by_hand.budget_rows(path)
    refused = {row for row, _why in account.refused}
    total_in = sum(cents[0] for row, cents in enumerate(read, start=2) if cents and row not in refused)
    unclear = sum(cents is None and row not in refused for row, cents in enumerate(read, start=2))
    wrong = [f"{unclear} rows were read that aren't clear"] if unclear else []
    notes = [f"row {row}: {why}" for row, why in account.refused[:12]]
    notes += [f"… and {len(account.refused) - 12} more"] if len(account.refused) > 12 else []
    total_out = int(account.asked.amount * 100)
    return Outcome(path.name, len(read), account.taken, len(refused), total_in, total_out, notes, wrong)


def explained(path: Path, mapping: Mapping) -> Outcome:
    """A workbook that is no register: it must say so, row by row or as a whole."""
    try:
        account = take_register(path, pot(2016), mapping, dry_run=True)
    except UnreadableError as error:
        return Outcome(path.name, 1, 0, 1, notes=[str(error)])
    notes = [f"row {row}: {why}" for row, why in account.refused[:3]]
    return Outcome(path.name, account.rows, account.taken, len(account.refused), notes=notes)
