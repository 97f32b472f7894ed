"""The file of one case: complete, of one funder alone, and taken along with a deed."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from pypdf import PdfReader

from grants.decide.actions import decline
from grants.enquire.actions import answer_enquiry
from grants.find_out.actions import answer_clearance, find_out
from grants.jot.actions import jot
from grants.models import Application, Letter, Scheme
from grants.objection.actions import react
from grants.promise.actions import excuse_promise, keep_promise, promise
from grants.supplement.actions import note_completion
from tests import make
from tests.conftest import SignedIn
from web.clock import today
from web.models import Deed, Funder, Person, record


@pytest.fixture
def case(application: Application, officer: Person, resident: Person) -> Application:
    """Granted in part, with a sheet, and an objection to it."""
    make.sheet(application.plan)
    make.grant(application, by=officer, amount=400)
    react(Application.objects.get(), kind="objection", text="Wij vroegen meer.", by=resident)
    return Application.objects.get()


def taken(as_: SignedIn, case: Application, by: Person, **typed: str) -> ZipFile:
    answer: Any = as_(by).post(reverse("grants:case_file", args=[case.pk]), typed)
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
    assert f"objection · {today():%-d %B %Y} · Samira Lindeboom. Wij vroegen meer. Payments" in text, "no answer yet"
    for said in (case.number, decision.number, decision.reason, *packed.namelist()[:-1]):
        assert said in text


def test_it_names_criteria_in_the_readers_language_and_no_amount_where_nothing_was_given(
    as_: SignedIn, application: Application, officer: Person
) -> None:
    make.judgement(application, by=officer)
    grounds = application.edition.criteria.all()[:1]
    decline(application, grounds=grounds, reason="Nee.", possible="Een kleiner plan.", by=officer)
    text = listed(taken(as_, application, officer))
    assert "For the neighbourhood: " in text
    assert "Voor de buurt: " not in text
    assert "€" not in text


def test_what_was_found_out_asked_and_promised_is_in_it(
    as_: SignedIn, scheme: Scheme, officer: Person, resident: Person
) -> None:
    """What residents typed as an answer here stands in no letter."""
    with make.changing(scheme) as edition:
        first, second = make.check(edition, "Mag het op deze grond?"), make.check(edition, "Is er muziek?")
    scheme.refresh_from_db()
    case = make.application(scheme, resident)
    answer_clearance(find_out(case, check=first, by=officer), answer="provided", text="Naast het pad.", by=officer)
    find_out(case, check=second, by=officer)
    answer_enquiry(make.asked(case, "Wie geeft water?", by=officer), answer="Joke doet dat.", by=resident)
    completion = make.returned(Application.objects.get(), "costs", by=officer)
    came: dict[str, Any] = {"member": case.plan.members.get(), "came_by": "phone", "received_on": today()}
    note_completion(completion, told="Dat kost 300 euro.", by=officer, **came)
    keep_promise(promise(case, what="Wij bellen het waterschap.", until=today(), by=officer), by=officer)
    broken = promise(case, what="Wij sturen een kaart.", until=today(), by=officer)
    excuse_promise(broken, excuse="De kaart is op.", by=officer)
    text = listed(taken(as_, case, officer))
    day = date_format(today(), "j F Y")
    for said in (
        f"Mag het op deze grond? yes, provided. Naast het pad. Fatima van Wilgen, {day}",
        "Is er muziek? – Fatima van Wilgen",
        "Wie geeft water? · Joke doet dat. · Samira Lindeboom",
        "What it costs, in a short list · Dat kost 300 euro. · Samira Lindeboom",
        f"Wij bellen het waterschap. Fatima van Wilgen, {day}. Kept: {day}.",
        f"Wij sturen een kaart. Fatima van Wilgen, {day}. De kaart is op.",
    ):
        assert said in text
    assert text.index("Wie geeft water?") < text.index("Dat kost 300 euro."), "as it went"


def test_notes_stay_out_of_what_others_may_read(as_: SignedIn, case: Application, officer: Person) -> None:
    """Awb 7:4: what officers wrote for each other is weighed apart."""
    jot(case, text="Geheim overleg.", by=officer)
    assert "without_notes" in as_(officer).get(reverse("grants:application", args=[case.pk])).text
    assert "notes.pdf" in taken(as_, case, officer).namelist()
    assert "notes.pdf" not in taken(as_, case, officer, without_notes="1").namelist()
    kept = [deed.detail.values["with_notes"] for deed in Deed.objects.filter(verb="export_case").order_by("pk")]
    assert kept == ["True", "False"]


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
