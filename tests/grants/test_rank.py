"""A round: its plans ranked, the line drawn where the money ends, decided quietly, and announced in one go."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.ask.actions import withdraw
from grants.decide.actions import award, award_quietly, decline, decline_quietly, settle
from grants.models import Application, Aside, Decision, Letter, Place, Proposal, QuietDecision, Round, Scheme
from grants.models.ranking import seen_as
from grants.rank.actions import announce, draw_line, rank
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat

Status = Application.Status
POSSIBLE = "Vraag het in de volgende ronde opnieuw."


def came_in(pot: Scheme, asked: int, *, by: Person, **fields: Any) -> Application:
    """In the round that is over, and judged."""
    day = clock.today() - timedelta(days=3)
    made = make.application(pot, make.person(), asked=asked, received_on=day, **fields)
    make.judgement(made, by=by)
    return made


@pytest.fixture
def three(pot: Scheme, decider: Person) -> list[Application]:
    """Of 600, 500 and 300 euro: the second stands on the line."""
    return [came_in(pot, asked, by=decider, title=f"Plan {asked}") for asked in (600, 500, 300)]


def seen(round_: Round) -> str:
    return seen_as(Application.objects.waiting_in(round_).for_ranking())


def ranked(round_: Round, plans: list[Application], *, by: Person) -> None:
    rank(round_, numbers={each.pk: number for number, each in enumerate(plans, 1)}, seen=seen(round_), by=by)


def decided(round_: Round, plans: list[Application], *, by: Person) -> None:
    ranked(round_, plans, by=by)
    assert draw_line(round_, possible=POSSIBLE, by=by) == 0


def outcomes() -> list[tuple[str, int]]:
    """Of the decisions in their order."""
    return [(each.outcome, int(each.amount.amount)) for each in Decision.objects.order_by("sequence")]


# In order


def test_people_give_each_plan_its_place(round_: Round, three: list[Application], decider: Person) -> None:
    rank(round_, numbers={three[0].pk: 8, three[1].pk: 1, three[2].pk: 3}, seen=seen(round_), by=decider)
    assert [place.application for place in Place.objects.all()] == [three[1], three[2], three[0]]
    assert [place.rank for place in Place.objects.all()] == [1, 2, 3]


def test_no_two_plans_have_one_number(round_: Round, three: list[Application], decider: Person) -> None:
    numbers = {three[0].pk: 1, three[1].pk: 2, three[2].pk: 2}
    with pytest.raises(ValidationError, match="Number 2 was given to"):
        rank(round_, numbers=numbers, seen=seen(round_), by=decider)
    assert not Place.objects.exists()


def test_who_ranked_first_isnt_overwritten(round_: Round, three: list[Application], decider: Person) -> None:
    before = seen(round_)
    ranked(round_, three, by=decider)
    with pytest.raises(ValidationError, match="colleague has changed"):
        rank(round_, numbers={each.pk: each.pk for each in three}, seen=before, by=decider)


def test_only_judged_plans_of_a_round_that_is_over_are_ranked(pot: Scheme, round_: Round, decider: Person) -> None:
    sent = make.application(pot, make.person(), received_on=clock.today() - timedelta(days=3))
    with pytest.raises(ValidationError, match="Only judged plans"):
        ranked(round_, [sent], by=decider)
    with clock.at(clock.now() - timedelta(days=2)), pytest.raises(ValidationError, match="Only judged plans"):
        ranked(round_, [], by=decider)


# The line


def test_the_line_gives_the_best_first_and_what_is_left(
    round_: Round, three: list[Application], decider: Person
) -> None:
    decided(round_, three, by=decider)
    meant = [(each.outcome, each.amount) for each in QuietDecision.objects.order_by("application__place__rank")]
    assert meant == [("granted", euro(600)), ("partly", euro(400)), ("declined", euro(0))]
    assert "€\u00a0400" in QuietDecision.objects.get(outcome="partly").reason


def test_residents_see_nothing_of_it(round_: Round, three: list[Application], decider: Person, as_: SignedIn) -> None:
    contact = three[0].plan.first_contact
    visitor, address = as_(contact), three[0].get_absolute_url()
    before = without_marks(visitor.get(address).text)
    decided(round_, three, by=decider)
    decline_quietly(three[0], **refusal(three[0]), by=decider)
    assert without_marks(visitor.get(address).text) == before
    assert not Letter.objects.exists()
    assert {each.status for each in Application.objects.all()} == {Status.JUDGED}


def without_marks(page: str) -> str:
    """A page without the marks that differ each time it is asked for."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def refusal(plan: Application) -> dict[str, Any]:
    return {"grounds": plan.edition.criteria.all()[:1], "reason": "Past niet.", "possible": POSSIBLE}


