"""A commitment from promise to the end: released, fixed, recovered, taken over from an older register."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries as Queries

from ledger.models import Budget, Commitment, Posting
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Person, Seat


def test_never_paid_goes_back_to_the_budget(commitment: Commitment, officer: Person) -> None:
    commitment.release(by=officer)
    assert (commitment.promised, commitment.budget.available) == (euro(0), euro(1_000))
    assert commitment.payments.get().status == "dropped"
    assert commitment.release(by=officer) is None


def test_a_part_is_released_from_the_last_instalment(budget: Budget, resident: Person, officer: Person) -> None:
    parts = [euro(300), euro(200), euro(100)]
    made = make_money.commitment(budget, 600, holders=[resident], by=officer, instalments=parts)
    made.release(by=officer, amount=euro(150))
    left = made.payments.order_by("pk").values_list("number", "cents", "status")
    assert [(cents, status) for _number, cents, status in left] == [
        (30_000, "planned"),
        (15_000, "planned"),
        (10_000, "dropped"),
    ]
    with pytest.raises(ValidationError):
        made.release(by=officer, amount=euro(451))


def test_instalments_add_up_to_the_promise(budget: Budget, resident: Person, officer: Person) -> None:
    with pytest.raises(ValidationError):
        make_money.commitment(budget, 600, holders=[resident], by=officer, instalments=[euro(300)])
    assert not Commitment.objects.exists()


def test_fixed_at_the_amount_is_final(advance: Commitment, treasurer: Person, officer: Person) -> None:
    make_money.paid(advance, by=treasurer)
    assert (advance.advanced, advance.paid) == (euro(500), euro(500))
    advance.fix(euro(500), decision_ref="", by=officer)
    assert (advance.advanced, advance.given, advance.to_recover) == (euro(0), euro(500), euro(0))
    with pytest.raises(ValidationError):
        advance.fix(euro(400), decision_ref="2026-17", by=officer)


def test_fixed_lower_is_recovered_and_comes_back(advance: Commitment, treasurer: Person, officer: Person) -> None:
    make_money.paid(advance, by=treasurer)
    advance.fix(euro(350), decision_ref="2026-17", by=officer)
    assert (advance.given, advance.to_recover) == (euro(350), euro(150))
    advance.recovered(euro(150), on=clock.today(), by=treasurer)
    assert (advance.to_recover, advance.budget.available) == (euro(0), euro(650))


def test_fixed_lower_without_a_decision_is_refused_as_a_whole(
    advance: Commitment, treasurer: Person, officer: Person
) -> None:
    make_money.paid(advance, by=treasurer)
    with pytest.raises(ValidationError):
        advance.fix(euro(350), decision_ref="", by=officer)
    advance.refresh_from_db()
    assert (advance.advanced, advance.fixed_on) == (euro(500), None)


def test_fixing_after_the_first_part_pays_the_rest_as_final_money(
    budget: Budget, resident: Person, treasurer: Person
) -> None:
    parts = [euro(300), euro(200)]
    made = make_money.commitment(budget, 500, holders=[resident], by=treasurer, instalments=parts, fixed_at_once=False)
    make_money.paid(made, by=treasurer)
    made.fix(euro(400), decision_ref="2026-17", by=treasurer)
    assert (made.given, made.promised, made.to_recover) == (euro(300), euro(100), euro(0))
    make_money.paid(made, by=treasurer)
    assert (made.given, made.advanced) == (euro(400), euro(0))


def test_nothing_is_fixed_above_the_promise_or_while_on_its_way(advance: Commitment, treasurer: Person) -> None:
    with pytest.raises(ValidationError):
        advance.fix(euro(501), decision_ref="2026-17", by=treasurer)
    make_money.payee(advance, by=treasurer)
    advance.payments.get().put_on_its_way(by=treasurer)
    with pytest.raises(ValidationError):
        advance.fix(euro(500), decision_ref="2026-17", by=treasurer)


def test_what_was_given_is_asked_back_only_with_a_decision(commitment: Commitment, treasurer: Person) -> None:
    make_money.paid(commitment, by=treasurer)
    with pytest.raises(ValidationError):
        commitment.reclaim(euro(100), decision_ref="", by=treasurer)
    commitment.reclaim(euro(100), decision_ref="2026-18", by=treasurer)
    assert (commitment.given, commitment.to_recover) == (euro(300), euro(100))


def test_given_back_freely_is_available_again(commitment: Commitment, treasurer: Person) -> None:
    make_money.paid(commitment, by=treasurer)
    commitment.given_back(euro(50), on=clock.today(), by=treasurer)
    assert (commitment.given, commitment.budget.available) == (euro(350), euro(650))


def test_taken_over_from_a_register_is_given_once(budget: Budget, treasurer: Person) -> None:
    made = make_money.commitment(budget, 400, holders=[], by=treasurer, imported=True)
    key = uuid.uuid4()
    for _twice in range(2):
        made.given_already(euro(400), on=date(2016, 5, 1), by=treasurer, key=key)
    assert (made.given, made.promised) == (euro(400), euro(0))
    assert not made.payments.exists()
    assert Posting.objects.get(key=key).effective_date == date(2016, 5, 1)


def test_only_what_was_taken_over_is_given_without_a_payment(commitment: Commitment, treasurer: Person) -> None:
    with pytest.raises(ValidationError):
        commitment.given_already(euro(1), on=clock.today(), by=treasurer, key=uuid.uuid4())


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("resident", True),
        ("treasurer", True),
        ("auditor", True),
        ("officer", True),
        ("decider", True),
        ("fund_admin", True),
        ("outsider", False),
        ("neighbour", False),
    ],
)
def test_a_group_and_its_funder_see_a_commitment(
    request: pytest.FixtureRequest, commitment: Commitment, who: str, sees: bool
) -> None:
    person = request.getfixturevalue(who)
    assert Commitment.objects.visible_to(person).exists() is sees
    assert commitment.payments.model.objects.visible_to(person).exists() is sees


def test_a_panel_member_and_nobody_see_no_money(commitment: Commitment, neighbour: Person) -> None:
    Seat.objects.create(person=neighbour, funder=commitment.budget.funder, role=Seat.Role.PANEL)
    assert not Commitment.objects.visible_to(neighbour).exists()
    assert not Commitment.objects.visible_to(None).exists()
    assert not Budget.objects.visible_to(neighbour).exists()


def test_a_holder_who_has_signed_in_since_still_sees_it(commitment: Commitment, neighbour: Person) -> None:
    commitment.holders.update(became=neighbour)
    assert Commitment.objects.visible_to(neighbour).get() == commitment


def test_balances_of_many_commitments_are_one_query(
    commitment: Commitment, advance: Commitment, treasurer: Person, django_assert_num_queries: Queries
) -> None:
    make_money.paid(advance, by=treasurer)
    with django_assert_num_queries(1):
        both = list(Commitment.objects.with_balances().order_by("pk"))
        assert [(each.promised, each.advanced, each.total) for each in both] == [
            (euro(400), euro(0), euro(400)),
            (euro(0), euro(500), euro(500)),
        ]


def test_balances_are_read_again_after_a_booking(commitment: Commitment, officer: Person) -> None:
    read_before = Commitment.objects.with_balances().get()
    read_before.release(by=officer)
    assert read_before.promised == euro(0)
