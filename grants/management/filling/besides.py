"""What comes with many applications: questions, promises, reactions, letters, readings, advice, ideas. In bulk."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from grants.management.filling import words
from grants.management.filling.asking import JUDGED, Case, money, save_all
from grants.models import (
    Advice,
    Clearance,
    Completion,
    Decision,
    Enquiry,
    Example,
    Grant,
    Idea,
    Intention,
    Letter,
    Promise,
    Reaction,
    Scheme,
    Wait,
)
from web.clock import today
from web.models import Person, Reading, Seat

WAITS = ("submitted", "complete", "judged")
HALF, SOME, FEW = 2, 20, 50  # one in so many


def one_in(number: int, made: list[Case], chance: random.Random, *fates: str) -> list[Case]:
    """Some of those to which this happened; without fates, of all that were sent."""
    happened = [case for case in made if (case.fate in fates if fates else case.fate != "draft")]
    return [case for case in happened if not chance.randrange(number)]


def leave(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> None:
    """What people of the fund have to do besides, what they did, and what they read."""
    save_all(promises(made, officer, chance))
    save_all(clearances(scheme, made, officer, chance))
    wait(made, officer, chance)
    save_all(reactions(made, officer, chance))
    save_all(intentions(made, officer, chance))
    save_all(letters(made, chance))
    save_all(readings(scheme, made, officer, chance))
    save_all(advices(scheme, made, chance))
    tell_ideas(scheme, made, officer, chance)
    show_examples(scheme, made, chance)


def soon(chance: random.Random) -> Any:
    """A day within three weeks, or one of the last five."""
    return today() + timedelta(days=chance.randrange(-5, 21))


def promises(made: list[Case], officer: Person, chance: random.Random) -> Iterator[Promise]:
    for case in one_in(SOME, made, chance, *WAITS, "paid", "closed"):
        kept_on = None if case.fate in WAITS else case.on(9)
        about = {"application": case.application, "owner": officer, "made_by": officer, "made_on": case.on(2)}
        yield Promise(what=words.PROMISED, until=kept_on or soon(chance), kept_on=kept_on, **about)


def clearances(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> Iterator[Clearance]:
    """Of each line of the scheme's list, if it has one."""
    checks = list(scheme.edition.checks.all())
    for case in one_in(SOME, made, chance, *WAITS, "paid", "closed") if checks else ():
        answered = {} if case.fate in WAITS else {"answer": "yes", "answered_on": case.on(3), "answered_by": officer}
        yield Clearance(
            application=case.application, check_of=chance.choice(checks), owner=officer, due_on=soon(chance), **answered
        )


def wait(made: list[Case], officer: Person, chance: random.Random) -> None:
    """What was asked of the residents: what came back to be completed, and questions."""
    back = [case for case in made if case.fate == "returned"]
    asked = one_in(SOME, made, chance, *WAITS)
    answered = one_in(SOME, made, chance, *JUDGED[1:])
    waits = {id(case): waiting(case, officer, chance, is_over=case in answered) for case in (*back, *asked, *answered)}
    save_all(waits.values())
    save_all(Completion(wait=waits[id(case)], number=1, missing=["costs"]) for case in back)
    save_all(Enquiry(wait=waits[id(case)], question=words.QUESTION) for case in (*asked, *answered))


def waiting(case: Case, officer: Person, chance: random.Random, *, is_over: bool) -> Wait:
    asked_on = case.on(1) if is_over else today() - timedelta(days=10)
    return Wait(
        application=case.application,
        asked_by=officer,
        asked_on=asked_on,
        until=asked_on + timedelta(days=14) if is_over else soon(chance),
        answer_by_before=case.application.answer_by or today(),
        ended_on=case.on(3) if is_over else None,
    )


def reactions(made: list[Case], officer: Person, chance: random.Random) -> Iterator[Reaction]:
    """Objections, most of them answered."""
    for case in one_in(SOME, made, chance, "declined"):
        received_on = case.on(20)
        known: dict[str, Any] = {"application": case.application, "decision": case.decision, "by": case.person}
        if chance.randrange(4):
            told = {"outcome": "rejected", "reason": words.DECLINED, "answered_by": officer, "answered_at": case.at(60)}
            known |= told | {"handler": officer}
        until = received_on + timedelta(days=42)
        yield Reaction(
            kind="objection", text=words.OBJECTS, received_on=received_on, until=until, answer_by=soon(chance), **known
        )


def intentions(made: list[Case], officer: Person, chance: random.Random) -> Iterator[Intention]:
    """Grants that may become less, or that stayed as they were."""
    gone_on = {case.application.pk: case for case in one_in(FEW, made, chance, "paid", "closed")}
    for grant in Grant.objects.filter(application__in=gone_on):
        case = gone_on[grant.application_id]
        dropped_on = case.on(40) if case.fate == "closed" else None
        about = {"grant": grant, "ground": "not_done", "facts": words.DECLINED, "by": officer}
        yield Intention(amount=money(0), until=soon(chance), dropped_on=dropped_on, **about)


def letters(made: list[Case], chance: random.Random) -> Iterator[Letter]:
    """Of each decision one; some go by post, and few of those still wait for it."""
    for case in made:
        if case.decision is None:
            continue
        by_post = not chance.randrange(SOME)
        posted_at = case.at(4) if by_post and chance.randrange(SOME) else None
        event = "declined" if case.decision.outcome == Decision.Outcome.DECLINED else "granted"
        about = {"application": case.application, "to": case.person, "event": f"decide/{event}", "pdf": b"%PDF-"}
        yield Letter(
            subject=words.LETTER,
            text=words.LETTER,
            written_at=case.at(3),
            by_post=by_post,
            posted_at=posted_at,
            **about,
        )


def readings(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> Iterator[Reading]:
    for case in one_in(1, made, chance):
        of = {"thread": case.plan.pk, "strand": case.application.pk, "funder_id": scheme.funder_id}
        yield from (Reading(by=officer, page=Reading.Page.APPLICATION, at=case.at(days), **of) for days in (1, 2))


def advices(scheme: Scheme, made: list[Case], chance: random.Random) -> Iterator[Advice]:
    """Of a member of the panel, where there is one, on what it was asked about."""
    least = scheme.edition.panel_from
    seat = Seat.objects.today().filter(funder=scheme.funder_id, role=Seat.Role.PANEL).first()
    for case in one_in(HALF, made, chance, *JUDGED) if seat and least else ():
        if seat and least and case.asked >= least.amount:
            yield Advice(application=case.application, by_id=seat.person_id, at=case.at(1))


def tell_ideas(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> None:
    """As many as one in fifty of those who ask has; nearly all were answered."""
    told = one_in(FEW, made, chance)
    tellers = save_all(Person(name=case.person.name) for case in told)
    save_all(
        Idea(
            funder_id=scheme.funder_id,
            scheme=scheme,
            text=case.plan.title,
            teller=teller,
            came_from=Idea.CameFrom.RESIDENTS,
            told_at=case.at(0),
            answer_by=case.on(5),
            **({"answer": words.POSSIBLE, "answered_at": case.at(4), "answered_by": officer} if number % SOME else {}),
        )
        for number, (case, teller) in enumerate(zip(told, tellers, strict=True))
    )


def show_examples(scheme: Scheme, made: list[Case], chance: random.Random) -> None:
    """What groups want everybody to see."""
    save_all(
        Example(plan=case.plan, scheme=scheme, title=case.plan.title, what=case.plan.what, shown_by=case.person)
        for case in one_in(SOME, made, chance, "closed")
    )
