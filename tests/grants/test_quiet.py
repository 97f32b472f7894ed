"""Until the letter leaves nobody but the fund knows of a decision: every page is as it was before."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from grants.ask.actions import withdraw
from grants.decide.actions import award, decline
from grants.models import Application, Decision, Grant, Letter, Scheme
from grants.objection.actions import react
from grants.recall.actions import recall
from grants.sign.actions import propose, sign
from ledger.models import Commitment, Purse
from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat


def in_full(application: Application, by: Person) -> object:
    return award(application, amount=euro(450), by=by)


def no(application: Application, by: Person) -> object:
    grounds = application.edition.criteria.all()[:1]
    return decline(application, grounds=grounds, reason="Dit past niet.", possible="Vraag minder.", by=by)


def later(minutes: int = 11) -> Any:
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)


def words(visitor: Visitor, address: str) -> str:
    """The page without what is different each time it is asked for."""
    answer = visitor.get(address)
    return f"{answer.status_code} " + re.sub(r'(csrf\w+" value|nonce)="[^"]+"', "", answer.text)


@pytest.fixture
def addresses(judged: Application) -> list[str]:
    about_it = [
        reverse(f"grants:{name}", args=[judged.pk]) for name in ("track", "react", "tell_story", "stop", "withdraw")
    ]
    plan = [reverse(f"grants:{name}", args=[judged.plan_id]) for name in ("history", "ask_also", "group", "helpers")]
    public = ["/", judged.scheme.get_absolute_url(), reverse("grants:register")]
    return [*about_it, *plan, *public, reverse("grants:my_plans")]


@pytest.mark.parametrize("decide", [in_full, no])
def test_every_page_of_the_group_is_as_before(
    as_: SignedIn, judged: Application, addresses: list[str], resident: Person, officer: Person, decide: Any
) -> None:
    visitor = as_(resident)
    with time_machine.travel(clock.now(), tick=False):
        before = {each: words(visitor, each) for each in addresses}
        decide(judged, by=officer)
        assert {each: words(visitor, each) for each in addresses} == before
        assert "Take it back" in as_(officer).get(reverse("grants:application", args=[judged.pk])).text
    with later():
        track = words(visitor, reverse("grants:track", args=[judged.pk]))
    assert track != before[reverse("grants:track", args=[judged.pk])]
    assert ("You get" in track) == (decide is in_full)


def test_every_page_of_the_helper_is_as_before(
    as_: SignedIn, judged: Application, helper: Person, officer: Person
) -> None:
    make.consent(judged.plan, helper)
    visitor = as_(helper)
    addresses = [reverse("grants:my_residents"), reverse("grants:resident", args=[judged.pk])]
    addresses.append(reverse("grants:bank_details", args=[judged.pk]))
    with time_machine.travel(clock.now(), tick=False):
        before = {each: words(visitor, each) for each in addresses}
        in_full(judged, officer)
        assert {each: words(visitor, each) for each in addresses} == before
    with later():
        assert all(words(visitor, each) != before[each] for each in addresses)


def test_its_letter_its_money_and_its_cash_book_are_not_found(
    as_: SignedIn, just_granted: Application, resident: Person, officer: Person
) -> None:
    visitor, commitment = as_(resident), Commitment.objects.get()
    letter = Letter.objects.get()
    addresses = [
        reverse("grants:letter", args=[letter.pk]),
        reverse("ledger:bank_details", args=[commitment.pk]),
        reverse("ledger:purse", args=[Purse.objects.get().pk]),
    ]
    assert [visitor.get(each).status_code for each in addresses] == [404, 404, 404]
    assert as_(officer).get(addresses[0]).status_code == 200
    with later():
        assert [visitor.get(each).status_code for each in addresses] == [200, 200, 200]


def test_the_cash_book_of_an_earlier_award_stays(
    as_: SignedIn, grant: Grant, scheme: Scheme, funder: Funder, officer: Person, resident: Person
) -> None:
    other = make.scheme(funder, title="Tweede pot")
    second = Application.objects.create(plan=grant.application.plan, scheme=other, asked=make.money(100))
    Application.objects.filter(pk=second.pk).update(
        **Application.objects.filter(pk=grant.application_id).values(
            "frozen_edition", "frozen_page", "received_on", "status"
        )[0]
        | {"status": "judged", "frozen_edition": other.edition}
    )
    award(Application.objects.get(pk=second.pk), amount=euro(100), by=officer)
    purse = Purse.objects.get()
    assert as_(resident).get(reverse("ledger:purse", args=[purse.pk])).status_code == 200


def test_a_second_signature_is_quiet_too(as_: SignedIn, funder: Funder, resident: Person, decider: Person) -> None:
    chief = make.person("Carla Chief")
    make.seat(chief, funder, Seat.Role.DECIDER, mandate=10_000)
    scheme = make.scheme(funder, title="Groeipot", second_signature_above=make.money(5_000))
    large = make.application(scheme, resident, asked=6_000)
    make.judgement(large, by=decider)
    track = reverse("grants:track", args=[large.pk])
    proposal = propose(large, amount=euro(6_000), by=decider)
    with time_machine.travel(clock.now(), tick=False):
        before = words(as_(resident), track)
        sign(proposal, by=chief)
        assert words(as_(resident), track) == before
    with later():
        assert "You get" in words(as_(resident), track)


def test_what_was_taken_back_was_never_heard_of(
    as_: SignedIn, judged: Application, resident: Person, officer: Person
) -> None:
    with time_machine.travel(clock.now(), tick=False):
        track = reverse("grants:track", args=[judged.pk])
        before = words(as_(resident), track)
        in_full(judged, officer)
        recall(Application.objects.get(), by=officer)
    with later():
        assert words(as_(resident), track) == before
        assert "granted the money" in as_(officer).get(reverse("grants:application", args=[judged.pk])).text


def test_residents_who_stop_at_that_moment_are_asked_to_wait(just_granted: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="Try again in ten minutes"):
        withdraw(Application.objects.get().as_told(), by=resident)
    with later():
        assert withdraw(Application.objects.get(), by=resident).status == "withdrawn"


def test_nobody_objects_to_what_they_do_not_know(just_granted: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="can't send this now"):
        react(just_granted, kind="objection", text="Te weinig.", by=resident)
    with later():
        assert react(just_granted, kind="objection", text="Te weinig.", by=resident).decision


def test_midnight_brings_nothing_into_the_register(judged: Application, officer: Person) -> None:
    """Decided five minutes before midnight: the day after begins before the letter leaves."""
    evening = clock.now().replace(hour=22, minute=57)  # UTC: three to midnight in winter
    with clock.at(evening):
        in_full(judged, officer)
    with clock.at(evening + timedelta(minutes=9)):
        assert not Grant.objects.public().exists()
        assert not Decision.objects.known().exists()
    with clock.at(evening + timedelta(hours=24)):
        assert Grant.objects.public().exists()
        assert Decision.objects.known().exists()


def test_the_money_on_the_scheme_page_moves_when_the_letter_leaves(scheme: Scheme, just_granted: Application) -> None:
    assert Scheme.objects.with_money_left().get().money_left == euro(10_000)
    with later():
        assert Scheme.objects.with_money_left().get().money_left == euro(9_550)
