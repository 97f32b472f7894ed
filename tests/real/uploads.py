"""Real photos, receipts and broken files, as people send them; IBANs, and names of plans on paper."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image

from grants.papers.plan import PlanOnPaper, plan_page
from ledger.pay.forms import read_iban
from tests.real import by_hand
from tests.real.read_back import ink, pages_of
from tests.real.table import Outcome
from web.amounts import in_cents, read_amount
from web.pictures import LONGEST_SIDE, safe_picture
from web.sheets import Column, Sheet, write_workbook

# What can be opened; everything else in those folders must be refused with a sentence.
PICTURES = {"DSCN0010.jpg", "landscape_3.jpg", "portrait_6.jpg", "exif_typeerror.jpg", "019.jpg"}
PICTURES |= {"aldi_02032020_19_02423.jpg"}


def uploads(data: Path) -> Iterator[Outcome]:
    for folder in ("photos", "receipts", "broken"):
        yield pictures(data / folder)
    yield ibans(data / "text" / "iban_nl_documented_test_values.csv")
    yield naughty(data / "text" / "blns.json")
    for path in sorted((data / "plans").glob("*.pb")):
        yield plans(path)


def pictures(folder: Path) -> Outcome:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    outcome = Outcome(f"{folder.name}/", len(files), 0, 0)
    for path in files:
        try:
            with path.open("rb") as opened:
                made = Image.open(safe_picture(File(opened, name=path.name)))
        except ValidationError as refusal:
            outcome.refused += 1
            outcome.notes.append(f"{path.name}: {refusal.messages[0]}")
            outcome.wrong += [f"{path.name} was refused"] if path.name in PICTURES else []
            continue
        outcome.accepted += 1
        outcome.wrong += [f"{path.name}: {fault}" for fault in faults(path, made)]
    return outcome


def faults(path: Path, made: Image.Image) -> Iterator[str]:
    if path.name not in PICTURES:
        yield "was accepted"
    if made.format != "JPEG" or max(made.size) > LONGEST_SIDE or made.getexif() or set(made.info) - JFIF:
        yield "is not a fresh JPEG"
    upright = {"portrait": made.height > made.width, "landscape": made.width > made.height}
    if not upright.get(path.name.partition("_")[0], True):
        yield "lies on its side"


JFIF = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def ibans(path: Path) -> Outcome:
    """Every IBAN whose check digits are wrong must be refused; the list says which those are."""
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    outcome = Outcome(path.name, len(rows), 0, 0)
    for row in rows:
        try:
            read_iban(row["iban"])
        except ValidationError:
            outcome.refused += 1
            if row["mod97_valid_checked_here"] == "yes":
                outcome.notes.append(
                    f"{row['iban']}: the check digits are right, but it isn't an account at a known bank"
                )
            continue
        outcome.accepted += 1
        if row["mod97_valid_checked_here"] != "yes":
            outcome.wrong.append(f"{row['iban']} was accepted")
    return outcome


def naughty(path: Path) -> Outcome:
    """Every naughty string is a plan's name, a question, an answer, a cost and a group on one A4; and a cell once."""
    strings = json.loads(path.read_text(encoding="utf-8"))
    outcome = Outcome(path.name, len(strings), 0, 0)
    for each in strings:
        outcome.count(each, on_one_a4(each, 100), was_kept=True)
    assert write_workbook([Sheet("x", [Column("x")], ([each] for each in strings))])
    return outcome


def on_one_a4(text: str, cents: int) -> Iterator[str]:
    """What is wrong with its paper, measured in the PDF: more than one page, or ink outside the margins."""
    pdf = plan_page(on_paper(text, cents))
    if (pages := pages_of(pdf)) != 1:
        yield f"{pages} pages"
    yield from ink(pdf)


def plans(path: Path) -> Outcome:
    """Real plans: every cost is read as it was meant, and every name fits on the A4."""
    projects = by_hand.plan_costs(path)
    outcome = Outcome(path.name, len(projects), 0, 0, sum(cents for _name, _cost, cents in projects), 0)
    for name, cost, _cents in projects:
        read = in_cents(read_amount(cost))
        outcome.total_out = (outcome.total_out or 0) + read
        outcome.count(name, on_one_a4(name, read), was_kept=True)
    return outcome


def on_paper(text: str, cents: int) -> PlanOnPaper:
    return PlanOnPaper(
        number="2026-1",
        title=text,
        scheme="Straatpot",
        funder="Waterveen",
        questions=((text, text),),
        lines=((text, cents),),
        asked=cents,
        group=text,
        date=date(2026, 3, 5),
    )
