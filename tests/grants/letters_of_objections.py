"""The letters about a reaction: an objection where the law knows one, a complaint at a private fund."""

from collections.abc import Callable
from typing import Any

from grants.decide import actions as decide
from grants.models import Application, Reaction
from grants.objection import actions as objection
from tests import make
from tests.grants.letter_town import POSSIBLE, REASON, Town
from web.models import Person, Seat


def colleague(town: Town) -> Person:
    """Somebody who didn't decide."""
    made = make.person("Els Es")
    make.seat(made, town.funder, Seat.Role.OFFICER, mandate=500)
    return made


def declined(town: Town) -> Application:
    application = town.sent()
    make.judgement(application, by=town.decider)
    words: dict[str, Any] = {"reason": REASON[town.language], "possible": POSSIBLE[town.language]}
    with make.while_ago():
        decide.decline(application, grounds=application.edition.criteria.all()[:1], by=town.decider, **words)
    return Application.objects.get(pk=application.pk)


def received(town: Town, kind: str = "") -> Reaction:
    kind = kind or ("objection" if town.law == "awb" else "complaint")
    return objection.react(declined(town), kind=kind, text=REASON[town.language], by=town.resident)


def handled(town: Town) -> None:
    objection.handle_reaction(received(town), with_committee=True, by=colleague(town))


def put_off(town: Town) -> None:
    objection.put_reaction_off(received(town), by=colleague(town))


def answered(town: Town, outcome: str, kind: str = "") -> None:
    reaction = received(town, kind)
    objection.answer_reaction(
        reaction, outcome=outcome, heard="spoken", reason=REASON[town.language], by=colleague(town)
    )


EVENTS: dict[str, Callable[[Town], object]] = {
    "objection/received": received,
    "objection/handled": handled,
    "objection/put_off": put_off,
    "objection/answered: upheld": lambda town: answered(town, "upheld"),
    "objection/answered: partly": lambda town: answered(town, "partly"),
    "objection/answered: rejected": lambda town: answered(town, "rejected"),
    "objection/answered: taken back": lambda town: answered(town, "taken_back"),
    "objection/answered: complaint": lambda town: answered(town, "rejected", "complaint"),
}
