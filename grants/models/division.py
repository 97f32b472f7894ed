"""Dividing money when there may be too little: never over the ceiling, and in the order of complete requests.

The ledger itself refuses what a budget doesn't hold; this says who comes first, before it gets that far.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.application import Application
from grants.models.edition import Division
from grants.models.proposal import Proposal
from grants.models.round import Round
from grants.models.status import WAITING, Status
from ledger.models import Budget
from web.amounts import euro, write_amount
from web.models import Funder

NAMED = 5  # plans named in one sentence; of more the number is told


def wait_for_turn(application: Application) -> None:
    """One decision at a time of a funder, and on a plan: the next one counts what this one gave.

    In this order everywhere, so that no two wait for each other. A deed only points at the funder, so it needn't wait.
    """
    Funder.objects.select_for_update(no_key=True).get(pk=application.funder_id)
    Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def wait_for_round(round_: Round) -> None:
    """One at a time ranks, decides on or announces a round: in the order of `wait_for_turn`."""
    Funder.objects.select_for_update(no_key=True).get(pk=round_.funder_id)


def refuse_what_a_round_decides(application: Application) -> None:
    """Raises ValidationError for a plan that is decided with the others of its round."""
    if application.waits_for_round:
        raise ValidationError(_("This plan is in a round. It is decided there, with the others."))


def ahead_of(application: Application, budget: Budget) -> QuerySet[Application]:
    """The undecided plans for the same money that were complete a minute earlier, or more (Awb 4:26).

    What went back to be completed isn't complete, so it takes no place.
    """
    if application.complete_at is None:
        return Application.objects.none()
    minute = application.complete_at.replace(second=0, microsecond=0)
    same_money = Application.objects.filter(scheme__budgets=budget, status__in=WAITING, complete_at__lt=minute)
    return same_money.exclude(pk=application.pk).order_by("complete_at", "pk")


def refuse_what_does_not_fit(application: Application, amount: Money, budget: Budget) -> None:
    """Raises ValidationError when `amount` goes over the ceiling, or when it is the turn of others first."""
    refuse_over_ceiling(application, amount)
    if application.edition.division != Division.ORDER or amount > budget.available:
        return  # what the budget doesn't hold the ledger refuses, with its own sentence
    earlier = ahead_of(application, budget)
    asked = euro(earlier.aggregate(total=Sum("asked"))["total"] or 0)
    if asked and budget.available - asked < amount:
        raise ValidationError(
            _("These were complete earlier, so they come first: %(plans)s. Decide on them before this one (Awb 4:26).")
            % {"plans": _named(earlier)}
        )


def _named(applications: QuerySet[Application]) -> str:
    numbers = [each.number for each in applications[: NAMED + 1]]
    if len(numbers) > NAMED:
        numbers[NAMED:] = [_("%(number)s others") % {"number": applications.count() - NAMED}]
    return ", ".join(numbers)


def left_under_ceiling(application: Application) -> Money | None:
    """What the ceilings leave this plan, beside what is granted and proposed; None where there is none.

    Of the year, and of its round.
    """
    of_scheme = Application.objects.filter(scheme=application.scheme_id).exclude(pk=application.pk)
    ceilings: list[Money] = []
    if application.edition.ceiling is not None and application.received_on is not None:
        this_year = of_scheme.filter(received_on__year=application.received_on.year)
        ceilings.append(application.edition.ceiling - _spent(this_year))
    if application.round and application.round.ceiling is not None:
        this_round = of_scheme.filter(round__opens_on=application.round.opens_on)
        ceilings.append(application.round.ceiling - _spent(this_round))
    return max(min(ceilings), euro(0)) if ceilings else None


def _spent(applications: QuerySet[Application]) -> Money:
    granted = _sum(applications.filter(status__in=(Status.GRANTED, Status.CLOSED)), "granted")
    return granted + _sum(Proposal.objects.open().filter(application__in=applications), "amount")


def rest_for(application: Application) -> Money | None:
    """What can still be offered where there is too little for all that is asked; None where there is enough.

    Nothing is offered below the least that the scheme gives.
    """
    budget, asked = application.scheme.current_budget, application.asked
    if budget is None or asked is None:
        return None
    ceiling = left_under_ceiling(application)
    left = budget.available if ceiling is None else min(budget.available, ceiling)
    return left if application.edition.minimum <= left < asked else None


def _sum(rows: QuerySet[Any], field: str) -> Money:
    return euro(round(rows.aggregate(total=Sum(field))["total"] or 0, 2))


def refuse_over_ceiling(application: Application, amount: Money) -> None:
    """Refused insofar as the ceiling would be exceeded: the rest can still be granted (Awb 4:25)."""
    left = left_under_ceiling(application)
    if left is not None and amount > left:
        raise ValidationError(
            _("The ceiling leaves %(left)s. Grant at most that, and write why it is less (Awb 4:25).")
            % {"left": write_amount(left)}
        )
