"""The letters about a reaction: an objection where the law knows one, a complaint at a private fund."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from grants.decide import actions as decide
from grants.models import Application, Ground, Intention, Reaction
from grants.objection import actions as objection
from grants.revise import actions as revise
from tests import make
from tests.grants.letter_town import POSSIBLE, REASON, Town
from web import clock
from web.amounts import euro
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


def less(town: Town, amount: int, *, asked: int = 450, answer: bool = True) -> Intention:
    """A grant that was paid, and may become less."""
    application = town.paid(asked)
    ground = Ground.NOT_DONE if asked > 5_000 else Ground.CAME_OUT
    until = clock.add_weeks(clock.today(), 2)
    asked_them = revise.intend(
        application, ground=ground, amount=euro(amount), facts=REASON[town.language], until=until, by=town.decider
    )
    if answer:
        revise.answer_intention(asked_them, answer=POSSIBLE[town.language], by=town.resident)
    return asked_them


def revised(town: Town, amount: int, *, asked: int = 450, answer: bool = True) -> None:
    intention = less(town, amount, asked=asked, answer=answer)
    if not answer:
        Intention.objects.update(until=clock.today() - timedelta(days=1))
        intention.refresh_from_db()
    revise.revise(intention, reason=REASON[town.language], by=town.decider)


def noted(town: Town) -> None:
    intention = less(town, 300, answer=False)
    member = intention.grant.application.plan.members.get()
    revise.note_view(intention, answer=POSSIBLE[town.language], member=member, by=town.decider)


def more_after_all(town: Town) -> None:
    """Granted in part, and they were right to object; a private fund is told so by phone."""
    application = town.sent()
    make.grant(application, by=town.decider, amount=300)
    application = Application.objects.get(pk=application.pk)
    by = make.person("Els Es")
    make.seat(by, town.funder, Seat.Role.DECIDER, mandate=500)
    kind = "objection" if town.law == "awb" else "complaint"
    reaction = objection.react(application, kind=kind, text=REASON[town.language], by=town.resident)
    objection.answer_reaction(reaction, outcome="upheld", heard="clear", reason=REASON[town.language], by=by)
    revise.decide_anew(reaction, amount=euro(450), reason=REASON[town.language], by=by)
    town.decider = by


EVENTS: dict[str, Callable[[Town], object]] = {
    "objection/received": received,
    "objection/handled": handled,
    "objection/put_off": put_off,
    "objection/answered: upheld": lambda town: answered(town, "upheld"),
    "objection/answered: partly": lambda town: answered(town, "partly"),
    "objection/answered: rejected": lambda town: answered(town, "rejected"),
    "objection/answered: taken back": lambda town: answered(town, "taken_back"),
    "revise/intended": lambda town: less(town, 300, answer=False),
    "revise/noted": noted,
    "revise/dropped": lambda town: revise.drop_intention(less(town, 300), by=town.decider),
    "revise/revised": lambda town: revised(town, 300),
    "revise/revised: nothing left": lambda town: revised(town, 0, asked=9_000, answer=False),
    "revise/anew": more_after_all,
    "objection/answered: complaint": lambda town: answered(town, "rejected", "complaint"),
}
