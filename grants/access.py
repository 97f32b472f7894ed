"""Who may do what with plans and applications: one table, asked by every action."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

import web.access
from grants.models import Application, Member, Plan, Scheme
from web.access import Table, rule
from web.models import Funder, Person, Seat

DECIDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)


def plan_of(thing: Any) -> Plan:
    return thing if isinstance(thing, Plan) else thing.plan


@rule(_("Only the group behind this plan can do this."))
def is_member(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person).exists()


@rule(_("Only the first contact of the group can do this."))
def is_first_contact(person: Person, thing: Any) -> bool:
    return Member.objects.filter(plan=plan_of(thing), person=person, role=Member.Role.FIRST_CONTACT).exists()


@rule(_("Only an officer of this funder can do this."))
def is_officer(person: Person, application: Application) -> bool:
    return Seat.objects.of(person, *DECIDERS).filter(funder=application.scheme.funder).exists()


@rule(_("Only someone with a mandate from this funder can decide."))
def has_mandate(person: Person, application: Application) -> bool:
    return Seat.objects.of(person, *DECIDERS).filter(funder=application.scheme.funder, mandate__isnull=False).exists()


@rule(_("You are in this group yourself. A colleague has to do this."))
def is_impartial(person: Person, application: Application) -> bool:
    return not Member.objects.filter(plan=application.plan, person=person).exists()


@rule(_("Only a treasurer or an auditor of this funder can do this."))
def reads_the_books(person: Person, funder: Funder) -> bool:
    return Seat.objects.of(person, Seat.Role.TREASURER, Seat.Role.AUDITOR).filter(funder=funder).exists()


@rule(_("Only the system takes over a register."))
def is_the_system(person: Person, scheme: Scheme) -> bool:
    return person.is_the_system


MAY: Table = {
    "save_draft": (is_member,),
    "ask_for_code": (is_first_contact,),
    "submit": (is_first_contact,),
    "withdraw": (is_first_contact,),
    "stop": (is_first_contact,),
    "take_up": (is_officer, is_impartial),
    "judge": (is_officer, is_impartial),
    "award": (has_mandate, is_impartial),
    "decline": (has_mandate, is_impartial),
    "tell_story": (is_member,),
    "close": (is_officer, is_impartial),
    "fix": (has_mandate, is_impartial),
    "export": (reads_the_books,),
    "take_over": (is_the_system,),
}

require = partial(web.access.require, MAY)
may = partial(web.access.may, MAY)
