"""The money of many grants at once: promised, paid, given. In bulk, but every cent moves by a transfer."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from grants.management.filling import words
from grants.management.filling.asking import GRANTED, Case, save_all
from grants.models import Grant, Plan, Story
from ledger.models import Account, Budget, Commitment, Expense, Payee, Payment, Posting, Purse, Transfer
from web.models import Person

At = Account.Kind
Kind = Posting.Kind
PaymentStatus = Payment.Status
STEPS = (Kind.PROMISE, Kind.PAY, Kind.CONFIRM, Kind.FIX)
PAID = ("paid", "closed")
SENT = ("on_its_way", *PAID)
WITH_PAYEE = ("to_pay", *SENT)


@dataclass
class Gift:
    """One grant with its rows in the ledger, while it is being made."""

    case: Case
    commitment: Commitment
    accounts: dict[At, Account]
    payment: Payment
    payee: Payee | None = None
    purse: Purse | None = None

    @property
    def cents(self) -> int:
        return self.case.granted * 100

    @property
    def is_final(self) -> bool:
        return self.case.duties.fixed_at_once


def give(budget: Budget, made: list[Case], officer: Person, treasurer: Person) -> None:
    """Write commitments, payments, bookings, grants and cash books of the cases that were granted."""
    gifts = [gift(budget, case, officer) for case in made if case.fate in GRANTED]
    save_all(each.commitment for each in gifts)
    for people in (Commitment.holders.through, Commitment.group.through):
        save_all(people(commitment_id=each.commitment.pk, person_id=each.case.person.pk) for each in gifts)
    save_all(account for each in gifts for account in each.accounts.values())
    pay(gifts, treasurer)
    book(budget, gifts, officer, treasurer)
    save_all(grant(each) for each in gifts)
    open_purses(gifts)


def gift(budget: Budget, case: Case, officer: Person) -> Gift:
    assert case.decision is not None  # noqa: S101  # every granted case has one
    commitment = Commitment(
        budget=budget,
        reference=case.decision.number,
        label=str(case.plan),
        thread=case.plan.pk,
        page=reverse("grants:track", args=[case.application.pk]),
        fixed_at_once=case.duties.fixed_at_once,
        fixed_on=None if case.duties.fixed_at_once or case.fate != "closed" else case.on(55),
        decided_by=officer,
        promised_at=case.at(3),
    )
    kinds = {At.PROMISED, At.ON_ITS_WAY, At.GIVEN if commitment.fixed_at_once else At.ADVANCED}
    kinds |= {At.GIVEN} if commitment.fixed_on else set()
    accounts = {kind: Account(kind=kind, budget=budget, commitment=commitment) for kind in sorted(kinds)}
    payment = Payment(commitment=commitment, cents=case.granted * 100, planned_at=case.at(3))
    return Gift(case, commitment, accounts, payment)


def pay(gifts: list[Gift], treasurer: Person) -> None:
    """Whom to pay, and how far each payment came."""
    for each in gifts:
        if each.case.fate in WITH_PAYEE:
            each.payee = Payee(
                commitment=each.commitment,
                kind=Payee.Kind.ME,
                name=each.case.person.name,
                iban=words.IBAN,
                typed_by=each.case.person,
                typed_at=each.case.at(4),
            )
    save_all(each.payee for each in gifts if each.payee)
    for each in gifts:
        payment, case = each.payment, each.case
        payment.number = f"{each.commitment.pk}-1"
        if case.fate in SENT:
            payment.status, payment.payee, payment.sent_by = PaymentStatus.ON_ITS_WAY, each.payee, treasurer
            payment.sent_at = case.at(5)
        if case.fate in PAID:
            payment.status, payment.confirmed_on = PaymentStatus.CONFIRMED, case.on(6)
    save_all(each.payment for each in gifts)


def book(budget: Budget, gifts: list[Gift], officer: Person, treasurer: Person) -> None:
    """One posting with one transfer for each step, all first steps first: no account goes below zero on the way."""
    available = budget.account(At.AVAILABLE)
    booked = [(each.cents, *step) for each in gifts for step in bookings(each, available, officer, treasurer)]
    booked.sort(key=lambda step: STEPS.index(Kind(step[1].kind)))
    save_all(posting for _cents, posting, _debit, _credit in booked)
    save_all(
        Transfer(posting=posting, debit=debit, credit=credit, cents=cents) for cents, posting, debit, credit in booked
    )


def bookings(
    each: Gift, available: Account, officer: Person, treasurer: Person
) -> Iterator[tuple[Posting, Account, Account]]:
    case, accounts = each.case, each.accounts

    def posting(kind: Posting.Kind, days: int, by: Person, payment: Payment | None = None) -> Posting:
        return Posting(
            kind=kind,
            effective_date=case.on(days),
            posted_at=case.at(days),
            by=by,
            budget_id=each.commitment.budget_id,
            commitment=each.commitment,
            payment=payment,
            decision_ref=each.commitment.reference if kind == Kind.FIX else "",
        )

    yield posting(Kind.PROMISE, 3, officer), available, accounts[At.PROMISED]
    if case.fate in SENT:
        yield posting(Kind.PAY, 5, treasurer, each.payment), accounts[At.PROMISED], accounts[At.ON_ITS_WAY]
    if case.fate in PAID:
        there = accounts[At.GIVEN if each.is_final else At.ADVANCED]
        yield posting(Kind.CONFIRM, 6, treasurer, each.payment), accounts[At.ON_ITS_WAY], there
    if each.commitment.fixed_on:
        yield posting(Kind.FIX, 55, officer), accounts[At.ADVANCED], accounts[At.GIVEN]


def grant(each: Gift) -> Grant:
    return Grant(
        application=each.case.application,
        commitment=each.commitment,
        decision=each.case.decision,
        awarded_on=localdate(each.case.at(3)),
        fixed_on=each.commitment.fixed_on,
        public_title=each.case.plan.own_title,
    )


def open_purses(gifts: list[Gift]) -> None:
    """The groups' cash books with what came in, and how it went where it is over."""
    for each in gifts:
        plan, duties = each.case.plan, each.case.duties
        page, opened = each.commitment.page, each.case.at(3)
        each.purse = Purse(thread=plan.pk, label=str(plan), page=page, asked=duties.asks_overview, opened_at=opened)
    save_all(each.purse for each in gifts)
    keepers = Purse.keepers.through
    save_all(keepers(purse_id=each.purse.pk, person_id=each.case.person.pk) for each in gifts if each.purse)
    for each in gifts:
        each.case.plan.purse = each.purse
    Plan.objects.bulk_update([each.case.plan for each in gifts], ["purse"], batch_size=500)
    came_in = [each for each in gifts if each.case.fate in PAID and each.purse]
    save_all(
        Expense(
            purse=each.purse, direction=Expense.Direction.IN, cents=each.cents, on=each.case.on(6), payment=each.payment
        )
        for each in came_in
    )
    over = [each.case for each in gifts if each.case.fate == "closed"]
    yes = Story.Worked.YES
    save_all(Story(plan=case.plan, worked=yes, by=case.person, at=case.at(50)) for case in over)
