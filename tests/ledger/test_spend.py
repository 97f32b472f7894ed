"""The cash book: the group's own; two things per line, mended by counter-entries once it was handed in."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoAssertNumQueries as Queries

from ledger.models import Commitment, Expense, Purse
from ledger.spend import actions
from tests.conftest import SignedIn
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Deed, Person


def receipt() -> SimpleUploadedFile:
    picture = BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "PNG")
    return SimpleUploadedFile("bon.png", picture.getvalue(), "image/png")


def book(purse: Purse, amount: str = "12.50", *, by: Person, key: uuid.UUID | None = None) -> Expense:
    about: dict[str, Any] = {"photo": None, "what": "Aarde", "on": clock.today(), "direction": "out"}
    return actions.book_expense(purse, amount=euro(amount), by=by, key=key or uuid.uuid4(), **about)


def test_in_out_and_left(purse: Purse, commitment: Commitment, resident: Person, treasurer: Person) -> None:
    make_money.paid(commitment, by=treasurer)
    book(purse, "12.50", by=resident)
    assert (purse.received, purse.spent, purse.left) == (euro(400), euro("12.50"), euro("387.50"))


def test_a_double_click_books_once(purse: Purse, resident: Person) -> None:
    key = uuid.uuid4()
    assert book(purse, by=resident, key=key) == book(purse, by=resident, key=key)
    assert purse.expenses.count() == 1
    assert Deed.objects.about(purse).count() == 1


def test_spending_before_the_money_comes_is_advanced(purse: Purse, commitment: Commitment, resident: Person) -> None:
    book(purse, "42", by=resident)
    assert purse.sums().advanced == euro(42)
    assert purse.money_is_coming
    commitment.release(by=resident)
    assert not purse.money_is_coming


def test_a_line_is_changed_and_taken_out_until_handed_in(purse: Purse, resident: Person) -> None:
    line = book(purse, by=resident)
    actions.change_expense(line, amount=euro(13), photo=None, what="Tuinaarde", on=clock.today(), by=resident)
    assert (purse.spent, purse.expenses.get().what) == (euro(13), "Tuinaarde")
    actions.delete_expense(line, by=resident)
    assert purse.spent == euro(0)


def test_after_handing_in_only_a_counter_entry_mends(purse: Purse, resident: Person) -> None:
    line = book(purse, by=resident)
    actions.hand_in(purse, by=resident)
    line.refresh_from_db()
    with pytest.raises(ValidationError):
        book(purse, by=resident)
    with pytest.raises(ValidationError):
        actions.change_expense(line, amount=euro(13), photo=None, what="", on=clock.today(), by=resident)
    with pytest.raises(ValidationError):
        actions.delete_expense(Expense.objects.get(pk=line.pk), by=resident)
    counter = actions.counter_expense(line, by=resident)
    assert (purse.spent, counter.direction) == (euro(0), "in")
    with pytest.raises(ValidationError):
        actions.counter_expense(line, by=resident)
    with pytest.raises(ValidationError):
        actions.counter_expense(counter, by=resident)
    with pytest.raises(ValidationError):
        actions.hand_in(purse, by=resident)


def test_what_the_bank_says_has_no_page_to_change_it(
    as_: SignedIn, purse: Purse, commitment: Commitment, resident: Person, treasurer: Person
) -> None:
    make_money.paid(commitment, by=treasurer)
    line = purse.expenses.get(payment__isnull=False)
    assert as_(resident).get(f"/kasboek/{purse.pk}/{line.pk}/").status_code == 404


def test_what_the_bank_says_is_not_changed(
    purse: Purse, commitment: Commitment, resident: Person, treasurer: Person
) -> None:
    make_money.paid(commitment, by=treasurer)
    came_in = purse.expenses.get()
    with pytest.raises(ValidationError):
        actions.delete_expense(came_in, by=resident)
    assert purse.received == euro(400)


def test_money_that_comes_in_after_handing_in_still_counts(
    purse: Purse, commitment: Commitment, resident: Person, treasurer: Person
) -> None:
    actions.hand_in(purse, by=resident)
    make_money.paid(commitment, by=treasurer)
    assert purse.received == euro(400)


@pytest.mark.parametrize("who", ["neighbour", "officer", "treasurer", "auditor", "outsider"])
def test_nobody_else_writes_in_it(request: pytest.FixtureRequest, purse: Purse, who: str) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        book(purse, by=person)
    with pytest.raises(PermissionDenied):
        actions.hand_in(purse, by=person)


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("resident", 200, 200),
        ("officer", 404, 200),
        ("auditor", 404, 200),
        ("treasurer", 404, 404),
        ("outsider", 404, 404),
        ("neighbour", 404, 404),
    ],
)
def test_it_is_theirs_until_they_hand_it_in(
    request: pytest.FixtureRequest, as_: SignedIn, purse: Purse, resident: Person, who: str, before: int, after: int
) -> None:
    line, browser = make_money.line(purse), as_(request.getfixturevalue(who))
    line.photo.save("bon.jpg", receipt())
    pages = (f"/kasboek/{purse.pk}/", f"/kasboek/{purse.pk}/{line.pk}/foto/")
    assert [browser.get(address).status_code for address in pages] == [before, before]
    actions.hand_in(purse, by=resident)
    assert [browser.get(address).status_code for address in pages] == [after, after]


def test_only_keepers_get_the_forms(as_: SignedIn, purse: Purse, resident: Person, officer: Person) -> None:
    line = make_money.line(purse)
    forms = [f"/kasboek/{purse.pk}/{address}" for address in ("boeken/", "boeken/in/", f"{line.pk}/", "inleveren/")]
    assert [as_(resident).get(address).status_code for address in forms] == [200] * 4
    actions.hand_in(purse, by=resident)
    assert [as_(officer).get(address).status_code for address in forms] == [403] * 4
    assert as_(resident).get(f"/kasboek/{purse.pk}/boeken/opzij/").status_code == 404
    assert as_(resident).get(f"/kasboek/{purse.pk}/{line.pk}/foto/").status_code == 404


def test_no_form_opens_that_cannot_be_saved_any_more(as_: SignedIn, purse: Purse, resident: Person) -> None:
    line, home = make_money.line(purse), f"/kasboek/{purse.pk}/"
    actions.hand_in(purse, by=resident)
    browser = as_(resident)
    for address in ("boeken/", "boeken/in/", f"{line.pk}/", "inleveren/"):
        answer = browser.get(home + address, follow=True)
        assert answer.redirect_chain == [(home, 302)]
        assert "Mend a line with a counter-entry." in answer.text
    typed = browser.post(f"{home}boeken/", {"amount": "7,50", "what": "Verf", "key": str(uuid.uuid4())})
    assert "Mend a line with a counter-entry." in typed.text
    assert "Verf" in typed.text


def test_an_expense_with_two_things_on_a_phone(as_: SignedIn, purse: Purse, resident: Person) -> None:
    browser, address = as_(resident), f"/kasboek/{purse.pk}/boeken/"
    key = browser.get(address).context["form"]["key"].value()
    for _double_click in range(2):
        sent = {"amount": "12,50", "photo": receipt(), "key": key}
        assert browser.post(address, sent)["Location"] == f"/kasboek/{purse.pk}/"
    line = purse.expenses.get()
    assert (line.cents, line.on) == (1_250, clock.today())
    photo = browser.get(f"/kasboek/{purse.pk}/{line.pk}/foto/")
    assert photo["Content-Type"] == "image/jpeg"
    assert photo["Cache-Control"].startswith("private") or "no-store" in photo["Cache-Control"]
    assert browser.post(address, {"amount": "1.25", "key": key}).status_code == 200


def test_the_whole_cash_book_on_its_pages(as_: SignedIn, purse: Purse, resident: Person) -> None:
    browser, home = as_(resident), f"/kasboek/{purse.pk}/"
    browser.post(f"{home}boeken/in/", {"amount": "20", "what": "Statiegeld", "key": str(uuid.uuid4())})
    line = purse.expenses.get()
    browser.post(f"{home}{line.pk}/", {"amount": "25", "what": "Statiegeld", "on": "1-2-2026", "photo": receipt()})
    line.refresh_from_db()
    assert (line.direction, line.cents, bool(line.photo)) == ("in", 2_500, True)
    assert "€ 25" in browser.get(home).text
    browser.post(f"{home}inleveren/")
    browser.post(f"{home}{line.pk}/tegenboeken/")
    assert purse.left == euro(0)
    assert browser.get(home).status_code == 200


def test_a_line_is_taken_out_with_its_photo(
    as_: SignedIn, purse: Purse, resident: Person, django_capture_on_commit_callbacks: type
) -> None:
    line = make_money.line(purse)
    line.photo.save("bon.jpg", receipt())
    where, storage = line.photo.name, line.photo.storage
    with django_capture_on_commit_callbacks(execute=True):
        as_(resident).post(f"/kasboek/{purse.pk}/{line.pk}/weg/")
    assert not purse.expenses.exists()
    assert not storage.exists(where)


@pytest.mark.parametrize("lines", [1, 8])
def test_the_cash_book_asks_the_same_for_one_and_for_many(
    as_: SignedIn, purse: Purse, resident: Person, django_assert_num_queries: Queries, lines: int
) -> None:
    for _each in range(lines):
        make_money.line(purse)
    browser = as_(resident)
    with django_assert_num_queries(9):
        # session, user with person, seats at the door, purse, who gave, sums, lines, may they write, and, because they
        # advanced it: is money still coming
        browser.get(f"/kasboek/{purse.pk}/")
