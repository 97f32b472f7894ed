"""The lists of CBS through the import: twice, and counted beside the files themselves."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from django.test import Client

from grants.management.areas.taking import take_areas
from grants.models import Area, AreaPostcode
from grants.models.area import Place
from tests import make
from tests.real.table import Outcome

YEAR = 2024
MUNICIPALITIES, NEIGHBOURHOODS = 342, 14_574
MOST_SECONDS = 30
MOST_BYTES = 60_000


def areas(data: Path) -> Iterator[Outcome]:
    lists = (
        ("gm", "cbs_gemeenten_2024.csv", MUNICIPALITIES),
        ("bu", "cbs_wijken_buurten_2024_heel_nederland.csv", NEIGHBOURHOODS),
    )
    for kind, name, number in lists:
        yield taken(data / "areas" / name, kind, number)
    yield found(data / "areas" / lists[1][1])


def taken(path: Path, kind: str, number: int) -> Outcome:
    """Every row in once; a second time nothing changes. Inhabitants in the file are those in the database."""
    start = monotonic()
    account, again = take_areas(path, year=YEAR), take_areas(path, year=YEAR)
    seconds = monotonic() - start
    outcome = Outcome(f"areas/{path.name}", account.rows, account.new + account.same, len(account.refused))
    outcome.notes = [f"{account.new} new, {account.districts} districts, twice in {seconds:.1f} s"]
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    code = "buurt_code" if kind == "bu" else "gemeente_code"
    in_file = {(row[code], int(row["inwoners"]) if row["inwoners"] else None) for row in rows}
    here = set(Area.objects.filter(year=YEAR, kind=kind).values_list("code", "inhabitants"))
    checks = {
        f"{number} rows": account.rows == len(rows) == number,
        "every row is new, the second time none": (account.new, again.new, again.same) == (number, 0, number),
        "codes and inhabitants as in the file": here == in_file,
        f"within {MOST_SECONDS} s": seconds <= MOST_SECONDS,
    }
    outcome.wrong = [f"not so: {check}" for check, is_so in checks.items() if not is_so]
    return outcome


def found(path: Path) -> Outcome:
    """Every postcode of the list leads to the neighbourhoods that stand beside it; the start page offers the most."""
    beside: dict[str, set[str]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if row["pc4"]:
            beside.setdefault(row["pc4"], set()).add(row["buurt_code"])
    here: dict[str, set[str]] = {}
    for digits, code in AreaPostcode.objects.values_list("digits", "area__code"):
        here.setdefault(digits, set()).add(code)
    right = sum(here.get(digits) == codes for digits, codes in beside.items())
    outcome = Outcome("areas: postcodes", len(beside), right, len(beside) - right)
    outcome.wrong = ["postcodes with other neighbourhoods"] if right != len(beside) or len(here) != len(beside) else []
    return the_longest_list(outcome, max(beside, key=lambda digits: len(beside[digits])))


def the_longest_list(outcome: Outcome, digits: str) -> Outcome:
    """The start page for the postcode with the most neighbourhoods: all are offered, and the page stays light."""
    place = Place.at(digits)
    scheme = make.scheme(make.funder())
    make.limited(scheme, *place.choices[:1])
    page = Client().get("/", {"postcode": digits})
    offered = set(re.findall(r'<option value="(BU\w{8})"', page.text))
    outcome.notes.append(
        f"{digits}: {len(offered)} neighbourhoods to choose from, a page of {len(page.content):,} bytes"
    )
    if offered != {area.code for area in place.choices} or len(page.content) > MOST_BYTES:
        outcome.wrong.append(f"{digits} has {len(place.choices)} neighbourhoods; or the page is too heavy")
    return outcome
