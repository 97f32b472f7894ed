"""A plan: its costs, its code, its group and its cash book; and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from grants.models import BudgetLine, Member, Plan, Scheme
from grants.models.missing import still_missing
from ledger.models import Purse
from tests import make
from web.amounts import euro
from web.models import Person
from web.models.code import EASY

Kind = BudgetLine.Kind


def test_costs_and_what_others_pay_are_added_up_apart(resident: Person) -> None:
    plan = make.plan(resident)
    for amount, kind in ((100, Kind.COST), (50, Kind.COST), (30, Kind.PAID_BY_OTHERS)):
        make.line(plan, amount=amount, kind=kind)
    assert (plan.page.cost, plan.page.paid_by_others) == (euro(150), euro(30))
    assert make.plan(resident).page.cost == euro(0)


def test_a_plan_belongs_to_its_members(resident: Person, neighbour: Person, officer: Person) -> None:
    make.plan(resident)
    assert Plan.objects.visible_to(resident).count() == 1
    for person in (neighbour, officer, None):
        assert Plan.objects.visible_to(person).count() == 0


def test_a_code_is_easy_to_read_out_and_hard_to_guess(resident: Person) -> None:
    plan, other = make.plan(resident), make.plan(resident)
    number, *letters = plan.code.split("-")
    assert int(number) == plan.pk
    assert set("".join(letters)) <= set(EASY)
    assert len("".join(letters)) == 10
    assert not other.is_opened_by(plan.code)


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{spaced}"])
def test_a_code_opens_its_plan_however_it_is_typed(resident: Person, typed: str) -> None:
    plan = make.plan(resident)
    code = plan.code
    text = typed.format(code=code, lower=code.lower(), spaced=code.replace("-", " "))
    assert plan.is_opened_by(text)


def test_a_code_that_died_opens_nothing(resident: Person) -> None:
    plan = make.plan(resident)
    before = plan.code
    plan.let_code_die()
    assert not Plan.objects.get().is_opened_by(before)


def test_a_group_has_one_first_contact_and_everybody_once(resident: Person, neighbour: Person) -> None:
    plan = make.plan(resident)
    with pytest.raises(IntegrityError, match=r"UNIQUE|unique"), transaction.atomic():
        Member.objects.create(plan=plan, person=neighbour, role=Member.Role.FIRST_CONTACT)
    with pytest.raises(IntegrityError, match=r"UNIQUE|unique"), transaction.atomic():
        Member.objects.create(plan=plan, person=resident)


@pytest.mark.parametrize("amount", [0, -1])
def test_a_line_of_nothing_is_refused_by_the_database(resident: Person, amount: int) -> None:
    plan = make.plan(resident)
    with pytest.raises(IntegrityError, match="money_is_more_than_nothing"), transaction.atomic():
        make.line(plan, amount=amount)


def test_the_cash_book_is_one_for_every_grant(scheme: Scheme, resident: Person, neighbour: Person) -> None:
    application = make.application(scheme, resident, neighbour)
    plan = application.plan
    first = plan.open_purse(asked=False)
    assert plan.open_purse(asked=True) == first
    assert set(first.keepers.all()) == {resident, neighbour}
    assert Purse.objects.get().asked


def test_the_short_form_misses_less_than_the_long_one(scheme: Scheme, resident: Person) -> None:
    plan = make.plan(resident, answers={})
    quick, growth = scheme.edition.track_for(euro(100)), scheme.edition.track_for(euro(9_000))
    assert quick is not None
    assert growth is not None
    little = still_missing(plan, scheme.edition, euro(100), quick.duties)
    much = still_missing(plan, scheme.edition, euro(9_000), growth.duties)
    assert set(little) == {"what", "where_when"}
    assert set(much) > set(little)
