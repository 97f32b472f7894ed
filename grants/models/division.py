"""Dividing money when there may be too little: never over the ceiling, and in the order of complete requests.

The ledger itself refuses what a budget doesn't hold; this says who comes first, before it gets that far.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.models.application import Application
from grants.models.edition import Division
from grants.models.intake import left_outside
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


def ahead_of(application: Application) -> QuerySet[Application]:
    """The undecided plans that were complete a minute earlier, or more (Awb 4:26), whatever money they ask.

    What went back to be completed isn't complete, so it takes no place. What is reserved in full is in nobody's way,
    nor is what came while nothing could be asked.
    """
    if application.complete_at is None:
        return Application.objects.none()
    reserved = Proposal.objects.open().filter(amount__gte=F("application__asked")).values("application")
    earlier = Application.objects.filter(status__in=WAITING, complete_at__lt=minute_of(application.complete_at))
    earlier = earlier.exclude(left_outside())
    return earlier.exclude(pk=application.pk).exclude(pk__in=reserved).order_by("complete_at", "pk")


def minute_of(moment: datetime) -> datetime:
    """Who was complete in the same minute comes neither before nor after."""
    return moment.replace(second=0, microsecond=0)


def refuse_what_does_not_fit(application: Application, amount: Money, budget: Budget) -> None:
    """Raises ValidationError when `amount` goes over the ceiling, or when it is the turn of others first."""
    refuse_over_ceiling(application, amount)
    if application.edition.division != Division.ORDER or amount > budget.available:
        return  # what the budget doesn't hold the ledger refuses, with its own sentence
    same_money = Q(scheme__budgets=budget)
    for left, shares_it in [(budget.available, same_money), *_ceilings(application)]:
        earlier = ahead_of(application).filter(shares_it)
        asked = still_asked_by(earlier)
        if asked and left - asked < amount:
            raise ValidationError(_come_first(application, earlier))


def still_asked_by(applications: QuerySet[Application]) -> Money:
    """What they ask beside what is reserved for them: that isn't left any more, so it counts once."""
    return _sum(applications, "asked") - _sum(Proposal.objects.open().filter(application__in=applications), "amount")


def _come_first(application: Application, earlier: QuerySet[Application]) -> str:
    words = {"plans": named([each.number for each in earlier])}
    sentence = _("These were complete earlier, so they come first: %(plans)s. Decide on them before this one.") % words
    return application.scheme.funder.citing(sentence, "4:26")


def named(numbers: Sequence[str]) -> str:
    """The first of them in one sentence; of more the number is told."""
    more = [_("%(number)s others") % {"number": len(numbers) - NAMED}] if len(numbers) > NAMED else []
    return ", ".join([*numbers[:NAMED], *more])


def left_under_ceiling(application: Application) -> Money | None:
    """What the ceilings leave this plan, beside what is granted and proposed; None where there is none."""
    return min((left for left, _shares_it in _ceilings(application)), default=None)


def _ceilings(application: Application, *, proposed: bool = True) -> list[tuple[Money, Q]]:
    """What each leaves this plan, and which plans share it: the ceiling of the year, and that of its round.

    `proposed`: whether what waits for a second signature is gone from it.
    """
    of_scheme = Q(scheme=application.scheme_id)
    ceilings: list[tuple[Money, Q]] = []
    if application.edition.ceiling is not None and application.received_on is not None:
        this_year = of_scheme & Q(received_on__year=application.received_on.year)
        ceilings.append((application.edition.ceiling, this_year))
    if application.round and application.round.ceiling is not None:
        this_round = of_scheme & Q(round__opens_on=application.round.opens_on)
        ceilings.append((application.round.ceiling, this_round))
    others = Application.objects.exclude(pk=application.pk)
    return [
        (max(ceiling - _spent(others.filter(those), proposed=proposed), euro(0)), those) for ceiling, those in ceilings
    ]


def _spent(applications: QuerySet[Application], *, proposed: bool) -> Money:
    granted = _sum(applications.filter(status__in=(Status.GRANTED, Status.CLOSED)), "granted")
    if not proposed:
        return granted
    return granted + _sum(Proposal.objects.open().filter(application__in=applications), "amount")


def left_for(application: Application, *, proposed: bool = True) -> Money | None:
    """What the budget still holds for it, and the ceilings leave; None where no budget was set.

    `proposed`: whether what waits for a second signature is gone. It may come free, so nobody is refused for it: a
    ceiling has ended by what was granted (Awb 4:25).
    """
    budget = application.scheme.current_budget
    if budget is None:
        return None
    held = budget.available if proposed else budget.available + budget.cards().reserved
    return min([held, *(left for left, _shares_it in _ceilings(application, proposed=proposed))])


def rest_for(application: Application, left: Money | None) -> Money | None:
    """What of `left` can be offered where there is too little for all that is asked; None where there is enough.

    Nothing is offered below the least that the scheme gives.
    """
    if left is None or application.asked is None:
        return None
    return left if application.edition.minimum <= left < application.asked else None


def has_ended(application: Application, left: Money | None) -> bool:
    """Whether less is left than the scheme gives at least, by what was granted: only then it is refused for that alone.

    What waits for a second signature may come free again (Awb 4:25).
    """
    return _is_too_little(application, left) and _is_too_little(application, left_for(application, proposed=False))


def _is_too_little(application: Application, left: Money | None) -> bool:
    return left is not None and left < application.edition.minimum


def refuse_while_there_is_money(application: Application) -> None:
    """Raises ValidationError when a part can still be given: a ceiling refuses no more than goes over it (Awb 4:25)."""
    left = left_for(application)
    if has_ended(application, left):
        return
    if _is_too_little(application, left):
        raise ValidationError(
            {"no_money": _("Money is reserved until a colleague signs. Wait for that, or choose a criterion.")}
        )
    words = {"left": write_amount(left or euro(0))}
    raise ValidationError({"no_money": _("There is %(left)s left. Grant a part, or choose a criterion.") % words})


def _sum(rows: QuerySet[Any], field: str) -> Money:
    return euro(round(rows.aggregate(total=Sum(field))["total"] or 0, 2))


def refuse_over_ceiling(application: Application, amount: Money) -> None:
    """Refused insofar as the ceiling would be exceeded: the rest can still be granted (Awb 4:25)."""
    left = left_under_ceiling(application)
    if left is not None and amount > left:
        words = {"left": write_amount(left)}
        sentence = _("The ceiling leaves %(left)s. Grant at most that, and write why it is less.") % words
        raise ValidationError({"amount": application.scheme.funder.citing(sentence, "4:25")})
