"""Money as tests need it: promised, and brought on its way. Amounts in whole euros."""

import itertools
import uuid
from collections.abc import Sequence
from typing import Any

from ledger.models import Budget, Commitment, Payee, Payment, Posting, Purse
from web import clock
from web.amounts import euro
from web.models import Person

number = itertools.count(1)

IBAN = "NL91ABNA0417164300"
OTHER_IBAN = "NL20INGB0001234567"


def commitment(of: Budget, amount: int = 400, *, holders: Sequence[Person], by: Person, **fields: Any) -> Commitment:
    """A promise of `amount`, fixed at once unless said otherwise, on a thread of its own."""
    nth = next(number)
    about: dict[str, Any] = {
        "reference": f"2026-{nth:04}",
        "label": "Geveltuinen",
        "thread": 1_000 + nth,
        "page": f"/plan/{nth}/",
        "fixed_at_once": True,
        "decided_by": by,
    }
    return of.promise(euro(amount), holders=holders, by=by, **about | fields)


def payee(of: Commitment, *, by: Person, iban: str = IBAN, name: str = "S. Lindeboom") -> Payee:
    return Payee.take_down(of, kind="me", name=name, iban=iban, bank="ABN AMRO", by=by)


def paid(of: Commitment, *, by: Person) -> Payment:
    """The first planned payment of this commitment, paid by the bank today."""
    payment = of.payments.filter(status="planned")[0]
    if of.payee is None:
        payee(of, by=of.holders.all()[0])
    payment.put_on_its_way(by=by)
    payment.confirm(on=clock.today(), by=by)
    return payment


def purse(of: Commitment, *keepers: Person, asked: bool = False) -> Purse:
    assert of.thread is not None
    return Purse.objects.open(thread=of.thread, label=of.label, page=of.page, asked=asked, keepers=keepers)


def line(of: Purse, cents: int = 1_250, direction: str = "out", **fields: Any) -> Any:
    about = {"on": clock.today(), "what": "Aarde", "photo": ""}
    return of.expenses.model.book(of, key=uuid.uuid4(), direction=direction, cents=cents, **about | fields)


def raise_by(budget: Budget, cents: int, *, by: Person) -> Posting:
    """A posting of one transfer, straight: funding to available."""
    from ledger.models import Account, Move

    move = Move(budget.account(Account.Kind.FUNDING), budget.account(Account.Kind.AVAILABLE), cents)
    return Posting(kind=Posting.Kind.RAISE, budget=budget, by=by).post(move)
