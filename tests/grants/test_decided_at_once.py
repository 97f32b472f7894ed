"""Two at the same moment about the same money: each waits for the other, and counts what the other did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from grants.decide.actions import award
from grants.models import Application, Grant, Ground, Letter, Proposal
from grants.models.division import wait_for_turn
from grants.recall.actions import recall
from grants.revise.actions import answer_intention, intend, revise
from grants.sign.actions import propose
from ledger.models import Budget
from tests import make
from web import outbox
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Funder, Mail, Person

pytestmark = pytest.mark.django_db(transaction=True)

AT_WORK = 1  # second that somebody holds what the other wants


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What each was refused with; "" for who wasn't."""
    barrier = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            with transaction.atomic():
                deed()
                sleep(AT_WORK)
        except ValidationError as refusal:
            return str(refusal.messages[0])
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_two_awards_at_once_stay_under_the_ceiling(funder: Funder, officer: Person) -> None:
    scheme = make.scheme(funder, money=5_000, ceiling=make.money(800))
    made = [make.application(scheme, make.person(), asked=500) for _each in range(2)]
    for each in made:
        make.judgement(each, by=officer)
    granted, refused = sorted(at_once(*(partial(award, each, amount=euro(500), by=officer) for each in made)))
    assert granted == ""
    assert "The ceiling leaves € 300" in refused
    assert Budget.objects.get().available == euro(4_500)


def test_a_plan_is_not_granted_and_proposed_at_once(funder: Funder, decider: Person) -> None:
    scheme = make.scheme(funder, money=20_000, second_signature_above=make.money(5_000))
    made = make.application(scheme, make.person(), asked=6_000)
    make.judgement(made, by=decider)
    first, second = Application.objects.get(), Application.objects.get()
    refused = at_once(
        lambda: award(first, amount=euro(5_000), reason="Minder.", by=decider),
        lambda: propose(second, amount=euro(6_000), by=decider),
    )
    assert len([each for each in refused if each]) == 1, refused
    assert Grant.objects.count() + Proposal.objects.count() == 1


def test_a_letter_that_a_worker_takes_meanwhile_is_not_stopped(just_granted: Application, officer: Person) -> None:
    taken = Event()

    def work() -> None:
        try:
            with transaction.atomic():
                assert outbox.claim(Mail.objects.get())
                taken.set()
                sleep(AT_WORK)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        assert taken.wait(timeout=10)
        with pytest.raises(ValidationError, match="leaving at this moment"):
            recall(just_granted, by=officer)
        working.result()
    assert Application.objects.get().status == Application.Status.GRANTED
    assert Letter.objects.exists()
    assert Mail.objects.get().tries == 1


def test_a_change_and_another_decision_wait_for_each_other_in_one_order(
    granted: Application, officer: Person, resident: Person
) -> None:
    """The funder first, then the plan: the other way round the database would have to stop one of them."""
    until, facts = add_weeks(today(), 2), "Er is niets geplant."
    intention = intend(granted, ground=Ground.CAME_OUT, amount=euro(100), facts=facts, until=until, by=officer)
    answer_intention(intention, answer="Dat klopt.", by=resident)
    held = Event()

    def decide() -> None:
        try:
            with transaction.atomic():
                Funder.objects.select_for_update(no_key=True).get(pk=granted.funder_id)
                held.set()
                sleep(AT_WORK)
                wait_for_turn(granted)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        deciding = pool.submit(decide)
        assert held.wait(timeout=10)
        revise(intention, reason="Er is niets geplant.", by=officer)
        deciding.result()
    assert Application.objects.get().granted == euro(100)
