"""Every text through every form: kept to the letter, or refused with a sentence and given back. Never anything else."""

import uuid
from collections.abc import Callable, Iterator

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from grants.models import Application, BudgetLine, Idea, Invitation, Partner, Plan, Story, Support
from grants.models.questions import QUESTIONS, steps_for
from ledger.models import Expense
from tests.real.read_back import Page
from tests.real.scene import Scene
from tests.real.table import Outcome
from tests.real.words import Words, as_answer, on_one_line
from web.amounts import in_cents, read_amount

ANSWERS = [question.field for question in QUESTIONS]
MORE_LINES = {*ANSWERS, "message", "best", "text", "brings"}
STRIDE = 3  # as many texts as a plan has lists: each comes in every kind of field
LISTS = {"costs": BudgetLine.Kind.COST, "others": BudgetLine.Kind.PAID_BY_OTHERS, "in_kind": BudgetLine.Kind.IN_KIND}
Typed = dict[str, str]
Kept = Callable[[], Typed]


def writing(on: Scene, texts: list[Words]) -> Iterator[Outcome]:
    """The forms in which a plan is written."""
    yield all_on_one_page(on, texts)
    yield each_in_a_form(
        on, [each for place, each in enumerate(texts) if place % STRIDE], "names of plans", name_of_a_plan
    )
    yield step_by_step(on, texts)


def telling(on: Scene, texts: list[Words]) -> Iterator[Outcome]:
    """The forms around a plan: the group’s name, neighbours, a story, an expense, an idea, a partner."""
    yield each_in_a_form(on, texts, "group names", group_name)
    yield each_in_a_form(on, texts, "neighbours’ words", neighbour)
    yield each_in_a_form(on, texts, "stories", story)
    yield each_in_a_form(on, texts, "expenses", expense)
    yield each_in_a_form(on, texts, "ideas", idea)
    yield each_in_a_form(on, texts, "partners", partner)


def post(client: Client, address: str, typed: Typed, kept: Kept) -> tuple[bool, list[str]]:
    """Type it, and look what became of it: whether it was kept, and what is wrong about that."""
    cache.clear()  # nobody types so much in a minute
    answer = client.post(address, typed)
    client.cookies.pop("messages", None)  # nobody reads them here; they would pile up
    page = Page(answer) if answer.status_code == 200 else None
    if answer.status_code == 302 or (page and not page.errors and not typed.keys() & page.fields.keys()):
        found = kept()  # what is asked is asked no more: the next page, or one that says what was kept
        return True, [f"{name} became {found[name]!r}" for name in found if found[name] != expected(typed, name)]
    if page is None or not page.errors:
        return False, [f"{answer.status_code} without a sentence"]
    lost = [name for name in typed if page.fields.get(name, typed[name]) != typed[name]]
    return False, page.strange + [f"{name} came back as {page.fields[name]!r}" for name in lost]


def expected(typed: Typed, name: str) -> str:
    """What is to be kept of what was typed. The cash book asks `what` in one line, beside an amount."""
    if name == "amount":
        return cents(read_amount(typed[name]))
    more_lines = name in MORE_LINES and not (name == "what" and "amount" in typed)
    return as_answer(typed[name]) if more_lines else on_one_line(typed[name])


def cents(amount: Money | None) -> str:
    return "" if amount is None else str(in_cents(amount))


def in_turn(texts: list[Words], place: int) -> Iterator[str]:
    """The texts from this one on, round and round: so that each comes in every field once."""
    while True:
        yield texts[place % len(texts)].text
        place += 1


def all_on_one_page(on: Scene, texts: list[Words]) -> Outcome:
    """One text in three is the name of a plan; all of them are answers and lines of the plans around it."""
    outcome = Outcome("forms: all on one page", len(texts[::STRIDE]), 0, 0)
    address = reverse("grants:ask", args=[on.scheme.slug])
    for place, each in list(enumerate(texts))[::STRIDE]:
        typed = whole_plan(each, in_turn(texts, place))
        was_kept, wrong = post(on.resident, address, typed, kept_of_the_last)
        if was_kept:
            wrong += given_back(on, typed, whole=place % len(ANSWERS) == 0)
        outcome.count(each.text, wrong, was_kept=was_kept)
    return outcome


def whole_plan(each: Words, others: Iterator[str]) -> Typed:
    typed = {"asked": "9.500", "title": next(others), "permission": "dont_know", "own_money": "12,5", "save": "1"}
    typed |= {name: next(others) for name in ANSWERS}
    for name in LISTS:
        typed |= {f"{name}-TOTAL_FORMS": "4", f"{name}-INITIAL_FORMS": "0", f"{name}-0-what": next(others)}
    return typed | {"costs-0-amount": each.cost, "others-0-amount": "1", "in_kind-0-who": next(others)}


def kept_of_the_last() -> Typed:
    """What is kept of the newest plan, by the names of its fields."""
    plan = Plan.objects.latest("pk")
    found = {name: getattr(plan, name) for name in ANSWERS}
    found |= {"title": plan.title} if plan.own_title else {}
    for name, kind in LISTS.items():
        line = plan.lines.filter(kind=kind).first()
        found[f"{name}-0-what"] = line.what if line else ""
    given = plan.lines.filter(kind=BudgetLine.Kind.IN_KIND).first()
    return found | {"in_kind-0-who": given.who if given else ""}


