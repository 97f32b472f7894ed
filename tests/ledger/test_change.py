"""A promise becomes less, or more, by a later decision: every cent stays accounted for."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger.access import require
from ledger.models import Commitment, Posting, kept, lift, lower
from tests import make
from tests.ledger import make_money
from web.amounts import euro
from web.models import Person, Seat


def where(made: Commitment) -> list[int]:
    """Promised, given, to recover, and what is free in the budget; in euros."""
    free = made.budget.available
    return [int(amount.amount) for amount in (made.promised, made.given, made.to_recover, free)]


def test_what_is_not_paid_is_released_first(commitment: Commitment, officer: Person) -> None:
    lower(commitment, euro(150), decision_ref="B1", by=officer)
    assert where(commitment) == [150, 0, 0, 850]
    assert commitment.planned().get().cents == 15_000


def test_what_was_paid_has_to_come_back_by_a_decision(
    commitment: Commitment, officer: Person, treasurer: Person
) -> None:
    make_money.paid(commitment, by=treasurer)
    lower(commitment, euro(100), decision_ref="B2", by=officer)
    assert where(commitment) == [0, 100, 300, 600]
    assert Posting.objects.get(kind="reclaim").decision_ref == "B2"
    assert kept(commitment) == euro(100)


def test_it_needs_a_decision(commitment: Commitment, officer: Person, treasurer: Person) -> None:
    make_money.paid(commitment, by=treasurer)
    with pytest.raises(ValidationError, match="needs the number of the decision"):
        lower(commitment, euro(100), decision_ref="", by=officer)


@pytest.mark.parametrize("amount", [400, 401])
def test_less_is_less(commitment: Commitment, officer: Person, amount: int) -> None:
    with pytest.raises(ValidationError, match="not less"):
        lower(commitment, euro(amount), decision_ref="B3", by=officer)


def test_more_is_promised_from_the_same_budget(commitment: Commitment, officer: Person, treasurer: Person) -> None:
    make_money.paid(commitment, by=treasurer)
    lift(commitment, euro(500), decision_ref="B4", by=officer)
    assert where(commitment) == [100, 400, 0, 500]
    assert commitment.planned().get().cents == 10_000


def test_nobody_who_ever_raised_it_pays_it(commitment: Commitment, officer: Person) -> None:
    """Also not who raised it before somebody else did, nor who signed for it first."""
    funder = commitment.budget.funder
    raisers = [make.person(name) for name in ("Els Es", "Ben Berk", "Carla Chief")]
    for each in raisers:
        make.seat(each, funder, Seat.Role.TREASURER)
    els, ben, carla = raisers
    lift(commitment, euro(450), decision_ref="B1", by=els)
    lift(commitment, euro(500), decision_ref="B2", by=ben, first=carla)
    for payment in commitment.planned():
        for each in raisers:
            with pytest.raises(PermissionDenied, match="You decided"):
                require(each, "put_on_its_way", payment)


def test_what_had_to_come_back_stays_theirs_before_more_is_promised(
    commitment: Commitment, officer: Person, treasurer: Person
) -> None:
    make_money.paid(commitment, by=treasurer)
    lower(commitment, euro(100), decision_ref="B5", by=officer)
    lift(commitment, euro(350), decision_ref="B6", by=officer)
    assert where(commitment) == [0, 350, 50, 600]
    lift(commitment, euro(450), decision_ref="B7", by=officer)
    assert where(commitment) == [50, 400, 0, 550]


def test_there_is_never_more_than_the_budget_holds(commitment: Commitment, officer: Person) -> None:
    with pytest.raises(ValidationError, match=r"€.+600 left"):
        lift(commitment, euro(1_001), decision_ref="B8", by=officer)
    with pytest.raises(ValidationError, match="not more"):
        lift(commitment, euro(400), decision_ref="B9", by=officer)


def test_who_raised_it_does_not_pay_it(
    commitment: Commitment, officer: Person, treasurer: Person, resident: Person
) -> None:
    make_money.payee(commitment, by=resident)
    payment = commitment.payments.get()
    require(treasurer, "put_on_its_way", payment)
    lift(commitment, euro(500), decision_ref="B10", by=treasurer)
    payment = commitment.payments.latest("pk")
    with pytest.raises(PermissionDenied, match="decided on this money"):
        require(treasurer, "put_on_its_way", payment)
