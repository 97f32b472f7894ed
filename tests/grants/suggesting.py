"""What happens to an idea, for tests of the letters that come of it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from grants.models import Idea
from grants.suggest import actions
from tests import make
from web.models import Person

ANSWERS = {
    "nl": "Dat kan. Wij denken graag met u mee.",
    "en": "That is possible. We like to think along with you.",
}


def told(town: Any) -> Idea:
    make.scheme(town.funder)
    typed: dict[str, Any] = {
        "text": "Een bankje.",
        "came_from": "residents",
        "where": "",
        "email": "joke@waterveen.example",
    }
    with override(town.language):
        idea = actions.tell_idea(town.funder, by=Person.system(), **typed)
    town.resident = idea.teller
    return idea


def answered(town: Any) -> Idea:
    return actions.answer_idea(told(town), answer=ANSWERS[town.language], by=town.decider)


EVENTS: dict[str, Callable[[Any], object]] = {"suggest/kept": told, "suggest/answered": answered}
