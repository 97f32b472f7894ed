"""Who may do what with money. Seeing is `visible_to` on the query sets; doing is a row in MAY."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ledger.models import Budget, Commitment, Payee, Payment, Purse
from web import access
from web.access import Table, rule
from web.models import Funder, Person, Seat

Role = Seat.Role


def funder_of(thing: Funder | Budget | Commitment | Payment | Payee) -> int:
    """The id of the funder whose money this is about."""
    if isinstance(thing, Payee):
        return thing.commitment.funder_id
    return thing.pk if isinstance(thing, Funder) else thing.funder_id


def has_seat(by: Person, thing: Any, *roles: Role) -> bool:
    return Seat.objects.of(by, *roles).filter(funder=funder_of(thing)).exists()


@rule(_("Only a treasurer of this fund may do this."))
def is_treasurer(by: Person, thing: Any) -> bool:
    return has_seat(by, thing, Role.TREASURER)


@rule(_("Only a treasurer or an officer of this fund may do this."))
def is_treasurer_or_officer(by: Person, thing: Any) -> bool:
    return has_seat(by, thing, Role.TREASURER, Role.OFFICER)


@rule(_("Only the group itself, or an officer or treasurer who writes it down for them, may do this."))
def holds_it_or_writes_it_down(by: Person, commitment: Commitment) -> bool:
    """Nobody writes it down for a group of their own (Awb 2:4): there the first contact gives it."""
    if Commitment.objects.held_by(by).filter(pk=commitment.pk).exists():
        return True
    writes = has_seat(by, commitment, Role.TREASURER, Role.OFFICER)
    return writes and not Commitment.objects.for_group_of(by).filter(pk=commitment.pk).exists()


@rule(_("You decided on this money. Somebody else has to pay it."))
def did_not_decide(by: Person, payment: Payment) -> bool:
    """Four eyes. A fund of one person may switch this off; the auditor's pages show that."""
    commitment = payment.commitment
    decided = by.pk in {commitment.decided_by_id, commitment.decided_with_id}
    decided = decided or commitment.raised_by.filter(pk=by.pk).exists()
    return not decided or commitment.budget.funder.decider_may_pay


@rule(_("You are in this group yourself. A colleague has to do this."))
def is_impartial(by: Person, thing: Payment | Payee) -> bool:
    return not Commitment.objects.for_group_of(by).filter(pk=thing.commitment_id).exists()


@rule(_("You typed this IBAN. Somebody else has to pay it."))
def did_not_type_it(by: Person, payment: Payment) -> bool:
    payee = payment.commitment.payee
    return payee is None or not payee.was_typed_by(by)


@rule(_("You typed this IBAN. Somebody else has to check it."))
def did_not_type_this_one(by: Person, payee: Payee) -> bool:
    return not payee.was_typed_by(by)


@rule(_("Only the group itself writes in its cash book."))
def keeps_it(by: Person, purse: Purse) -> bool:
    return Purse.objects.kept_by(by).filter(pk=purse.pk).exists()


MAY: Table = {
    "add_budget": (is_treasurer,),
    "set_budget": (is_treasurer,),
    "give_bank_details": (holds_it_or_writes_it_down,),
    "check_iban": (is_treasurer_or_officer, did_not_type_this_one, is_impartial),
    "note_name_check": (is_treasurer, is_impartial),
    "put_on_its_way": (is_treasurer, did_not_decide, did_not_type_it, is_impartial),
    "confirm": (is_treasurer, is_impartial),
    "came_back": (is_treasurer, is_impartial),
    "book_expense": (keeps_it,),
    "change_expense": (keeps_it,),
    "delete_expense": (keeps_it,),
    "counter_expense": (keeps_it,),
    "hand_in": (keeps_it,),
}


def require(by: Person, deed: str, thing: Any) -> None:
    """Refuse with a sentence unless this person may do this to this thing."""
    access.require(MAY, by, deed, thing)


def may(by: Person | None, deed: str, thing: Any) -> bool:
    """Whether to show the button; the action asks again."""
    return access.may(MAY, by, deed, thing)
