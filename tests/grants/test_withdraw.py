"""Withdrawing: the residents stop asking, before or after the award."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.ask import actions
from grants.models import Application, Grant, Letter
from ledger.models import Budget
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import today
from web.models import Deed, Person

Status = Application.Status


def test_withdrawing_tells_the_residents_and_ends_it(application: Application, resident: Person) -> None:
    actions.withdraw(application, reason="We doen het volgend jaar.", by=resident)
    assert application.status == Status.WITHDRAWN
    assert Letter.objects.get(application=application).event == "ask/withdrawn"
    assert Deed.objects.get(verb="withdraw").detail.values == {"reason": "We doen het volgend jaar."}


def test_withdrawing_after_the_award_frees_the_money(granted: Application, resident: Person) -> None:
    budget = Budget.objects.get()
    before = budget.available
    actions.withdraw(granted, by=resident)
    assert budget.available == before + euro(450)
    assert Grant.objects.get().stopped_on == today()


def test_withdrawing_twice_is_refused(application: Application, resident: Person) -> None:
    actions.withdraw(application, by=resident)
    with pytest.raises(ValidationError, match="can't become"):
        actions.withdraw(application, by=resident)


def test_others_cannot_withdraw(application: Application, neighbour: Person, officer: Person) -> None:
    for person in (neighbour, officer):
        with pytest.raises(PermissionDenied, match="first contact"):
            actions.withdraw(application, by=person)


def test_the_withdraw_page_works_and_is_the_groups_alone(
    as_: SignedIn, application: Application, resident: Person, officer: Person
) -> None:
    address = reverse("grants:withdraw", args=[application.pk])
    assert as_(officer).get(address).status_code == 404
    assert as_(resident).get(address).status_code == 200
    assert as_(resident).post(address, {"reason": ""}).status_code == 302
    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN
    again = as_(resident).get(address, follow=True)
    assert "This plan can&#x27;t be withdrawn now." in again.text
    assert again.redirect_chain[-1][0] == application.get_absolute_url()
