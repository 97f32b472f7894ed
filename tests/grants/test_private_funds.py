"""A private fund isn't bound by the Awb, so whoever works there reads it nowhere: on no page, paper or refusal."""

import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from openpyxl import load_workbook
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from grants.decide.actions import award
from grants.jot.actions import jot
from grants.models import Application
from tests import make
from tests.doors import Door, knock
from tests.grants.test_doors_of_plans import DOORS as OF_PLANS
from tests.house_rules import HOUSE
from tests.ledger.test_doors_of_money import DOORS as OF_MONEY
from tests.street import Street, build
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat

THE_LAW = re.compile(r"\bAwb\b|Algemene wet|General Administrative Law|dwangsom")
STAFF = ("officer", "decider", "treasurer", "fund_admin", "auditor", "panel")
# What public bodies alone read: each stands where `is_public_body` has been asked before.
FOR_PUBLIC_BODIES = {
    "Awb %(article)s(1)(%(letter)s)",  # a ground to change a grant
    "Then the law asks you to send it on at once, and to tell the residents (Awb 2:3).",
    "From %(day)s we pay a penalty: € 23 a day, later more (Awb 4:17).",
}


def text_of(content: bytes, kind: str) -> str:
    """What somebody reads of it: a page, a paper, a workbook, or all that is in a file."""
    if kind.startswith("application/pdf"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if "spreadsheet" in kind:
        rows = (row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True))
        return " ".join(str(cell) for row in rows for cell in row if cell is not None)
    if kind.startswith("application/zip"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            papers = [packed.read(name) for name in packed.namelist() if name.endswith(".pdf")]
        return " ".join(text_of(paper, "application/pdf") for paper in papers)
    return content.decode(errors="ignore") if kind.startswith("text/") else ""


def read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return text_of(content, answer.headers.get("Content-Type", ""))


def built(regime: str, blocker: DjangoDbBlocker) -> Iterator[Street]:
    with blocker.unblock(), transaction.atomic():
        street = build(regime)
        jot(
            Application.objects.get(pk=street.things["application"][0]),
            text="Bel de school.",
            by=street.people["officer"],
        )
        yield street
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def private(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Street]:
    yield from built(Funder.Regime.PRIVATE, django_db_blocker)


def who_reads_the_law(street: Street, doors: list[Door]) -> list[str]:
    found = []
    for door in doors:
        for name in STAFF:
            for method in ("get", "post"):
                said = THE_LAW.search(read(knock(door, street, name, method)))
                found += [f"{name} {method}s {door}: {said.group()}"] if said else []
    return found


@pytest.mark.wide
@pytest.mark.django_db
@pytest.mark.parametrize("door", [*OF_PLANS, *OF_MONEY], ids=str)
def test_staff_of_a_private_fund_read_no_awb_behind_any_door(door: Door, private: Street) -> None:
    assert who_reads_the_law(private, [door]) == []


def test_only_what_is_for_public_bodies_names_the_law_by_itself() -> None:
    """Everything else says it by `citing`, which asks what kind of fund it is."""
    catalogue = (HOUSE / "web/locale/nl/LC_MESSAGES/django.po").read_text()
    joined = re.findall(r'^msgid ((?:".*"\n)+)', catalogue, re.MULTILINE)
    sentences = {"".join(re.findall(r'"(.*)"', lines)) for lines in joined}
    assert {each for each in sentences if THE_LAW.search(each)} == FOR_PUBLIC_BODIES


# Refusals that no empty form brings about


@pytest.mark.django_db
@pytest.mark.parametrize(("regime", "says"), [("awb", True), ("private", False)])
def test_a_refusal_over_money_names_the_law_to_public_bodies_alone(regime: str, says: bool) -> None:
    funder = make.funder(regime=regime)
    decider = make.person()
    make.seat(decider, funder, Seat.Role.DECIDER, mandate=10_000)
    first, second, third = plans_for(funder, decider)
    for plan, amount, sentence in ((second, 500, "complete earlier"), (third, 700, "The ceiling leaves")):
        with pytest.raises(ValidationError, match=sentence) as refused:
            award(plan, amount=euro(amount), by=decider)
        assert bool(THE_LAW.search(str(refused.value.messages))) is says
    assert first.status == Application.Status.JUDGED


def plans_for(funder: Funder, decider: Person) -> list[Application]:
    """600, 500 and 700 euro, a minute after each other; the ceiling of the year is 1,000, and 650 in another scheme."""
    scarce = make.scheme(funder, money=50_000, ceiling=make.money(1_000))
    less = make.scheme(funder, money=50_000, ceiling=make.money(650))
    made = []
    for minute, (scheme, asked) in enumerate(((scarce, 600), (scarce, 500), (less, 700))):
        plan = make.application(scheme, make.person(), asked=asked)
        Application.objects.filter(pk=plan.pk).update(complete_at=clock.now() - timedelta(minutes=10 - minute))
        make.judgement(Application.objects.get(pk=plan.pk), by=decider)
        made.append(Application.objects.get(pk=plan.pk))
    return made
