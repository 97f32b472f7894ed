"""Real photos, receipts and broken files, as people send them; IBANs, and names of plans on paper."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError

from grants.papers.plan import PlanOnPaper, plan_page
from ledger.models.iban import read_iban
from tests.real import by_hand
from tests.real.files import files
from tests.real.read_back import ink, pages_of
from tests.real.table import Outcome
from web.amounts import in_cents, read_amount
from web.sheets import Column, Sheet, write_workbook

A_LINE = 40  # letters of a name on the A4


def uploads(data: Path) -> Iterator[Outcome]:
    yield from files(data)
    yield ibans(data / "text" / "iban_nl_documented_test_values.csv")
    yield naughty(data / "text" / "blns.json")
    for path in sorted((data / "plans").glob("*.pb")):
        yield plans(path)


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
    """Real plans: every cost is read as it was meant, and every name longer than a line fits on the A4."""
    projects = by_hand.plan_costs(path)
    outcome = Outcome(path.name, len(projects), 0, 0, sum(cents for _name, _cost, cents in projects), 0)
    for name, cost, _cents in projects:
        read = in_cents(read_amount(cost))
        outcome.total_out = (outcome.total_out or 0) + read
        outcome.count(name, on_one_a4(name, read) if len(name) > A_LINE else (), was_kept=True)
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
