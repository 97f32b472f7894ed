"""The road of each plan: one function for every kind of step, called on the day it happened."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from schwifty import IBAN

from grants.ask import actions as ask
from grants.enclose import actions as enclose
from grants.management.town import afterwards, asked, groups, judged, neighbours, pictures
from grants.management.town.diary import Diary, days_ago, on_a_working_day
from grants.models import Application, Member, Plan, Scheme
from grants.models.questions import QUESTIONS
from grants.report import actions as report
from grants.write import actions as write
from ledger.models import Expense, Payment, Purse
from ledger.models.iban import bank_of
from ledger.pay import actions as pay
from ledger.spend import actions as spend
from web import clock
from web.amounts import euro, read_amount
from web.models import Person


@dataclass
class Road:
    """One plan on its way: who is in it, what it asks, and the application once there is one."""

    facts: dict[str, Any]
    people: dict[str, Person]
    number: int
    application: Application = field(init=False)

    @property
    def scheme(self) -> Scheme:
        """As it is at this moment: a later edition may hold by now."""
        return Scheme.objects.get(slug=self.facts["scheme"])

    @property
    def first(self) -> Person:
        return self.people[self.facts["group"][0]]

    def by(self, step: dict[str, Any]) -> Person:
        """Who takes this step: whoever it names, else the first contact."""
        return self.people[step["by"]] if "by" in step else self.first

    def note_in(self, diary: Diary) -> None:
        """Every step on its own moment, none before the one that came earlier."""
        before = None
        for place, step in enumerate(self.facts["road"]):
            moment = days_ago(step["ago"], hour=8 + self.number % 8, minute=3 * place)
            moment = on_a_working_day(moment) if "by" in step else moment
            before = moment if before is None else max(moment, before + timedelta(minutes=7))
            diary.note(before, partial(self.take, step))

    def take(self, step: dict[str, Any]) -> None:
        if not hasattr(self, "application"):
            write_down(self)
        STEPS[step["do"]](self, step)
        self.application = Application.objects.get(pk=self.application.pk)


def write_down(road: Road) -> None:
    """The draft, with the others of the group beside its first contact."""
    facts = road.facts
    answers = {question.field: facts.get(question.field, "") for question in QUESTIONS}
    lines = {
        kind: [{"what": what, "amount": euro(amount)} for what, amount in facts.get(kind, [])]
        for kind in ("costs", "others")
    }
    scheme = road.scheme
    road.application = write.start_draft(
        scheme,
        by=road.first,
        asked=euro(facts["asked"]),
        title=facts["title"],
        permission=facts.get("permission", ""),
        **lines,
        **answers,
        **own_answers(scheme, facts),
    )
    plan = Plan.objects.get(pk=road.application.plan_id)
    if facts.get("drawing"):
        enclose.add_sheets(road.application, [pictures.lantern_walk()], by=road.first)
    Member.objects.bulk_create(Member(plan=plan, person=road.people[name]) for name in facts["group"][1:])


def own_answers(scheme: Scheme, facts: dict[str, Any]) -> dict[str, str]:
    """To what the scheme asks besides, in its order."""
    own = scheme.edition.extra_questions.order_by("order")
    return {each.field: text for each, text in zip(own, facts.get("extra", []), strict=False)}


def ask_neighbours(road: Road, step: dict[str, Any]) -> None:
    neighbours.speak(road.application.plan, step["said"], by=road.first)


def answer_worry(road: Road, step: dict[str, Any]) -> None:
    neighbours.answer(road.application.plan, step["answer"], by=road.first)


def partner(road: Road, step: dict[str, Any]) -> None:
    """The group names one; or the partner itself `says` that it is right."""
    groups.partner(road.application.plan, step, by=road.first)


def treasurer(road: Road, step: dict[str, Any]) -> None:
    groups.name_treasurer(road.application.plan, road.people[step["name"]], by=road.first)


def submit(road: Road, step: dict[str, Any]) -> None:
    ask.submit(road.application, by=road.first)


def withdraw(road: Road, step: dict[str, Any]) -> None:
    ask.withdraw(road.application, reason=step["reason"], by=road.first)


def stop(road: Road, step: dict[str, Any]) -> None:
    report.stop(road.application, reason=step["reason"], by=road.first)


def bank_details(road: Road, step: dict[str, Any]) -> None:
    """An account that nobody has: its number is that of the plan."""
    iban = IBAN.generate("NL", bank_code="RABO", account_code=f"{road.number:010}")
    pay.give_bank_details(
        road.application.grant.commitment,
        kind=step.get("kind", "me"),
        name=step.get("name", road.first.name),
        iban=iban.compact,
        bank=bank_of(iban),
        by=road.first,
    )


def purse_of(road: Road) -> Purse:
    """The group's cash book, open since the award."""
    return Purse.objects.get(thread=road.application.thread)


def payment_of(road: Road) -> Payment:
    """The newest instalment."""
    return Payment.objects.filter(commitment=road.application.grant.commitment).latest("pk")


def put_on_its_way(road: Road, step: dict[str, Any]) -> None:
    pay.put_on_its_way(payment_of(road), by=road.by(step))


def confirm(road: Road, step: dict[str, Any]) -> None:
    pay.confirm(payment_of(road), on=clock.today(), by=road.by(step))


def came_back(road: Road, step: dict[str, Any]) -> None:
    pay.came_back(payment_of(road), on=clock.today(), reason=step["reason"], by=road.by(step))


def expense(road: Road, step: dict[str, Any]) -> None:
    spend.book_expense(
        purse_of(road),
        amount=read_amount(step["amount"]),
        photo=pictures.receipt(step["amount"], step["what"]),
        what=step["what"],
        on=clock.today(),
        direction=Expense.Direction.OUT,
        key=uuid.uuid4(),
        by=road.first,
    )


def hand_in(road: Road, step: dict[str, Any]) -> None:
    spend.hand_in(purse_of(road), by=road.first)


def tell_story(road: Road, step: dict[str, Any]) -> None:
    report.tell_story(
        road.application,
        worked=step["worked"],
        best=step.get("best", ""),
        left_over=read_amount(step["left_over"]) if "left_over" in step else None,
        photo=pictures.street(road.number) if "photo" in step else None,
        by=road.first,
    )


def fix(road: Road, step: dict[str, Any]) -> None:
    report.fix(road.application, amount=read_amount(step["amount"]), reason=step["reason"], by=road.by(step))


def close(road: Road, step: dict[str, Any]) -> None:
    report.close(road.application, by=road.by(step))


STEPS: dict[str, Callable[[Road, dict[str, Any]], None]] = {
    "draft": lambda road, step: None,  # nothing more: writing it down was the step
    **dict.fromkeys(asked.STEPS, lambda road, step: asked.take(road.application, step, by=road.by(step))),
    "neighbours": ask_neighbours,
    "answer": answer_worry,
    "partner": partner,
    "treasurer": treasurer,
    "submit": submit,
    **dict.fromkeys(judged.STEPS, lambda road, step: judged.take(road.application, step, by=road.by(step))),
    **dict.fromkeys(afterwards.STEPS, lambda road, step: afterwards.take(road.application, step, road.by(step))),
    "withdraw": withdraw,
    "stop": stop,
    "bank_details": bank_details,
    "pay": put_on_its_way,
    "confirm": confirm,
    "came_back": came_back,
    "expense": expense,
    "hand_in": hand_in,
    "story": tell_story,
    "fix": fix,
    "close": close,
}
