"""The eight questions of the one page (DOMAIN 4.2), in their order; the Quick track asks four of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


@dataclass(frozen=True)
class Question:
    """`field` is its name on Plan; `always` when the short form asks it too. The costs are budget lines."""

    field: str
    text: "Text"
    help: "Text"
    example: "Text"
    always: bool = False


QUESTIONS = (
    Question(
        "what",
        _("What are you going to do?"),
        _("Tell it as you would tell your neighbours."),
        _("We plant small gardens along the front of our houses. We do it together, on one Saturday."),
        always=True,
    ),
    Question(
        "why_good",
        _("Why is this good for the neighbourhood?"),
        _("What is there already? What gets better, or more fun?"),
        _("Our street is all stone. With plants it gets cooler. And we get to know each other."),
    ),
    Question(
        "who_joins",
        _("Who takes part?"),
        _("Write who does what. Does a school, club or other group take part? Name them too."),
        _("Twelve houses take part. Anna buys the plants. The school lends us tools."),
        always=True,
    ),
    Question(
        "own_input",
        _("What do you bring yourselves?"),
        _("Think of time, things, experience, a place or money."),
        _("We dig ourselves. Two neighbours know a lot about plants. Everyone brings food."),
    ),
    Question(
        "neighbours",
        _("How do other neighbours know? And how can they join?"),
        _("Write what you have done already and what you are going to do."),
        _("We put a note through every door. Whoever wants to can come and help."),
    ),
    Question(
        "where_when",
        _("Where and when is it?"),
        _("A place and a month is enough."),
        _("In our street, in May."),
        always=True,
    ),
)


@dataclass(frozen=True)
class Step:
    """One page of asking one thing at a time: the fields it asks, or the lists of lines."""

    fields: tuple[str, ...]


def steps_for(*, asks_little: bool, with_costs: bool = False) -> tuple[Step, ...]:
    """The pages, in the order of the one page; sending is one more page after these.

    The short form has the list of costs only for who wants one.
    """
    asked = tuple(Step((question.field,)) for question in QUESTIONS if question.always or not asks_little)
    if asks_little:
        return (Step(("asked",)), *asked, *((Step(("costs",)),) if with_costs else ()))
    money = Step(("costs", "own_money", "others", "in_kind"))
    return (Step(("asked", "title")), *asked, money, Step(("permission",)))
