"""Who helps in the town, and the plans they wrote down for residents without an account."""

from datetime import timedelta
from typing import Any

from grants.confirm import actions as confirm
from grants.help import actions as help_
from grants.management.town.book import book
from grants.management.town.set_up import address_of
from grants.models import Application, HelpingOrganisation, Scheme
from grants.models.draft import mark_of_the_whole
from grants.models.questions import QUESTIONS
from grants.organise import actions as organise
from grants.write import actions as write
from web import clock
from web.amounts import euro
from web.models import Person


def let_in(people: dict[str, Person]) -> None:
    """The organisation, with who leads its helpers and the others."""
    facts = dict(book("helped")["organisation"])
    lead, helpers = facts.pop("lead"), facts.pop("helpers")
    organisation = HelpingOrganisation(**facts)
    organise.let_in_organisation(organisation, lead=address_of(lead), name=people[lead].name, by=Person.system())
    for key in helpers:
        organise.invite_helper(organisation, email=address_of(key), name=people[key].name, by=people[lead])


def walk(people: dict[str, Person], schemes: dict[str, Scheme]) -> None:
    """Each plan begun, written, and where the resident says yes, sent: on its own day, some minutes apart."""
    hanneke = people[book("helped")["organisation"]["helpers"][0]]
    for number, facts in enumerate(book("helped")["plan"]):
        begin = (clock.now() - timedelta(days=facts["ago"])).replace(hour=6, minute=10 * number)
        with clock.at(begin):
            application = help_.start_for_resident(
                schemes[facts["scheme"]], resident=Person(**facts["resident"]), by=hanneke
            )
        with clock.at(begin + timedelta(minutes=4)):
            write_down(application, facts, by=hanneke)
        if facts.get("says_yes"):
            with clock.at(begin + timedelta(minutes=9)):
                say_yes(application, by=hanneke)


def write_down(application: Application, facts: dict[str, Any], *, by: Person) -> None:
    answers = {question.field: facts.get(question.field, "") for question in QUESTIONS}
    costs = [{"what": what, "amount": euro(amount)} for what, amount in facts["costs"]]
    write.save_draft(application, by=by, asked=euro(facts["asked"]), costs=costs, **answers)


def say_yes(application: Application, *, by: Person) -> None:
    """At the desk, with the resident's own name."""
    again = Application.objects.for_writing().get(pk=application.pk)
    name = again.plan.first_contact.name
    confirm.confirm_here(again, name=name, seen=mark_of_the_whole(again), by=by)
