"""The cast and the things that access is asked about: one application in every state, with all that hangs on it.

Made once, in seconds. Nothing here says who may do what: that is asked of `access`, and written in docs/access.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from grants.decide.actions import decline
from grants.models import (
    Application,
    Clearance,
    Decision,
    Desk,
    Example,
    Idea,
    Invitation,
    KeptList,
    Member,
    Partner,
    Promise,
    Proposal,
    Reaction,
    Round,
    Scheme,
    Support,
    SupportPage,
)
from grants.models.status import Status
from ledger.models import Payee, Payment
from tests import make
from tests.ledger import make_money
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat

Cast = dict[str, Person]

# What a row of a table is asked about, when it isn't an application (or the plan of one, for what has a plan).
THINGS: dict[str, str] = {
    "member": "offer_handover accept_handover decline_handover leave_group remove_member make_paper_code",
    "plan": "open_support invite name_treasurer became_legal_form add_partner ask_also follow_up say_what_differs "
    "show_example let_them_see keep_apart give_consent make_help_code",
    "support page": "close_support speak",
    "worry": "answer_worry",
    "example": "hide_example",
    "partner": "remove_partner",
    "invitation": "take_back accept_invitation enter answer_as_partner answer_on_this_device confirm_by_link use_code "
    "use_help_code",
    "idea": "answer_idea become_plan take_idea_back",
    "resident": "change_details erase",
    "funder": "tell_idea write_down_idea want_it_too begin_scheme appoint end_seat hand_over show_logo take_logo_away "
    "export add_budget keep_list",
    "scheme": "rename_scheme pay_from begin_edition phrase take_in take_over start_for_resident",
    "round": "rank draw_line announce",
    "edition": "change_edition publish_edition drop_edition",
    "organisation": "let_in_organisation end_organisation invite_helper",
    "helper": "end_helper",
    "desk": "arrange_desk",
    "clearance": "answer_clearance pass_on",
    "kept list": "rename_list remove_list",
    "reaction": "handle_reaction put_reaction_off answer_reaction decide_anew",
    "promise": "keep_promise excuse_promise",
    "budget": "set_budget",
    "commitment": "give_bank_details",
    "payee": "check_iban note_name_check",
    "payment": "put_on_its_way confirm came_back",
    "purse": "book_expense change_expense delete_expense counter_expense hand_in",
    "colleague": "reset_second_factor",
}
THING_OF = {deed: thing for thing, deeds in THINGS.items() for deed in deeds.split()}


@dataclass(frozen=True)
class World:
    """`states`: for each state, the things there are then by name; `casts`: who asks about them, by role."""

    casts: dict[str, Cast]
    states: dict[str, dict[str, Any]]


def build() -> World:
    funder, other = make.funder(slug="waterveen"), make.funder("Samen Sterk", slug="samen-sterk")
    scheme = make.scheme(funder, title="Buurtpot", slug="buurtpot", money=100_000)
    make.scheme(other, title="Bloempot", slug="bloempot")
    cast = make_cast(funder, other)
    house = things_of_the_house(scheme, cast)
    casts, states = {}, {}
    for state, lead in ROADS.items():
        casts[state] = cast | ({"first contact": cast["without account"]} if state in WITHOUT_ACCOUNT else {})
        application = make_application(scheme, casts[state], helped=state != "unclaimed")
        lead(application, cast)
        states[state] = house | things_of(application, casts[state])
    for each in casts.values():
        del each["without account"]
    return World(casts, states)


def make_cast(funder: Funder, other: Funder) -> Cast:
    """One of each, in the order of the columns. The officer took every decision there is; the decider took none."""
    cast = {name: make.person(f"{name.title()} Persoon", email=f"{name}@waterveen.example") for name in RESIDENTS}
    make.user(cast["first contact"])
    for name in ("helper", "leader"):
        make.helper(cast[name], leads=name == "leader")
    for name in STAFF:
        cast[name] = make.person(f"{name.title()} Persoon")
        make.user(cast[name])
    for role in Seat.Role:
        mandate = 10_000 if role in {Seat.Role.OFFICER, Seat.Role.DECIDER} else None
        for name, at in ((ROLE_NAMES[role], funder), ("own group", funder), ("other fund", other)):
            make.seat(cast[name], at, role, mandate=mandate)
    make.seat(cast["no mandate"], funder, Seat.Role.OFFICER)
    return cast | {"system": Person.system()}


RESIDENTS = ("first contact", "without account", "member", "neighbour", "helper", "leader")
ROLE_NAMES = {
    Seat.Role.OFFICER: "officer",
    Seat.Role.DECIDER: "decider",
    Seat.Role.PANEL: "panel",
    Seat.Role.TREASURER: "treasurer",
    Seat.Role.FUND_ADMIN: "fund admin",
    Seat.Role.AUDITOR: "auditor",
}
STAFF = ("officer", "no mandate", *list(ROLE_NAMES.values())[1:], "own group", "other fund")


def make_application(scheme: Scheme, cast: Cast, *, helped: bool) -> Application:
    """A draft of three, perhaps with the helper let in. The third has every role at the funder as well."""
    made = make.draft(scheme, cast["first contact"], cast["member"], cast["own group"])
    Member.objects.filter(plan=made.plan, person=cast["member"]).update(handover_offered_at=clock.now())
    if helped:
        make.consent(made.plan, cast["helper"])
    return made


def send(application: Application, cast: Cast) -> None:
    duties, day = application.duties, clock.today()
    assert duties is not None
    application.move_to(
        Status.SUBMITTED,
        frozen_edition=application.edition,
        frozen_duties=duties.as_json(),
        frozen_page=application.plan.page.as_json(),
        submitted_at=clock.now(),
        complete_at=clock.now(),
        received_on=day,
        answer_by=duties.answer_by(day),
    )


def send_back(application: Application, cast: Cast) -> None:
    send(application, cast)
    make.returned(application, by=cast["officer"])


def find_complete(application: Application, cast: Cast) -> None:
    send(application, cast)
    application.move_to(Status.COMPLETE)


def judge(application: Application, cast: Cast) -> None:
    send(application, cast)
    make.judgement(application, by=cast["officer"])


def sign_first(application: Application, cast: Cast) -> None:
    judge(application, cast)
    budget = application.scheme.current_budget
    assert budget is not None
    Proposal.begin(application, budget=budget, amount=euro(450), reason="", obligations=[], by=cast["officer"])


def say_no(application: Application, cast: Cast) -> None:
    judge(application, cast)
    grounds = application.edition.criteria.all()[:1]
    decline(application, grounds=grounds, reason="Dit past niet.", possible="Vraag minder.", by=cast["officer"])


def judge_anew(application: Application, cast: Cast) -> None:
    say_no(application, cast)
    application.move_back_to(Status.JUDGED)


def grant(application: Application, cast: Cast) -> None:
    send(application, cast)
    made = make.grant(application, by=cast["officer"])
    make_money.payee(made.commitment, by=cast["first contact"])


def leave(application: Application, cast: Cast) -> None:
    send_back(application, cast)
    application.move_to(Status.NOT_HANDLED)
    Decision.take(application, outcome=Decision.Outcome.NOT_HANDLED, reason="Er kwam niets.", by=cast["officer"])


def read_anew(application: Application, cast: Cast) -> None:
    leave(application, cast)
    application.move_back_to(Status.SUBMITTED)


def then(before: Callable[[Application, Cast], None], status: Status) -> Callable[[Application, Cast], None]:
    def lead(application: Application, cast: Cast) -> None:
        before(application, cast)
        application.move_to(status)

    return lead


# Two more drafts, of somebody without an account: the one on their own device, the other with a helper.
WITHOUT_ACCOUNT = ("unclaimed", "at a desk")

# How an application comes into each of its states. “Anew”: they were right to object, so it is decided once more.
# “Proposed”: the officer signed first, and the money waits for a second signature.
ROADS: dict[str, Callable[[Application, Cast], None]] = {
    **dict.fromkeys((*WITHOUT_ACCOUNT, "draft"), lambda application, cast: None),
    "submitted": send,
    "returned": send_back,
    "complete": find_complete,
    "judged": judge,
    "proposed": sign_first,
    "read_anew": read_anew,
    "anew": judge_anew,
    "granted": grant,
    "declined": say_no,
    "not_handled": leave,
    "referred": then(judge, Status.REFERRED),
    "withdrawn": then(judge, Status.WITHDRAWN),
    "closed": then(grant, Status.CLOSED),
}


def things_of_the_house(scheme: Scheme, cast: Cast) -> dict[str, Any]:
    """What is the same whatever became of the application."""
    funder, helping = scheme.funder, cast["leader"].helps.get()
    helping.organisation.funder = funder
    helping.organisation.save()
    return {
        "funder": funder,
        "scheme": scheme,
        "edition": scheme.edition,
        "round": make_round(funder, cast),
        "organisation": helping.organisation,
        "helper": cast["helper"].helps.get(),
        "desk": Desk(person=cast["officer"]),
        "kept list": KeptList(person=cast["officer"], funder=scheme.funder),
        "idea": Idea(funder=funder, text="Een bankje."),
        "resident": cast["first contact"],
        "budget": scheme.budgets.get(),
        "colleague": make.user(cast["officer"]),
    }


def make_round(funder: Funder, cast: Cast) -> Round:
    """It is over, and one plan waits in it: of another group, which who has every role at the fund is in as well."""
    pot = make.ranked(funder, title="Rondepot", slug="rondepot", money=10_000)
    make.application(pot, make.person(), cast["own group"], received_on=clock.today() - timedelta(days=3))
    return pot.edition.rounds.get()


def things_of(application: Application, cast: Cast) -> dict[str, Any]:
    """What hangs on one application. Money is there once it was granted."""
    plan = application.plan
    things: dict[str, Any] = {
        "application": Application.objects.get(pk=application.pk),
        "plan": plan,
        "member": plan.members.get(person=cast["member"]),
        "support page": (page := SupportPage(plan=plan)),
        "worry": Support(page=page, kind=Support.Kind.WORRY),
        "example": Example(plan=plan),
        "partner": Partner(plan=plan),
        "invitation": Invitation.make(
            plan, purpose=Invitation.Purpose.SAY_YES, by=cast["helper"], person=cast["first contact"]
        )[0],
        "clearance": Clearance(application=application),
        "promise": Promise(application=application),
        "reaction": Reaction(application=application, kind=Reaction.Kind.OBJECTION),
    }
    return things | (things_of_money(application) if hasattr(application, "grant") else {})


def things_of_money(application: Application) -> dict[str, Any]:
    commitment = application.grant.commitment
    return {
        "commitment": commitment,
        "payee": Payee.objects.get(commitment=commitment),
        "payment": Payment.objects.get(commitment=commitment),
        "purse": application.plan.purse,
    }
