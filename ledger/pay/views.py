"""The pages of paying: the group gives its bank details, treasurers work through three short lists."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ledger.access import may, require
from ledger.models import Commitment, Payee, Payment
from ledger.models.commitments import LOOKERS
from ledger.pay import actions
from ledger.pay.forms import BankDetailsForm, CameBackForm, CheckForm, DayForm, NameCheckForm, WrittenDownForm
from web.keyset import page_oldest_first
from web.models import Person, Reading, Seat
from web.requests import Request, noted

LISTS = ("te-betalen", "onderweg", "wacht")
AT_ONCE = 25  # payments a page: light enough, however long the names are


def bank_details(request: Request, pk: int) -> HttpResponse:
    """The group says where the money may go; they see the bank's name back."""
    seen = Commitment.objects.visible_to(request.person).with_balances().select_related("budget__funder")
    commitment = get_object_or_404(seen, pk=pk)
    require(request.user.person, "give_bank_details", commitment)
    payee = commitment.payee
    now = {"kind": payee.kind, "name": payee.name, "iban": payee.grouped_iban} if payee else None
    has_seat = Seat.objects.of(request.person, *LOOKERS).filter(funder=commitment.budget.funder).exists()
    if has_seat and commitment.thread:
        noted(request, Reading.Page.BANK, commitment)
    form = (WrittenDownForm if has_seat else BankDetailsForm)(request.POST or None, initial=now)
    if form.run(actions.give_bank_details, commitment, by=request.person):
        messages.success(request, thanks(form.outcome))
        return redirect("ledger:bank_details", pk=commitment.pk)
    context = {
        "commitment": commitment,
        "funder": commitment.budget.funder,
        "payee": payee,
        "form": form,
        "has_seat": has_seat,
    }
    return render(request, "ledger/pay/bank_details.html", context)


def thanks(payee: Payee) -> str:
    words = {"iban": payee.grouped_iban, "bank": payee.bank.rstrip(".") or _("your bank")}
    if payee.waits_for_second_person:
        return _("Noted: %(iban)s, %(bank)s. Because the IBAN changed, somebody calls you first.") % words
    return _("Noted: %(iban)s, %(bank)s. Now we can pay.") % words


def payments(request: Request, which: str = LISTS[0]) -> HttpResponse:
    """What there is to do for treasurers: to pay, on its way, waiting for bank details or for a second person."""
    seats = list(Seat.objects.of(request.person, *LOOKERS).select_related("funder"))
    if not seats or which not in LISTS:
        raise Http404
    funders = [seat.funder_id for seat in seats]
    todo = Payment.objects.at_funders(funders)
    found = {"te-betalen": todo.to_pay, "onderweg": todo.on_their_way, "wacht": todo.waiting}[which]()
    page = page_oldest_first(found.for_worklist(), after=request.GET.get("after", ""), size=AT_ONCE)
    context: dict[str, Any] = {
        "funder": seats[0].funder,
        "which": which,
        "counts": todo.counts(),
        "page": page,
        "may_pay": any(seat.role == Seat.Role.TREASURER for seat in seats),
        "may_write_down": any(seat.role in {Seat.Role.TREASURER, Seat.Role.OFFICER} for seat in seats),
        "next_url": f"?after={page.after}" if page.after else "",
        "first_url": request.path if "after" in request.GET else "",
    }
    return render(request, "ledger/pay/payments.html", context)


def payment(request: Request, pk: int) -> HttpResponse:
    """One payment: what to type into the bank's page, and what may be done with it now."""
    found = look_up(request, pk)
    payee = found.payee or found.commitment.payee
    if found.commitment.thread:
        noted(request, Reading.Page.BANK, found.commitment)
    context = {
        "payment": found,
        "payee": payee,
        "funder": found.commitment.budget.funder,
        "may": {deed: may(request.person, deed, found) for deed in ("put_on_its_way", "confirm", "came_back")},
        "name_check": name_check_for(request.person, payee),
    }
    return render(request, "ledger/pay/payment.html", context)


def name_check_for(person: Person | None, payee: Payee | None) -> NameCheckForm | None:
    if payee is None or not may(person, "note_name_check", payee):
        return None
    return NameCheckForm(initial={"result": payee.name_check})


