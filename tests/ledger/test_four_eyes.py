"""Four eyes, tried the way somebody would get around them: another IBAN meanwhile, another number, other hands."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ledger.access import may
from ledger.models import Commitment, KnownNumber, Payee, Payment
from ledger.pay import actions
from tests import make
from tests.conftest import SignedIn
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Person

THIRD_IBAN = "NL02RABO0123456789"


def change(commitment: Commitment, *, by: Person, iban: str = make_money.OTHER_IBAN) -> Payee:
    return make_money.payee(commitment, by=by, iban=iban)


def usable(payee: Payee) -> bool:
    return not Payee.objects.get(pk=payee.pk).waits_for_second_person


# What was seen


def test_an_iban_typed_during_the_call_is_not_approved(
    as_: SignedIn, payment: Payment, resident: Person, officer: Person
) -> None:
    shown = change(payment.commitment, by=resident)
    address = f"/rekening/{payment.commitment_id}/nakijken/"
    assert f'name="seen" value="{shown.pk}"' in as_(officer).get(address).text
    meanwhile = change(payment.commitment, by=resident, iban=THIRD_IBAN)
    refused = as_(officer).post(address, {"note": "Gebeld met Samira", "seen": shown.pk})
    assert "were changed while you had this page open" in refused.text
    assert "Gebeld met Samira" in refused.text
    assert "NL02 RABO" in refused.text
    assert not usable(meanwhile)
    assert as_(officer).post(address, {"note": "Weer gebeld", "seen": meanwhile.pk}).status_code == 302
    assert usable(meanwhile)


def test_a_check_that_says_nothing_about_what_was_seen_is_refused(
    as_: SignedIn, payment: Payment, resident: Person, officer: Person
) -> None:
    changed = change(payment.commitment, by=resident)
    as_(officer).post(f"/rekening/{payment.commitment_id}/nakijken/", {"note": "Gebeld"})
    assert not usable(changed)


def test_the_banks_word_about_a_name_stays_with_that_name(
    as_: SignedIn, payment: Payment, resident: Person, treasurer: Person
) -> None:
    shown = payment.commitment.payee
    assert shown is not None
    assert f'name="seen" value="{shown.pk}"' in as_(treasurer).get(f"/betalen/{payment.pk}/").text
    change(payment.commitment, by=resident)
    answer = as_(treasurer).post(f"/betalen/{payment.pk}/naam/", {"result": "match", "seen": shown.pk}, follow=True)
    assert "were changed while you had this page open" in answer.text
    assert set(Payee.objects.values_list("name_check", flat=True)) == {"not_done"}


def test_what_it_was_is_what_could_be_paid_last(
    as_: SignedIn, payment: Payment, resident: Person, officer: Person
) -> None:
    first = payment.commitment.payee
    change(payment.commitment, by=resident)
    last = change(payment.commitment, by=resident, iban=THIRD_IBAN)
    assert last.before() == first
    page = as_(officer).get(f"/rekening/{payment.commitment_id}/nakijken/").text
    assert "NL91 ABNA 0417 1643 00" in page
    assert "NL20 INGB" not in page
    actions.check_iban(last, seen=str(last.pk), note="Gebeld", by=officer)
    assert change(payment.commitment, by=resident).before() == last


# The number to call


def test_the_number_shown_is_the_one_of_the_award(
    as_: SignedIn, payment: Payment, resident: Person, officer: Person
) -> None:
    KnownNumber.objects.update(phone="")
    address = f"/rekening/{payment.commitment_id}/nakijken/"
    assert "None. Look for a number" in as_(officer).get(address).text
    resident.phone = "06 11111111"
    resident.save()
    funded = make_money.commitment(payment.commitment.budget, 10, holders=[resident], by=officer)
    make_money.payee(funded, by=resident)
    change(funded, by=resident)
    address = f"/rekening/{funded.pk}/nakijken/"
    assert "Another number since" not in as_(officer).get(address).text
    Person.objects.filter(pk=resident.pk).update(phone="0611111111")
    assert "Another number since" not in as_(officer).get(address).text
    Person.objects.filter(pk=resident.pk).update(phone="06 66666666")
    page = as_(officer).get(address).text
    assert "06 11111111" in page
    assert "06 66666666" not in page
    assert "Another number since" in page


def test_a_number_stays_known_after_a_handover(
    commitment: Commitment, resident: Person, neighbour: Person, officer: Person
) -> None:
    Person.objects.filter(pk=resident.pk).update(phone="06 11111111")
    resident.refresh_from_db()
    funded = make_money.commitment(commitment.budget, 10, holders=[resident], by=officer)
    assert funded.thread is not None
    Commitment.objects.hand_over(thread=funded.thread, holders=[neighbour], group=[neighbour])
    assert [(each.person, each.phone) for each in funded.known_numbers.all()] == [(resident, "06 11111111")]
    resident.became = neighbour
    resident.save()
    assert funded.known_numbers.get().has_changed, "who signed in since is asked for their number of today"


def test_only_the_iban_on_the_treasurers_page_is_put_on_its_way(
    commitment: Commitment, treasurer: Person, officer: Person, resident: Person, as_: SignedIn
) -> None:
    seen = make_money.payee(commitment, by=resident)
    make_money.payee(commitment, by=resident, iban="NL20INGB0001234567").check_by_calling(note="Gebeld", by=officer)
    payment = commitment.payments.get()
    for typed in ({"seen": seen.pk}, {}):
        page = as_(treasurer).post(f"/betalen/{payment.pk}/onderweg/", typed, follow=True)
        assert "The bank details were changed while you had this page open." in page.text
    payment.refresh_from_db()
    assert payment.status == "planned"


# Whose hands


def test_an_iban_somebody_typed_is_theirs_whoever_types_it_again(
    commitment: Commitment, treasurer: Person, second_treasurer: Person, resident: Person
) -> None:
    make_money.payee(commitment, by=treasurer)
    make_money.payee(commitment, by=resident)
    payment = commitment.payments.get()
    with pytest.raises(PermissionDenied, match="You typed this IBAN"):
        actions.put_on_its_way(payment, by=treasurer)
    actions.put_on_its_way(payment, by=second_treasurer)


def test_who_typed_a_changed_iban_never_checks_it(payment: Payment, treasurer: Person, resident: Person) -> None:
    change(payment.commitment, by=treasurer)
    again = change(payment.commitment, by=resident)
    with pytest.raises(PermissionDenied, match="You typed this IBAN"):
        actions.check_iban(again, seen=str(again.pk), note="Gebeld", by=treasurer)
    with pytest.raises(ValidationError, match="Somebody else"):
        again.check_by_calling(note="Gebeld", by=treasurer)


def test_what_was_typed_before_signing_in_counts(commitment: Commitment, treasurer: Person) -> None:
    holder = Person.objects.create()
    make_money.payee(commitment, by=holder)
    holder.became = treasurer
    holder.save()
    assert not may(treasurer, "put_on_its_way", commitment.payments.get())


def test_another_iban_is_another_matter(commitment: Commitment, treasurer: Person, resident: Person) -> None:
    make_money.payee(commitment, by=treasurer)
    changed = change(commitment, by=resident)
    assert may(treasurer, "check_iban", changed)


# One's own group


def test_a_plain_member_doesnt_pay_or_check_their_own_group(
    commitment: Commitment, treasurer: Person, resident: Person, officer: Person
) -> None:
    funded = make_money.commitment(commitment.budget, 10, holders=[resident], group=[resident, treasurer], by=officer)
    make_money.payee(funded, by=resident)
    with pytest.raises(PermissionDenied, match="in this group yourself"):
        actions.put_on_its_way(funded.payments.get(), by=treasurer)
    changed = change(funded, by=resident)
    with pytest.raises(PermissionDenied, match="in this group yourself"):
        actions.check_iban(changed, seen=str(changed.pk), note="Gebeld", by=treasurer)
    assert may(officer, "check_iban", changed)


def test_a_plain_member_doesnt_say_that_the_bank_paid_their_own_group_or_sent_it_back(
    commitment: Commitment, treasurer: Person, second_treasurer: Person, resident: Person, officer: Person
) -> None:
    funded = make_money.commitment(commitment.budget, 10, holders=[resident], group=[resident, treasurer], by=officer)
    make_money.payee(funded, by=resident)
    payment = funded.payments.get()
    actions.put_on_its_way(payment, by=second_treasurer)
    with pytest.raises(PermissionDenied, match="in this group yourself"):
        actions.confirm(payment, on=clock.today(), by=treasurer)
    with pytest.raises(PermissionDenied, match="in this group yourself"):
        actions.came_back(payment, on=clock.today(), reason="De rekening is weg.", by=treasurer)
    actions.confirm(payment, on=clock.today(), by=second_treasurer)


def test_who_joins_is_in_it_and_who_leaves_stays_partial(
    payment: Payment, treasurer: Person, second_treasurer: Person, resident: Person
) -> None:
    commitment = payment.commitment
    assert commitment.thread is not None
    assert may(treasurer, "put_on_its_way", payment)
    Commitment.objects.hand_over(thread=commitment.thread, holders=[resident], group=[resident, treasurer])
    assert not may(treasurer, "put_on_its_way", payment)
    Commitment.objects.hand_over(thread=commitment.thread, holders=[resident], group=[resident])
    assert not may(treasurer, "put_on_its_way", payment)
    assert may(second_treasurer, "put_on_its_way", payment)


def test_being_in_the_group_alone_gives_nobody_the_money(commitment: Commitment, neighbour: Person) -> None:
    assert commitment.thread is not None
    Commitment.objects.hand_over(thread=commitment.thread, holders=[], group=[neighbour])
    assert not Commitment.objects.visible_to(neighbour).exists()
    assert not may(neighbour, "give_bank_details", commitment)


def test_a_refusal_says_what_is_left_now(commitment: Commitment, officer: Person) -> None:
    with pytest.raises(ValidationError, match=r"There is €.+600 left in this budget"):
        make_money.commitment(commitment.budget, 601, holders=[make.person()], by=officer)
    assert commitment.budget.available == euro(600)
