"""The file of one case: complete, of one funder alone, and taken along with a deed."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from grants.models import Application, Letter
from grants.objection.actions import react
from tests import make
from tests.conftest import SignedIn
from web.models import Deed, Funder, Person, record


@pytest.fixture
def case(application: Application, officer: Person, resident: Person) -> Application:
    """Granted in part, with a sheet, and an objection to it."""
    make.sheet(application.plan)
    make.grant(application, by=officer, amount=400)
    react(Application.objects.get(), kind="objection", text="Wij vroegen meer.", by=resident)
    return Application.objects.get()


def taken(as_: SignedIn, case: Application, by: Person) -> ZipFile:
    answer: Any = as_(by).post(reverse("grants:case_file", args=[case.pk]))
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))


def listed(packed: ZipFile) -> str:
    pages = PdfReader(BytesIO(packed.read("file.pdf"))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_everything_is_in_it(as_: SignedIn, case: Application, officer: Person) -> None:
    packed = taken(as_, case, officer)
    assert packed.testzip() is None
    letters = [name for name in packed.namelist() if name.startswith("letters/")]
    assert len(letters) == Letter.objects.count() > 1
    assert bytes(Letter.objects.earliest("pk").pdf) in [packed.read(name) for name in letters]
    assert packed.read("plan.pdf").startswith(b"%PDF")
    sheet = case.plan.sheets.get()
    with sheet.picture.open() as picture:
        assert packed.read(f"sheets/{sheet.pk}.jpg") == picture.read()
    text = listed(packed)
    decision = case.decisions.get()
    for said in (case.number, decision.number, decision.reason, "Wij vroegen meer.", *packed.namelist()[:-1]):
        assert said in text


def test_it_leaves_a_deed(as_: SignedIn, case: Application, auditor: Person) -> None:
    taken(as_, case, auditor)
    assert Deed.objects.get(verb="export_case").by == auditor


def test_nothing_of_another_fund_is_in_it(
    as_: SignedIn, case: Application, officer: Person, outsider: Person, other_funder: Funder
) -> None:
    elsewhere = Application.objects.create(plan=case.plan, scheme=make.scheme(other_funder, title="Elders"))
    record(outsider, "judge", elsewhere)
    Letter.objects.create(application=elsewhere, to=case.plan.first_contact, event="x", subject="x", text="x", pdf=b"y")
    packed = taken(as_, case, officer)
    assert outsider.name not in listed(packed)
    assert b"y" not in [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize(
    ("who", "status"), [("treasurer", 403), ("fund_admin", 403), ("outsider", 404), ("resident", 404)]
)
def test_others_do_not_take_it(as_: SignedIn, case: Application, request: Any, who: str, status: int) -> None:
    visitor = as_(request.getfixturevalue(who))
    assert visitor.post(reverse("grants:case_file", args=[case.pk])).status_code == status
    assert not Deed.objects.filter(verb="export_case").exists()
