"""Many applications at once: people, plans, what they ask, and what officers made of it. In bulk, same tables."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from grants.management.filling import words
from grants.models import Application, BudgetLine, Criterion, Decision, Duties, Judgement, Member, Plan, Review, Scheme
from grants.models.page import WORDS, Page
from web.amounts import euro
from web.clock import today
from web.models import Deed, Funder, Person

Status = Application.Status
AT_ONCE = 1_000  # rows in one INSERT, at most
OLDEST = 300  # days ago
# How it ends, and how many in a hundred end so. The last five were granted.
FATES = {
    "draft": 4,
    "submitted": 10,
    "returned": 2,
    "complete": 4,
    "judged": 3,
    "withdrawn": 5,
    "declined": 20,
    "promised": 6,
    "to_pay": 4,
    "on_its_way": 3,
    "paid": 14,
    "closed": 25,
}
GRANTED = ("promised", "to_pay", "on_its_way", "paid", "closed")
JUDGED = ("judged", "declined", *GRANTED)
STATUS = {"promised": Status.GRANTED, "to_pay": Status.GRANTED, "on_its_way": Status.GRANTED, "paid": Status.GRANTED}
VERDICTS = {Criterion.Kind.KNOCK_OUT: Judgement.Verdict.YES, Criterion.Kind.WEIGHED: Judgement.Verdict.GOOD}


@dataclass
class Case:
    """One application with all that belongs to it, while it is being made. Amounts in whole euros."""

    fate: str
    asked: int
    granted: int
    received_on: date
    duties: Duties
    person: Person = field(default_factory=Person)
    plan: Plan = field(default_factory=Plan)
    application: Application = field(default_factory=Application)
    decision: Decision | None = None

    def on(self, days: int) -> date:
        """So many days after it was received, but never later than today."""
        return min(self.received_on + timedelta(days=days), today())

    def at(self, days: int) -> datetime:
        return moment(self.on(days))


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def money(euros: int) -> Any:
    """Typed loosely: the stubs take a MoneyField for a DecimalField."""
    return euro(euros)


def cases(scheme: Scheme, count: int, chance: random.Random) -> Iterator[Case]:
    """So many cases, spread over the fates and over the last months."""
    lowest, highest = (int(amount.amount) for amount in (scheme.edition.minimum, scheme.edition.maximum))
    for fate in chance.choices(list(FATES), list(FATES.values()), k=count):
        asked = min(highest, max(lowest, round(lowest * (highest / lowest) ** chance.random(), -1)))
        track = scheme.edition.track_for(euro(asked))
        if track is None:
            raise ValueError(f"scheme {scheme.slug} has no track for {asked} euro")
        part = chance.choice((1.0, 1.0, 1.0, 0.8))
        received_on = today() - timedelta(days=chance.randrange(OLDEST))
        yield Case(fate, asked, max(1, int(asked * part)), received_on, track.duties)


def save_all(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE) if rows else []


def ask(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> None:
    """Write the cases' people, plans, lines and applications."""
    for case in made:
        name = f"{chance.choice(words.FIRST_NAMES)} {chance.choice(words.LAST_NAMES)}"
        number = chance.randrange(10**9)
        case.person = Person(name=name, email=f"buur{number}@waterveen.example", postcode="1234 AB", house_number="1")
        title = chance.choice(words.IDEAS) % chance.choice(words.STREETS)
        case.plan = Plan(title=title, permission=Plan.Permission.DONT_KNOW, created_at=case.at(0), **words.ANSWERS)
    save_all(case.person for case in made)
    save_all(case.plan for case in made)
    first = Member.Role.FIRST_CONTACT
    save_all(Member(plan=case.plan, person=case.person, role=first) for case in made)
    spent = {id(case): list(lines(case, chance)) for case in made}
    save_all(line for those in spent.values() for line in those)
    for case in made:
        case.application = application(scheme, case, officer, spent[id(case)])
    save_all(case.application for case in made)


def lines(case: Case, chance: random.Random) -> Iterator[BudgetLine]:
    """Two costs that are together what is asked."""
    first = case.asked // 3
    for order, (what, amount) in enumerate(
        zip(chance.sample(words.COSTS, 2), (first, case.asked - first), strict=True), start=1
    ):
        yield BudgetLine(plan=case.plan, order=order, what=what, amount=money(amount))


