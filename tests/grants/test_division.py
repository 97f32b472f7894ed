"""Dividing the last money: in the order of complete requests, and under the ceiling."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from grants.decide.actions import award, decline
from grants.models import Application, Letter, Scheme
from grants.review.actions import send_back
from grants.sign.actions import propose, sign
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Funder, Person

MORNING = datetime(2026, 3, 2, 9).astimezone()


def complete(scheme: Scheme, minute: int, asked: int, *, by: Person) -> Application:
    """Complete so many minutes after nine, and judged."""
    made = make.application(scheme, make.person(), asked=asked)
    Application.objects.filter(pk=made.pk).update(
        complete_at=MORNING + timedelta(minutes=minute, seconds=20 * made.pk % 60)
    )
    make.judgement(Application.objects.get(pk=made.pk), by=by)
    return Application.objects.get(pk=made.pk)


@pytest.fixture
def scarce(funder: Funder) -> Scheme:
    """1,000 euro."""
    return make.scheme(funder, money=1_000)


def test_who_was_complete_earlier_comes_first(scarce: Scheme, officer: Person) -> None:
    first, second = complete(scarce, 0, 600, by=officer), complete(scarce, 1, 500, by=officer)
    with pytest.raises(ValidationError, match="complete earlier") as refusal:
        award(second, amount=euro(500), by=officer)
    assert first.number in refusal.value.messages[0]
    award(first, amount=euro(300), reason="Minder.", by=officer)
    award(second, amount=euro(500), by=officer)
    assert Budget.objects.get().available == euro(200)


def test_with_enough_for_both_nobody_waits(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 0, 500, by=officer)
    award(complete(scarce, 1, 500, by=officer), amount=euro(500), by=officer)
    third = complete(scarce, 2, 100, by=officer)
    with pytest.raises(ValidationError, match="complete earlier"):
        award(third, amount=euro(100), by=officer)


def test_in_the_same_minute_nobody_is_first(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 5, 600, by=officer)
    award(complete(scarce, 5, 500, by=officer), amount=euro(500), by=officer)


def test_what_is_decided_or_went_back_takes_no_place(scarce: Scheme, officer: Person) -> None:
    back = make.application(scarce, make.person(), asked=600)
    send_back(back, missing=["what"], until=add_weeks(today(), 2), by=officer)
    second = complete(scarce, 1, 500, by=officer)
    award(second, amount=euro(500), by=officer)
    assert Budget.objects.get().available == euro(500)


def test_many_before_it_are_counted(scarce: Scheme, officer: Person) -> None:
    for minute in range(8):
        complete(scarce, minute, 400, by=officer)
    with pytest.raises(ValidationError, match="3 others"):
        award(complete(scarce, 9, 400, by=officer), amount=euro(400), by=officer)


def test_what_there_is_not_is_said_before_whose_turn_it_is(scarce: Scheme, officer: Person) -> None:
    complete(scarce, 0, 1_000, by=officer)
    with pytest.raises(ValidationError, match=r"There is €.+1\.000 left"):
        award(complete(scarce, 1, 1_001, by=officer), amount=euro(1_001), by=officer)


def test_in_a_ranking_the_order_says_nothing(funder: Funder, officer: Person) -> None:
    ranked = make.scheme(funder, money=1_000, division="ranking", in_rounds=True)
    complete(ranked, 0, 600, by=officer)
    award(complete(ranked, 1, 500, by=officer), amount=euro(500), by=officer)


def test_over_the_ceiling_the_rest_is_offered(funder: Funder, officer: Person) -> None:
    """Awb 4:25: refused insofar as it would be exceeded, though the budget holds more."""
    scheme = make.scheme(funder, money=5_000, ceiling=make.money(800))
    award(complete(scheme, 0, 500, by=officer), amount=euro(500), by=officer)
    second = complete(scheme, 1, 500, by=officer)
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+300"):
        award(second, amount=euro(500), by=officer)
    award(Application.objects.get(pk=second.pk), amount=euro(300), reason="Het plafond is bereikt.", by=officer)
    assert Budget.objects.get().available == euro(4_200)


# No money left


NO: dict[str, Any] = {"reason": "Het geld is op.", "possible": "Vraag het in januari opnieuw."}


def test_where_the_money_ended_no_criterion_is_needed(scarce: Scheme, officer: Person) -> None:
    """Awb 4:25(2): refused insofar as the ceiling is exceeded, and that is all of it."""
    second = complete(scarce, 1, 500, by=officer)
    award(complete(scarce, 0, 960, by=officer), amount=euro(960), by=officer)
    decision = decline(second, grounds=[], no_money=True, by=officer, **NO)
    assert not decision.grounds.exists()
    text = Letter.objects.get(event="decide/declined").text
    assert "wie het eerst compleet was, gaat voor" in text
    assert "4:25" in text
    assert "Vraag het in januari opnieuw." in text


def test_while_a_part_can_be_given_the_money_is_no_reason(scarce: Scheme, officer: Person) -> None:
    award(complete(scarce, 0, 950, by=officer), amount=euro(950), by=officer)
    second = complete(scarce, 1, 500, by=officer)
    with pytest.raises(ValidationError, match=r"There is €.+50 left\. Grant a part"):
        decline(second, grounds=[], no_money=True, by=officer, **NO)
    with pytest.raises(ValidationError, match="Choose at least one criterion"):
        decline(second, grounds=[], by=officer, **NO)


def test_the_page_offers_it_only_when_the_money_ended(scarce: Scheme, officer: Person, as_: SignedIn) -> None:
    first, second = complete(scarce, 0, 960, by=officer), complete(scarce, 1, 600, by=officer)
    visitor, page = as_(officer), reverse("grants:decide", args=[second.pk])
    assert "no money left for this plan" not in visitor.get(page).text
    award(first, amount=euro(960), by=officer)
    assert "no money left for this plan" in visitor.get(page).text
    typed = {"decline": "1", "no-reason": NO["reason"], "no-possible": NO["possible"]}
    refused = visitor.post(page, typed).text
    assert "Choose at least one criterion" in refused
    assert "Vraag het in januari opnieuw." in refused
    visitor.post(page, typed | {"no-no_money": "on"})
    assert Application.objects.get(pk=second.pk).status == "declined"


def test_what_is_only_reserved_refuses_nobody(
    funder: Funder, decider: Person, chief: Person, officer: Person, as_: SignedIn
) -> None:
    """A second signature that isn't given frees it: a ceiling has ended by what was granted (Awb 4:25)."""
    scheme = make.scheme(funder, money=6_000, second_signature_above=make.money(5_000))
    large, small = (make.application(scheme, make.person(), asked=asked) for asked in (6_000, 300))
    for each in (large, small):
        make.judgement(each, by=decider)
    proposal = propose(Application.objects.get(pk=large.pk), amount=euro(6_000), by=decider)
    small = Application.objects.get(pk=small.pk)
    page = reverse("grants:decide", args=[small.pk])
    assert "no money left for this plan" not in as_(officer).get(page).text
    with pytest.raises(ValidationError, match="reserved until a colleague signs"):
        decline(small, grounds=[], no_money=True, by=officer, **NO)
    sign(proposal, by=chief)
    assert "no money left for this plan" in as_(officer).get(page).text
    decline(small, grounds=[], no_money=True, by=officer, **NO)
