"""What was typed, on the pages where others read it: lists, an officer's page, a group's page, and on paper."""

import html
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from grants.models import Application
from grants.papers.plan import filled, on_paper
from ledger.models import Budget
from tests import make
from tests.ledger import make_money
from tests.real.read_back import Page, ink, pages_of
from tests.real.scene import Scene
from tests.real.sideways import look
from tests.real.table import Outcome
from tests.real.words import Words, on_one_line
from web import clock
from web.models import Mail
from web.outbox import send_waiting

Place = tuple[str, Client, list[str]]  # a page, who reads it, and titles that must stand there

EACH = 10  # of so many plans one is sent through the form, and read on its own pages and on paper


def plans_shown(on: Scene, texts: list[Words]) -> Iterator[Outcome]:
    """Plans on their way: sent, on paper, in the lists and on their own pages."""
    yield sent(on, texts)
    yield papers(on)
    yield from shown("plans", [*lists_of_plans(on), *pages_of_plans(on)])


def words_shown(on: Scene, texts: list[Words]) -> Iterator[Outcome]:
    """What was told, what is to be paid, and the schemes there are."""
    promise(on, texts)
    name_schemes(on, texts)
    yield from shown("words", lists_of_words(on, texts))


def shown(what: str, places: Iterable[Place]) -> Iterator[Outcome]:
    outcome = Outcome(f"pages that show {what}", 0, 0, 0)
    seen = [page for place in places for page in walk(place, outcome)]
    yield outcome
    yield look(what, seen)


def sent(on: Scene, texts: list[Words]) -> Outcome:
    """One in ten goes through the page that sends it, under a name from the lists; the others are sent at once."""
    drafts = list(Application.objects.drafts().filter(plan__members__person=on.samira))
    outcome = Outcome("forms: check and send", len(drafts[::EACH]), 0, 0)
    for place, each in enumerate(drafts[::EACH]):
        cache.clear()
        address = reverse("grants:send", args=[each.pk])
        about = {"postcode": "1234 AB", "house_number": "1", "reached_by": "mail"}
        answer = on.resident.post(address, about | {"name": texts[place * EACH % len(texts)].text})
        was_sent = not Application.objects.drafts().filter(pk=each.pk).exists()
        asked_back = was_sent or Page(answer).errors
        outcome.count(str(each), [] if asked_back else [f"{answer.status_code} without a sentence"], was_kept=was_sent)
    send_waiting()
    outcome.wrong += [f"a mail didn't leave: {mail.trouble}" for mail in Mail.objects.filter(tries__gt=0, sent_at=None)]
    outcome.wrong += [f"a mail waits: {mail.subject}" for mail in Mail.objects.waiting()]
    today: dict[str, Any] = {"received_on": clock.today(), "submitted_at": clock.now(), "answer_by": clock.today()}
    today |= {"frozen_edition": on.scheme.edition}
    Application.objects.drafts().exclude(asked=None).update(status="submitted", **today)
    return outcome


def promise(on: Scene, texts: list[Words]) -> None:
    """A payment for each text: in its label, and in the name of whom it is for."""
    budget = Budget.objects.get()
    for each in texts:
        text = on_one_line(each.text)[:200] or "–"
        commitment = make_money.commitment(budget, 1, holders=[on.samira], by=on.fatima, label=text)
        make_money.payee(commitment, by=on.samira, name=text[:70])


def papers(on: Scene) -> Outcome:
    """One A4, and an annex only where not everything fits; no ink outside the margins."""
    applications = Application.objects.of_members(on.samira).exclude(status="draft").for_application_page()
    chosen = list(applications.order_by("pk"))[::EACH]
    outcome = Outcome("papers: one A4 each", len(chosen), 0, 0)
    for each in chosen:
        pdf = on.staff.get(reverse("grants:paper", args=[each.pk])).content
        faults = [*ink(pdf)]
        if (pages_of(pdf) > 1) != (filled(on_paper(each)) > 1):
            faults.append(f"{pages_of(pdf)} pages")
        outcome.count(str(each.plan), faults, was_kept=True)
    return outcome


def lists_of_plans(on: Scene) -> Iterator[Place]:
    mine = Application.objects.of_members(on.samira).select_related("plan")
    yield reverse("grants:my_plans"), on.resident, [str(each.plan) for each in mine]
    yield reverse("grants:inbox") + "?lijst=all", on.staff, [str(each.plan) for each in mine.exclude(status="draft")]


def pages_of_plans(on: Scene) -> Iterator[Place]:
    sent = Application.objects.of_members(on.samira).exclude(status="draft").select_related("plan").order_by("pk")
    for each in list(sent)[::EACH]:
        yield each.get_absolute_url(), on.resident, [str(each.plan)]
        yield reverse("grants:application", args=[each.pk]), on.staff, [str(each.plan)]


def lists_of_words(on: Scene, texts: list[Words]) -> Iterator[Place]:
    said = [on_one_line(each.text)[:200] for each in texts]
    yield reverse("ledger:payments"), on.staff, said
    yield reverse("ledger:budget_rows", args=[Budget.objects.get().pk, "toegezegd"]), on.staff, said
    yield reverse("ledger:purse", args=[on.purse.pk]), on.resident, []
    yield reverse("grants:support_overview", args=[on.plan.pk]), on.resident, []
    yield reverse("grants:group", args=[on.plan.pk]), on.resident, []
    yield reverse("grants:ideas"), on.staff, []
    yield on.granted.get_absolute_url(), on.resident, []
    yield reverse("grants:application", args=[on.granted.pk]), on.staff, []
    yield "/", Client(HTTP_ACCEPT_LANGUAGE="nl"), []


def name_schemes(on: Scene, texts: list[Words]) -> None:
    for each in texts[:: EACH * 6]:
        text = on_one_line(each.text.replace("\x00", ""))[:120] or "–"
        make.scheme(on.scheme.funder, money=None, title=text, purpose=text)


def walk(place: Place, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Every page of a list: its address and its text. Each title must stand there, written so that it stays text."""
    address, client, titles = place
    read, here = "", address
    while here:
        page = Page(client.get(here))
        read += page.text
        outcome.rows += 1
        outcome.count(here, page.strange, was_kept=True)
        yield here, page.text
        here = address.partition("?")[0] + page.next if page.next else ""
    outcome.wrong += [f"{address} doesn't show {title!r}" for title in titles if html.escape(title) not in read]
