"""Filling makes many believable applications, through the same tables and guards as everything else."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.management.filling.asking import FATES
from grants.models import Application, Decision, Grant, Scheme
from ledger.models import Account, Budget, Commitment, Payment, Purse, Transfer
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro, in_cents
from web.models import Deed, Person


def fill(applications: int, **options: object) -> str:
    out = StringIO()
    call_command("fill", applications=applications, stdout=out, **options)
    return out.getvalue()


def test_so_many_applications_of_every_kind_are_made(scheme: Scheme) -> None:
    assert fill(400).startswith("400 applications in")
    statuses = set(Application.objects.values_list("status", flat=True))
    assert statuses == {
        "draft",
        "submitted",
        "returned",
        "complete",
        "judged",
        "withdrawn",
        "declined",
        "granted",
        "closed",
    }
    assert Application.objects.count() == 400
    assert set(Payment.objects.values_list("status", flat=True)) == {"planned", "on_its_way", "confirmed"}


def test_the_books_are_right_afterwards(scheme: Scheme) -> None:
    available = scheme.budgets.get().available
    fill(400)
    call_command("ledger_verify", stdout=StringIO())
    assert scheme.budgets.get().available == available
    in_books = [in_cents(each.total) for each in Commitment.objects.with_balances()]
    granted = [in_cents(each.granted) for each in Application.objects.exclude(granted=None) if each.granted]
    assert sorted(in_books) == sorted(granted)
    assert Transfer.objects.count() > Grant.objects.count()
    kinds = Account.objects.all().cents_by_kind()
    assert all(kinds[kind] > 0 for kind in ("promised", "on_its_way", "given", "advanced"))


def test_decisions_are_numbered_on_without_gaps(scheme: Scheme, officer: Person) -> None:
    make.grant(make.application(scheme, make.person()), by=officer)
    fill(100)
    fill(50, seed=2)
    numbers = list(Decision.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_grant_has_a_cash_book_and_every_step_a_deed(scheme: Scheme) -> None:
    fill(200)
    assert Purse.objects.count() == Grant.objects.count() > 0
    awards = Deed.objects.filter(verb="award", thing="grants.application")
    assert awards.count() == Grant.objects.count()
    assert Deed.objects.filter(verb="submit").count() == Application.objects.exclude(status="draft").count()


def test_what_is_filled_looks_like_the_rest(scheme: Scheme, officer: Person, as_: SignedIn) -> None:
    fill(60, scheme="buurtpot")
    browser = as_(officer)
    assert browser.get("/werk/").status_code == 200
    for application in Application.objects.exclude(status="draft")[:30]:
        assert browser.get(f"/werk/{application.pk}/").status_code == 200


def test_a_scheme_without_a_budget_gets_one(scheme: Scheme) -> None:
    Budget.objects.get().schemes.clear()
    fill(30)
    assert scheme.budgets.get().available == euro(0)


def test_the_number_of_queries_grows_with_portions_not_with_rows(scheme: Scheme) -> None:
    def queries(applications: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            fill(applications)
        return len(seen)

    few = queries(20)
    assert queries(60) < few * 2.5  # SQLite takes only so many values in one statement


def test_it_says_when_there_is_no_scheme(db: None) -> None:
    with pytest.raises(CommandError, match="no such scheme"):
        fill(1)
    assert sum(FATES.values()) == 100
