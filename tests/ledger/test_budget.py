"""A budget: set, raised, lowered, promised from; and the treasurer's pages about it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries as Queries

from ledger.budget import actions
from ledger.models import Account, Budget, Commitment
from ledger.models.posting import SENTENCES
from tests import make
from tests.conftest import SignedIn
from tests.ledger import make_money
from web.amounts import euro
from web.models import Deed, Funder, Person


def test_what_is_promised_is_no_longer_available(commitment: Commitment) -> None:
    cards = commitment.budget.cards()
    assert (cards.budget, cards.promised, cards.available) == (euro(1_000), euro(400), euro(600))
    assert commitment.budget.available == euro(600)


def test_more_than_available_is_never_promised(budget: Budget, resident: Person, officer: Person) -> None:
    with pytest.raises(ValidationError, match=r"€.+1\.000"):
        make_money.commitment(budget, 1_001, holders=[resident], by=officer)
    assert not Commitment.objects.exists()
    assert budget.cards().available == euro(1_000)


def test_a_refused_promise_leaves_the_rest_of_the_transaction_alone(
    budget: Budget, resident: Person, officer: Person
) -> None:
    """On PostgreSQL an error spoils its transaction, unless there was a savepoint."""
    with pytest.raises(ValidationError):
        make_money.commitment(budget, 1_001, holders=[resident], by=officer)
    assert make_money.commitment(budget, 1_000, holders=[resident], by=officer).promised == euro(1_000)


def test_the_same_key_promises_once(budget: Budget, resident: Person, officer: Person) -> None:
    key = uuid.uuid4()
    first = make_money.commitment(budget, 100, holders=[resident], by=officer, key=key)
    assert make_money.commitment(budget, 100, holders=[resident], by=officer, key=key) == first
    assert budget.cards().promised == euro(100)


def test_a_budget_goes_no_lower_than_what_is_promised(commitment: Commitment, treasurer: Person) -> None:
    budget = commitment.budget
    with pytest.raises(ValidationError, match=r"€.+400"):
        budget.set_to(euro(399), by=treasurer)
    budget.set_to(euro(400), by=treasurer)
    assert budget.cards().available == euro(0)
    assert budget.set_to(euro(400), by=treasurer) is None


def test_a_budget_is_never_below_zero(budget: Budget, treasurer: Person) -> None:
    with pytest.raises(ValidationError):
        budget.set_to(euro(-1), by=treasurer)


def test_a_round_promises_from_what_was_reserved(budget: Budget, resident: Person, officer: Person) -> None:
    budget.reserve(euro(900), by=officer)
    with pytest.raises(ValidationError):
        make_money.commitment(budget, 200, holders=[resident], by=officer)
    make_money.commitment(budget, 200, holders=[resident], by=officer, reserved=True)
    budget.unreserve(euro(700), by=officer)
    assert budget.cards().available == euro(800)


def test_a_closed_budget_says_so(budget: Budget, treasurer: Person) -> None:
    budget.close()
    with pytest.raises(ValidationError) as refusal:
        budget.set_to(euro(2_000), by=treasurer)
    assert refusal.value.messages == [str(SENTENCES["a_closed_period_takes_no_postings"])]
    with pytest.raises(ValidationError):
        budget.close()
    assert not Budget.objects.open().exists()


def test_one_transfer_takes_four_queries(budget: Budget, treasurer: Person, django_assert_num_queries: Queries) -> None:
    budget.account(Account.Kind.FUNDING), budget.account(Account.Kind.AVAILABLE)
    with django_assert_num_queries(4 + 2):  # two accounts looked up; savepoint, posting, transfer, release
        make_money.raise_by(budget, 500, by=treasurer)


def test_a_posting_is_reversed_once(budget: Budget, treasurer: Person) -> None:
    posting = make_money.raise_by(budget, 500, by=treasurer)
    counter = posting.reverse(by=treasurer)
    assert budget.cards().budget == euro(1_000)
    with pytest.raises(ValidationError):
        posting.reverse(by=treasurer)
    assert counter.reverses == posting
    assert str(counter)


def test_a_treasurer_makes_and_sets_a_budget(funder: Funder, treasurer: Person) -> None:
    made = actions.add_budget(funder, name="Straatpot", year=2026, amount=euro(500), by=treasurer, cost_centre="8 100")
    actions.set_budget(made, amount=euro(700), by=treasurer, cost_centre="8 200")
    made.refresh_from_db()
    assert (made.cards().budget, made.cost_centre) == (euro(700), "8 200")
    assert list(Deed.objects.about(made).values_list("verb", flat=True)) == ["add_budget", "set_budget"]
    with pytest.raises(ValidationError):
        actions.add_budget(funder, name="Straatpot", year=2026, amount=euro(500), by=treasurer)


@pytest.mark.parametrize("who", ["officer", "decider", "auditor", "fund_admin", "outsider", "resident"])
def test_nobody_else_sets_a_budget(request: pytest.FixtureRequest, budget: Budget, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_budget(budget, amount=euro(2_000), by=request.getfixturevalue(who))
    assert budget.cards().budget == euro(1_000)


PAGES = ["/geld/{}/", "/geld/{}/begroot/", "/geld/{}/toegezegd/", "/geld/{}/beschikbaar/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["treasurer", "auditor", "officer", "decider", "fund_admin"])
def test_seats_of_the_funder_see_the_pages(
    request: pytest.FixtureRequest, as_: SignedIn, commitment: Commitment, address: str, who: str
) -> None:
    answer = as_(request.getfixturevalue(who)).get(address.format(commitment.budget_id))
    assert answer.status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/geld/{}/bedrag/"])
@pytest.mark.parametrize("who", ["outsider", "resident"])
def test_outsiders_see_no_budget(
    request: pytest.FixtureRequest, as_: SignedIn, commitment: Commitment, address: str, who: str
) -> None:
    assert as_(request.getfixturevalue(who)).get(address.format(commitment.budget_id)).status_code == 404


def test_the_list_is_for_seats_alone(as_: SignedIn, budget: Budget, treasurer: Person, resident: Person) -> None:
    assert "€ 1.000" in as_(treasurer).get("/geld/").text
    assert as_(resident).get("/geld/").status_code == 404


def test_only_a_treasurer_gets_the_forms(as_: SignedIn, budget: Budget, officer: Person, treasurer: Person) -> None:
    for address in (f"/geld/{budget.pk}/bedrag/", f"/geld/nieuw/{budget.funder.slug}/"):
        assert as_(officer).get(address).status_code == 403
        assert as_(treasurer).get(address).status_code == 200


def test_the_form_sets_the_budget_and_keeps_what_was_typed(
    as_: SignedIn, commitment: Commitment, treasurer: Person
) -> None:
    address, browser = f"/geld/{commitment.budget_id}/bedrag/", as_(treasurer)
    refused = browser.post(address, {"amount": "300", "cost_centre": "8 100"})
    assert refused.status_code == 200
    assert "€ 400" in refused.text
    assert "8 100" in refused.text
    assert browser.post(address, {"amount": "1.250,50", "cost_centre": "8 100"}).status_code == 302
    assert commitment.budget.cards().budget == euro("1250.50")


def test_a_new_budget_by_the_form(as_: SignedIn, funder: Funder, treasurer: Person) -> None:
    answer = as_(treasurer).post(f"/geld/nieuw/{funder.slug}/", {"name": "Pot", "year": "2026", "amount": "€ 450"})
    made = Budget.objects.get(name="Pot")
    assert answer["Location"] == f"/geld/{made.pk}/"
    assert made.cards().budget == euro(450)


def test_an_unknown_card_is_not_found(as_: SignedIn, budget: Budget, treasurer: Person) -> None:
    assert as_(treasurer).get(f"/geld/{budget.pk}/zoek/").status_code == 404


def test_every_number_opens_its_rows(as_: SignedIn, commitment: Commitment, treasurer: Person) -> None:
    browser = as_(treasurer)
    assert commitment.reference in browser.get(f"/geld/{commitment.budget_id}/toegezegd/").text
    free = browser.get(f"/geld/{commitment.budget_id}/beschikbaar/").text
    assert "€ 1.000" in free
    assert "− € 400" in free


def test_rows_go_on_on_a_next_page(as_: SignedIn, budget: Budget, treasurer: Person) -> None:
    for _each in range(51):
        make_money.raise_by(budget, 100, by=treasurer)
    first = as_(treasurer).get(f"/geld/{budget.pk}/begroot/")
    after = first.context["next_url"]
    assert len(first.context["rows"]) == 50
    assert len(as_(treasurer).get(f"/geld/{budget.pk}/begroot/{after}").context["rows"]) == 2


def test_the_foot_of_the_list_adds_up_each_year(
    as_: SignedIn, budget: Budget, treasurer: Person, officer: Person
) -> None:
    make_money.commitment(budget, 10, holders=[officer], by=officer)
    other = make.budget(budget.funder, 25)
    (year, sums), *others = as_(treasurer).get("/geld/").context["totals"]
    assert (year, others) == (budget.year, [])
    assert sums.budget == budget.cards().budget + other.cards().budget
    assert (sums.promised, sums.available) == (euro(10), sums.budget - euro(10))


@pytest.mark.parametrize("promises", [1, 5])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/geld/", 5),  # session, user with person, seats at the door, seats, budgets with cards
        ("/geld/{}/", 5),  # session, user with person, seats at the door, budget with cards, may set it
        ("/geld/{}/toegezegd/", 5),  # session, user with person, seats at the door, budget, its rows
        ("/geld/{}/beschikbaar/", 5),  # the same
    ],
)
def test_the_number_of_queries_never_depends_on_the_rows(
    as_: SignedIn,
    budget: Budget,
    treasurer: Person,
    resident: Person,
    django_assert_num_queries: Queries,
    promises: int,
    address: str,
    queries: int,
) -> None:
    for _each in range(promises):
        make_money.commitment(budget, 10, holders=[resident], by=treasurer)
        make.budget(budget.funder, 10)
    browser = as_(treasurer)
    with django_assert_num_queries(queries):
        browser.get(address.format(budget.pk))
