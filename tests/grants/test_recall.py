"""A slip is taken back in the minutes before its letter leaves: by a counter-entry and a deed, without a gap."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from grants.decide.actions import award, decline
from grants.models import Application, Decision, Grant, Letter, Scheme
from grants.models.pace import usual_days
from grants.objection.actions import react
from grants.recall.actions import recall
from grants.sign.actions import propose, sign
from ledger.models import Budget, Posting
from tests import make
from tests.conftest import SignedIn
from tests.ledger import make_money
from web import clock, outbox
from web.amounts import euro
from web.models import Deed, Funder, Mail, Person, Seat

Status = Application.Status


def later(minutes: int) -> Any:
    return time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False)


def fresh() -> Application:
    return Application.objects.get()


def test_the_letter_of_a_decision_waits_ten_minutes(just_granted: Application) -> None:
    assert outbox.send_waiting() == 0
    with later(9):
        assert outbox.send_waiting() == 0
    with later(11):
        assert outbox.send_waiting() == 1


def test_an_award_is_taken_back(just_granted: Application, officer: Person) -> None:
    recall(just_granted, by=officer)
    assert fresh().status == Status.JUDGED
    assert fresh().granted is None
    assert Budget.objects.get().available == euro(10_000)
    assert Posting.objects.get(kind="reversal").reverses == Posting.objects.get(kind="promise")
    assert not Letter.objects.exists()
    assert not Mail.objects.exists()
    assert not Grant.objects.exists()
    assert Deed.objects.get(verb="recall").by == officer
    call_command("ledger_verify", "--no-chain", verbosity=0)


def test_a_decline_is_taken_back_and_it_is_decided_again(judged: Application, officer: Person) -> None:
    grounds = judged.edition.criteria.all()[:1]
    decline(judged, grounds=grounds, reason="Nee.", possible="Kleiner.", by=officer)
    recall(fresh(), by=officer)
    award(fresh(), amount=euro(450), by=officer)
    numbers = [(each.number[-4:], each.recalled_at is None) for each in Decision.objects.order_by("pk")]
    assert numbers == [("0001", False), ("0002", True)], "the first keeps its number"
    assert [letter.event for letter in Letter.objects.all()] == ["decide/granted"]


def test_once_the_letter_has_left_the_decision_stands(just_granted: Application, officer: Person) -> None:
    with later(11), pytest.raises(ValidationError, match="has left"):
        recall(just_granted, by=officer)
    assert fresh().status == Status.GRANTED


def test_a_letter_that_is_being_sent_is_not_stopped(just_granted: Application, officer: Person) -> None:
    Mail.objects.update(tries=1)
    with pytest.raises(ValidationError, match="leaving at this moment"):
        recall(just_granted, by=officer)
    assert fresh().status == Status.GRANTED
    assert Letter.objects.exists()


def test_what_the_residents_acted_on_stands(just_granted: Application, officer: Person, resident: Person) -> None:
    make_money.payee(just_granted.grant.commitment, by=resident)
    with pytest.raises(ValidationError, match="bank details already"):
        recall(fresh(), by=officer)
    assert fresh().status == Status.GRANTED
    assert Letter.objects.exists()


def test_it_is_taken_back_once(just_granted: Application, officer: Person) -> None:
    on_another_screen = fresh()
    recall(just_granted, by=officer)
    with pytest.raises(ValidationError):
        recall(on_another_screen, by=officer)
    assert Budget.objects.get().available == euro(10_000)


def test_a_letter_by_post_is_not_in_the_tray_meanwhile(scheme: Any, officer: Person) -> None:
    by_post = make.person("Piet Post", reached_by=Person.ReachedBy.POST)
    made = make.application(scheme, by_post)
    make.judgement(made, by=officer)
    award(made, amount=euro(450), by=officer)
    assert not Letter.objects.to_post().exists()
    with later(11):
        assert Letter.objects.to_post().count() == 1
    recall(fresh(), by=officer)
    assert not Letter.objects.exists()


def test_what_was_taken_back_is_no_decision_in_lists(just_granted: Application, officer: Person) -> None:
    recall(just_granted, by=officer)
    assert list(Decision.objects.standing()) == []
    assert usual_days() == {}


def test_the_button_stands_there_for_ten_minutes(
    as_: SignedIn, just_granted: Application, officer: Person, treasurer: Person, outsider: Person
) -> None:
    page, button = (reverse(f"grants:{name}", args=[just_granted.pk]) for name in ("application", "recall"))
    assert button in as_(officer).get(page).text
    with later(11):
        assert button not in as_(officer).get(page).text
    assert button not in as_(treasurer).get(page).text
    assert as_(treasurer).post(button).status_code == 403
    assert as_(outsider).post(button).status_code == 404
    assert "Taken back." in as_(officer).post(button, follow=True).text


def test_without_a_mandate_nobody_takes_it_back(just_granted: Application, resident: Person, treasurer: Person) -> None:
    for person in (resident, treasurer):
        with pytest.raises(PermissionDenied):
            recall(just_granted, by=person)


def test_an_award_with_two_signatures_is_taken_back_to_where_it_came_from(
    funder: Funder, resident: Person, decider: Person
) -> None:
    """Reserved, promised, and then free again: nothing of it stays reserved."""
    second = make.person()
    make.seat(second, funder, Seat.Role.DECIDER, mandate=10_000)
    made = make.application(make.scheme(funder, second_signature_above=make.money(5_000)), resident, asked=6_000)
    make.judgement(made, by=decider)
    sign(propose(made, amount=euro(6_000), by=decider), by=second)
    recall(fresh(), by=second)
    cards = Budget.objects.get().cards()
    assert (cards.available, cards.reserved, cards.promised) == (euro(10_000), euro(0), euro(0))
    call_command("ledger_verify", "--no-chain", verbosity=0)


def test_what_they_objected_to_stands(just_granted: Application, officer: Person, resident: Person) -> None:
    """At the very moment the letter leaves."""
    with later(11):
        react(just_granted, kind="objection", text="Te weinig.", by=resident)
    with pytest.raises(ValidationError, match="objected to it already"):
        recall(just_granted, by=officer)
    assert fresh().status == Status.GRANTED
    assert Letter.objects.filter(event="decide/granted").exists()


def test_only_a_mandate_that_reaches_as_far_takes_it_back(
    funder: Funder, scheme: Scheme, resident: Person, decider: Person
) -> None:
    """Of a no: as far as what was asked, as for the no itself."""
    small = make.person()
    make.seat(small, funder, Seat.Role.DECIDER, mandate=449)
    made = make.application(scheme, resident, asked=450)
    make.judgement(made, by=decider)
    award(fresh(), amount=euro(450), by=decider)
    with pytest.raises(ValidationError, match=r"mandate doesn't reach to €.+450"):
        recall(fresh(), by=small)
    recall(fresh(), by=decider)
    grounds = made.edition.criteria.all()[:1]
    decline(fresh(), grounds=grounds, reason="Nee.", possible="Kleiner.", by=decider)
    with pytest.raises(ValidationError, match=r"mandate doesn't reach to €.+450"):
        recall(fresh(), by=small)
    assert fresh().status == Status.DECLINED
