"""A scan of what came on paper: for the group and the one fund it came to, never for a panel or another fund."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from grants.ask.actions import withdraw
from grants.divide.actions import ask_also
from grants.erase.actions import erase_person
from grants.models import Application, Invitation, Letter, Scheme, Sheet
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_case import taken
from tests.grants.test_overview import queries_of
from tests.grants.test_sheets import is_on_disk, page_of
from tests.grants.test_supplement import written_down
from tests.grants.test_take_in import WORDS, at, taken_in
from web import clock
from web.amounts import euro
from web.models import Funder, Mail, Person, Seat
from web.uploads import Made


def scan() -> Made:
    return Made("x", (ContentFile(make.drawing(), name="x.jpg"),))


@pytest.fixture
def panel(funder: Funder) -> Person:
    person = make.person("Petra Panel")
    make.seat(person, funder, Seat.Role.PANEL)
    return person


@pytest.fixture
def pot(funder: Funder) -> Scheme:
    """Its panel is heard about everything."""
    return make.scheme(funder, title="Panelpot", panel_from=euro(0))


@pytest.fixture
def scanned(pot: Scheme, resident: Person, officer: Person) -> Application:
    """What completes it came on paper, with a signature under it."""
    made = make.application(pot, resident)
    make.sheet(made.plan)
    written_down(make.returned(made, "where", by=officer), officer, sheets=[scan()])
    return Application.objects.get()


def test_the_group_and_those_who_read_it_for_this_fund_see_it(
    as_: SignedIn, scanned: Application, resident: Person, officer: Person, auditor: Person, neighbour: Person
) -> None:
    address = scanned.scans.get().get_absolute_url()
    for person, status in ((resident, 200), (officer, 200), (auditor, 200), (neighbour, 404)):
        assert as_(person).get(address).status_code == status
    assert address in as_(officer).get(reverse("grants:application", args=[scanned.pk])).text
    assert address in as_(resident).get(reverse("grants:track", args=[scanned.pk])).text


def test_a_panel_reads_that_more_came_on_paper_and_no_more(as_: SignedIn, scanned: Application, panel: Person) -> None:
    visitor, (own,), (theirs,) = as_(panel), scanned.plan.sheets.all(), scanned.scans.all()
    page = visitor.get(reverse("grants:advise", args=[scanned.pk])).text
    assert reverse("grants:panel_sheet", args=[scanned.pk, own.pk]) in page
    assert "They sent something on paper too." in page
    assert f"/{theirs.pk}/" not in page.replace(str(scanned.pk), "")
    for number, status in ((own.pk, 200), (theirs.pk, 404)):
        assert visitor.get(reverse("grants:panel_sheet", args=[scanned.pk, number])).status_code == status
    assert visitor.get(theirs.get_absolute_url()).status_code == 404


def test_the_fund_they_ask_next_does_not_see_it(
    as_: SignedIn, scanned: Application, resident: Person, other_funder: Funder, outsider: Person
) -> None:
    there = ask_also(scanned.plan, scheme=make.scheme(other_funder), asked=euro(100), by=resident)
    shown = as_(resident).get(page_of(there)).text
    assert scanned.plan.sheets.get().get_absolute_url() in shown
    theirs = scanned.scans.get()
    assert theirs.get_absolute_url() not in shown
    now = {"submitted_at": clock.now(), "received_on": clock.today(), "answer_by": clock.today()}
    Application.objects.filter(pk=there.pk).update(status="submitted", frozen_edition=there.edition, **now)
    visitor = as_(outsider)
    assert visitor.get(scanned.plan.sheets.get().get_absolute_url()).status_code == 200
    assert visitor.get(theirs.get_absolute_url()).status_code == 404
    assert theirs.get_absolute_url() not in visitor.get(reverse("grants:application", args=[there.pk])).text


def test_a_helper_does_not_see_it(as_: SignedIn, scanned: Application, helper: Person) -> None:
    make.consent(scanned.plan, helper)
    address = scanned.scans.get().get_absolute_url()
    assert as_(helper).get(address).status_code == 404
    page = as_(helper).get(reverse("grants:resident", args=[scanned.pk])).text
    assert scanned.plan.sheets.get().get_absolute_url() in page
    assert address not in page


def test_no_link_opens_it_open_or_over(
    client: Visitor, as_: SignedIn, scheme: Scheme, resident: Person, helper: Person, scanned: Application
) -> None:
    draft = make.draft(scheme, resident)
    make.consent(draft.plan, helper)
    as_(helper).post(reverse("grants:ask_to_confirm", args=[draft.pk]))
    link = re.search(r"/ja/[\w-]+/", Mail.objects.filter(to=resident).latest("pk").text)
    assert link
    address = f"{link[0]}blad/{scanned.scans.get().pk}.jpg"
    assert client.get(address).status_code == 404
    Invitation.objects.update(expires_at=clock.now())
    assert client.get(address).status_code == 404


def test_the_a4_says_that_it_is_there_and_the_case_holds_it(
    as_: SignedIn, scanned: Application, officer: Person
) -> None:
    paper: Any = as_(officer).get(reverse("grants:paper", args=[scanned.pk])).content
    pages = PdfReader(BytesIO(paper)).pages
    assert sum(len(page.images) for page in pages) == 1
    assert "Er kwam nog meer op papier." in " ".join(" ".join(page.extract_text() for page in pages).split())
    names = taken(as_, scanned, officer).namelist()
    assert {f"sheets/{each.pk}.jpg" for each in Sheet.objects.all()} <= set(names)


def test_a_request_on_paper_may_be_its_scan(
    as_: SignedIn, pot: Scheme, officer: Person, panel: Person, other_funder: Funder
) -> None:
    """The receipt names it (Awb 2:17). For another fund the group writes what only stood there."""
    assert "never sees the scan" in as_(officer).get(at(pot)).text
    application = taken_in(pot, officer, words=WORDS | {"what": ""}, sheets=[scan()])
    assert application.scans.count() == 1
    assert not application.plan.sheets.exists()
    assert "- foto of tekening" in Letter.objects.get(event="take_in/received").text
    made = scan()
    address = application.scans.get().get_absolute_url()
    assert as_(officer).get(address).status_code == 200
    assert as_(panel).get(address).status_code == 404
    contact = application.plan.first_contact
    there = ask_also(application.plan, scheme=make.scheme(other_funder), asked=euro(100), by=contact)
    assert "what" in there.still_missing()
    back = make.returned(application, "where", by=officer)
    assert back.still_missing(Application.objects.get(pk=application.pk)) == {}
    written_down(back, officer, sheets=[made])
    assert application.scans.count() == 1, "the same scan, twice"


def test_it_goes_when_the_group_is_erased(
    scanned: Application, resident: Person, django_capture_on_commit_callbacks: Any
) -> None:
    withdraw(scanned, by=resident)
    kept = scanned.scans.get()
    assert is_on_disk(kept)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(resident, by=Person.system())
    assert not Sheet.objects.exists()
    assert not is_on_disk(kept)


def test_a_sheet_is_with_a_plan_or_with_one_application(scanned: Application) -> None:
    for wrong in ({"plan": scanned.plan, "application": scanned}, {"plan": None, "application": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sheet.objects.filter(plan=None).update(**wrong)


def test_scans_cost_the_page_one_query_and_none_where_there_are_none(
    as_: SignedIn, scanned: Application, officer: Person
) -> None:
    visitor, page = as_(officer), reverse("grants:application", args=[scanned.pk])
    with_one = queries_of(visitor, page)
    make.sheet(scanned)
    assert queries_of(visitor, page) == with_one <= 20
    scanned.scans.all().take_away()
    assert queries_of(visitor, page) == with_one - 1