def test_what_is_declined_or_given_less_by_hand_leaves_more_for_others(
    round_: Round, three: list[Application], decider: Person
) -> None:
    decline_quietly(three[0], **refusal(three[0]), by=decider)
    award_quietly(three[1], amount=euro(450), reason="Minder tegels.", by=decider)
    decided(round_, three, by=decider)
    announce(round_, seen=seen(round_), by=decider)
    assert outcomes() == [("declined", 0), ("partly", 450), ("granted", 300)]
    assert Decision.objects.get(outcome="partly").reason == "Minder tegels."
    assert Decision.objects.get(outcome="declined").grounds.count() == 1


def test_nobody_gets_less_than_the_scheme_gives_at_least(pot: Scheme, round_: Round, decider: Person) -> None:
    plans = [came_in(pot, asked, by=decider) for asked in (960, 100)]
    decided(round_, plans, by=decider)
    assert [each.outcome for each in QuietDecision.objects.order_by("application")] == ["granted", "declined"]


# In one go


def test_everybody_hears_at_once(round_: Round, three: list[Application], decider: Person, pot: Scheme) -> None:
    decided(round_, three, by=decider)
    assert announce(round_, seen=seen(round_), by=decider) == 3
    assert outcomes() == [("granted", 600), ("partly", 400), ("declined", 0)]
    assert sorted(Letter.objects.values_list("event", flat=True)) == [
        "decide/declined",
        "decide/granted",
        "decide/partly",
    ]
    below = Letter.objects.get(event="decide/declined").text
    assert "de beste plannen van een ronde gaan voor" in below
    assert POSSIBLE in below
    assert Deed.objects.filter(verb="announce", thing="grants.application").count() == 3
    assert Budget.objects.get().available == euro(9_000)
    assert not QuietDecision.objects.exists()


def test_of_two_who_announce_one_does(round_: Round, three: list[Application], decider: Person) -> None:
    decided(round_, three, by=decider)
    read = seen(round_)
    announce(round_, seen=read, by=decider)
    with pytest.raises(ValidationError, match="announced already"):
        announce(round_, seen=read, by=decider)
    assert Decision.objects.count() == 3


def test_all_of_them_or_none(round_: Round, three: list[Application], decider: Person, officer: Person) -> None:
    ranked(round_, three, by=officer)
    draw_line(round_, possible=POSSIBLE, by=decider)
    Aside.step(three[2], by=decider)
    with pytest.raises(ValidationError, match="may not decide on this now") as refused:
        announce(round_, seen=seen(round_), by=officer)
    assert three[2].number in refused.value.messages[0]
    assert not Decision.objects.exists()
    assert not Letter.objects.exists()


def test_what_moved_the_line_is_drawn_again(round_: Round, three: list[Application], decider: Person) -> None:
    decided(round_, three, by=decider)
    withdraw(three[0], by=three[0].plan.first_contact)
    with pytest.raises(ValidationError, match="Draw the line again"):
        announce(round_, seen=seen(round_), by=decider)
    draw_line(round_, possible=POSSIBLE, by=decider)
    announce(round_, seen=seen(round_), by=decider)
    assert outcomes() == [("granted", 500), ("granted", 300)]


def test_only_what_was_read_is_announced(round_: Round, three: list[Application], decider: Person) -> None:
    decided(round_, three, by=decider)
    read = seen(round_)
    draw_line(round_, possible="Anders.", by=decider)
    with pytest.raises(ValidationError, match="Read it again"):
        announce(round_, seen=read, by=decider)


def test_one_that_isnt_judged_keeps_the_round_waiting(
    pot: Scheme, round_: Round, three: list[Application], decider: Person
) -> None:
    decided(round_, three, by=decider)
    late = make.application(pot, make.person(), received_on=clock.today() - timedelta(days=2))
    with pytest.raises(ValidationError, match=late.number):
        announce(round_, seen=seen(round_), by=decider)


def test_two_sign_where_two_must(funder: Funder, decider: Person) -> None:
    pot = make.ranked(funder, second_signature_above=make.money(5_000))
    round_, large = pot.edition.rounds.get(), came_in(pot, 6_000, by=decider)
    decided(round_, [large], by=decider)
    with pytest.raises(ValidationError, match="colleague of yours has to announce"):
        announce(round_, seen=seen(round_), by=decider)
    chief = make.person("Carla Chief")
    make.seat(chief, funder, Seat.Role.DECIDER, mandate=10_000)
    announce(round_, seen=seen(round_), by=chief)
    signed = Proposal.objects.get()
    assert (signed.by, signed.ended_by, signed.decision) == (decider, chief, Decision.objects.get())
    assert Budget.objects.get().cards().reserved == euro(0)


