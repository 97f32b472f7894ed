"""The letters of a round, of an award for some of the costs with what is agreed, and of a plan that is sent on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from grants.ask import actions as ask
from grants.decide import actions as decide
from grants.models import Application, Scheme
from grants.models.next_edition import publish
from grants.models.ranking import seen_as
from grants.rank import actions as rank
from grants.refer import actions as refer
from tests import make
from tests.grants.letter_town import POSSIBLE, REASON, TITLE, Town
from web import clock
from web.amounts import euro
from web.models import Mail, Person


def announced(town: Town, before: int) -> None:
    """Asks 450 of 1,000; the better plan before it gets so much."""
    pot = make.ranked(town.funder, title="Buurtpot", ceiling=1_000)
    day, round_ = clock.today() - timedelta(days=3), pot.edition.rounds.get()
    better = make.application(pot, make.person(), asked=before, received_on=day)
    own = make.application(pot, town.resident, asked=450, title=TITLE, received_on=day)
    for each in (better, own):
        make.judgement(each, by=town.decider)
    waiting = Application.objects.waiting_in(round_).for_ranking()
    rank.rank(round_, numbers={better.pk: 1, own.pk: 2}, seen=seen_as(waiting), by=town.decider)
    rank.draw_line(round_, possible=POSSIBLE[town.language], by=town.decider)
    rank.announce(round_, seen=seen_as(waiting.all()), by=town.decider)


def for_some_costs(town: Town) -> None:
    """Two of three costs, with two things that are agreed."""
    scheme = make.scheme(town.funder, title="Buurtpot", published_at=None)
    edition = scheme.editions.get()
    words = {"title": "Vertel", "text": "Vertel kort hoe het ging.", "text_en": "Tell us shortly how it went."}
    for order in (1, 2):
        edition.obligations.create(order=order, **words)
    publish(edition, by=Person.system())
    made = make.draft(Scheme.objects.get(pk=scheme.pk), town.resident, asked=400, title=TITLE)
    for amount in (200, 100):
        make.line(made.plan, "Planten", amount)
    ask.submit(made, by=town.resident)
    make.judgement(made, by=town.decider)
    agreed = made.edition.obligations.all()
    decide.award(
        made, amount=euro(300), reason=REASON[town.language], lines=[0, 1], obligations=agreed, by=town.decider
    )


def proposed(town: Town) -> None:
    """To another fund, with the reason."""
    elsewhere = make.scheme(make.funder("Stichting Samen Sterk", regime="private"), title="Samenpot")
    refer.propose_referral(town.sent(), scheme=elsewhere, reason=REASON[town.language], by=town.decider)


def gone(town: Town, *, by_law: bool = False) -> None:
    """The letter of the fund that sent it on; the receipt of the other comes after it."""
    elsewhere = make.scheme(make.funder("Provincie Oeverland"), title="Groenpot")
    words: dict[str, Any] = {"reason": REASON[town.language], "by_law": by_law}
    made = refer.propose_referral(town.sent(), scheme=elsewhere, by=town.decider, **words)
    if not by_law:
        refer.answer_referral(made, yes=True, by=town.resident)
    Mail.objects.filter(letter__event="ask/received").update(to=town.decider)


EVENTS: dict[str, Callable[[Town], object]] = {
    "decide/granted: in a round": lambda town: announced(town, 550),
    "decide/partly: on the line": lambda town: announced(town, 800),
    "decide/partly: some costs": for_some_costs,
    "refer/proposed": proposed,
    "refer/gone": gone,
    "refer/gone: by law": lambda town: gone(town, by_law=True),
    "decide/declined: below the line": lambda town: announced(town, 1_000),
}
