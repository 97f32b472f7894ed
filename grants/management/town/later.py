"""What comes before a plan, beside it and after it in the town: ideas, a second fund, an example, a next one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from grants.again import actions as again
from grants.ask import actions as ask
from grants.divide import actions as divide
from grants.management.town.book import book
from grants.models import Application, Plan, Scheme, StoryPhoto
from grants.models.intake import Came
from grants.setup import actions as setup
from grants.suggest import actions as suggest
from grants.take_in.actions import take_in
from web import clock
from web.amounts import euro
from web.models import Person


def walk(people: dict[str, Person], schemes: dict[str, Scheme]) -> None:
    facts = book("later")
    for idea in facts["idea"]:
        tell(idea, people, schemes[idea["scheme"]])
    with days_ago(facts["also"]):
        ask_also(facts["also"], schemes)
    with days_ago(facts["example"]):
        show(facts["example"])
    with days_ago(facts["follow_up"]):
        follow_up(facts["follow_up"], schemes)
    paper = facts["paper"]
    with clock.at(clock.now() - timedelta(hours=2)):
        list_what_we_find_out(schemes[paper["scheme"]], paper["checks"], by=people[paper["listed_by"]])
    with clock.at(clock.now() - timedelta(hours=1)):
        take_in_paper(paper, schemes[paper["scheme"]], by=people[paper["taken_in_by"]])


def days_ago(facts: dict[str, Any]) -> Any:
    return clock.at(clock.now() - timedelta(days=facts["ago"]))


def plan_of(facts: dict[str, Any]) -> Plan:
    return Plan.objects.get(title=facts["plan"], follows=None)


def tell(facts: dict[str, Any], people: dict[str, Person], scheme: Scheme) -> None:
    told = {name: facts[name] for name in ("text", "came_from", "where", "email")}
    with days_ago(facts):
        idea = suggest.tell_idea(scheme.funder, scheme=scheme, by=Person.system(), **told)
    if answered := facts.get("answered"):
        with days_ago(answered):
            suggest.answer_idea(idea, answer=answered["answer"], scheme=scheme, by=people[answered["by"]])


def ask_also(facts: dict[str, Any], schemes: dict[str, Scheme]) -> None:
    """The same plan before a second fund, and the funds may see of each other."""
    plan = plan_of(facts)
    first = plan.first_contact
    draft = divide.ask_also(plan, scheme=schemes[facts["scheme"]], asked=euro(facts["asked"]), by=first)
    with clock.at(clock.now() + timedelta(minutes=6)):
        ask.submit(Application.objects.for_writing().get(pk=draft.pk), by=first)
    with clock.at(clock.now() + timedelta(minutes=9)):
        divide.let_them_see(plan, by=first)


def show(facts: dict[str, Any]) -> None:
    plan = plan_of(facts)
    photos = StoryPhoto.objects.filter(story__plan=plan).select_related("story")
    again.show_example(plan, title=facts["title"], what=facts["what"], photos=photos, by=plan.first_contact)


def follow_up(facts: dict[str, Any], schemes: dict[str, Scheme]) -> None:
    plan, asked = plan_of(facts), euro(facts["asked"])
    by = plan.first_contact
    draft = again.follow_up(plan, scheme=schemes[facts["scheme"]], asked=asked, changed=facts["changed"], by=by)
    with clock.at(clock.now() + timedelta(minutes=12)):
        ask.submit(Application.objects.for_writing().get(pk=draft.pk), by=by)


def list_what_we_find_out(scheme: Scheme, checks: list[dict[str, Any]], *, by: Person) -> None:
    """The next edition, with a list of what the municipality finds out itself."""
    draft = setup.begin_edition(Scheme.objects.get(pk=scheme.pk), by=by)
    for check in checks:
        setup.add_row(draft, part="checks", by=by, **check)
    changed = {
        "what_changed": "Wij zoeken zelf uit of het hier mag.",
        "what_changed_en": "We find out if it may be done.",
    }
    setup.publish_edition(draft, by=by, **changed)


def take_in_paper(facts: dict[str, Any], scheme: Scheme, *, by: Person) -> None:
    """A letter that was typed over; a word of it asks if it may be done there, and somebody still finds that out."""
    came = Came("paper", clock.today(), "signed")
    resident = Person(**facts["resident"], reached_by=Person.ReachedBy.POST)
    words, asked = facts["words"], euro(facts["asked"])
    take_in(scheme, resident=resident, words=words, asked=asked, came=came, key=uuid4(), by=by)