def application(scheme: Scheme, case: Case, officer: Person, spent: list[BudgetLine]) -> Application:
    status = STATUS.get(case.fate) or Status(case.fate)
    made = Application(plan=case.plan, scheme=scheme, status=status, asked=money(case.asked))
    if status == Status.DRAFT:
        return made
    made.frozen_edition = scheme.edition
    made.frozen_duties = case.duties.as_json()
    made.frozen_page = Page({name: getattr(case.plan, name) for name in WORDS}, tuple(spent)).as_json()
    made.received_on, made.submitted_at = case.received_on, case.at(0)
    made.round = scheme.edition.round_on(case.received_on) if scheme.edition.in_rounds else None
    made.answer_by = case.duties.answer_by(case.received_on)
    made.complete_at = made.submitted_at
    made.granted = money(case.granted) if case.fate in GRANTED else None
    if case.fate in {*JUDGED, "complete"}:
        made.officer = officer
    return made


def review(scheme: Scheme, made: list[Case], officer: Person, chance: random.Random) -> None:
    """Write the judgements: each criterion with a verdict and a reason."""
    criteria = list(scheme.edition.criteria.all())
    judged = [case for case in made if case.fate in JUDGED]
    reviews = save_all(Review(application=case.application, by=officer, at=case.at(2)) for case in judged)
    save_all(
        Judgement(
            review=each, criterion=criterion, verdict=verdict(case, criterion), reason=chance.choice(words.REASONS)
        )
        for case, each in zip(judged, reviews, strict=True)
        for criterion in criteria
    )


def verdict(case: Case, criterion: Criterion) -> Judgement.Verdict:
    declines = case.fate == "declined" and criterion.kind == Criterion.Kind.WEIGHED
    return Judgement.Verdict.NOT_YET if declines else VERDICTS[Criterion.Kind(criterion.kind)]


def decide(scheme: Scheme, made: list[Case], officer: Person) -> None:
    """Write the decisions, numbered on without gaps: the funder's row is locked."""
    funder = Funder.objects.select_for_update(no_key=True).get(pk=scheme.funder_id)
    year, ground = today().year, scheme.edition.criteria.last()
    taken = Decision.objects.filter(funder=funder, year=year).aggregate(last=Max("sequence"))["last"] or 0
    decided = [case for case in made if case.fate in {"declined", *GRANTED}]
    for sequence, case in enumerate(decided, start=taken + 1):
        numbered = {"funder": funder, "year": year, "sequence": sequence}
        case.decision = decision(case, officer, **numbered)
    save_all(case.decision for case in decided)
    grounds = Decision.grounds.through
    declined = [case.decision for case in decided if case.fate == "declined" and case.decision]
    save_all(grounds(decision_id=each.pk, criterion_id=ground.pk) for each in declined if ground)


def decision(case: Case, officer: Person, **numbered: Any) -> Decision:
    made = Decision(application=case.application, by=officer, at=case.at(3), **numbered)
    if case.fate == "declined":
        made.outcome, made.reason, made.possible = Decision.Outcome.DECLINED, words.DECLINED, words.POSSIBLE
        return made
    made.outcome = Decision.Outcome.GRANTED if case.granted == case.asked else Decision.Outcome.PARTLY
    made.amount = money(case.granted)
    return made


def leave_deeds(scheme: Scheme, made: list[Case], officer: Person) -> None:
    """One deed for each step that was taken."""
    label = Application._meta.label_lower
    save_all(
        Deed(
            at=at,
            by=by,
            verb=verb,
            thing=label,
            thing_id=str(case.application.pk),
            thread=case.plan.pk,
            funder_id=scheme.funder_id,
        )
        for case in made
        for verb, by, at in steps(case, officer)
    )


def steps(case: Case, officer: Person) -> Iterator[tuple[str, Person, datetime]]:
    if case.fate != "draft":
        yield "submit", case.person, case.at(0)
    if case.fate == "withdrawn":
        yield "withdraw", case.person, case.at(1)
    if case.fate in JUDGED:
        yield "judge", officer, case.at(2)
    if case.fate in {"declined", *GRANTED}:
        yield ("decline" if case.fate == "declined" else "award"), officer, case.at(3)
    if case.fate == "closed":
        yield "close", officer, case.at(60)
