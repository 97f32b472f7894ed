"""The cash book on a phone: in, out, left, and one line at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ledger.access import may, require
from ledger.models import Expense, Purse
from ledger.spend import actions
from ledger.spend.forms import LineForm, NewLineForm
from web.keyset import page_newest_first
from web.pictures import hand_out
from web.requests import Request

DIRECTIONS = {"uit": Expense.Direction.OUT, "in": Expense.Direction.IN}


def purse(request: Request, pk: int) -> HttpResponse:
    """In, out, left, and the lines, newest first."""
    found = look_up(request, pk)
    lines = found.expenses.select_related("reversed_by", "payment__commitment__budget__funder")
    page = page_newest_first(lines, after=request.GET.get("after", ""))
    context = {
        "purse": found,
        "funder": found.funder,
        "sums": found.sums(),
        "page": page,
        "may_write": may(request.person, "book_expense", found),
        "next_url": f"?after={page.after}" if page.after else "",
        "first_url": request.path if "after" in request.GET else "",
    }
    return render(request, "ledger/spend/purse.html", context)


def book_expense(request: Request, pk: int, side: str = "uit") -> HttpResponse:
    """Amount and photo: two things. The rest is under a fold-out."""
    found = look_up(request, pk)
    require(request.user.person, "book_expense", found)
    if side not in DIRECTIONS:
        raise Http404
    if request.method == "GET" and found.is_handed_in:
        return back_to_what_was_handed_in(request, found)
    form = NewLineForm(request.POST or None, request.FILES or None)
    if form.run(actions.book_expense, found, direction=DIRECTIONS[side], by=request.person):
        messages.success(request, _("It is in the cash book."))
        return redirect("ledger:purse", found.pk)
    context = {"purse": found, "funder": found.funder, "form": form, "side": side}
    return render(request, "ledger/spend/book_expense.html", context)


def change_expense(request: Request, pk: int, line: int) -> HttpResponse:
    """Write a line differently, or take it out, until the cash book is handed in."""
    expense = look_up_line(request, pk, line)
    require(request.user.person, "change_expense", expense.purse)
    if not expense.is_theirs:
        raise Http404
    if request.method == "GET" and expense.purse.is_handed_in:
        return back_to_what_was_handed_in(request, expense.purse)
    now: dict[str, Any] = {"amount": expense.amount, "what": expense.what, "on": expense.on}
    form = LineForm(request.POST or None, request.FILES or None, initial=now)
    if form.run(actions.change_expense, expense, by=request.person):
        messages.success(request, _("The line has been changed."))
        return redirect("ledger:purse", pk)
    context = {"purse": expense.purse, "funder": expense.purse.funder, "line": expense, "form": form}
    return render(request, "ledger/spend/change_expense.html", context)


@require_POST
def delete_expense(request: Request, pk: int, line: int) -> HttpResponse:
    actions.delete_expense(look_up_line(request, pk, line), by=request.user.person)
    messages.success(request, _("The line is gone."))
    return redirect("ledger:purse", pk)


@require_POST
def counter_expense(request: Request, pk: int, line: int) -> HttpResponse:
    actions.counter_expense(look_up_line(request, pk, line), by=request.user.person)
    messages.success(request, _("There is a counter-entry now. Both lines stay to be seen."))
    return redirect("ledger:purse", pk)


def hand_in(request: Request, pk: int) -> HttpResponse:
    """Say first what handing in means; then do it."""
    found = look_up(request, pk)
    require(request.user.person, "hand_in", found)
    if request.method == "POST":
        actions.hand_in(found, by=request.user.person)
        messages.success(request, _("Handed in. The fund can read your cash book now."))
        return redirect("ledger:purse", found.pk)
    if found.is_handed_in:
        return back_to_what_was_handed_in(request, found)
    context = {"purse": found, "funder": found.funder, "sums": found.sums()}
    return render(request, "ledger/spend/hand_in.html", context)


def back_to_what_was_handed_in(request: Request, found: Purse) -> HttpResponse:
    """Nobody fills in a page that can't be saved any more; what was typed before somebody handed it in is kept."""
    messages.info(request, _("This cash book has been handed in. Mend a line with a counter-entry."))
    return redirect("ledger:purse", found.pk)


def photo(request: Request, pk: int, line: int) -> HttpResponse:
    """A receipt, for whoever may look into this cash book."""
    expense = look_up_line(request, pk, line)
    if not expense.photo:
        raise Http404
    return hand_out(expense.photo)


def look_up(request: Request, pk: int) -> Purse:
    return get_object_or_404(Purse.objects.visible_to(request.person), pk=pk)


def look_up_line(request: Request, pk: int, line: int) -> Expense:
    return get_object_or_404(look_up(request, pk).expenses.select_related("purse"), pk=line)