def name_of_a_plan(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    """The other names, on the page that asks the name alone."""
    pk = Application.objects.drafts().latest("pk").pk
    return (
        on.resident,
        reverse("grants:step", args=[pk, 1]),
        {"asked": "9.500", "title": each.text},
        kept_of(pk, "title"),
    )


def given_back(on: Scene, typed: Typed, *, whole: bool) -> Iterator[str]:
    """What is wrong with the newest plan when it is opened again: the page that asks its name, or the whole form.

    As many plans as there are questions share their answers, so the whole form of one of them shows each once.
    """
    application = Application.objects.latest("pk")
    address = application.form_url if whole else reverse("grants:step", args=[application.pk, 1])
    page = Page(on.resident.get(address))
    yield from page.strange
    for name in kept_of_the_last().keys() & page.fields.keys():
        if page.fields[name] != expected(typed, name):
            yield f"{name} is shown as {page.fields[name]!r}"
    cost = page.fields.get("costs-0-amount", typed["costs-0-amount"])
    if read_amount(cost) != read_amount(typed["costs-0-amount"]):
        yield f"the cost is shown as {cost}"


def step_by_step(on: Scene, texts: list[Words]) -> Outcome:
    """One question at a time; the texts follow each other over the questions of as many plans as that takes."""
    outcome, place = Outcome("forms: step by step", 0, 0, 0), 0
    while place < len(texts):
        place = one_by_one(on, in_turn(texts, place), outcome, place)
    return outcome


def one_by_one(on: Scene, others: Iterator[str], outcome: Outcome, place: int) -> int:
    """One plan; gives the place of the first text that is left."""
    first = reverse("grants:ask", args=[on.scheme.slug]) + "?wijze=stap"
    on.resident.post(first, {"asked": "9.500"})
    pk = Application.objects.latest("pk").pk
    for number, step in enumerate(steps_for(asks_little=False), start=1):
        (name, *_more) = step.fields[-1:] if number == 1 else step.fields
        if name not in {*ANSWERS, "title"}:
            continue
        typed = {"asked": "9.500"} if number == 1 else {}
        typed[name] = next(others)
        was_kept, wrong = post(on.resident, reverse("grants:step", args=[pk, number]), typed, kept_of(pk, name))
        outcome.rows += 1
        outcome.count(typed[name], wrong, was_kept=was_kept)
        place += 1
    return place


def kept_of(pk: int, name: str) -> Kept:
    def kept() -> Typed:
        plan = Plan.objects.get(applications=pk)
        return {} if name == "title" and not plan.own_title else {name: getattr(plan, name)}

    return kept


Form = Callable[[Scene, Words], tuple[Client, str, Typed, Kept]]


def each_in_a_form(on: Scene, texts: list[Words], what: str, form: Form) -> Outcome:
    outcome = Outcome(f"forms: {what}", len(texts), 0, 0)
    for each in texts:
        was_kept, wrong = post(*form(on, each))
        outcome.count(each.text, wrong, was_kept=was_kept)
    return outcome


def group_name(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    address = reverse("grants:legal_form", args=[on.plan.pk])
    typed = {"legal_form": "association", "group_name": each.text}
    return on.resident, address, typed, lambda: {"group_name": Plan.objects.get(pk=on.plan.pk).group_name}


def neighbour(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    """Both in what a neighbour is called and in what they say."""
    typed = {"kind": "worry", "message": each.text, "first_name": each.text[:60], "postcode": "1234 AB"}
    address = on.page.get_absolute_url()
    return somebody(), address, typed, said_last


def somebody() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="nl")


def said_last() -> Typed:
    said = Support.objects.select_related("neighbour").latest("pk")
    return {"message": said.message, "first_name": said.neighbour.name}


def story(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    address = reverse("grants:tell_story", args=[on.granted.pk])
    return on.resident, address, {"worked": "yes", "best": each.text}, lambda: {"best": Story.objects.get().best}


def expense(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    typed = {"amount": each.cost, "what": each.text, "on": "", "key": str(uuid.uuid4())}
    return on.resident, reverse("ledger:book_expense", args=[on.purse.pk]), typed, booked_last


def booked_last() -> Typed:
    booked = Expense.objects.latest("pk")
    return {"what": booked.what, "amount": cents(booked.amount)}


def idea(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    """Both in the idea and in where it is. Everybody leaves a number of their own: the same twice is one idea."""
    reach = f"06 {uuid.uuid4().int % 10**8:08}"
    typed = {"text": each.text, "came_from": "residents", "where": each.text[:100], "reach": reach}
    return somebody(), reverse("grants:tell_idea_here", args=[on.scheme.slug]), typed, told_last


def told_last() -> Typed:
    told = Idea.objects.latest("pk")
    return {"text": told.text, "where": told.where}


def partner(on: Scene, each: Words) -> tuple[Client, str, Typed, Kept]:
    """Both in what they are called and in what they bring. No group has hundreds: the one before goes off the list."""
    Partner.objects.filter(plan=on.plan).delete()
    Invitation.objects.filter(plan=on.plan).delete()
    typed = {"organisation": each.text, "kind": "school", "brings": each.text, "amount": each.cost, "email": ""}
    return on.resident, reverse("grants:add_partner", args=[on.plan.pk]), typed, added_last


def added_last() -> Typed:
    added = Partner.objects.latest("pk")
    return {"organisation": added.organisation, "brings": added.brings, "amount": cents(added.amount)}
