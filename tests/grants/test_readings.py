"""Who of the staff read whose plan: noted for the auditor, of their own fund alone, and never changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.models import Application, Letter
from grants.sign.actions import propose
from tests import make
from tests.conftest import SignedIn
from tests.ledger import make_money
from web.amounts import euro
from web.models import Funder, Person, Reading, Seat

pytestmark = pytest.mark.django_db

PAGE = reverse("grants:readings")


def noted() -> list[tuple[str, str, int | None]]:
    return [(str(each.by), each.page, each.strand) for each in Reading.objects.order_by("pk")]


def test_each_page_about_residents_that_staff_open_is_noted(
    as_: SignedIn, granted: Application, officer: Person, treasurer: Person
) -> None:
    sheet = make.sheet(granted.plan)
    letter = Letter.objects.filter(application=granted).latest("pk")
    commitment = granted.grant.commitment
    for name, pk in (
        ("grants:application", granted.pk),
        ("grants:paper", granted.pk),
        ("grants:letter", letter.pk),
        ("grants:sheet", sheet.pk),
    ):
        assert as_(officer).get(reverse(name, args=[pk])).status_code == 200, name
    assert as_(officer).get(reverse("grants:sheet", args=[sheet.pk]) + "?klein").status_code == 200  # beside the plan
    make_money.payee(commitment, by=granted.plan.first_contact)
    payment = commitment.payments.latest("pk")
    assert as_(treasurer).get(reverse("ledger:payment", args=[payment.pk])).status_code == 200
    fatima = [(str(officer), page, granted.pk) for page in ("application", "plan", "letter", "sheet")]
    assert noted() == [*fatima, (str(treasurer), "bank", granted.pk)]


WORK = ("send_back", "enquire", "hear", "extend", "judge", "settle", "set_aside")


@pytest.mark.parametrize("name", WORK)
def test_each_page_on_which_staff_work_is_noted(
    as_: SignedIn, application: Application, officer: Person, name: str
) -> None:
    assert as_(officer).get(reverse(f"grants:{name}", args=[application.pk])).status_code == 200
    assert noted() == [(str(officer), "application", application.pk)]


def test_deciding_alone_or_with_two_is_noted(
    as_: SignedIn, funder: Funder, resident: Person, decider: Person, officer: Person
) -> None:
    scheme = make.scheme(funder, title="Groeipot", second_signature_above=make.money(5_000))
    large = make.application(scheme, resident, asked=6_000)
    make.judgement(large, by=officer)
    for name in ("decide", "propose"):
        assert as_(decider).get(reverse(f"grants:{name}", args=[large.pk])).status_code == 200
    propose(large, amount=euro(6_000), by=decider)
    assert as_(officer).get(reverse("grants:sign", args=[large.pk])).status_code == 200
    assert noted() == [(str(by), "application", large.pk) for by in (decider, decider, officer)]


def test_the_panel_and_who_takes_the_file_along_are_noted(
    as_: SignedIn, funder: Funder, resident: Person, officer: Person
) -> None:
    scheme = make.scheme(funder, title="Wijkpot", panel_from=make.money(100))
    heard, ria = make.application(scheme, resident, asked=400), make.person("Ria Roos")
    make.seat(ria, funder, Seat.Role.PANEL)
    sheet = make.sheet(heard.plan)
    assert as_(ria).get(reverse("grants:advise", args=[heard.pk])).status_code == 200
    for size in ("", "?klein"):
        assert as_(ria).get(reverse("grants:panel_sheet", args=[heard.pk, sheet.pk]) + size).status_code == 200
    assert as_(officer).post(reverse("grants:case_file", args=[heard.pk])).status_code == 200
    pages = [(str(ria), "plan"), (str(ria), "sheet"), (str(officer), "case")]
    assert noted() == [(by, page, heard.pk) for by, page in pages]


def test_residents_who_read_their_own_leave_nothing(as_: SignedIn, granted: Application, resident: Person) -> None:
    for name in ("grants:track", "grants:paper"):
        assert as_(resident).get(reverse(name, args=[granted.pk])).status_code == 200
    as_(resident).get(reverse("ledger:bank_details", args=[granted.grant.commitment.pk]))
    assert noted() == []


def test_what_nobody_was_shown_is_not_noted(as_: SignedIn, application: Application, outsider: Person) -> None:
    assert as_(outsider).get(reverse("grants:application", args=[application.pk])).status_code == 404
    assert noted() == []


def test_a_reading_is_never_changed_or_deleted(as_: SignedIn, application: Application, officer: Person) -> None:
    Reading.note(officer, Reading.Page.APPLICATION, application)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Reading.objects.update(page="letter")
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Reading.objects.all().delete()


@pytest.fixture
def read(application: Application, officer: Person, decider: Person, outsider: Person) -> Application:
    """By Fatima and Diederik here; by Otto elsewhere, about somebody else."""
    elsewhere = make.application(make.scheme(outsider.seats.get().funder), make.person("Vera Verweg"))
    Reading.note(officer, Reading.Page.APPLICATION, application)
    Reading.note(decider, Reading.Page.LETTER, application)
    Reading.note(outsider, Reading.Page.APPLICATION, elsewhere)
    return application


def test_the_auditor_reads_those_of_their_own_fund(as_: SignedIn, auditor: Person, read: Application) -> None:
    text = as_(auditor).get(PAGE).content.decode().partition("<table")[2]
    assert [name in text for name in ("Fatima van Wilgen", "Diederik Eik", "Otto Overkant")] == [True, True, False]


def test_it_says_whose_plan_it_was_and_who_took_everything_along(
    as_: SignedIn, auditor: Person, read: Application, resident: Person, treasurer: Person
) -> None:
    assert as_(treasurer).post(reverse("grants:workbook", args=[read.scheme.funder.slug])).status_code == 200
    text = as_(auditor).get(PAGE).text
    table, _end, after = text.partition("</table>")
    for words in (read.number, str(read.plan), resident.name):
        assert words in table
    assert treasurer.name in after
    assert "Taken along" not in as_(auditor).get(PAGE, {"over": "samira"}).text


@pytest.mark.parametrize("role", sorted(set(Seat.Role) - {Seat.Role.AUDITOR}))
def test_nobody_but_an_auditor_reads_them(as_: SignedIn, read: Application, role: str) -> None:
    person = make.person("Iemand Anders")
    make.seat(person, read.scheme.funder, Seat.Role(role))
    assert as_(person).get(PAGE).status_code == 403


def test_they_are_found_by_colleague_application_and_resident(
    as_: SignedIn, auditor: Person, read: Application, decider: Person, outsider: Person
) -> None:
    def rows(**asked: str | int) -> int:
        return len(as_(auditor).get(PAGE, asked).context["rows"])

    assert rows() == rows(over=read.number) == rows(over=f" {read.pk} ") == rows(over="lindeboom") == 2
    assert rows(wie=decider.pk) == rows(wie=decider.pk, over="samira") == 1
    assert rows(over="Verweg") == rows(over="9999") == rows(wie=outsider.pk) == rows(wie="x") == 0
    assert rows(over="9" * 90) == rows(over="%") == 0


def test_the_list_goes_on_and_keeps_the_search(
    as_: SignedIn, auditor: Person, read: Application, officer: Person
) -> None:
    for _ in range(60):
        Reading.note(officer, Reading.Page.PLAN, read)
    first = as_(auditor).get(PAGE, {"wie": str(officer.pk), "over": "samira"})
    second = as_(auditor).get(PAGE + first.context["next_url"])
    assert (len(first.context["rows"]), len(second.context["rows"]), second.context["next_url"]) == (50, 11, "")


def test_the_number_of_queries_does_not_grow(
    as_: SignedIn, auditor: Person, read: Application, officer: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    visitor = as_(auditor)
    for _more in range(2):
        for _each in range(20):
            Reading.note(officer, Reading.Page.PLAN, read)
        # The session, the user, their seats, the funders, the names to choose from, the readings, what they are about,
        # the workbooks.
        with django_assert_num_queries(8):
            visitor.get(PAGE)
