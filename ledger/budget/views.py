"""The treasurer's pages about budgets: the list, one budget with its cards, and the rows under every number."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.access import may, require
from ledger.budget import actions
from ledger.budget.forms import BudgetForm, NewBudgetForm
from ledger.models import Account, Budget, Transfer
from ledger.models.budget import Cards
from ledger.models.commitments import LOOKERS
from web.amounts import from_cents
from web.keyset import page_newest_first
from web.models import Funder, Seat
from web.requests import Request

# Every card: the word in its address, the name of its sum in `Cards`, the kind of account, and what it is called.
CARDS: dict[str, tuple[str, Account.Kind, Promise]] = {
    "begroot": ("budget", Account.Kind.FUNDING, gettext_lazy("Budget")),
    "gereserveerd": ("reserved", Account.Kind.RESERVED, gettext_lazy("Reserved")),
    "toegezegd": ("promised", Account.Kind.PROMISED, gettext_lazy("Promised")),
    "onderweg": ("on_its_way", Account.Kind.ON_ITS_WAY, gettext_lazy("On its way")),
    "gegeven": ("given", Account.Kind.GIVEN, gettext_lazy("Given")),
    "voorgeschoten": ("advanced", Account.Kind.ADVANCED, gettext_lazy("Advanced, to be fixed")),
    "terug-te-krijgen": ("to_recover", Account.Kind.TO_RECOVER, gettext_lazy("To recover")),
    "beschikbaar": ("available", Account.Kind.AVAILABLE, gettext_lazy("Available")),
}
OF_THE_BUDGET_ITSELF = (Account.Kind.FUNDING, Account.Kind.RESERVED, Account.Kind.AVAILABLE)
BOOKKEEPING = {name: field for name, field in BudgetForm.base_fields.items() if name != "amount"}


def budgets(request: Request) -> HttpResponse:
    """All budgets of the funders where this person has a seat that looks at money, newest year first."""
    seats = list(Seat.objects.of(request.person, *LOOKERS).select_related("funder"))
    if not seats:
        raise Http404
    shown = Budget.objects.visible_to(request.person).with_cards().select_related("funder").order_by("-year", "name")
    rows = [(budget, budget.cards()) for budget in shown]
    years = {budget.year: Cards.of({}) for budget, _cards in rows}
    for budget, cards in rows:
        years[budget.year] += cards
    treasurer_of = [seat.funder for seat in seats if seat.role == Seat.Role.TREASURER]
    context = {"rows": rows, "totals": years.items(), "treasurer_of": treasurer_of, "funder": seats[0].funder}
    return render(request, "ledger/budget/budgets.html", context)


def new_budget(request: Request, slug: str) -> HttpResponse:
    """A budget that isn't there yet."""
    seats = Seat.objects.of(request.person, *LOOKERS)
    funder = get_object_or_404(Funder, slug=slug, pk__in=seats.values("funder"))
    require(request.user.person, "add_budget", funder)
    form = NewBudgetForm(request.POST or None)
    if form.run(actions.add_budget, funder, by=request.person):
        messages.success(request, _("The budget is there. Plans can be given money from it."))
        return redirect("ledger:budget", form.outcome.pk)
    return render(request, "ledger/budget/new_budget.html", {"form": form, "funder": funder})


def budget(request: Request, pk: int) -> HttpResponse:
    """One budget: where its money is, what it is in the books, and how to set it."""
    found = look_up(request, pk)
    sums = found.cards()
    cards = [
        {
            "label": label,
            "amount": getattr(sums, name),
            "url": reverse("ledger:budget_rows", args=[found.pk, slug]),
            "strong": name == "available",
        }
        for slug, (name, _kind, label) in CARDS.items()
    ]
    facts = [{"label": field.label, "value": getattr(found, name) or "–"} for name, field in BOOKKEEPING.items()]
    context = {
        "budget": found,
        "funder": found.funder,
        "available": sums.available,
        "cards": cards,
        "facts": facts,
        "may_set": may(request.person, "set_budget", found),
    }
    return render(request, "ledger/budget/budget.html", context)


