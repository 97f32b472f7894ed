"""A round that grows after it was ranked, and two people at it at once: nothing is left out, nothing is told twice."""

import uuid
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from grants.ask.actions import withdraw
from grants.decide.actions import award, award_quietly
from grants.models import Application, Decision, Grant, Letter, Place, QuietDecision, Round, Scheme
from grants.models.intake import Came
from grants.models.ranking import seen_as
from grants.rank.actions import announce, draw_line, rank
from grants.take_in.actions import take_in
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_decided_at_once import at_once
from web import clock
from web.amounts import euro
from web.models import Mail, Person

pytestmark = pytest.mark.django_db

POSSIBLE = "Vraag het in de volgende ronde opnieuw."
WORDS = {"title": "Bankje", "what": "Een bankje bij de vijver.", "where_when": "Vijverpad, in mei."}


@pytest.fixture
def ranked(pot: Scheme, round_: Round, decider: Person) -> list[Application]:
    """Of 600, 300 and 90 euro, in this order, with the line drawn: everybody gets what they ask."""
    day = clock.today() - timedelta(days=3)
    plans = [make.application(pot, make.person(), asked=asked, received_on=day) for asked in (600, 300, 90)]
    for each in plans:
        make.judgement(each, by=decider)
    order(round_, plans, by=decider)
    return plans


def order(round_: Round, plans: list[Application], *, by: Person) -> None:
    rank(round_, numbers={each.pk: number for number, each in enumerate(plans, 1)}, seen=seen(round_), by=by)
    draw_line(round_, possible=POSSIBLE, by=by)


def seen(round_: Round) -> str:
    return seen_as(Application.objects.waiting_in(round_).for_ranking())


def paper(pot: Scheme, *, by: Person, asked: int = 400) -> Application:
    """A letter of three days ago, taken in today."""
    came = Came("paper", clock.today() - timedelta(days=3), "signed", "Het lag bij de post.")
    kees = Person(name="Kees Kastanje", postcode="1234 EF", house_number="41", reached_by="post")
    return take_in(pot, resident=kees, words=WORDS, asked=euro(asked), came=came, key=uuid.uuid4(), by=by)


def told() -> Counter[int]:
    """How many letters of a decision each application got."""
    return Counter(Letter.objects.filter(event__startswith="decide/").values_list("application", flat=True))


# A paper request that came in time is typed in after the ranking


def test_a_late_registration_keeps_the_round_waiting_until_it_has_a_place(
    pot: Scheme, round_: Round, ranked: list[Application], decider: Person
) -> None:
    late = paper(pot, by=decider)
    with pytest.raises(ValidationError, match=late.number):
        announce(round_, seen=seen(round_), by=decider)
    make.judgement(late, by=decider)
    with pytest.raises(ValidationError, match=f"no place yet: {late.number}"):
        announce(round_, seen=seen(round_), by=decider)
    order(round_, [late, *ranked], by=decider)
    announce(round_, seen=seen(round_), by=decider)
    granted = Decision.objects.filter(outcome="granted").order_by("sequence")
    assert [each.application for each in granted] == [late, ranked[0]]
    assert Decision.objects.filter(outcome="declined").count() == 2


def test_a_warning_says_that_the_round_has_grown(
    pot: Scheme, round_: Round, ranked: list[Application], decider: Person, as_: SignedIn
) -> None:
    visitor = as_(decider)
    pages = [reverse(f"grants:{name}", args=[round_.pk]) for name in ("round", "announce")]
    assert all("has grown" not in visitor.get(each).text for each in pages)
    late = paper(pot, by=decider)
    assert "Decide quietly by this line" not in visitor.get(pages[0]).text, "not while one of them isn't judged"
    make.judgement(late, by=decider)
    for each in pages:
        page = visitor.get(each).text
        assert "The round has grown by 1 plan since it was ranked." in page
        assert reverse("grants:application", args=[late.pk]) in page
        assert "Announce all decisions" not in page
        assert "Decide quietly by this line" not in page
    order(round_, [late, *ranked], by=decider)
    assert all("has grown" not in visitor.get(each).text for each in pages)


