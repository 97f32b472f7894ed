"""The workbook for treasurers and auditors: everything of one funder, on five sheets that add up to the ledger.

One query per sheet, whatever the number of rows. No contact data: finance staff work with numbers and names of plans.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Application, Decision
from grants.models.page import Extra, Page
from ledger.models import Account, Budget, Commitment, Payment, Posting, Transfer
from web.amounts import euro, from_cents
from web.models import Funder
from web.sheets import Cell, Column, Sheet

AT_ONCE = 2_000  # rows fetched from the database at a time
PLACES = ("promised", "on_its_way", "given", "advanced", "to_recover")
Row = list[Cell]


def sheets_of(funder: Funder) -> Iterator[Sheet]:
    """The five sheets, made one after the other, each while it is being written."""
    yield Sheet(_("Applications"), application_columns(), applications(funder))
    yield Sheet(_("Grants"), grant_columns(), grants(funder))
    yield Sheet(_("Payments"), payment_columns(), payments(funder))
    yield Sheet(_("Ledger"), ledger_columns(), transfers(funder))
    yield Sheet(_("Balances"), balance_columns(), balances(funder))


def each(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return rows.order_by("pk").iterator(chunk_size=AT_ONCE)


def money(title: str) -> Column:
    return Column(title, "money", 15, total=True)


def application_columns() -> list[Column]:
    return [
        Column(_("Number"), width=12),
        Column(_("Case number"), width=14),
        Column(_("Plan"), width=40),
        Column(_("Group"), width=30),
        Column(_("Scheme"), width=24),
        Column(_("Status"), width=16),
        Column(_("Received on"), "date", 12),
        Column(_("Answer by"), "date", 12),
        money(_("Asked")),
        money(_("Granted")),
        Column(_("Decision"), width=12),
        Column(_("Decided on"), "date", 12),
        Column(_("Taken over"), width=11),
        Column(_("Extra questions"), width=50),
    ]


def applications(funder: Funder) -> Iterator[Row]:
    """Everything that was sent to this funder, with its decision: the one that nothing came in the place of."""
    holding = Decision.objects.filter(
        application=OuterRef("pk"), outcome__in=(*Decision.FIRST, *Decision.REVISED), recalled_at=None, followed_by=None
    ).order_by("-at", "-pk")
    first = {f"first_{name}": Subquery(holding.values(name)[:1]) for name in ("year", "sequence", "at")}
    sent = Application.objects.filter(scheme__funder=funder).exclude(status=Application.Status.DRAFT)
    names = ("pk", "case_number", "plan__title", "plan__group_name", "scheme__title", "status", "received_on")
    more = ("answer_by", "asked", "granted", "first_year", "first_sequence", "first_at", "imported")
    said, yes, states = timezone.localdate, _("yes"), {value: str(label) for value, label in Application.Status.choices}
    for pk, case, plan, group, scheme, status, on, by, asked, granted, year, sequence, at, imported, extra in each(
        sent.annotate(**first).values_list(*names, *more, "frozen_page__extra")
    ):
        yield [
            f"{on.year}-{pk}",
            case,
            plan,
            group,
            scheme,
            states[status],
            on,
            by,
            euro(asked),
            None if granted is None else euro(granted),
            None if year is None else f"B{year}-{sequence:04d}",
            None if at is None else said(at),
            yes if imported else None,
            extra_answers(extra or []) or None,
        ]


def extra_answers(kept: list[list[str]]) -> str:
    """What the scheme asked besides and what was said, as it was sent; not what is there to reach or to pay people."""
    page = Page({}, (), tuple(Extra(*row) for row in kept)).without_contact
    return "\n".join(f"{question}: {answer}" for question, answer in page.answers())


def grant_columns() -> list[Column]:
    places = (_("Promised"), _("On its way"), _("Given"), _("Advanced, to be fixed"), _("To recover"))
    return [
        Column(_("Reference"), width=14),
        Column(_("Plan"), width=40),
        Column(_("Budget"), width=28),
        Column(_("Promised on"), "date", 12),
        Column(_("Fixed at once"), width=12),
        Column(_("Fixed on"), "date", 12),
        *map(money, places),
        money(_("Together")),
    ]


def grants(funder: Funder) -> Iterator[Row]:
    """Every commitment in the funder's books, and where its money is now."""
    sums = [f"{place}_cents" for place in PLACES]
    names = ("reference", "label", "budget__name", "budget__year", "promised_at", "fixed_at_once", "fixed_on")
    made, yes, no = Commitment.objects.filter(budget__funder=funder).with_balances(), _("yes"), _("no")
    for reference, label, budget, year, at, at_once, fixed_on, *cents in each(made.values_list(*names, *sums)):
        yield [
            reference,
            label,
            f"{budget} {year}",
            at,
            yes if at_once else no,
            fixed_on,
            *map(from_cents, cents),
            from_cents(sum(cents)),
        ]


