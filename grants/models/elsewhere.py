"""One plan before several funds: what stays as it is for whoever has it, and what is asked and given together."""

from collections.abc import Iterable

from djmoney.money import Money

from grants.models.application import Application
from grants.models.budget_line import BudgetLine
from grants.models.extra_answer import extra_of
from grants.models.page import Page
from grants.models.plan import Plan
from grants.models.questions import Step, steps_for
from grants.models.status import WAITING, Status
from web.amounts import euro

GIVEN = (Status.GRANTED, Status.CLOSED)


def fixed_pages(plan: Plan) -> list[Page]:
    """What funds read now: nothing of it changes any more, it can only be added to.

    A fund that gave the plan back to be completed asks for changes itself.
    """
    changeable = (Status.DRAFT, Status.RETURNED)
    return [each.page for each in plan.applications.all() if each.status not in changeable]


def fixed_words(plan: Plan) -> frozenset[str]:
    """The names of the answers that stay as they are."""
    return frozenset[str]().union(*(page.answered for page in fixed_pages(plan)))


def fixed_lines(plan: Plan) -> list[BudgetLine]:
    """The lines that stay as they are: the first ones. What is added comes after them."""
    return list(plan.lines.all())[: _how_many_are_fixed(plan)]


def open_lines(plan: Plan) -> list[BudgetLine]:
    """The lines that can still be changed."""
    return list(plan.lines.all())[_how_many_are_fixed(plan) :]


def _how_many_are_fixed(plan: Plan) -> int:
    return max((len(page.lines) for page in fixed_pages(plan)), default=0)


def others_of(application: Application) -> list[Application]:
    """The same plan before other schemes as its residents know it, with scheme and funder: one query."""
    all_of_them = application.plan.applications.select_related("scheme__funder").order_by("pk")
    return [each.as_told() for each in all_of_them.exclude(pk=application.pk)]


def others_shown_to_funds(application: Application) -> list[Application]:
    """Those that the fund of this application may see: none without the residents' word, and never a draft.

    One query, and none where there is no such word.
    """
    if application.plan.shared_since is None:
        return []
    return [each for each in others_of(application) if each.status != Status.DRAFT]


def given_by(applications: Iterable[Application]) -> Money:
    return sum((each.granted for each in applications if each.status in GIVEN and each.granted), euro(0))


def asked_or_given(applications: Iterable[Application]) -> Money:
    """What these give, or may still give: nothing any more where the answer was no, or the plan was withdrawn."""
    asks = (each.asked for each in applications if each.status in (*WAITING, Status.DRAFT) and each.asked)
    return sum(asks, given_by(applications))


def still_needed(plan: Plan, elsewhere: Iterable[Application]) -> Money:
    """What these others don't pay either, never below zero."""
    return max(plan.page.needed - asked_or_given(list(elsewhere)), euro(0))


def asks_more_than_it_costs(application: Application) -> bool:
    """Worth a sentence, never a lock: lists of costs are estimates."""
    given = asked_or_given(others_of(application)) + (application.asked or euro(0))
    return too_much(application.plan, given) is not None


def too_much(read: Plan | Application, given: Money) -> Money | None:
    """By how much `given`, own money and what others pay are more than it costs. None when they aren't.

    `read`: the plan as it stands now, or an application with what its fund got.
    """
    page = read.page if isinstance(read, Plan) else read.sent_page
    over = given + page.paid_by_others - page.cost
    return over if page.cost and over > euro(0) else None


def too_much_with(application: Application, shown: Iterable[Application]) -> Money | None:
    """The same for a fund that decides: with what it is asked (or gives) and what others it is shown give already."""
    given = given_by(shown)
    own = application.granted if application.status in GIVEN else application.asked
    return too_much(application, given + own) if given and own else None


def what_stands(plan: Plan) -> Page | None:
    """What funds read already, to show above the questions that are left."""
    words = {name: getattr(plan, name) for name in fixed_words(plan)}
    return Page(words, tuple(fixed_lines(plan))) if words else None


def steps_left(application: Application, *, with_costs: bool = False) -> tuple[Step, ...]:
    """The pages of this draft, without what a fund reads already. A short one has a list of costs once there is one,
    or `with_costs`.
    """
    duties, fixed = application.duties, fixed_words(application.plan)
    with_costs = with_costs or any(line.kind == BudgetLine.Kind.COST for line in open_lines(application.plan))
    all_of_them = steps_for(asks_little=duties is None or duties.asks_little, with_costs=with_costs)
    left = [tuple(name for name in step.fields if name not in fixed) for step in all_of_them]
    left.append(tuple(each.field for each in extra_of(application)))  # a fund's own questions come last, on one page
    return tuple(Step(fields) for fields in left if fields)
