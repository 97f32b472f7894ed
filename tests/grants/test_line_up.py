"""The order of complete requests: who comes first, where the money ends, and who is decided on before whom."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.decide.actions import award, decline
from grants.line_up import views
from grants.models import Application, Aside, Edition, Scheme
from grants.models.next_edition import publish
from grants.models.queue import Turn, lined_up
from grants.review.actions import send_back
from grants.sign.actions import propose
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Funder, Person

ENDLESS = "9" * 5_000
MORNING = datetime(2026, 3, 2, 9).astimezone()
Complete = Callable[..., Application]


@pytest.fixture
def complete(decider: Person) -> Complete:
    """Complete so many minutes after nine, and judged."""

    def made(scheme: Scheme, minute: int, asked: int, **fields: Any) -> Application:
        sent = make.application(scheme, make.person(), asked=asked, title=f"Plan {minute}", **fields)
        Application.objects.filter(pk=sent.pk).update(complete_at=MORNING + timedelta(minutes=minute, seconds=7))
        make.judgement(Application.objects.get(pk=sent.pk), by=decider)
        return Application.objects.get(pk=sent.pk)

    return made


@pytest.fixture
def scarce(funder: Funder) -> Scheme:
    """1,000 euro; at least 50 for a plan."""
    return make.scheme(funder, title="Krappe pot", slug="krappe-pot", money=1_000)


def turns() -> list[Turn]:
    return lined_up(Budget.objects.get())


def in_rounds(funder: Funder, *, ceiling: int) -> Scheme:
    """Divided in the order of complete requests; a round that is open now, with money of its own."""
    made = make.scheme(funder, title="Rondes", money=50_000, published_at=None)
    draft, day = made.editions.get(), today()
    days = {"opens_on": day - timedelta(20), "closes_on": day + timedelta(1), "answer_by": day + timedelta(20)}
    draft.rounds.create(**days, ceiling=make.money(ceiling))
    Edition.objects.filter(pk=draft.pk).update(in_rounds=True)
    publish(Edition.objects.get(pk=draft.pk), by=Person.system())
    return Scheme.objects.get(pk=made.pk)


# The order


def test_the_earliest_come_first_and_the_line_is_where_the_money_ends(scarce: Scheme, complete: Complete) -> None:
    third, first, second = complete(scarce, 9, 100), complete(scarce, 0, 600), complete(scarce, 5, 500)
    found = turns()
    assert [turn.plan.pk for turn in found] == [first.pk, second.pk, third.pk]
    assert [turn.together for turn in found] == [euro(600), euro(1_100), euro(1_200)]
    assert [turn.room for turn in found] == [euro(1_000), euro(400), euro(0)]
    assert [(turn.fits, turn.is_on_the_line) for turn in found] == [(True, False), (False, True), (False, False)]
    assert [turn.in_the_way for turn in found] == ["", first.number, f"{first.number}, {second.number}"]


def test_in_the_same_minute_nobody_stands_before_another(scarce: Scheme, complete: Complete) -> None:
    complete(scarce, 5, 600)
    complete(scarce, 5, 500)
    complete(scarce, 6, 100)
    assert [(turn.place, turn.room, turn.in_the_way) for turn in turns()[:2]] == [(1, euro(1_000), "")] * 2
    assert (turns()[2].place, turns()[2].room) == (3, euro(0))


def test_two_of_one_minute_that_fit_alone_and_not_together_are_left_to_who_decides(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person
) -> None:
    """Neither is refused: time doesn't settle it, so the page asks why one goes first."""
    one, other, later = complete(scarce, 5, 600), complete(scarce, 5, 500), complete(scarce, 6, 100)
    assert [turn.in_the_same_minute for turn in turns()] == [other.number, one.number, ""]
    visitor, address = as_(decider), reverse("grants:queue", args=[scarce.slug])
    answer = visitor.get(address)
    page = answer.text
    assert answer.context["fitting"] == 1, "one of the two, whichever it is"
    assert "Time doesn’t settle who goes first." in page
    assert f"In the same minute as {other.number}, and there isn’t enough for all." in page
    assert reverse("grants:jot", args=[one.pk]) in page
    assert reverse("grants:jot", args=[later.pk]) not in page
    award(other, amount=euro(500), by=decider)
    assert [turn.in_the_same_minute for turn in turns()] == ["", ""]
    assert "Time doesn’t settle" not in visitor.get(address).text


