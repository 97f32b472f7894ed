"""The cast's money: a budget of 1,000 euro, and 400 of it promised to Samira's group by Fatima."""

import pytest

from ledger.models import Budget, Commitment, Payment, Purse
from tests import make
from tests.ledger import make_money
from web.models import Funder, Person, Seat


@pytest.fixture
def budget(funder: Funder) -> Budget:
    return make.budget(funder, 1_000, name="Straatpot")


@pytest.fixture
def commitment(budget: Budget, resident: Person, officer: Person) -> Commitment:
    return make_money.commitment(budget, 400, holders=[resident], by=officer)


@pytest.fixture
def advance(budget: Budget, resident: Person, officer: Person) -> Commitment:
    """Awarded first, fixed later."""
    return make_money.commitment(budget, 500, holders=[resident], by=officer, fixed_at_once=False)


@pytest.fixture
def payment(commitment: Commitment, resident: Person) -> Payment:
    """Planned, with bank details the group gave."""
    make_money.payee(commitment, by=resident)
    return commitment.payments.get()


@pytest.fixture
def purse(commitment: Commitment, resident: Person) -> Purse:
    return make_money.purse(commitment, resident)


@pytest.fixture
def second_treasurer(funder: Funder) -> Person:
    person = make.person("Tom Tijm", email="tom@waterveen.example")
    make.seat(person, funder, Seat.Role.TREASURER)
    return person
