"""A promise made smaller or larger by a later decision. Each step is a posting of its own; none is edited."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from ledger.models.account import At
from ledger.models.commitment import Commitment
from ledger.models.posting import Move, Posting
from web.amounts import from_cents, in_cents, write_amount
from web.models import Person

KEPT = (At.PROMISED, At.ON_ITS_WAY, At.GIVEN, At.ADVANCED)


def kept(commitment: Commitment) -> Money:
    """What the group has or will get: all of it but what has to come back."""
    return from_cents(commitment.cents(*KEPT))


@transaction.atomic
def lower(commitment: Commitment, to: Money, *, decision_ref: str, by: Person) -> None:
    """First what isn't paid is released; what was paid beyond `to` has to come back, by decision `decision_ref`."""
    if commitment.cents(At.ON_ITS_WAY):
        raise ValidationError(_("A payment is on its way. Wait until the bank has confirmed it."))
    less = commitment.cents(*KEPT) - in_cents(to)
    if less <= 0:
        raise ValidationError(_("That is not less than they have now."))
    released = min(less, commitment.cents(At.PROMISED))
    commitment.release(by=by, amount=from_cents(released))
    back = _moves_back(commitment, less - released)
    if back:
        commitment.posting(Posting.Kind.RECLAIM, by=by, decision_ref=decision_ref).post(*back)
    commitment.forget_balances()


def _moves_back(commitment: Commitment, cents: int) -> list[Move]:
    """What was advanced comes back before what was given."""
    moves, recover = [], commitment.account(At.TO_RECOVER)
    for kind in (At.ADVANCED, At.GIVEN):
        part = min(cents, commitment.cents(kind))
        if part:
            moves.append(Move(commitment.account(kind), recover, part))
            cents -= part
    return moves


@transaction.atomic
def lift(commitment: Commitment, to: Money, *, decision_ref: str, by: Person, first: Person | None = None) -> None:
    """First what had to come back need not; the rest is promised from the same budget, as a payment of its own.

    `first`: who signed for it besides `by`. Neither of them can pay it out.
    """
    more = in_cents(to) - commitment.cents(*KEPT)
    if more <= 0:
        raise ValidationError(_("That is not more than they have now."))
    stays = min(more, commitment.cents(At.TO_RECOVER))
    if stays:
        theirs = At.GIVEN if commitment.is_fixed else At.ADVANCED
        move = Move(commitment.account(At.TO_RECOVER), commitment.account(theirs), stays)
        commitment.posting(Posting.Kind.KEPT, by=by, decision_ref=decision_ref).post(move)
    if more > stays:
        _promise_more(commitment, more - stays, decision_ref=decision_ref, by=by)
        commitment.raised_by.add(by, *([first] if first else []))
    commitment.forget_balances()


def _promise_more(commitment: Commitment, cents: int, *, decision_ref: str, by: Person) -> None:
    """The database refuses what the budget doesn't hold."""
    budget = commitment.budget
    words = {"left": write_amount(budget.available), "amount": write_amount(from_cents(cents))}
    too_little = _("There is %(left)s left in this budget. That is too little for %(amount)s.") % words
    move = Move(budget.account(At.AVAILABLE), commitment.account(At.PROMISED), cents)
    commitment.posting(Posting.Kind.PROMISE, by=by, decision_ref=decision_ref).post(move, otherwise=too_little)
    commitment.forget_balances()
    commitment.plan_payments([from_cents(cents)])