@require_POST
def put_on_its_way(request: Request, pk: int) -> HttpResponse:
    found = look_up(request, pk)
    actions.put_on_its_way(found, by=request.user.person, seen=request.POST.get("seen", ""))
    messages.success(
        request, _("Payment %(number)s is on its way. Confirm it when the bank has paid.") % {"number": found}
    )
    return redirect("ledger:payments")


def confirm(request: Request, pk: int) -> HttpResponse:
    found = look_up(request, pk)
    require(request.user.person, "confirm", found)
    if request.method == "GET" and not found.can_become(Payment.Status.CONFIRMED):
        return not_now(request, found)
    form = DayForm(request.POST or None)
    if form.run(actions.confirm, found, by=request.person):
        messages.success(request, _("Payment %(number)s has been paid. The group gets a mail.") % {"number": found})
        return redirect("ledger:payments_in", "onderweg")
    words = {
        "title": _("The bank has paid"),
        "lead": _("The group gets a mail, and it comes into their cash book."),
        "button": _("This has been paid"),
    }
    return render(request, "ledger/pay/heard.html", asked(found, form) | words)


def asked(payment: Payment, form: DayForm | CameBackForm) -> dict[str, Any]:
    """What a page shows that asks one thing about a payment."""
    return {"payment": payment, "form": form, "funder": payment.commitment.budget.funder}


def not_now(request: Request, payment: Payment) -> HttpResponse:
    """An old link to a step that this payment isn't at: its own page says where it is."""
    words = {"number": payment, "status": payment.get_status_display()}
    messages.info(request, _("Payment %(number)s is %(status)s now.") % words)
    return redirect("ledger:payment", payment.pk)


def came_back(request: Request, pk: int) -> HttpResponse:
    found = look_up(request, pk)
    require(request.user.person, "came_back", found)
    if request.method == "GET" and not found.can_become(Payment.Status.CAME_BACK):
        return not_now(request, found)
    form = CameBackForm(request.POST or None)
    if form.run(actions.came_back, found, by=request.person):
        messages.success(request, _("Noted. The group gets a mail, and the money waits to be paid again."))
        return redirect("ledger:payments_in", "onderweg")
    words = {
        "title": _("It came back"),
        "lead": _("The group is asked to look at the IBAN. The money waits to be paid again."),
        "button": _("This came back"),
    }
    return render(request, "ledger/pay/heard.html", asked(found, form) | words)


def check_iban(request: Request, pk: int) -> HttpResponse:
    """A second person calls back about a changed IBAN."""
    commitment = look_up_commitment(request, pk)
    payee = get_object_or_404(commitment.payees, replaced_at=None)
    require(request.user.person, "check_iban", payee)
    form = CheckForm(request.POST or None)
    if form.run(actions.check_iban, payee, seen=request.POST.get("seen", ""), by=request.person):
        messages.success(request, _("Noted. This IBAN can be paid now."))
        return redirect("ledger:payments_in", "wacht")
    numbers = commitment.known_numbers.exclude(phone="").select_related("person__became").order_by("pk")
    context = {
        "commitment": commitment,
        "payee": payee,
        "before": payee.before(),
        "known_numbers": numbers,
        "form": form,
    }
    return render(request, "ledger/pay/check_iban.html", context | {"funder": commitment.budget.funder})


@require_POST
def name_check(request: Request, pk: int) -> HttpResponse:
    found = look_up(request, pk)
    payee = found.payee or get_object_or_404(found.commitment.payees, replaced_at=None)
    form = NameCheckForm(request.POST)
    if form.run(actions.note_name_check, payee, seen=request.POST.get("seen", ""), by=request.person):
        messages.success(request, _("Noted."))
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect("ledger:payment", found.pk)


def look_up(request: Request, pk: int) -> Payment:
    """A payment of a funder where this person has a seat: the group itself reads about it on its own pages."""
    funders = Seat.objects.of(request.person, *LOOKERS).values("funder")
    seen = Payment.objects.at_funders(funders).select_related(
        "commitment__budget__funder", "commitment__decided_by", "payee"
    )
    return get_object_or_404(seen, pk=pk)


def look_up_commitment(request: Request, pk: int) -> Commitment:
    funders = Seat.objects.of(request.person, *LOOKERS).values("funder")
    return get_object_or_404(Commitment.objects.select_related("budget__funder"), pk=pk, budget__funder__in=funders)