def test_those_of_one_minute_that_all_fit_or_fit_not_at_all_need_no_words(scarce: Scheme, complete: Complete) -> None:
    for minute, asked in ((0, 500), (5, 300), (5, 200), (6, 100), (6, 90)):
        complete(scarce, minute, asked)
    assert [turn.in_the_same_minute for turn in turns()] == [""] * 5


def test_what_went_back_or_was_decided_has_no_place(scarce: Scheme, complete: Complete, decider: Person) -> None:
    back = make.application(scarce, make.person(), asked=600)
    send_back(back, missing=["what"], until=add_weeks(today(), 2), by=decider)
    award(complete(scarce, 0, 300), amount=euro(300), by=decider)
    waiting = complete(scarce, 1, 500)
    assert [(turn.plan.pk, turn.room) for turn in turns()] == [(waiting.pk, euro(700))]


def test_what_is_left_below_the_least_is_nothing(scarce: Scheme, complete: Complete) -> None:
    complete(scarce, 0, 960)
    complete(scarce, 1, 100)
    assert [turn.is_on_the_line for turn in turns()] == [False, False]
    assert turns()[1].room == euro(40)


def test_plans_of_another_scheme_wait_for_the_same_money(scarce: Scheme, complete: Complete, funder: Funder) -> None:
    other = make.scheme(funder, title="Andere pot", money=None)
    other.budgets.set(scarce.budgets.all())
    first, second = complete(other, 0, 700), complete(scarce, 1, 500)
    assert [(turn.plan.pk, turn.in_the_way) for turn in turns()] == [(first.pk, ""), (second.pk, first.number)]


# The same as what a decision is refused with


def test_what_is_reserved_counts_once(funder: Funder, complete: Complete, decider: Person) -> None:
    """Its money isn't left any more, so it can't be kept from others a second time."""
    scheme = make.scheme(funder, money=10_000, second_signature_above=make.money(5_000))
    first, second = complete(scheme, 0, 6_000), complete(scheme, 1, 3_000)
    third = complete(scheme, 2, 1_500)
    propose(first, amount=euro(5_500), reason="Minder.", by=decider)
    assert [(turn.is_reserved, turn.room) for turn in turns()] == [
        (True, euro(4_500)),
        (False, euro(4_000)),
        (False, euro(1_000)),
    ]
    with pytest.raises(ValidationError, match=f"{first.number}, {second.number}"):
        award(third, amount=euro(1_001), reason="Minder.", by=decider)
    award(second, amount=euro(3_000), by=decider)


def test_in_a_round_the_earlier_ones_come_first_too(funder: Funder, complete: Complete, decider: Person) -> None:
    """The budget holds plenty; the money of the round doesn't (Awb 4:26)."""
    scheme = in_rounds(funder, ceiling=1_000)
    first, second = complete(scheme, 0, 600), complete(scheme, 1, 500)
    assert [(turn.room, turn.in_the_way) for turn in turns()] == [(euro(1_000), ""), (euro(400), first.number)]
    with pytest.raises(ValidationError, match="complete earlier") as refused:
        award(second, amount=euro(500), by=decider)
    assert first.number in refused.value.messages[0]
    award(second, amount=euro(400), reason="Er is niet meer.", by=decider)
    assert turns()[0].room == euro(600)


def test_under_a_ceiling_of_the_year_too(funder: Funder, complete: Complete, decider: Person) -> None:
    scheme = make.scheme(funder, money=50_000, ceiling=make.money(1_000))
    first, second = complete(scheme, 0, 600), complete(scheme, 1, 500)
    assert turns()[1].in_the_way == first.number
    with pytest.raises(ValidationError, match="complete earlier"):
        award(second, amount=euro(500), by=decider)


