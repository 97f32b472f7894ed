"""What was taken over from an older register is read on the same pages as everything else."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from grants.models import Application, Scheme
from grants.take_over.actions import RegisterRow, take_over
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.models import Funder, Person


@pytest.fixture(params=[300, 0])
def taken_over(request: pytest.FixtureRequest, funder: Funder) -> Application:
    """Granted, or declined; by a private person whose name isn't kept; beyond every limit of the scheme."""
    pot: Scheme = make.scheme(funder, slug="pot", money=None)
    pot.budgets.add(make.budget(funder, 5_000, year=2016))
    row = RegisterRow(
        key="k", title="Bankje", asked=euro(1_000_000), granted=euro(request.param), received_on=date(2016, 1, 1)
    )
    return take_over(pot, row=row, by=Person.system())


def test_an_officer_reads_it_like_any_other(taken_over: Application, officer: Person, as_: SignedIn) -> None:
    browser = as_(officer)
    page = browser.get(f"/werk/{taken_over.pk}/")
    assert page.status_code == 200
    assert "Bankje" in page.content.decode()
    assert "Bankje" in browser.get("/werk/?lijst=all").content.decode()


def test_it_goes_on_paper(taken_over: Application, officer: Person, as_: SignedIn) -> None:
    assert as_(officer).get(f"/plan/{taken_over.pk}/plan.pdf").content.startswith(b"%PDF")


def test_a_long_name_is_cut_where_people_see_it_and_a_long_number_is_refused(funder: Funder) -> None:
    pot = make.scheme(funder)
    row = RegisterRow(key="k", group="x" * 201, asked=euro(1), granted=euro(0), received_on=date(2016, 1, 1))
    plan = take_over(pot, row=row, by=Person.system()).plan
    assert (plan.group_name, plan.first_contact.name) == ("x" * 199 + "…", "x" * 199 + "…")
    with pytest.raises(ValidationError, match="case number is too long"):
        take_over(pot, row=replace(row, key="m", case_number="9" * 61), by=Person.system())


def test_its_money_stands_in_the_books(taken_over: Application, treasurer: Person, as_: SignedIn) -> None:
    page = as_(treasurer).get(f"/geld/{taken_over.scheme.budgets.get().pk}/")
    assert page.status_code == 200
    left = 5_000 - (taken_over.granted.amount if taken_over.granted else 0)
    assert taken_over.scheme.budgets.get().available == euro(left)
