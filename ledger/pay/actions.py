"""What is done to get money where it was promised: bank details, the payment, and what the bank says."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ledger.access import require
from ledger.models import Commitment, Payee, Payment
from ledger.pay import letters
from web.models import Person, record


@transaction.atomic
def give_bank_details(commitment: Commitment, *, kind: str, name: str, iban: str, bank: str, by: Person) -> Payee:
    """Write down who is paid. `iban` was checked by the form; it is not kept in the deed, only the choice is."""
    require(by, "give_bank_details", commitment)
    if not commitment.promised.amount:
        raise ValidationError(_("Nothing is waiting to be paid here. The bank details can stay as they are."))
    payee = Payee.take_down(commitment, kind=kind, name=name, iban=iban, bank=bank, by=by)
    record(by, "give_bank_details", commitment, kind=kind)
    return payee


@transaction.atomic
def check_iban(payee: Payee, *, seen: str, note: str, by: Person) -> None:
    """A second person has called back about a changed IBAN, on a number that was known before the change.

    `seen` is the id of the bank details that their page showed. Raises ValidationError when these are others.
    """
    require(by, "check_iban", payee)
    _refuse_unseen(payee, seen)
    payee.check_by_calling(note=note, by=by)
    record(by, "check_iban", payee.commitment)


@transaction.atomic
def note_name_check(payee: Payee, *, seen: str, result: str, by: Person) -> None:
    """What the treasurer's bank said about the name beside the IBAN. A warning: it stops nothing. `seen` as above."""
    require(by, "note_name_check", payee)
    _refuse_unseen(payee, seen)
    payee.note_name_check(result)
    record(by, "note_name_check", payee.commitment, result=result)


def _refuse_unseen(payee: Payee, seen: str) -> None:
    """Bank details may be replaced while somebody is calling about those before."""
    if seen != str(payee.pk):
        raise ValidationError(_("The bank details were changed while you had this page open. Look at the new ones."))


@transaction.atomic
def put_on_its_way(payment: Payment, *, by: Person, seen: str | None = None) -> None:
    """The treasurer has given this payment to the bank, with the bank details that their page showed (`seen`)."""
    require(by, "put_on_its_way", payment)
    payee = payment.commitment.payee
    if payee and seen is not None:
        _refuse_unseen(payee, seen)
    payment.put_on_its_way(by=by)
    record(by, "put_on_its_way", payment, amount=payment.amount)
    letters.tell_on_its_way(payment)


@transaction.atomic
def confirm(payment: Payment, *, on: datetime.date, by: Person) -> None:
    """The bank has paid it on this day."""
    require(by, "confirm", payment)
    payment.confirm(on=on, by=by)
    record(by, "confirm", payment, amount=payment.amount, on=on)
    letters.tell_paid(payment)


@transaction.atomic
def came_back(payment: Payment, *, on: datetime.date, reason: str, by: Person) -> Payment:
    """The bank sent it back. The group is asked to look at the IBAN; the money waits for them."""
    require(by, "came_back", payment)
    again = payment.came_back(on=on, reason=reason, by=by)
    record(by, "came_back", payment, amount=payment.amount, on=on, reason=reason)
    letters.tell_came_back(payment)
    return again
