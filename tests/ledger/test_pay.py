"""Paying: the group gives its bank details, a treasurer pays, the bank answers; four eyes all along."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries as Queries

from ledger.models import Budget, Commitment, Payee, Payment
from ledger.pay import actions
from ledger.pay.forms import BankDetailsForm, CameBackForm, DayForm
from tests.conftest import SignedIn
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Deed, Mail, Person

DETAILS = {"kind": "me", "name": "S. Lindeboom", "iban": "nl91 abna 0417 1643 00"}


def form(iban: str) -> BankDetailsForm:
    return BankDetailsForm(DETAILS | {"iban": iban})


def test_an_iban_is_read_with_spaces_and_small_letters() -> None:
    typed = form("nl91 abna 0417 1643 00")
    assert typed.is_valid()
    assert typed.cleaned_data["iban"] == "NL91ABNA0417164300"
    assert "ABN" in typed.cleaned_data["bank"]


@pytest.mark.parametrize("iban", ["NL91ABNA0417164301", "NL91ABNA041716430", "0417164300", "XX00", "NL00 ING"])
def test_an_iban_that_cant_be_right_is_asked_back(iban: str) -> None:
    typed = form(iban)
    assert not typed.is_valid()
    assert "iban" in typed.errors


def test_an_iban_abroad_is_fine() -> None:
    assert form("BE71 0961 2345 6769").is_valid()


def test_the_group_gives_its_bank_details(commitment: Commitment, resident: Person) -> None:
    given = form("NL91ABNA0417164300")
    assert given.run(actions.give_bank_details, commitment, by=resident)
    assert commitment.payee == given.outcome
    deed = Deed.objects.about(commitment).get()
    assert (deed.verb, deed.thread) == ("give_bank_details", commitment.thread)
    assert "ABNA" not in str(deed.detail.values)


@pytest.mark.parametrize("who", ["neighbour", "outsider", "auditor", "decider"])
def test_nobody_else_gives_them(request: pytest.FixtureRequest, commitment: Commitment, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.give_bank_details(commitment, **DETAILS, bank="", by=request.getfixturevalue(who))
    assert commitment.payee is None


@pytest.mark.parametrize("who", ["officer", "treasurer"])
def test_staff_write_nothing_down_for_a_group_of_their_own(
    request: pytest.FixtureRequest, commitment: Commitment, resident: Person, who: str
) -> None:
    """Their first contact does; and a colleague says what the bank said about the name (Awb 2:4)."""
    person = request.getfixturevalue(who)
    assert commitment.thread is not None
    Commitment.objects.hand_over(thread=commitment.thread, holders=[resident], group=[resident, person])
    with pytest.raises(PermissionDenied):
        actions.give_bank_details(commitment, **DETAILS, bank="", by=person)
    payee = actions.give_bank_details(commitment, **DETAILS, bank="", by=resident)
    with pytest.raises(PermissionDenied):
        actions.note_name_check(payee, seen=str(payee.pk), result="yes", by=person)


def test_bank_details_arent_asked_when_nothing_is_to_be_paid(commitment: Commitment, resident: Person) -> None:
    commitment.release(by=resident)
    with pytest.raises(ValidationError):
        actions.give_bank_details(commitment, **DETAILS, bank="", by=resident)


def test_a_treasurer_pays_and_the_group_is_told(payment: Payment, treasurer: Person, resident: Person) -> None:
    actions.put_on_its_way(payment, by=treasurer)
    actions.confirm(payment, on=clock.today(), by=treasurer)
    mails = Mail.objects.filter(to=resident).order_by("pk")
    assert [mail.subject for mail in mails] == [
        "Het geld voor Geveltuinen is onderweg",
        "Het geld voor Geveltuinen is betaald",
    ]
    assert mails[0].reply_to == payment.commitment.budget.funder.mailbox
    assert "€ 400" in mails[1].text
    assert list(Deed.objects.about(payment).values_list("verb", flat=True)) == ["put_on_its_way", "confirm"]
    assert {deed.thread for deed in Deed.objects.about(payment)} == {payment.commitment.thread}


def test_a_mail_is_in_the_readers_language(payment: Payment, treasurer: Person, resident: Person) -> None:
    resident.language = "en"
    resident.save()
    actions.put_on_its_way(payment, by=treasurer)
    assert Mail.objects.get().subject == "The money for Geveltuinen is on its way"


def test_what_came_back_asks_the_group_to_look(payment: Payment, treasurer: Person) -> None:
    actions.put_on_its_way(payment, by=treasurer)
    actions.came_back(payment, on=clock.today(), reason="Naam & nummer horen niet bij elkaar", by=treasurer)
    letter = Mail.objects.latest("pk")
    assert letter.subject.startswith("Kijkt u de IBAN na?")
    assert f"/rekening/{payment.commitment_id}/" in letter.text
    assert "Naam & nummer" in letter.text


def test_who_decided_cant_pay(payment: Payment, treasurer: Person) -> None:
    Commitment.objects.update(decided_by=treasurer)
    payment.refresh_from_db()
    with pytest.raises(PermissionDenied, match=r"\w"):
        actions.put_on_its_way(payment, by=treasurer)
    funder = payment.commitment.budget.funder
    funder.decider_may_pay = True
    funder.save()
    actions.put_on_its_way(payment, by=treasurer)
    assert payment.status == "on_its_way"


def test_who_typed_the_iban_cant_pay_even_in_a_fund_of_one(
    commitment: Commitment, treasurer: Person, second_treasurer: Person
) -> None:
    funder = commitment.budget.funder
    funder.decider_may_pay = True
    funder.save()
    actions.give_bank_details(commitment, **DETAILS, bank="", by=treasurer)
    payment = commitment.payments.get()
    with pytest.raises(PermissionDenied):
        actions.put_on_its_way(payment, by=treasurer)
    actions.put_on_its_way(payment, by=second_treasurer)


def test_nobody_pays_their_own_group(payment: Payment, treasurer: Person) -> None:
    payment.commitment.holders.add(treasurer)
    with pytest.raises(PermissionDenied):
        actions.put_on_its_way(payment, by=treasurer)


@pytest.mark.parametrize("who", ["officer", "decider", "auditor", "fund_admin", "outsider", "resident"])
def test_only_treasurers_pay(request: pytest.FixtureRequest, payment: Payment, who: str) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        actions.put_on_its_way(payment, by=person)
    with pytest.raises(PermissionDenied):
        actions.confirm(payment, on=clock.today(), by=person)
    with pytest.raises(PermissionDenied):
        actions.came_back(payment, on=clock.today(), reason="x", by=person)


def test_a_changed_iban_is_checked_by_somebody_else_of_the_fund(
    payment: Payment, resident: Person, treasurer: Person, officer: Person, outsider: Person
) -> None:
    changed = make_money.payee(payment.commitment, by=treasurer, iban=make_money.OTHER_IBAN)
    for person in (treasurer, resident, outsider):
        with pytest.raises(PermissionDenied):
            actions.check_iban(changed, seen=str(changed.pk), note="Gebeld", by=person)
    actions.check_iban(changed, seen=str(changed.pk), note="Gebeld", by=officer)
    assert changed.checked_by == officer


def test_the_name_check_is_noted_by_a_treasurer(payment: Payment, treasurer: Person, officer: Person) -> None:
    payee = payment.commitment.payee
    assert payee is not None
    seen = str(payee.pk)
    actions.note_name_check(payee, seen=seen, result="almost", by=treasurer)
    assert Payee.objects.get().name_check == "almost"
    with pytest.raises(PermissionDenied):
        actions.note_name_check(payee, seen=seen, result="no", by=officer)


def test_dates_are_typed_as_people_do() -> None:
    assert DayForm({"on": "1-2-2026"}).is_valid()
    assert not DayForm({"on": "gisteren"}).is_valid()
    assert not CameBackForm({"on": "1-2-2026", "reason": ""}).is_valid()


# The pages.


def test_the_group_walks_through_the_bank_details(as_: SignedIn, commitment: Commitment, resident: Person) -> None:
    browser, address = as_(resident), f"/rekening/{commitment.pk}/"
    assert "€ 400" in browser.get(address).text
    refused = browser.post(address, DETAILS | {"iban": "NL91ABNA0417164301"})
    assert refused.status_code == 200
    assert "NL91ABNA0417164301" in refused.text
    done = browser.post(address, DETAILS, follow=True)
    assert "NL91 ABNA 0417 1643 00" in done.text
    assert "ABN" in done.text
    changed = browser.post(address, DETAILS | {"iban": make_money.OTHER_IBAN}, follow=True)
    assert "NL20 INGB 0001 2345 67" in changed.text
    assert commitment.payee is not None
    assert commitment.payee.waits_for_second_person


def test_an_officer_writes_them_down_for_the_group(as_: SignedIn, commitment: Commitment, officer: Person) -> None:
    browser, address = as_(officer), f"/rekening/{commitment.pk}/"
    assert str(Payee.Kind.ORGANISATION.label) in browser.get(address).text
    assert browser.post(address, DETAILS | {"kind": "organisation"}).status_code == 302
    assert commitment.payee is not None
    assert (commitment.payee.kind, commitment.payee.typed_by) == ("organisation", officer)


def test_bank_details_of_others_arent_found(
    as_: SignedIn, commitment: Commitment, neighbour: Person, outsider: Person, auditor: Person
) -> None:
    address = f"/rekening/{commitment.pk}/"
    assert as_(neighbour).get(address).status_code == 404
    assert as_(outsider).get(address).status_code == 404
    assert as_(auditor).get(address).status_code == 403


def test_a_treasurer_walks_through_a_payment(as_: SignedIn, payment: Payment, treasurer: Person) -> None:
    browser = as_(treasurer)
    todo = browser.get("/betalen/").text
    assert "NL91 ABNA 0417 1643 00" in todo
    assert 'data-copy="400,00"' in todo
    seen = {"seen": Payee.objects.get().pk}
    assert browser.post(f"/betalen/{payment.pk}/onderweg/", seen)["Location"] == "/betalen/"
    assert payment.number in browser.get("/betalen/onderweg/").text
    assert browser.get(f"/betalen/{payment.pk}/betaald/").status_code == 200
    today = f"{clock.today():%d-%m-%Y}"
    assert browser.post(f"/betalen/{payment.pk}/betaald/", {"on": today})["Location"] == "/betalen/onderweg/"
    assert payment.commitment.given == euro(400)
    assert browser.get(f"/betalen/{payment.pk}/").status_code == 200


def test_a_treasurer_notes_what_came_back_and_the_name_check(
    as_: SignedIn, payment: Payment, treasurer: Person
) -> None:
    browser = as_(treasurer)
    browser.post(f"/betalen/{payment.pk}/naam/", {"result": "no", "seen": Payee.objects.get().pk})
    assert Payee.objects.get().name_check == "no"
    browser.post(f"/betalen/{payment.pk}/onderweg/", {"seen": Payee.objects.get().pk})
    address = f"/betalen/{payment.pk}/teruggekomen/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"on": "", "reason": ""}).status_code == 200
    browser.post(address, {"on": f"{clock.today():%d-%m-%Y}", "reason": "Onbekend"})
    assert payment.commitment.promised == euro(400)


def test_a_second_person_checks_a_changed_iban(
    as_: SignedIn, payment: Payment, resident: Person, officer: Person, auditor: Person
) -> None:
    changed = make_money.payee(payment.commitment, by=resident, iban=make_money.OTHER_IBAN)
    address = f"/rekening/{payment.commitment_id}/nakijken/"
    assert "NL91 ABNA" in as_(officer).get(address).text
    typed = {"note": "Gebeld op het oude nummer", "seen": changed.pk}
    assert as_(officer).post(address, typed)["Location"] == "/betalen/wacht/"
    assert as_(officer).get(address).status_code == 200
    assert as_(auditor).get(address).status_code == 403
    assert as_(resident).get(address).status_code == 404


def test_awards_without_an_iban_are_listed_with_their_days(
    as_: SignedIn, commitment: Commitment, treasurer: Person
) -> None:
    Payment.objects.update(planned_at=clock.now() - timedelta(days=9))
    seen = as_(treasurer).get("/betalen/wacht/")
    assert [payment.days_waiting for payment in seen.context["page"].rows] == [9]
    assert seen.context["counts"] == {"to_pay": 0, "on_their_way": 0, "waiting": 1}


@pytest.mark.parametrize("address", ["/betalen/", "/betalen/onderweg/", "/betalen/wacht/", "/betalen/{}/"])
def test_lists_are_seen_by_seats_of_the_funder_alone(
    as_: SignedIn, payment: Payment, auditor: Person, outsider: Person, resident: Person, address: str
) -> None:
    address = address.format(payment.pk)
    assert as_(auditor).get(address).status_code == 200
    assert as_(resident).get(address).status_code == 404
    answer = as_(outsider).get(address)
    assert answer.status_code == 404 or payment.number not in answer.text


@pytest.mark.parametrize("address", ["betaald", "teruggekomen"])
def test_forms_are_for_treasurers_alone(
    as_: SignedIn, payment: Payment, auditor: Person, outsider: Person, address: str
) -> None:
    assert as_(auditor).get(f"/betalen/{payment.pk}/{address}/").status_code == 403
    assert as_(auditor).post(f"/betalen/{payment.pk}/onderweg/").status_code == 403
    assert as_(outsider).get(f"/betalen/{payment.pk}/{address}/").status_code == 404
    assert as_(auditor).get(f"/betalen/{payment.pk}/onderweg/").status_code == 405


def test_what_waits_longest_is_first_and_the_list_goes_on(
    as_: SignedIn, budget: Budget, treasurer: Person, resident: Person, officer: Person
) -> None:
    made = [make_money.commitment(budget, 1, holders=[resident], by=officer) for _each in range(26)]
    seen = as_(treasurer).get("/betalen/wacht/")
    assert seen.context["page"].rows[0].commitment == made[0]
    assert len(seen.context["page"].rows) == 25
    assert made[-1].reference in as_(treasurer).get("/betalen/wacht/" + seen.context["next_url"]).text


def test_a_fund_of_one_shows_that_who_decides_may_pay(as_: SignedIn, payment: Payment, auditor: Person) -> None:
    pages = ("/betalen/", f"/geld/{payment.commitment.budget_id}/")
    before = [as_(auditor).get(address).text.count("notice") for address in pages]
    funder = payment.commitment.budget.funder
    funder.decider_may_pay = True
    funder.save()
    assert [as_(auditor).get(address).text.count("notice") for address in pages] == [each + 1 for each in before]


def test_an_unknown_list_is_not_found(as_: SignedIn, treasurer: Person) -> None:
    assert as_(treasurer).get("/betalen/zoek/").status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # session, user with person, seats at the door, seats, counts, payments, their payees
        ("/betalen/", 7),
        # the same without rows: no payees
        ("/betalen/onderweg/", 6),
    ],
)
def test_the_worklist_asks_the_same_for_one_and_for_many(
    as_: SignedIn,
    budget: Budget,
    treasurer: Person,
    resident: Person,
    officer: Person,
    django_assert_num_queries: Queries,
    rows: int,
    address: str,
    queries: int,
) -> None:
    for _each in range(rows):
        made = make_money.commitment(budget, 10, holders=[resident], by=officer)
        make_money.payee(made, by=resident)
    browser = as_(treasurer)
    with django_assert_num_queries(queries):
        browser.get(address)


def test_the_queries_of_the_single_pages(
    as_: SignedIn, payment: Payment, resident: Person, treasurer: Person, django_assert_num_queries: Queries
) -> None:
    group, payer = as_(resident), as_(treasurer)
    with django_assert_num_queries(7):
        # session, user with person, seats at the door, commitment, may they, its payee, have they a seat
        group.get(f"/rekening/{payment.commitment_id}/")
    with django_assert_num_queries(17):
        # session, user with person, seats at the door, payment, its payee,
        # may it be put on its way (seat, who decided on more later, payee, who typed it, group), confirmed
        # and sent back (seat, group), the bank's name check noted (seat, group), and that it was read is noted
        payer.get(f"/betalen/{payment.pk}/")


@pytest.mark.parametrize("step", ["betaald", "teruggekomen"])
def test_an_old_link_to_a_step_leads_to_where_the_payment_is(
    as_: SignedIn, payment: Payment, treasurer: Person, step: str
) -> None:
    """It was not given to the bank yet, so it can't have been paid, nor have come back."""
    page = as_(treasurer).get(f"/betalen/{payment.pk}/{step}/", follow=True)
    assert page.redirect_chain == [(f"/betalen/{payment.pk}/", 302)]
    assert "is planned now" in page.content.decode()