def test_a_mandate_reaches_as_far_in_a_round(round_: Round, pot: Scheme, officer: Person, decider: Person) -> None:
    Seat.objects.filter(person=officer).update(mandate=make.money(400))
    plans = [came_in(pot, 600, by=decider), came_in(pot, 300, by=decider)]
    ranked(round_, plans, by=officer)
    assert draw_line(round_, possible=POSSIBLE, by=officer) == 1
    assert QuietDecision.objects.get().application == plans[1]
    assert draw_line(round_, possible=POSSIBLE, by=decider) == 0
    announce(round_, seen=seen(round_), by=officer)
    assert set(Decision.objects.values_list("by", flat=True)) == {decider.pk}


def test_a_plan_of_a_round_is_decided_there_alone(three: list[Application], decider: Person) -> None:
    plan, some = three[0], {"amount": euro(300), "reason": "Minder."}
    for action, typed in (
        (award, some),
        (decline, refusal(plan)),
        (settle, some | {"verdicts": make.verdicts(plan)}),
    ):
        with pytest.raises(ValidationError, match="decided there, with the others"):
            action(Application.objects.get(pk=plan.pk), **typed, by=decider)


def test_after_its_round_a_plan_is_decided_like_any_other(
    round_: Round, three: list[Application], decider: Person, officer: Person
) -> None:
    decided(round_, three, by=decider)
    announce(round_, seen=seen(round_), by=decider)
    below = Application.objects.get(pk=three[2].pk)
    below.move_back_to(Status.JUDGED)
    assert not below.waits_for_round
    with pytest.raises(ValidationError, match="isn't announced"):
        award_quietly(below, amount=euro(300), by=officer)
    make.judgement(below, by=officer)
    with pytest.raises(ValidationError, match=r"ceiling leaves €.+0\. Grant"):
        award(below, amount=euro(300), by=officer)


def test_outsiders_rank_nothing(round_: Round, outsider: Person, treasurer: Person) -> None:
    for action, typed in ((rank, {"numbers": {}}), (announce, {})):
        for person in (outsider, treasurer):
            with pytest.raises(PermissionDenied):
                action(round_, **typed, seen="", by=person)


# The pages


def test_the_numbers_and_the_arrows_rank(
    round_: Round, three: list[Application], decider: Person, as_: SignedIn
) -> None:
    visitor, address = as_(decider), reverse("grants:round", args=[round_.pk])
    typed = {f"number_{each.pk}": number for number, each in enumerate(three, 1)}
    visitor.post(address, typed | {"seen": seen(round_), "up": three[2].pk})
    assert [place.application for place in Place.objects.all()] == [three[0], three[2], three[1]]
    refused = visitor.post(address, typed | {f"number_{three[1].pk}": 1, "seen": seen(round_)})
    assert "has number 1 already" in refused.text
    assert f'name="number_{three[1].pk}" value="1"' in refused.text


def test_a_round_is_ranked_and_announced_on_its_pages(
    round_: Round, three: list[Application], decider: Person, as_: SignedIn
) -> None:
    visitor, address = as_(decider), reverse("grants:round", args=[round_.pk])
    ranked(round_, three, by=decider)
    page = visitor.get(address).text
    assert "below the line" in page
    beside = visitor.get(reverse("grants:compare", args=[round_.pk]), {"plan": [three[0].pk, three[1].pk]})
    assert "Dat staat in het plan." in beside.text
    drawn = visitor.post(reverse("grants:draw_line", args=[round_.pk]), {"possible": POSSIBLE}, follow=True)
    assert "One press decides on all 3 plans" in drawn.text
    assert '<span class="keep" lang="nl">' in drawn.text, "the reason is in the residents' language"
    told = visitor.post(reverse("grants:announce", args=[round_.pk]), {"seen": seen(round_)}, follow=True)
    assert "3 letters leave" in told.text
    assert Decision.objects.count() == 3


@pytest.mark.parametrize("page", ["round", "compare", "announce", "rounds"])
def test_a_round_of_many_asks_no_more_than_one_of_two(
    page: str, round_: Round, pot: Scheme, decider: Person, as_: SignedIn
) -> None:
    visitor = as_(decider)
    address = reverse(f"grants:{page}", args=[] if page == "rounds" else [round_.pk])

    def asked(plans: list[Application]) -> int:
        ranked(round_, plans, by=decider)
        draw_line(round_, possible=POSSIBLE, by=decider)
        typed = {"plan": [each.pk for each in plans][:4]}
        assert visitor.get(address, typed).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address, typed)
        return len(queries)

    plans = [came_in(pot, 100, by=decider) for _each in range(2)]
    of_two = asked(plans)
    plans += [came_in(pot, 100, by=decider) for _each in range(10)]
    assert asked(plans) == of_two
    assert of_two <= 29
