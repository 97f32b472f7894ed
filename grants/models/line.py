"""The line in a round: who gets what, the best plan first, until the money ends.

The plan on the line is refused only insofar as there is too little: the rest is granted in part (Awb 4:25). Below it
nothing is left, also not for a smaller plan further down: the published order decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from djmoney.money import Money

from grants.models.application import Application
from grants.models.division import left_under_ceiling
from grants.models.quiet_decision import QuietDecision
from grants.models.round import Round
from web.amounts import euro


@dataclass(frozen=True)
class Share:
    """What the line leaves one plan. `wants` is what it asks, or as much of it as was judged to be right."""

    application: Application
    rank: int
    wants: Money
    gets: Money
    is_out: bool = False  # declined on a criterion, whatever money there is

    @property
    def is_full(self) -> bool:
        return not self.is_out and self.gets == self.wants

    @property
    def is_on_the_line(self) -> bool:
        return not self.is_out and euro(0) < self.gets < self.wants

    @property
    def is_below(self) -> bool:
        return not self.is_out and not self.gets


def money_for(round_: Round, plans: Sequence[Application]) -> Money:
    """What can be divided now: what the budget holds, and the ceilings of the year and of the round leave."""
    budget = round_.edition.scheme.current_budget
    if budget is None or not plans:
        return budget.available if budget else euro(0)
    under_ceiling = left_under_ceiling(plans[0])
    return budget.available if under_ceiling is None else min(budget.available, under_ceiling)


def draw(plans: Sequence[Application], money: Money) -> list[Share]:
    """Plans in their order, with their meant if there are any. Each share asks no query."""
    shares, left = [], money
    for rank, plan in enumerate(plans, start=1):
        quiet: QuietDecision | None = getattr(plan, "quiet", None)
        wants = (quiet and quiet.wanted) or plan.asked or euro(0)
        if quiet and not quiet.by_line and not quiet.grants:
            shares.append(Share(plan, rank, wants, euro(0), is_out=True))
            continue
        gets = wants if wants <= left else _rest(plan, left)
        left = left - gets if gets == wants else euro(0)
        shares.append(Share(plan, rank, wants, gets))
    return shares


def _rest(plan: Application, left: Money) -> Money:
    """Nobody is offered less than the scheme gives at least."""
    return left if left >= plan.edition.minimum else euro(0)
