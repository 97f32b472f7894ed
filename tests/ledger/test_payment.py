"""A payment: planned, on its way, confirmed or sent back; its status and the ledger move together."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ledger.models import Commitment, Payee, Payment, Purse
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Person


def test_the_money_follows_the_payment(payment: Payment, treasurer: Person) -> None:
    commitment = payment.commitment
    payment.put_on_its_way(by=treasurer)
    assert (commitment.promised, commitment.on_its_way) == (euro(0), euro(400))
    payment.confirm(on=clock.today(), by=treasurer)
    assert (commitment.on_its_way, commitment.given) == (euro(0), euro(400))


def test_only_the_first_of_two_clicks_counts(payment: Payment, treasurer: Person) -> None:
    on_another_screen = Payment.objects.get(pk=payment.pk)
    payment.put_on_its_way(by=treasurer)
    with pytest.raises(ValidationError):
        on_another_screen.put_on_its_way(by=treasurer)
    assert payment.commitment.on_its_way == euro(400)


def test_a_step_that_isnt_there_is_refused(payment: Payment, treasurer: Person) -> None:
    with pytest.raises(ValidationError):
        payment.confirm(on=clock.today(), by=treasurer)


def test_what_came_back_is_planned_again_under_a_new_number(payment: Payment, treasurer: Person) -> None:
    payment.put_on_its_way(by=treasurer)
    again = payment.came_back(on=clock.today(), reason="Rekening opgeheven", by=treasurer)
    assert (payment.status, payment.reason) == ("came_back", "Rekening opgeheven")
    assert (again.status, again.cents) == ("planned", payment.cents)
    assert again.number != payment.number
    assert payment.commitment.promised == euro(400)


def test_a_bank_may_send_money_back_after_it_confirmed(payment: Payment, treasurer: Person, purse: Purse) -> None:
    payment.put_on_its_way(by=treasurer)
    payment.confirm(on=clock.today(), by=treasurer)
    assert purse.left == euro(400)
    payment.came_back(on=clock.today(), reason="Onbekend", by=treasurer)
    assert (payment.commitment.given, payment.commitment.promised) == (euro(0), euro(400))
    assert (purse.received, purse.left) == (euro(0), euro(0))


def test_the_banks_date_is_neither_to_come_nor_before_it_was_sent(payment: Payment, treasurer: Person) -> None:
    payment.put_on_its_way(by=treasurer)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(ValidationError):
            payment.confirm(on=day, by=treasurer)
    assert payment.commitment.on_its_way == euro(400)


def test_nothing_is_sent_without_bank_details(commitment: Commitment, treasurer: Person) -> None:
    with pytest.raises(ValidationError):
        commitment.payments.get().put_on_its_way(by=treasurer)
    assert Payment.objects.waiting().count() == 1


def test_a_changed_iban_waits_for_a_second_person(
    payment: Payment, treasurer: Person, resident: Person, officer: Person
) -> None:
    changed = make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN)
    with pytest.raises(ValidationError):
        payment.put_on_its_way(by=treasurer)
    assert list(Payment.objects.waiting()) == [payment]
    with pytest.raises(ValidationError):
        changed.check_by_calling(note="Gebeld", by=resident)
    changed.check_by_calling(note="Gebeld met Samira op het oude nummer", by=officer)
    assert list(Payment.objects.to_pay()) == [payment]
    payment.put_on_its_way(by=treasurer)
    assert payment.payee == changed


def test_an_iban_is_checked_once(payment: Payment, resident: Person, officer: Person, treasurer: Person) -> None:
    changed = make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN)
    changed.check_by_calling(note="Gebeld", by=officer)
    with pytest.raises(ValidationError):
        Payee.objects.get(pk=changed.pk).check_by_calling(note="Nog eens", by=treasurer)


def test_typing_the_name_again_doesnt_get_around_the_check(payment: Payment, resident: Person) -> None:
    make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN)
    again = make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN, name="Samira")
    assert again.waits_for_second_person


def test_another_name_for_the_same_iban_needs_no_second_person(payment: Payment, resident: Person) -> None:
    assert not make_money.payee(payment.commitment, by=resident, name="Samira Lindeboom").waits_for_second_person


def test_earlier_bank_details_stay(payment: Payment, resident: Person) -> None:
    make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN)
    assert payment.commitment.payees.count() == 2
    assert payment.commitment.payee is not None
    assert payment.commitment.payee.iban == make_money.OTHER_IBAN
    assert str(payment.commitment.payee).endswith("NL20 INGB 0001 2345 67")


def test_a_second_grant_on_the_same_plan_comes_into_the_same_cash_book(
    purse: Purse, commitment: Commitment, resident: Person, treasurer: Person
) -> None:
    second = make_money.commitment(commitment.budget, 100, holders=[resident], by=treasurer, thread=commitment.thread)
    assert make_money.purse(second, resident, asked=True) == purse
    make_money.paid(commitment, by=treasurer)
    make_money.paid(second, by=treasurer)
    purse.refresh_from_db()
    assert (purse.received, purse.asked) == (euro(500), True)


def test_a_cash_book_that_is_opened_late_catches_up_once(
    commitment: Commitment, resident: Person, treasurer: Person
) -> None:
    make_money.paid(commitment, by=treasurer)
    for _twice in range(2):
        assert make_money.purse(commitment, resident).received == euro(400)
