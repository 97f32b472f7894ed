"""Who helps in the town, and the plans they wrote down for residents without an account."""

from datetime import timedelta
from functools import partial
from typing import Any

from grants.confirm import actions as confirm
from grants.help import actions as help_
from grants.management.town.diary import Diary, days_ago
from grants.models import Application, HelpingOrganisation, Scheme
from grants.models.draft import mark_of_the_whole
from grants.models.questions import QUESTIONS
from grants.organise import actions as organise
from grants.write import actions as write
from web.amounts import euro
from web.models import Person
from web.town import address_of, book


def let_in(people: dict[str, Person]) -> None:
    """The organisation, with who leads its helpers and the others."""
    facts = dict(book("helped")["organisation"])
    lead, helpers = facts.pop("lead"), facts.pop("helpers")
    organisation = HelpingOrganisation(**facts)
    organise.let_in_organisation(organisation, lead=address_of(lead), name=people[lead].name, by=Person.system())
    for key in helpers:
        organise.invite_helper(organisation, email=address_of(key), name=people[key].name, by=people[lead])


def note_in(diary: Diary, people: dict[str, Person]) -> None:
    """Each plan begun, written, and where the resident says yes, sent: on its own day, some minutes apart."""
    hanneke = people[book("helped")["organisation"]["helpers"][0]]
    for number, facts in enumerate(book("helped")["plan"]):
        begin = days_ago(facts["ago"], hour=6, minute=10 * number)
        diary.note(begin, partial(begin_with, facts, by=hanneke))
        diary.note(begin + timedelta(minutes=4), partial(write_down, facts, by=hanneke))
        if facts.get("says_yes"):
            diary.note(begin + timedelta(minutes=9), partial(say_yes, facts, by=hanneke))


def begin_with(facts: dict[str, Any], *, by: Person) -> None:
    scheme = Scheme.objects.get(slug=facts["scheme"])
    help_.start_for_resident(scheme, resident=Person(**facts["resident"]), by=by)


def application_of(facts: dict[str, Any]) -> Application:
    return Application.objects.for_writing().get(plan__members__person__name=facts["resident"]["name"])


def write_down(facts: dict[str, Any], *, by: Person) -> None:
    answers = {question.field: facts.get(question.field, "") for question in QUESTIONS}
    costs = [{"what": what, "amount": euro(amount)} for what, amount in facts["costs"]]
    write.save_draft(application_of(facts), by=by, asked=euro(facts["asked"]), costs=costs, **answers)


def say_yes(facts: dict[str, Any], *, by: Person) -> None:
    """At the desk, with the resident's own name."""
    application = application_of(facts)
    name = application.plan.first_contact.name
    confirm.confirm_here(application, name=name, seen=mark_of_the_whole(application), by=by)
