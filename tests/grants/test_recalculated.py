"""LibreOffice, which knows nothing of us, calculates the exported workbook again and finds the same totals."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from grants.export.actions import export
from grants.models import Application
from web.models import Funder, Person

SOFFICE = shutil.which("soffice")
Totals = dict[tuple[str, str], float]


def totals(formulas: bytes, values: bytes) -> Totals:
    """The value of every cell that is a formula, by sheet and place."""
    worked_out = load_workbook(BytesIO(values), data_only=True)
    return {
        (sheet.title, cell.coordinate): worked_out[sheet.title][cell.coordinate].value
        for sheet in load_workbook(BytesIO(formulas))
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    }


def recalculated(book: bytes, folder: Path) -> bytes:
    """The workbook without the values we wrote beside the formulas, calculated and saved by LibreOffice."""
    bare, done = folder / "bare.xlsx", folder / "done"
    load_workbook(BytesIO(book)).save(bare)
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*words, "--outdir", done, bare], check=True, capture_output=True, timeout=120)
    return (done / "bare.xlsx").read_bytes()


@pytest.mark.skipif(SOFFICE is None and "CI" not in os.environ, reason="sudo apt install libreoffice-calc-nogui")
def test_libreoffice_finds_the_totals_that_we_wrote(
    granted: Application, funder: Funder, treasurer: Person, tmp_path: Path
) -> None:
    book = export(funder, by=treasurer)
    ours, theirs = totals(book, book), totals(book, recalculated(book, tmp_path))
    assert len(ours) >= 5
    assert {place: round(value, 2) for place, value in theirs.items()} == ours
    assert 450 in ours.values(), "what Samira got is in one of the totals"
