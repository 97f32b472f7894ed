"""Who has a tie with one plan of a round weighs none of its rivals (Awb 2:4)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.ask.actions import withdraw
from grants.models import Application, Aside, Decision, Member, Place, QuietDecision, Round, Scheme
from grants.rank.actions import announce, draw_line, rank
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_rank import POSSIBLE, came_in, decided, ranked, seen
from web.models import Funder, Person


@pytest.fixture
def pot(funder: Funder) -> Scheme:
    return make.ranked(funder, ceiling=1_000)


@pytest.fixture
def round_(pot: Scheme) -> Round:
    return pot.edition.rounds.get()


@pytest.fixture
def three(pot: Scheme, decider: Person) -> list[Application]:
    return [came_in(pot, asked, by=decider) for asked in (600, 500, 300)]


def in_its_group(plan: Application, person: Person) -> None:
    Member.objects.create(plan=plan.plan, person=person, role=Member.Role.MEMBER)


def lives_there(plan: Application, person: Person) -> None:
    Aside.step(plan, by=person)


def helps_there(plan: Application, person: Person) -> None:
    """An organisation where they help was let in."""
    colleague = make.person()
    make.helper(colleague)
    make.helper(person)
    make.consent(plan.plan, colleague)


@pytest.mark.parametrize("tie", [in_its_group, lives_there, helps_there])
def test_who_has_a_tie_with_one_plan_does_nothing_to_its_round(
    round_: Round,
    three: list[Application],
    decider: Person,
    officer: Person,
    tie: Callable[[Application, Person], None],
) -> None:
    first, own, last = three
    decided(round_, three, by=decider)
    tie(own, officer)
    typed: dict[Callable[..., object], dict[str, Any]] = {
        rank: {"numbers": {first.pk: 1, last.pk: 2}, "seen": seen(round_)},
        draw_line: {"possible": POSSIBLE},
        announce: {"seen": seen(round_)},
    }
    for action, what in typed.items():
        with pytest.raises(PermissionDenied, match=f"tie with {own.number} in this round.*Ask Diederik Eik"):
            action(round_, **what, by=officer)
    assert [place.application for place in Place.objects.all()] == three
    announce(round_, seen=seen(round_), by=decider)


def test_where_everybody_has_a_tie_who_gives_roles_is_named(
    round_: Round, three: list[Application], decider: Person, officer: Person, fund_admin: Person
) -> None:
    ranked(round_, three, by=decider)
    for person in (decider, officer):
        lives_there(three[0], person)
    with pytest.raises(PermissionDenied, match=r"Nobody else here decides without a tie\..+Yusuf Ypsilon"):
        announce(round_, seen=seen(round_), by=decider)


def test_a_tie_with_what_was_withdrawn_or_announced_is_none(
    round_: Round, three: list[Application], decider: Person, officer: Person
) -> None:
    lives_there(three[0], officer)
    withdraw(three[0], by=three[0].plan.first_contact)
    ranked(round_, three[1:], by=officer)
    assert [place.application for place in Place.objects.all()] == three[1:]


def test_an_order_of_who_turns_out_to_have_a_tie_decides_nothing(
    round_: Round, three: list[Application], decider: Person, officer: Person, as_: SignedIn
) -> None:
    """A colleague keeps it, which makes it theirs, and draws the line anew."""
    ranked(round_, three, by=officer)
    draw_line(round_, possible=POSSIBLE, by=officer)
    lives_there(three[1], officer)
    sentence = f"{officer} ranked this round, and turned out to have a tie with {three[1].number}."
    with pytest.raises(ValidationError, match=sentence):
        draw_line(round_, possible=POSSIBLE, by=decider)
    with pytest.raises(ValidationError, match=sentence):
        announce(round_, seen=seen(round_), by=decider)
    visitor, address = as_(decider), reverse("grants:round", args=[round_.pk])
    before = visitor.get(address).text
    assert sentence in before
    assert "Keep this order" in before
    assert "Decide quietly by this line" not in before
    last = visitor.get(reverse("grants:announce", args=[round_.pk])).text
    assert sentence in last
    assert "Announce all decisions" not in last

    kept = {f"number_{each.pk}": number for number, each in enumerate(three, 1)}
    visitor.post(address, kept | {"seen": seen(round_)})
    assert [place.application for place in Place.objects.all()] == three
    assert not QuietDecision.objects.exists(), "the line is drawn anew"
    after = visitor.get(address).text
    assert sentence not in after
    assert "Decide quietly by this line" in after
    draw_line(round_, possible=POSSIBLE, by=decider)
    announce(round_, seen=seen(round_), by=decider)
    assert Decision.objects.count() == 3


def test_the_page_of_a_round_says_whom_to_ask(
    round_: Round, three: list[Application], decider: Person, officer: Person, as_: SignedIn
) -> None:
    ranked(round_, three, by=decider)
    visitor, address = as_(officer), reverse("grants:round", args=[round_.pk])
    assert "Keep this order" in visitor.get(address).text
    lives_there(three[1], officer)
    page = visitor.get(address).text
    assert f"You have a tie with {three[1].number} in this round" in page
    assert "Ask Diederik Eik." in page
    for button in ("Keep this order", 'name="up"', "Decide otherwise", "Decide quietly by this line"):
        assert button not in page
    assert "Put ticked plans beside each other" in page
    refused = visitor.get(reverse("grants:announce", args=[round_.pk]))
    assert refused.status_code == 403
    assert "Ask Diederik Eik." in refused.text