def payment_columns() -> list[Column]:
    return [
        Column(_("Payment"), width=14),
        Column(_("Reference"), width=14),
        Column(_("Plan"), width=40),
        Column(_("Status"), width=18),
        money(_("Amount")),
        Column(_("Put on its way"), "date", 14),
        Column(_("Paid on"), "date", 12),
        Column(_("Came back on"), "date", 13),
        Column(_("Reason"), width=30),
    ]


def payments(funder: Funder) -> Iterator[Row]:
    states = {value: str(label) for value, label in Payment.Status.choices}
    names = ("number", "commitment__reference", "commitment__label", "status", "cents", "sent_at", "confirmed_on")
    rows = Payment.objects.filter(commitment__budget__funder=funder)
    for number, reference, label, status, cents, sent_at, paid_on, back_on, reason in each(
        rows.values_list(*names, "came_back_on", "reason")
    ):
        yield [number, reference, label, states[status], from_cents(cents), sent_at, paid_on, back_on, reason]


def ledger_columns() -> list[Column]:
    return [
        Column(_("Posting"), "whole", 10),
        Column(_("Date"), "date", 12),
        Column(_("Booked on"), "date", 12),
        Column(_("What happened"), width=26),
        Column(_("Budget"), width=28),
        Column(_("Reference"), width=14),
        Column(_("From"), width=14),
        Column(_("To"), width=14),
        money(_("Amount")),
        Column(_("Decision"), width=14),
        Column(_("Document"), width=18),
        Column(_("Booked by"), width=22),
    ]


def transfers(funder: Funder) -> Iterator[Row]:
    """Every movement of money: what was booked, from which place to which."""
    kinds, places = dict(Posting.Kind.choices), dict(Account.Kind.choices)
    rows = Transfer.objects.filter(posting__budget__funder=funder)
    names = ("posting_id", "posting__effective_date", "posting__posted_at", "posting__kind", "posting__budget__name")
    more = ("posting__budget__year", "posting__commitment__reference", "debit__kind", "credit__kind", "cents")
    last = ("posting__decision_ref", "posting__document", "posting__by__name")
    for pk, on, at, kind, budget, year, reference, debit, credit, cents, decision, document, by in each(
        rows.values_list(*names, *more, *last)
    ):
        what, from_, to = str(kinds[kind]), str(places[debit]), str(places[credit])
        yield [
            pk, on, at, what, f"{budget} {year}", reference, from_, to, from_cents(cents), decision, document, by
        ]  # fmt: skip


def balance_columns() -> list[Column]:
    places = (_("Budget set"), _("Reserved"), _("Promised"), _("On its way"), _("Given"))
    rest = (_("Advanced, to be fixed"), _("To recover"), _("Available"))
    return [
        Column(_("Budget"), width=28),
        Column(_("Year"), "whole", 8),
        Column(_("Ledger account"), width=16),
        Column(_("Cost centre"), width=16),
        Column(_("Task field (taakveld)"), width=16),
        Column(_("Economic category (Iv3)"), width=16),
        Column(_("Council decision"), width=24),
        *map(money, (*places, *rest)),
    ]


def balances(funder: Funder) -> Iterator[Row]:
    """Every budget, and where its money is now: what was set is the sum of the other seven."""
    places = ("reserved", *PLACES, "available")
    names = ("name", "year", "ledger_account", "cost_centre", "task_field", "economic_category", "council_decision")
    rows = Budget.objects.filter(funder=funder).with_cards().annotate(was_set=-F("funding_cents"))
    for row in each(rows.values_list(*names, "was_set", *(f"{place}_cents" for place in places))):
        yield [*row[: len(names)], *map(from_cents, row[len(names) :])]
