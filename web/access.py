"""Who may do what: rules are yes/no questions that also say why not; each app keeps one table of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise

from web.models import Person

Sentence = str | Promise | Callable[[Person, Any], str]  # written for that person and thing, when it names somebody


@dataclass(frozen=True)
class Rule:
    """A question about a person and a thing, and the sentence for when the answer is no."""

    asks: Callable[[Person, Any], bool]
    why_not: Sentence

    def says(self, person: Person, thing: Any) -> str:
        """What they read when the answer is no."""
        return self.why_not(person, thing) if callable(self.why_not) else str(self.why_not)


type_of_rule = Callable[[Callable[[Person, Any], bool]], Rule]
Table = dict[str, tuple[Rule, ...]]


def rule(why_not: Sentence) -> type_of_rule:
    """Make a rule of a function `(person, thing) -> bool`; `why_not` is what people read when it says no."""
    return lambda asks: Rule(asks, why_not)


def require(table: Table, by: Person, deed: str, thing: Any) -> None:
    """Refuse with the first rule's sentence (PermissionDenied, so 403) unless every rule says yes."""
    for each in table[deed]:
        if not each.asks(by, thing):
            raise PermissionDenied(each.says(by, thing))


def allowed(table: Table, by: Person, deeds: Iterable[str], thing: Any) -> dict[str, bool]:
    """For each of these deeds whether `by` may do it; each rule is asked once, however many deeds share it."""
    asked: dict[Rule, bool] = {}
    for each in {rule for deed in deeds for rule in table[deed]}:
        asked[each] = each.asks(by, thing)
    return {deed: all(asked[each] for each in table[deed]) for deed in deeds}


def may(table: Table, by: Person | None, deed: str, thing: Any) -> bool:
    """Whether `by` may do it: only to decide which buttons to show, the action asks again."""
    return by is not None and all(each.asks(by, thing) for each in table[deed])
