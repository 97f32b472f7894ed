"""Eight real processes on the last money: forty plans of 500 before 10,000, by one signature, by two, and in a round.

Exactly twenty are granted, the others get a sentence, and the books are right; on both databases.
"""

import pytest

from tests.own_database import at_once, said_by

SET_UP = """
from tests import make
from grants.models import Application
from web.models import Person, Seat
funder = make.funder()
for name in ("Fatima", "Diederik"):
    make.seat(make.person(name), funder, Seat.Role.DECIDER, mandate=10_000)
officer = Person.objects.get(name="Fatima")
scheme = {scheme}
for nth in range(40):
    make.judgement(make.application(scheme, make.person(), asked=500, {sent}), by=officer)
Application.objects.update(complete_at=Application.objects.order_by("pk")[0].complete_at)
"""

BEGIN = """
from django.core.exceptions import ValidationError
from grants.models import Application, Round
from web.amounts import euro
from web.models import Person
first, second, done, refused = Person.objects.get(name="Fatima"), Person.objects.get(name="Diederik"), 0, 0
mine = list(Application.objects.order_by("pk"))[nth::8]
wait()
"""

AWARD = (
    BEGIN
    + """
from grants.decide.actions import award
for application in mine:
    try:
        award(application, amount=euro(500), by=first)
        done += 1
    except ValidationError as refusal:
        assert "left in this budget" in refusal.messages[0], refusal.messages
        refused += 1
print(done, refused)
"""
)

SIGN = (
    BEGIN
    + """
from grants.sign.actions import propose, sign
signed_first = []
for application in mine:
    try:
        signed_first.append(propose(application, amount=euro(500), by=first))
    except ValidationError as refusal:
        assert "left in this budget" in refusal.messages[0], refusal.messages
        refused += 1
for proposal in signed_first:
    sign(proposal, by=second)
    done += 1
print(done, refused)
"""
)

RANK = """
from grants.models import Application, Round
from grants.models.ranking import seen_as
from grants.rank.actions import draw_line, rank
round_ = Round.objects.get()
waiting = Application.objects.waiting_in(round_)
numbers = {each.pk: number for number, each in enumerate(waiting, 1)}
rank(round_, numbers=numbers, seen=seen_as(waiting.for_ranking()), by=officer)
draw_line(round_, possible="De volgende ronde.", by=officer)
"""

ANNOUNCE = (
    BEGIN.replace(
        "wait()",
        """
from grants.models.ranking import seen_as
from grants.rank.actions import announce
round_ = Round.objects.get()
seen = seen_as(Application.objects.waiting_in(round_).for_ranking())
wait()""",
    )
    + """
try:
    done = announce(round_, seen=seen, by=second)
except ValidationError as refusal:
    assert "announced already" in refusal.messages[0], refusal.messages
    refused = 1
print(done, refused)
"""
)

COUNT = """
from collections import Counter
from django.core.management import call_command
from grants.models import Application, Decision, Grant, Letter, Proposal
from ledger.models import Budget
call_command("ledger_verify", "--no-chain", verbosity=0)
cards = Budget.objects.get().cards()
numbers = list(Decision.objects.order_by("sequence").values_list("sequence", flat=True))
assert numbers == list(range(1, len(numbers) + 1)), numbers
letters = Counter(Letter.objects.values_list("application", flat=True))
assert set(letters.values()) == {1}, letters
print(
    Grant.objects.count(), Application.objects.filter(status="granted").count(), len(letters),
    int(cards.promised.amount), int(cards.reserved.amount), int(cards.available.amount),
    Proposal.objects.open().count(),
)
"""


def eight(code: str, where: dict[str, str]) -> tuple[int, int]:
    """How much all of them did together, and how often one of them was refused."""
    done = [tuple(map(int, said.split())) for said in at_once(code, where, 8)]
    return sum(each for each, _refused in done), sum(refused for _done, refused in done)


@pytest.mark.wide
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("make.scheme(funder, money=10_000)", AWARD),
        ("make.scheme(funder, money=10_000, second_signature_above=make.money(100))", SIGN),
    ],
    ids=["one signs", "two sign"],
)
def test_of_forty_of_500_before_10000_twenty_are_granted(own_database: dict[str, str], scheme: str, code: str) -> None:
    said_by(SET_UP.format(scheme=scheme, sent=""), own_database)
    assert eight(code, own_database) == (20, 20)
    assert said_by(COUNT, own_database) == "20 20 20 10000 0 0 0"


@pytest.mark.wide
@pytest.mark.django_db
def test_of_eight_who_announce_a_round_of_forty_one_does(own_database: dict[str, str]) -> None:
    """Twenty above the line, twenty below it; each gets one letter."""
    days = "received_on=scheme.edition.rounds.get().closes_on"
    said_by(SET_UP.format(scheme="make.ranked(funder, money=10_000)", sent=days) + RANK, own_database)
    assert eight(ANNOUNCE, own_database) == (40, 7)
    assert said_by(COUNT, own_database) == "20 20 40 10000 0 0 0"
