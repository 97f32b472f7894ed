"""Rules about who works for a funder: their seats, their mandate, and that they judge no plan of their own."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.models import (
    Advice,
    Application,
    Aside,
    Clearance,
    Consent,
    Decision,
    Desk,
    Idea,
    KeptList,
    Member,
    Partner,
    Plan,
    Promise,
    Reaction,
    Scheme,
)
from grants.models.applications import READERS
from grants.models.desk import MAILED
from grants.rules.group import plan_of
from web.access import rule
from web.models import Funder, Person, Seat

DECIDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)


@rule(_("Only the first contact of the group can do this, or an officer who has the plan."))
def leads_or_is_officer(person: Person, thing: Any) -> bool:
    plan = plan_of(thing)
    if Member.objects.filter(plan=plan, person=person, role=Member.Role.FIRST_CONTACT).exists():
        return True
    funders = Seat.objects.of(person, *DECIDERS).values("funder")
    return plan.applications.filter(scheme__funder__in=funders).exclude(status=Application.Status.DRAFT).exists()


@rule(_("Only an officer of this funder can do this."))
def is_officer(person: Person, thing: Application | Idea | Promise | Reaction | Clearance | Scheme | Funder) -> bool:
    return bool(Seat.held(person, thing.funder_id, *DECIDERS))


@rule(_("Only an officer or an auditor of this funder takes the whole file along."))
def works_on_the_case(person: Person, application: Application) -> bool:
    return bool(Seat.held(person, application.funder_id, *DECIDERS, Seat.Role.AUDITOR))


@rule(_("Only a member of this funder's panel of residents can do this."))
def is_in_panel(person: Person, application: Application) -> bool:
    return Seat.objects.of(person, Seat.Role.PANEL).filter(funder=application.funder_id).exists()


@rule(_("Only who answers residents or advises for a funder has such a desk, and only their own."))
def is_own_desk(person: Person, desk: Desk) -> bool:
    return desk.person_id == person.pk and Seat.objects.of(person, *MAILED).exists()


@rule(_("Only who reads applications for this funder keeps lists of them."))
def reads_for(person: Person, funder: Funder) -> bool:
    return bool(Seat.held(person, funder.pk, *READERS))


@rule(_("This is a list of somebody else."))
def is_own_list(person: Person, kept: KeptList) -> bool:
    return kept.person_id == person.pk


@rule(_("Only someone with a mandate from this funder can decide."))
def has_mandate(person: Person, application: Application) -> bool:
    return any(seat.mandate is not None for seat in Seat.held(person, application.funder_id, *DECIDERS))


def _outside(person: Person, plans: Iterable[int]) -> QuerySet[Plan]:
    """Those of which they are neither of the group, nor of an organisation that helps or takes part, nor the street."""
    in_it = Exists(Member.objects.filter(plan=OuterRef("pk"), person=person))
    helped = Exists(Consent.objects.filter(plan=OuterRef("pk"), helper__organisation__helpers__person=person))
    takes_part = Exists(Partner.objects.filter(plan=OuterRef("pk"), contact=person))
    aside = Exists(Aside.objects.filter(application__plan=OuterRef("pk"), person=person))
    return Plan.objects.filter(~in_it, ~helped, ~takes_part, ~aside, pk__in=plans)


def tied_to(person: Person, things: Iterable[Application | Promise | Reaction | Clearance]) -> set[int]:
    """Whose plan they have a tie with, or advised on as the panel: of these, by their numbers. One query for all."""
    asked = list(things)
    advised = Exists(Advice.objects.filter(application__plan=OuterRef("pk"), by=person))
    free = set(_outside(person, {each.plan_id for each in asked}).filter(~advised).values_list("pk", flat=True))
    return {each.pk for each in asked if each.plan_id not in free}


@rule(_("You are in this group yourself, live in its street, helped it, or advised on it. A colleague has to do this."))
def is_impartial(person: Person, application: Application | Promise | Reaction | Clearance) -> bool:
    """Not one of them, and not of the panel either that advised on it (Awb 2:4)."""
    return not tied_to(person, [application])


@rule(_("You are in this group yourself, live in its street, helped it, or handle it. The rest of the panel advises."))
def is_free_to_advise(person: Person, application: Application) -> bool:
    """One person may have two seats, but looks at a plan from one side alone."""
    handled = Exists(Application.objects.handled_by(person).filter(plan=OuterRef("pk"), pk=application.pk))
    return _outside(person, [application.plan_id]).filter(~handled).exists()


def _taken_by(person: Person) -> Q:
    """Of two signatures the first decides as much as the second."""
    return Q(by=person) | Q(proposal__by=person)


@rule(_("You decided on it before. A colleague has to decide anew."))
def did_not_decide_it_before(person: Person, application: Application) -> bool:
    """Of what comes back to be decided anew, because they were right to object."""
    if application.status != Application.Status.JUDGED:
        return True
    before = application.decisions.filter(_taken_by(person), outcome__in=Decision.FIRST, recalled_at=None)
    return not before.filter(application__status=Application.Status.JUDGED).exists()


@rule(_("It is about what you did yourself. A colleague has to handle it."))
def did_not_decide_on_it(person: Person, reaction: Reaction) -> bool:
    """An objection isn't handled by who decided (Awb 10:3(3)); a complaint neither by who has the plan (Awb 9:7)."""
    decided = reaction.application.decisions.filter(_taken_by(person), recalled_at=None).exists()
    if reaction.kind == Reaction.Kind.OBJECTION:
        return not decided
    if reaction.kind == Reaction.Kind.COMPLAINT:
        return not decided and reaction.application.officer_id != person.pk
    return True


@rule(_("You work for a funder. A plan is the residents' own: they go on with it without signing in."))
def has_no_seat(person: Person, application: Application) -> bool:
    return not Seat.objects.of(person).exists()
