"""What who works for a fund in the town does beside the plans: rules, own words, a list, a round, the post, leaving."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from grants.appoint import actions as appoint
from grants.management.town.diary import Deed, Diary, days_ago, on_a_working_day
from grants.models import Application, Edition, Letter, OwnWords, Scheme
from grants.models.ranking import seen_as
from grants.models.sieve import Sieve
from grants.phrase import actions as phrase
from grants.post.actions import mark_posted
from grants.rank import actions as ranking
from grants.setup import actions as setup
from grants.sift import actions as sift
from web import clock
from web.amounts import euro
from web.models import Person, Seat
from web.town import address_of, book


def note_in(diary: Diary, people: dict[str, Person]) -> None:
    """Each on a working day, by whom it names. Other days are counted from today, before it or after."""
    today = clock.today()
    deeds: dict[str, Deed] = {
        "edition": partial(publish, today=today),
        "words": say,
        "list": keep,
        "ranking": rank,
        "post": post,
        "leaver": partial(leave, today=today, to=people),
    }
    for name, deed in deeds.items():
        for facts in book("office")[name]:
            moment = on_a_working_day(days_ago(facts["ago"], hour=17))
            diary.note(moment, partial(deed, facts, by=people[facts["by"]]))


def scheme_of(facts: dict[str, Any]) -> Scheme:
    return Scheme.objects.get(slug=facts["scheme"])


def publish(facts: dict[str, Any], *, today: date, by: Person) -> None:
    """The next edition of a scheme: with a list of what the fund finds out itself, or with rounds and a panel."""
    draft = setup.begin_edition(scheme_of(facts), by=by)
    changed = dict(facts.get("changed", {}))
    if "panel_from" in changed:
        changed["panel_from"] = euro(changed["panel_from"])
    setup.change_edition(draft, by=by, **changed)
    for check in facts.get("checks", []):
        setup.add_row(draft, part="checks", by=by, **check)
    for days in facts.get("rounds", []):
        add_round(draft, days, today=today, by=by)
    told = {name: facts[name] for name in ("what_changed", "what_changed_en")}
    setup.publish_edition(draft, by=by, **told)


def add_round(draft: Edition, facts: dict[str, Any], *, today: date, by: Person) -> None:
    days = {name: today + timedelta(days=facts[name]) for name in ("opens_on", "closes_on", "answer_by")}
    setup.add_row(draft, part="rounds", by=by, ceiling=euro(facts["ceiling"]), **days)


def say(facts: dict[str, Any], *, by: Person) -> None:
    """A paragraph of the fund's own in every letter of a kind."""
    kind = OwnWords.Kind(facts["kind"])
    phrase.phrase(scheme_of(facts), kind=kind, text=facts["text"], text_en=facts["text_en"], by=by)


def keep(facts: dict[str, Any], *, by: Person) -> None:
    scheme = scheme_of(facts)
    sift.keep_list(scheme.funder, name=facts["name"], sieve=Sieve(scheme=scheme.slug), by=by)


def rank(facts: dict[str, Any], *, by: Person) -> None:
    """The plans of a scheme's oldest round, by their titles: the best one first."""
    round_ = scheme_of(facts).edition.rounds.earliest("opens_on")
    waiting = list(Application.objects.waiting_in(round_).for_ranking())
    numbers = {each.pk: facts["order"].index(str(each.plan)) + 1 for each in waiting}
    ranking.rank(round_, numbers=numbers, seen=seen_as(waiting), by=by)


def post(_facts: dict[str, Any], *, by: Person) -> None:
    """Every letter that lies in the tray goes to the letter box."""
    for letter in Letter.objects.to_post().of_officer(by):
        mark_posted(letter, by=by)


def leave(facts: dict[str, Any], *, today: date, to: dict[str, Person], by: Person) -> None:
    """The last day of somebody's role; a colleague has their work from now on."""
    seat = Seat.objects.select_related("funder").get(person__email=address_of(facts["who"]))
    ends_on = max(clock.today(), today + timedelta(days=facts["days"]))
    appoint.end_seat(seat, ends_on=ends_on, to=to[facts["to"]], by=by)