def set_budget(request: Request, pk: int) -> HttpResponse:
    """Raise or lower it, and keep its bookkeeping fields right."""
    found = look_up(request, pk)
    require(request.user.person, "set_budget", found)
    now = {name: getattr(found, name) for name in BOOKKEEPING} | {"amount": found.cards().budget}
    form = BudgetForm(request.POST or None, initial=now)
    if form.run(actions.set_budget, found, by=request.person):
        messages.success(request, _("The budget has been set."))
        return redirect("ledger:budget", found.pk)
    return render(request, "ledger/budget/set_budget.html", {"form": form, "budget": found, "funder": found.funder})


def budget_rows(request: Request, pk: int, card: str) -> HttpResponse:
    """The rows that make up one number of a budget, 50 at a time."""
    found = look_up(request, pk)
    if card not in CARDS:
        raise Http404
    name, kind, label = CARDS[card]
    draw = draw_transfers if kind in OF_THE_BUDGET_ITSELF else draw_commitments
    context = draw(found, kind, request.GET.get("after", "")) | {
        "budget": found,
        "funder": found.funder,
        "title": label,
        "total": getattr(found.cards(), name),
        "first_url": request.path if "after" in request.GET else "",
    }
    return render(request, "ledger/budget/rows.html", context)


def look_up(request: Request, pk: int) -> Budget:
    seen = Budget.objects.visible_to(request.person).with_cards().select_related("funder")
    return get_object_or_404(seen, pk=pk)


def draw_commitments(budget: Budget, kind: Account.Kind, after: str) -> dict[str, Any]:
    """Whose money of this kind it is: one row per commitment that has any."""
    accounts = Account.objects.filter(budget=budget, kind=kind, balance__gt=0).select_related("commitment")
    page = page_newest_first(accounts, after=after)
    return {
        "columns": [
            {"title": _("Reference")},
            {"title": _("Amount"), "kind": "money"},
            {"title": _("What for")},
            {"title": _("Promised on"), "kind": "date"},
        ],
        "rows": [
            [
                {"text": account.commitment.reference, "url": account.commitment.page},
                from_cents(account.balance),
                account.commitment.label,
                account.commitment.promised_at,
            ]
            for account in page.rows
            if account.commitment
        ],
        "next_url": f"?after={page.after}" if page.after else "",
    }


def draw_transfers(budget: Budget, kind: Account.Kind, after: str) -> dict[str, Any]:
    """What came in and went out of the budget's own account: one row per transfer."""
    accounts = Account.objects.filter(budget=budget, kind=kind).values("pk")  # one or two
    moved = Transfer.objects.filter(Q(debit__in=accounts) | Q(credit__in=accounts))
    whole = Transfer.objects.select_related("posting__commitment", "debit", "credit")
    page = page_newest_first(moved, after=after, whole=whole)
    return {
        "columns": [
            {"title": _("Date"), "kind": "date"},
            {"title": _("Amount"), "kind": "money"},
            {"title": _("What happened")},
            {"title": _("Reference")},
        ],
        "rows": [draw_transfer(transfer, kind) for transfer in page.rows],
        "next_url": f"?after={page.after}" if page.after else "",
    }


def draw_transfer(transfer: Transfer, kind: Account.Kind) -> list[Any]:
    """Seen from the card: what a budget was raised by counts as more, though it leaves the funding account."""
    posting = transfer.posting
    came_in = (transfer.credit.kind == kind) != (kind == Account.Kind.FUNDING)
    about = {"text": posting.commitment.reference, "url": posting.commitment.page} if posting.commitment else ""
    cents = transfer.cents if came_in else -transfer.cents
    return [posting.effective_date, from_cents(cents), posting.get_kind_display(), about]