def test_who_takes_it_in_hears_that_its_round_was_ranked(
    pot: Scheme, ranked: list[Application], decider: Person, as_: SignedIn
) -> None:
    day = (clock.today() - timedelta(days=3)).strftime("%d-%m-%Y")
    about = {"came_by": "paper", "yes": "signed", "name": "Kees", "postcode": "1234ef", "house_number": "41"}
    typed = WORDS | about | {"reached_by": "post", "asked": "400", "why_later": "Post.", "received_on": day}
    answer = as_(decider).post(f"/werk/inboeken/?regeling={pot.pk}", typed | {"key": str(uuid.uuid4())}, follow=True)
    assert "Its round has been ranked already." in answer.text


def test_after_the_announcement_it_is_decided_by_itself(
    pot: Scheme, round_: Round, ranked: list[Application], decider: Person, as_: SignedIn
) -> None:
    announce(round_, seen=seen(round_), by=decider)
    late = paper(pot, by=decider, asked=60)
    page = as_(decider).get(reverse("grants:application", args=[late.pk])).text
    assert "after its round was announced" in page
    assert f"{late.number} · Sent" in as_(decider).get(reverse("grants:round", args=[round_.pk])).text
    assert (Place.objects.get(application=late).rank, late.waits_for_round) == (4, False)
    make.judgement(late, by=decider)
    with pytest.raises(ValidationError, match=r"The ceiling leaves €.+10\."):
        award(Application.objects.get(pk=late.pk), amount=euro(60), by=decider)
    granted = award(Application.objects.get(pk=late.pk), amount=euro(10), reason="Er is niet meer.", by=decider)
    assert granted.application == late


def test_what_was_not_announced_yet_has_no_late_ones(pot: Scheme, ranked: list[Application], decider: Person) -> None:
    late = paper(pot, by=decider)
    assert late.waits_for_round
    assert not Place.objects.filter(application=late).exists()


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_who_announce_at_once_one_does_and_every_letter_leaves_once(
    round_: Round, ranked: list[Application], decider: Person, chief: Person
) -> None:
    read = seen(round_)
    refused = at_once(*(partial(announce, round_, seen=read, by=by) for by in (decider, chief)))
    assert min(refused) == ""
    assert "announced already" in max(refused)
    assert told() == dict.fromkeys((each.pk for each in ranked), 1)
    assert (Mail.objects.count(), Decision.objects.count(), Grant.objects.count()) == (3, 3, 3)
    assert list(Decision.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
    call_command("ledger_verify", "--no-chain", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_who_withdraws_while_it_is_announced_is_not_decided_on_as_well(
    round_: Round, ranked: list[Application], decider: Person
) -> None:
    contact, read = ranked[1].plan.first_contact, seen(round_)
    announced, withdrawn = at_once(
        partial(announce, round_, seen=read, by=decider),
        lambda: withdraw(Application.objects.get(pk=ranked[1].pk), by=contact),
    )
    if announced == "":
        assert "ten minutes" in withdrawn
        assert told() == dict.fromkeys((each.pk for each in ranked), 1)
    else:
        assert withdrawn == ""
        assert not Decision.objects.exists()
        assert not told()
    call_command("ledger_verify", "--no-chain", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_what_is_changed_while_it_is_announced_is_either_told_or_refused(
    round_: Round, ranked: list[Application], decider: Person, chief: Person
) -> None:
    changed, read = ranked[0], seen(round_)
    announced, kept = at_once(
        partial(announce, round_, seen=read, by=decider),
        lambda: award_quietly(changed, amount=euro(500), reason="Minder tegels.", by=chief),
    )
    assert [announced == "", kept == ""].count(True) == 1, (announced, kept)
    assert QuietDecision.objects.filter(application=changed).exists() == (kept == "")
    assert told() == (dict.fromkeys((each.pk for each in ranked), 1) if announced == "" else {})


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_in_while_it_is_announced_is_never_left_out(
    pot: Scheme, round_: Round, ranked: list[Application], decider: Person, chief: Person
) -> None:
    """Either the round waits for it, or it stands behind the others."""
    read = seen(round_)
    announced, taken = at_once(partial(announce, round_, seen=read, by=decider), lambda: paper(pot, by=chief, asked=60))
    late = Application.objects.get(intake__isnull=False)
    assert taken == ""
    if announced == "":
        assert late.place.is_late
        assert not late.waits_for_round
    else:
        assert late.waits_for_round
        assert not Decision.objects.exists()
