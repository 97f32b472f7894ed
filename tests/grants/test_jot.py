"""Notes of officers for each other: theirs alone, with author and moment, in the file and forgotten with the plan."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from grants.erase.actions import erase_person
from grants.jot.actions import jot
from grants.models import Application, Aside, Member, Note
from grants.review.actions import take_up
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_case import taken
from tests.grants.test_overview import queries_of
from web.models import Deed, Funder, Person

SECRET = "Belde de woningbouw: de muur is van hen"


@pytest.fixture
def noted(application: Application, officer: Person) -> Application:
    jot(application, text=SECRET, by=officer)
    return application


def page(application: Application) -> str:
    return reverse("grants:application", args=[application.pk])


def test_a_note_stands_on_the_page_with_its_author_and_moment(
    as_: SignedIn, application: Application, officer: Person, decider: Person
) -> None:
    address = reverse("grants:jot", args=[application.pk])
    visitor = as_(officer)
    assert "Write your note first." in visitor.post(address, {"text": " "}).text
    assert visitor.post(address, {"text": SECRET})["Location"] == page(application)
    shown = as_(decider).get(page(application)).text
    assert SECRET in shown
    assert officer.name in shown.split(SECRET)[0].rsplit("<li", 1)[1]
    assert Deed.objects.get(verb="jot").by == officer


@pytest.mark.parametrize("who", ["treasurer", "fund_admin"])
def test_others_at_the_fund_read_no_note(
    request: pytest.FixtureRequest, as_: SignedIn, noted: Application, who: str
) -> None:
    person = request.getfixturevalue(who)
    assert SECRET not in as_(person).get(page(noted)).text
    assert as_(person).get(reverse("grants:jot", args=[noted.pk])).status_code == 403


def test_whoever_has_the_plan_reads_what_colleagues_wrote(
    as_: SignedIn, noted: Application, officer: Person, decider: Person
) -> None:
    """Also who judged it, and in the file of the case."""
    take_up(noted, by=decider)
    make.judgement(noted, by=officer)
    for handler in (decider, officer):
        assert SECRET in as_(handler).get(page(noted)).text
        assert "notes.pdf" in taken(as_, noted, handler).namelist()


def test_the_auditor_reads_and_does_not_write(as_: SignedIn, noted: Application, auditor: Person) -> None:
    assert SECRET in as_(auditor).get(page(noted)).text
    with pytest.raises(PermissionDenied):
        jot(noted, text="x", by=auditor)


def test_residents_never_read_it_nor_that_there_is_one(as_: SignedIn, noted: Application, resident: Person) -> None:
    track = as_(resident).get(reverse("grants:track", args=[noted.pk])).text
    assert SECRET not in track
    assert "jot" not in track
    assert Deed.objects.get(verb="jot").thread is None


def test_another_fund_of_the_same_plan_reads_nothing(
    as_: SignedIn, noted: Application, outsider: Person, other_funder: Funder
) -> None:
    elsewhere = make.application(make.scheme(other_funder), make.person())
    Application.objects.filter(pk=elsewhere.pk).update(plan=noted.plan)
    assert SECRET not in as_(outsider).get(page(elsewhere)).text
    assert list(Note.objects.visible_to(outsider)) == []


def test_an_officer_of_the_group_or_the_street_reads_nothing(
    as_: SignedIn, noted: Application, decider: Person, officer: Person
) -> None:
    Member.objects.create(plan=noted.plan, person=decider)
    assert SECRET not in as_(decider).get(page(noted)).text
    assert "notes.pdf" not in taken(as_, noted, decider).namelist()
    Aside.step(noted, by=officer)
    assert list(Note.objects.visible_to(officer)) == []


def test_notes_are_a_paper_of_their_own_in_the_file(as_: SignedIn, noted: Application, officer: Person) -> None:
    packed = taken(as_, noted, officer)
    text = " ".join(PdfReader(BytesIO(packed.read("notes.pdf"))).pages[0].extract_text().split())
    assert SECRET in text
    assert officer.name in text
    assert "Woo 5.2" in text
    first = " ".join(PdfReader(BytesIO(packed.read("file.pdf"))).pages[0].extract_text().split())
    assert SECRET not in first
    assert "notes.pdf" in first


def test_notes_are_forgotten_with_the_plan(noted: Application, resident: Person) -> None:
    Application.objects.filter(pk=noted.pk).update(status=Application.Status.WITHDRAWN)
    erase_person(resident, by=Person.system())
    assert [note.text for note in Note.objects.all()] == [""]


def test_more_notes_take_no_more_queries(as_: SignedIn, noted: Application, officer: Person) -> None:
    visitor = as_(officer)
    before = queries_of(visitor, page(noted))
    for number in range(9):
        jot(noted, text=f"Nog een {number}", by=officer)
    assert queries_of(visitor, page(noted)) == before
