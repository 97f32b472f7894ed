"""Money in the set-up pages is only read."""

import pytest
from django.urls import reverse

from ledger.models import Budget, Payment, Purse
from tests import make
from tests.conftest import Visitor
from tests.ledger import make_money
from web.models import Deed, Person


@pytest.fixture
def set_up(client: Visitor, payment: Payment, purse: Purse, treasurer: Person) -> Visitor:
    """Somebody who keeps the installation going, in books where something has happened."""
    make_money.paid(payment.commitment, by=treasurer)
    person = make.person("Bea Beheer", email="bea@waterveen.example")
    client.force_login(make.user(person, is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("noun", ["account", "posting", "transfer", "commitment", "payment"])
def test_money_is_read_and_never_changed(set_up: Visitor, noun: str) -> None:
    rows = reverse(f"admin:ledger_{noun}_changelist")
    assert set_up.get(rows).status_code == 200
    assert set_up.get(f"{rows}add/").status_code == 403
    assert set_up.get(f"{rows}1/delete/").status_code == 403
    assert set_up.post(f"{rows}1/change/", {}).status_code == 403


def test_only_what_the_bookkeeping_wants_of_a_budget_is_changed(set_up: Visitor, budget: Budget) -> None:
    page = reverse("admin:ledger_budget_change", args=[budget.pk])
    sent = {"name": budget.name, "cost_centre": "8 100", "year": "1999"}
    assert set_up.post(page, sent).status_code == 302
    budget.refresh_from_db()
    assert (budget.cost_centre, budget.year != 1999) == ("8 100", True)
    assert Deed.objects.get(verb="set_up_budget").detail.values == {"cost_centre": "8 100"}
    assert set_up.get(page.replace("change", "delete")).status_code == 403
    assert set_up.get(reverse("admin:ledger_budget_add")).status_code == 403