@pytest.mark.parametrize("limit", ["budget", "year", "round"])
def test_what_fits_on_the_page_can_be_granted_and_nothing_else(
    limit: str, funder: Funder, complete: Complete, decider: Person
) -> None:
    ceiling = {"ceiling": make.money(1_000)} if limit == "year" else {}
    scheme = (
        in_rounds(funder, ceiling=1_000)
        if limit == "round"
        else make.scheme(funder, money=1_000 if limit == "budget" else 9_000, **ceiling)
    )
    plans = {each.pk: each for each in (complete(scheme, n // 2, asked) for n, asked in enumerate((300, 400, 350, 90)))}
    for turn in reversed(turns()):
        if turn.fits:
            continue
        with pytest.raises(ValidationError, match="complete earlier"):
            award(plans[turn.plan.pk], amount=euro(turn.plan.asked), by=decider)
    for turn in turns():
        if turn.fits:
            award(plans[turn.plan.pk], amount=euro(turn.plan.asked), by=decider)
    assert Application.objects.filter(status="granted").count() == 3


# The pages


def test_the_page_says_who_stands_in_the_way_and_leads_on(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person
) -> None:
    first, second = complete(scarce, 0, 600), complete(scarce, 1, 500)
    back = make.application(scarce, make.person(), asked=60, title="Nog niet af")
    send_back(back, missing=["what"], until=add_weeks(today(), 2), by=decider)
    visitor, address = as_(decider), reverse("grants:queue", args=[scarce.slug])
    page = visitor.get(address).text
    assert f"First decide on {first.number}." in page
    assert "Nog niet af" in page
    assert page.index("Plan 0") < page.index("Plan 1")
    for each in (first, second):
        decide = reverse("grants:decide", args=[each.pk])
        assert (decide if not each.is_quick else reverse("grants:settle", args=[each.pk])) in page
    assert address in visitor.get(reverse("grants:rounds")).text
    assert address in visitor.get(reverse("grants:application", args=[first.pk])).text
    assert address in visitor.get(reverse("grants:decide", args=[first.pk])).text
    decline(second, grounds=second.edition.criteria.all()[:1], reason="Past niet.", possible="Kleiner.", by=decider)
    assert f"First decide on {first.number}." not in visitor.get(address).text


def test_plans_stand_beside_each_other(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person, outsider: Person
) -> None:
    plans = [complete(scarce, minute, 600) for minute in range(2)]
    address = reverse("grants:beside", args=[scarce.slug])
    chosen = {"plan": [each.pk for each in plans]}
    page = as_(decider).get(address, chosen).text
    assert "Dat staat in het plan." in page
    assert "Left for it" in page
    assert "Choose two, three or four" in as_(decider).get(address, {"plan": "x"}, follow=True).text
    assert as_(outsider).get(address, chosen).status_code == 404


def test_who_has_a_tie_reads_the_order_and_decides_on_the_others(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person
) -> None:
    own = complete(scarce, 0, 600)
    complete(scarce, 1, 100)
    Aside.step(own, by=decider)
    page = as_(decider).get(reverse("grants:queue", args=[scarce.slug])).text
    assert "You have a tie with this plan. A colleague decides on it." in page
    assert reverse("grants:decide", args=[own.pk]) not in page


def test_only_officers_of_the_fund_read_it(
    as_: SignedIn, scarce: Scheme, officer: Person, outsider: Person, resident: Person, treasurer: Person
) -> None:
    address = reverse("grants:queue", args=[scarce.slug])
    people = (officer, outsider, resident, treasurer)
    assert [as_(each).get(address).status_code for each in people] == [200, 404, 404, 403]


def test_a_long_order_goes_on_at_the_next_page(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    plans = [complete(scarce, minute, 100) for minute in range(3)]
    visitor, address = as_(decider), reverse("grants:queue", args=[scarce.slug])
    assert f"?after={plans[1].pk}" in visitor.get(address).text
    rest = visitor.get(address, {"after": plans[1].pk})
    assert [row["turn"].plan.pk for row in rest.context["rows"]] == [plans[2].pk]
    assert [row["turn"].together for row in rest.context["rows"]] == [euro(300)]
    assert "Plan 0" in visitor.get(address, {"after": "weg"}).text


def test_a_long_order_asks_no_more_than_a_short_one(
    as_: SignedIn, scarce: Scheme, complete: Complete, decider: Person
) -> None:
    visitor, address = as_(decider), reverse("grants:queue", args=[scarce.slug])

    def asked() -> int:
        visitor.get(address)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address)
        return len(queries)

    complete(scarce, 0, 100)
    of_one = asked()
    for minute in range(8):
        complete(scarce, minute, 100)
    # door 3, seats 3, scheme, budgets, available; proposals, plans; rows, ties, what is back
    assert asked() == of_one
    assert of_one == 14


def test_a_number_without_an_end_names_no_plan(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    beside = reverse("grants:beside", args=[scheme.slug])
    assert as_(officer).get(beside, {"plan": [ENDLESS, "1"]}).status_code == 302
