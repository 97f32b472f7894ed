"""Two at the same moment about the same money: each waits for the other, and counts what the other did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from grants.decide.actions import award
from grants.models import Application, Completion, Grant, Ground, Intention, Letter, Proposal, Scheme
from grants.models.division import wait_for_turn
from grants.recall.actions import recall
from grants.report.actions import stop
from grants.revise.actions import answer_intention, intend, revise
from grants.sign.actions import propose
from grants.supplement.actions import note_completion
from grants.write.actions import save_draft
from ledger.models import Budget
from tests import make
from tests.grants.test_revise import intended, paid
from web import outbox
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Funder, Mail, Person

__all__ = ["paid"]  # a fixture
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


def test_residents_who_stop_and_an_officer_who_takes_back_wait_in_one_order(
    paid: Application, resident: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both touch the plan and its grant: who took the grant first would wait for ever (PostgreSQL ends one)."""
    answer_intention(intended(paid, by=officer, amount=euro(0)), answer="Dat klopt.", by=resident)
    save = Grant.save

    def slowly(grant: Grant, **what: Any) -> None:
        save(grant, **what)
        sleep(AT_WORK)

    monkeypatch.setattr(Grant, "save", slowly)
    stopped, revised = at_once(
        lambda: stop(Application.objects.get(), by=resident),
        lambda: revise(Intention.objects.get(), reason="Het ging niet door.", by=officer),
    )
    assert stopped in {"", "You have told us this already."}
    assert revised == ""


def test_what_is_saved_while_it_is_noted_is_not_sent(scheme: Scheme, resident: Person, officer: Person) -> None:
    """Whoever comes second finds what the first did: the amount that was sent stays."""
    completion = make.returned(make.application(scheme, resident), "where", by=officer)
    member = completion.wait.application.plan.members.get()
    came: dict[str, Any] = {"told": "Bij de brug.", "member": member, "came_by": "phone", "received_on": today()}
    saved, noted = at_once(
        lambda: save_draft(Application.objects.get(), by=resident, asked=euro(2_000), where_when="Bij de sluis."),
        lambda: note_completion(Completion.objects.get(), by=officer, **came),
    )
    now = Application.objects.get()
    assert noted == ""
    assert (now.status, now.asked) == ("submitted", euro(450))
    assert saved == "" or "has been sent" in saved
    assert (now.sent_page.words["where_when"] == "Bij de sluis.") == (saved == "")
