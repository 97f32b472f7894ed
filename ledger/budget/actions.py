"""What treasurers do with a budget: make one for a year, raise it, lower it, keep its bookkeeping fields right."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from ledger.access import require
from ledger.models import Budget
from web.models import Funder, Person, record


@transaction.atomic
def add_budget(funder: Funder, *, name: str, year: int, amount: Money, by: Person, **bookkeeping: str) -> Budget:
    """Make a budget of `amount` for one purpose in one year. `bookkeeping`: the fields a municipality's books want."""
    require(by, "add_budget", funder)
    try:
        with transaction.atomic():
            budget = Budget.objects.create(funder=funder, name=name, year=year, **bookkeeping)
    except IntegrityError as refused:
        raise ValidationError(_("There is a budget with this name for that year already.")) from refused
    budget.set_to(amount, by=by)
    record(by, "add_budget", budget, amount=amount, year=year)
    return budget


@transaction.atomic
def set_budget(budget: Budget, *, amount: Money, by: Person, **bookkeeping: str) -> Budget:
    """Make this year's budget `amount`, higher or lower than it was. Never below what is promised."""
    require(by, "set_budget", budget)
    budget.set_to(amount, by=by)
    for name, value in bookkeeping.items():
        setattr(budget, name, value)
    budget.save(update_fields=list(bookkeeping))
    record(by, "set_budget", budget, amount=amount, fields=", ".join(bookkeeping))
    return budget
