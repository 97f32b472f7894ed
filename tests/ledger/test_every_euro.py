"""Whatever is done, in whatever order: every euro is in exactly one place, and no account goes below zero."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger.management.commands.ledger_verify import everything_wrong
from ledger.models import Account, Budget, Commitment, Payment, Posting
from ledger.models.commitments import PLACES
from tests import make
from tests.ledger import make_money
from web import clock
from web.amounts import from_cents
from web.models import Person

cents = st.integers(min_value=1, max_value=120_000)
which = st.integers(min_value=0, max_value=1_000)
share = st.integers(min_value=1, max_value=110)  # percent of what is there: mostly possible, sometimes too much


def part(percent: int, of: int) -> int:
    return max(1, of * percent // 100)


class Books(RuleBasedStateMachine):
    """One budget and everything that can be done with it. A refusal is fine; a euro lost or made isn't."""

    @initialize(amount=cents)
    def open(self, amount: int) -> None:
        # Every run begins from nothing: what the last one did is rolled back.
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.by = Person.objects.create(name="Een")
        self.budget = Budget.objects.create(funder=make.funder(), name="Pot", year=2026)
        self.set_to = amount
        self.budget.set_to(from_cents(amount), by=self.by)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def pick(self, rows: Any, nth: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[nth % len(found)] if found else None

    @rule(amount=cents)
    def set(self, amount: int) -> None:
        try:
            self.budget.set_to(from_cents(amount), by=self.by)
            self.set_to = amount
        except ValidationError:
            assert amount < self.set_to

    @rule(percent=share, at_once=st.booleans(), reserved=st.sampled_from([False, False, True]))
    def promise(self, percent: int, *, at_once: bool, reserved: bool) -> None:
        source = Account.Kind.RESERVED if reserved else Account.Kind.AVAILABLE
        there = self.budget.account(source).balance
        amount = part(percent, there)
        try:
            self.budget.promise(
                from_cents(amount),
                reference="x",
                label="x",
                thread=None,
                page="",
                fixed_at_once=at_once,
                decided_by=None,
                holders=[],
                by=self.by,
                reserved=reserved,
            )
            assert amount <= there
        except ValidationError:
            assert amount > there

    @rule(percent=share, back=st.booleans())
    def reserve(self, percent: int, *, back: bool) -> None:
        there = self.budget.account(Account.Kind.RESERVED if back else Account.Kind.AVAILABLE).balance
        amount = part(percent, there)
        with suppress(ValidationError):
            (self.budget.unreserve if back else self.budget.reserve)(from_cents(amount), by=self.by)

    @rule(nth=which)
    def send(self, nth: int) -> None:
        payment = self.pick(Payment.objects.planned(), nth)
        if payment:
            if payment.commitment.payee is None:
                make_money.payee(payment.commitment, by=self.by)
            payment.put_on_its_way(by=self.by)

    @rule(nth=which)
    def confirm(self, nth: int) -> None:
        payment = self.pick(Payment.objects.on_their_way(), nth)
        if payment:
            payment.confirm(on=clock.today(), by=self.by)

    @rule(nth=which)
    def bounce(self, nth: int) -> None:
        payment = self.pick(Payment.objects.filter(status__in=["on_its_way", "confirmed"]), nth)
        if payment:
            try:
                payment.came_back(on=clock.today(), reason="x", by=self.by)
            except ValidationError:
                payment.refresh_from_db()
                assert payment.status == "confirmed"  # what was fixed, recovered or given back can't bounce any more

    @rule(nth=which, percent=share, what=st.sampled_from(["release", "fix", "reclaim", "recovered", "given_back"]))
    def move(self, nth: int, percent: int, what: str) -> None:
        commitment: Commitment | None = self.pick(Commitment.objects, nth)
        if not commitment:
            return
        money = from_cents(part(percent, commitment.cents(*PLACES)))
        steps: dict[str, Callable[[], object]] = {
            "release": lambda: commitment.release(by=self.by, amount=money),
            "fix": lambda: commitment.fix(money, decision_ref="1", by=self.by),
            "reclaim": lambda: commitment.reclaim(money, decision_ref="1", by=self.by),
            "recovered": lambda: commitment.recovered(money, on=clock.today(), by=self.by),
            "given_back": lambda: commitment.given_back(money, on=clock.today(), by=self.by),
        }
        with suppress(ValidationError), transaction.atomic():
            steps[what]()

    @rule(nth=which)
    def reverse(self, nth: int) -> None:
        """Only those that no payment stands on: a payment is undone by its own step."""
        kinds = [Posting.Kind.RESERVE, Posting.Kind.RECOVERED, Posting.Kind.GIVEN_BACK, Posting.Kind.RECLAIM]
        posting = self.pick(Posting.objects.filter(kind__in=kinds), nth)
        if posting:
            with suppress(ValidationError):
                posting.reverse(by=self.by)

    @precondition(lambda self: hasattr(self, "budget"))
    @invariant()
    def every_euro_is_in_one_place(self) -> None:
        sums = Account.objects.filter(budget=self.budget).cents_by_kind()
        assert -sums[Account.Kind.FUNDING] == self.set_to
        assert sum(sums.values()) == 0
        assert not Account.objects.filter(balance__lt=0).exclude(kind=Account.Kind.FUNDING).exists()
        assert list(everything_wrong()) == []


class EveryEuro(TestCase):
    def test_is_in_exactly_one_place_whatever_is_done(self) -> None:
        run_state_machine_as_test(
            Books,
            settings=settings(
                max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
