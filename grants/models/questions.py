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
    always: bool = False


QUESTIONS = (
    Question("what", _("What are you going to do?"), _("Tell it as you would tell your neighbours."), always=True),
    Question(
        "why_good",
        _("Why is this good for the neighbourhood?"),
        _("What is there already? What gets better, or more fun?"),
    ),
    Question(
        "who_joins",
        _("Who takes part?"),
        _("Write who does what. Does a school, club or other group take part? Name them too."),
        always=True,
    ),
    Question(
        "own_input", _("What do you bring yourselves?"), _("Think of time, things, experience, a place or money.")
    ),
    Question(
        "neighbours",
        _("How do other neighbours know? And how can they join?"),
        _("Write what you have done already and what you are going to do."),
    ),
    Question("where_when", _("Where and when is it?"), _("A place and a month is enough."), always=True),
)
