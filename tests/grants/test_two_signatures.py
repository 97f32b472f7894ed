"""What lies between two signatures: other decisions, another proposal, and a first signer who may no longer decide."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award, settle
from grants.models import Application, Aside, Decision, Grant, Judgement, Proposal, Reaction, Scheme
from grants.objection.actions import handle_reaction, react
from grants.recall.actions import recall
from grants.sign.actions import propose, refuse_to_sign, sign
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person, Seat

Status = Application.Status


@pytest.fixture
def groeipot(funder: Funder) -> Scheme:
    """Two sign above 5,000; at most 10,000 a year, though the budget holds 50,000."""
    limits: dict[str, Any] = {"second_signature_above": make.money(5_000), "ceiling": make.money(10_000)}
    return make.scheme(funder, title="Groeipot", money=50_000, **limits)


def judged(scheme: Scheme, asked: int, *, by: Person) -> Application:
    made = make.application(scheme, make.person(), asked=asked)
    make.judgement(made, by=by)
    return Application.objects.get(pk=made.pk)


@pytest.fixture
def proposed(groeipot: Scheme, decider: Person) -> Proposal:
    """6,000, signed by Diederik."""
    return propose(judged(groeipot, 6_000, by=decider), amount=euro(6_000), by=decider)


def reserved() -> int:
    return int(Budget.objects.get().cards().reserved.amount)


# The ceiling


def test_what_is_proposed_counts_under_the_ceiling(proposed: Proposal, groeipot: Scheme, decider: Person) -> None:
    """Awb 4:25: two proposals that both could be signed would go over it together."""
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+4\.000"):
        propose(judged(groeipot, 6_000, by=decider), amount=euro(6_000), by=decider)
    small = judged(groeipot, 4_500, by=decider)
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+4\.000"):
        award(small, amount=euro(4_500), by=decider)
    refuse_to_sign(proposed, reason="Te duur.", by=decider)
    award(small, amount=euro(4_500), by=decider)


def test_a_proposal_does_not_count_against_itself(proposed: Proposal, chief: Person) -> None:
    assert sign(proposed, by=chief).application.granted == euro(6_000)


def test_what_no_longer_fits_is_not_signed(proposed: Proposal, groeipot: Scheme, chief: Person) -> None:
    """Another plan was granted meanwhile, by a register that was taken over."""
    other = judged(groeipot, 5_000, by=chief)
    Application.objects.filter(pk=other.pk).update(status=Status.GRANTED, granted=euro(5_000))
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+5\.000"):
        sign(proposed, by=chief)
    assert Proposal.objects.open().get() == proposed
    assert not Grant.objects.exists()


# Beside an open proposal


def test_what_is_proposed_is_not_granted_beside_it(proposed: Proposal, chief: Person) -> None:
    application = Application.objects.get()
    with pytest.raises(ValidationError, match="Answer that first"):
        award(application, amount=euro(4_000), reason="Minder.", by=chief)
    verdicts = [(each, Judgement.Verdict.YES, "") for each in application.edition.criteria.all()]
    Application.objects.update(status=Status.COMPLETE)
    with pytest.raises(ValidationError, match="Answer that first"):
        settle(Application.objects.get(), verdicts=verdicts, amount=euro(4_000), reason="Minder.", by=chief)
    assert reserved() == 6_000
    assert not Grant.objects.exists()


def test_what_was_decided_on_another_screen_is_not_proposed(groeipot: Scheme, decider: Person, chief: Person) -> None:
    on_another_screen = judged(groeipot, 6_000, by=decider)
    award(Application.objects.get(), amount=euro(4_000), reason="Minder.", by=chief)
    with pytest.raises(ValidationError, match="Judge the plan first"):
        propose(on_another_screen, amount=euro(6_000), by=decider)
    assert reserved() == 0


# Both took the decision


def test_neither_of_the_two_handles_an_objection(proposed: Proposal, decider: Person, chief: Person) -> None:
    """Awb 10:3(3)."""
    with make.while_ago():
        sign(proposed, by=chief)
    application = Application.objects.get()
    objection = react(application, kind="objection", text="Te weinig.", by=application.plan.first_contact)
    for person in (decider, chief):
        with pytest.raises(PermissionDenied, match="what you did yourself"):
            handle_reaction(Reaction.objects.get(), by=person)
    third = make.person()
    make.seat(third, application.scheme.funder, Seat.Role.DECIDER, mandate=10_000)
    assert handle_reaction(objection, by=third).handler == third


def test_what_was_taken_back_was_decided_by_neither(proposed: Proposal, decider: Person, chief: Person) -> None:
    sign(proposed, by=chief)
    recall(Application.objects.get(), by=chief)
    again = propose(Application.objects.get(), amount=euro(6_000), by=decider)
    sign(again, by=chief)
    assert [each.proposal.by for each in Decision.objects.all()] == [decider, decider]


# The first signature


def test_a_first_signature_holds_while_its_signer_may_decide(
    proposed: Proposal, decider: Person, chief: Person
) -> None:
    Seat.objects.filter(person=decider).update(ends_on=today())
    sign(proposed, by=chief)


@pytest.mark.parametrize("change", [{"mandate": 5_999}, {"mandate": None}, {"role": Seat.Role.TREASURER}])
def test_a_first_signature_lapses_with_the_mandate(
    proposed: Proposal, decider: Person, chief: Person, change: dict[str, object]
) -> None:
    Seat.objects.filter(person=decider).update(**change)
    with pytest.raises(ValidationError, match="Who signed first may not decide"):
        sign(proposed, by=chief)
    assert Application.objects.get().status == Status.JUDGED
    assert reserved() == 6_000


def test_a_first_signature_lapses_when_its_signer_stepped_aside(
    proposed: Proposal, decider: Person, chief: Person
) -> None:
    Aside.objects.create(application=proposed.application, person=decider)
    with pytest.raises(ValidationError, match="Who signed first may not decide"):
        sign(proposed, by=chief)


def test_what_is_signed_is_what_was_shown(as_: SignedIn, proposed: Proposal, decider: Person, chief: Person) -> None:
    page = reverse("grants:sign", args=[proposed.application_id])
    second = as_(chief)
    assert f'name="seen" value="{proposed.pk}"' in second.get(page).text
    refuse_to_sign(proposed, reason="Toch minder.", by=decider)
    propose(Application.objects.get(), amount=euro(5_500), reason="Minder.", by=decider)
    for posted in ({"seen": proposed.pk}, {}, {"seen": proposed.pk, "refuse": "1", "reason": "Nee."}):
        assert "proposed something else meanwhile" in second.post(page, posted, follow=True).text
    assert not Grant.objects.exists()
    assert reserved() == 5_500
