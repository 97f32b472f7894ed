"""Rules about who works for a funder: their seats, their mandate, and that they judge no plan of their own."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
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
    Proposal,
    Reaction,
    Round,
    Scheme,
)
from grants.models.applications import READERS
from grants.models.desk import MAILED
from grants.models.ranking import ranker_of
from grants.models.status import WAITING
from grants.rules.group import plan_of
from web.access import rule
from web.models import Funder, Person, Seat

DECIDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)
NAMED = 3  # colleagues in one sentence
LOOKED_AT = 10  # colleagues, for somebody without a tie


@rule(_("Only the first contact of the group can do this, or an officer who has the plan and no tie with it."))
def leads_or_is_officer(person: Person, member: Member) -> bool:
    """A code on paper opens the plan for whoever holds it, so an officer makes none in a group of their own."""
    plan = plan_of(member)
    if Member.objects.filter(plan=plan, person=person, role=Member.Role.FIRST_CONTACT).exists():
        return True
    funders = Seat.objects.of(person, *DECIDERS).values("funder")
    sent = plan.applications.filter(scheme__funder__in=funders).exclude(status=Application.Status.DRAFT)
    return sent.exists() and not tied_to(person, [member])


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
def has_mandate(person: Person, application: Application | Reaction) -> bool:
    return any(seat.mandate is not None for seat in Seat.held(person, application.funder_id, *DECIDERS))


def _outside(person: Person, plans: Iterable[int]) -> QuerySet[Plan]:
    """Those of which they are neither of the group, nor of an organisation that helps or takes part, nor the street."""
    in_it = Exists(Member.objects.filter(plan=OuterRef("pk"), person=person))
    helped = Exists(Consent.objects.filter(plan=OuterRef("pk"), helper__organisation__helpers__person=person))
    takes_part = Exists(Partner.objects.filter(plan=OuterRef("pk"), contact=person))
    aside = Exists(Aside.objects.filter(application__plan=OuterRef("pk"), person=person))
    return Plan.objects.filter(~in_it, ~helped, ~takes_part, ~aside, pk__in=plans)


def tied_to(person: Person, things: Iterable[Application | Promise | Reaction | Clearance | Member]) -> set[int]:
    """Whose plan they have a tie with, or advised on as the panel: of these, by their numbers. One query for all."""
    asked = list(things)
    advised = Exists(Advice.objects.filter(application__plan=OuterRef("pk"), by=person))
    free = set(_outside(person, {each.plan_id for each in asked}).filter(~advised).values_list("pk", flat=True))
    return {each.pk for each in asked if each.plan_id not in free}


@rule(_("You are in this group yourself, live in its street, helped it, or advised on it. A colleague has to do this."))
def is_impartial(person: Person, application: Application | Promise | Reaction | Clearance) -> bool:
    """Not one of them, and not of the panel either that advised on it (Awb 2:4)."""
    return not tied_to(person, [application])


def tied_in(person: Person, round_: Round) -> list[str]:
    """The numbers of the plans that wait in this round and that they have a tie with."""
    waiting = list(Application.objects.waiting_in(round_))
    tied = tied_to(person, waiting)
    return [each.number for each in waiting if each.pk in tied]


def whom_to_ask(person: Person, round_: Round) -> str:
    """Colleagues with a mandate and without such a tie; else who gives roles here, so that somebody can be found."""
    plans = ", ".join(tied_in(person, round_))
    tie = gettext("You have a tie with %(plans)s in this round, so you weigh none of its plans.") % {"plans": plans}
    seats = Seat.objects.today().filter(funder=round_.funder_id).exclude(person=person).order_by("person__name", "pk")
    deciders = seats.filter(role__in=DECIDERS, mandate__isnull=False).select_related("person")[:LOOKED_AT]
    if free := {each.person.name: None for each in deciders if not tied_in(each.person, round_)}:
        ask = gettext("Ask %(names)s.") % {"names": ", ".join(list(free)[:NAMED])}
    else:
        admins = seats.filter(role=Seat.Role.FUND_ADMIN).values_list("person__name", flat=True)[:NAMED]
        ask = gettext("Nobody else here decides without a tie. Ask who gives roles: %(names)s.")
        ask %= {"names": ", ".join(admins) or "–"}
    return f"{tie} {ask}"


def ranked_with_a_tie(plans: Iterable[Application]) -> str:
    """Why an order of these doesn't hold: who ranked turned out to have a tie with one. Nothing where it does hold."""
    waiting = list(plans)
    ranker = ranker_of(waiting)
    tied = tied_to(ranker, waiting) if ranker else set()
    if not tied:
        return ""
    words = {"name": ranker, "plans": ", ".join(each.number for each in waiting if each.pk in tied)}
    tie = gettext("%(name)s ranked this round, and turned out to have a tie with %(plans)s.") % words
    todo = gettext("Somebody without a tie ranks again, or keeps this order. Then the line is drawn anew.")
    return f"{tie} {todo}"


@rule(whom_to_ask)
def is_free_of_the_round(person: Person, round_: Round) -> bool:
    """To put one plan below another is to decide on both (Awb 2:4)."""
    return not tied_in(person, round_)


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
    """Of what comes back to be read or decided anew, because they were right to object."""
    before = application.decisions.filter(_taken_by(person), outcome__in=Decision.FIRST, recalled_at=None)
    return not (application.is_waiting and before.filter(application__status__in=WAITING).exists())


@rule(_("You signed first. Somebody else has to sign now."))
def did_not_sign_first(person: Person, application: Application) -> bool:
    """Two signatures are of two people; a proposal that was refused or signed asks for none any more."""
    first = Proposal.objects.open().filter(application=application, by=person)
    return not (application.status == Application.Status.JUDGED and first.exists())


@rule(_("It is about what you did yourself. A colleague has to handle it."))
def did_not_decide_on_it(person: Person, reaction: Reaction) -> bool:
    """An objection isn't handled by who decided (Awb 10:3(3)); a complaint neither by who has the plan (Awb 9:7)."""
    decided = reaction.application.decisions.filter(_taken_by(person), recalled_at=None).exists()
    if reaction.kind == Reaction.Kind.OBJECTION:
        return not decided
    if reaction.kind == Reaction.Kind.COMPLAINT:
        return not decided and reaction.application.officer_id != person.pk
    return True


@rule(_("The answer to an objection is a decision. A colleague with a mandate gives it."))
def answers_for_the_fund(person: Person, reaction: Reaction) -> bool:
    """An officer without a mandate may handle and prepare it (Awb 7:12, 10:3)."""
    return reaction.kind != Reaction.Kind.OBJECTION or has_mandate.asks(person, reaction)


@rule(_("You work for a funder. A plan is the residents' own: they go on with it without signing in."))
def has_no_seat(person: Person, application: Application) -> bool:
    return not Seat.objects.of(person).exists()
