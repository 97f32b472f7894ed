"""What somebody of a fund has to do besides reading plans: in the inbox, on a page of its own, in the morning mail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from grants.attend.actions import arrange_desk
from grants.find_out.actions import answer_clearance, find_out
from grants.models import Application, Clearance, Desk, Intention, Letter, Promise, Reaction, Scheme, Wait
from grants.models.task import done_by, tasks_of
from grants.objection.actions import handle_reaction, register_reaction
from grants.promise.actions import excuse_promise, keep_promise, promise
from grants.review.actions import take_up
from grants.revise.actions import drop_intention
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_attend import TUESDAY, mails_at
from tests.grants.test_overview import DOOR, queries_of
from tests.grants.test_revise import intended, upheld
from web import clock
from web.models import Person, Seat

INBOX, PAGE = "/werk/", "/werk/taken/"
HEADING = "What else you have to do, due first"

__all__ = ["upheld"]  # a fixture


def kinds(person: Person, *people: Person) -> list[str]:
    return [task.kind for task in tasks_of(person, {each.pk for each in people or (person,)}, most=50)]


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def asked(scheme: Scheme, resident: Person, officer: Person) -> Clearance:
    """May it be done here? Fatima finds it out, in ten working days."""
    with make.changing(scheme) as edition:
        check = make.check(edition, "Mag het op deze grond?", title_en="May it be on this ground?")
    scheme.refresh_from_db()
    return find_out(make.application(scheme, resident, title="Pleintje"), check=check, by=officer)


@pytest.fixture
def promised(application: Application, officer: Person) -> Promise:
    return promise(application, what="Wij bellen het waterschap.", until=day(2), by=officer)


@pytest.fixture
def complaint(application: Application, officer: Person) -> Reaction:
    member = application.plan.members.get()
    about: dict[str, Any] = {"kind": "complaint", "came_by": "phone", "received_on": clock.today()}
    return register_reaction(application, text="Het duurt lang.", member=member, by=officer, **about)


def test_everything_with_a_day_stands_in_one_list_due_first(
    as_: SignedIn, asked: Clearance, promised: Promise, complaint: Reaction, officer: Person, outsider: Person
) -> None:
    Promise.objects.update(until=day(-3))
    assert kinds(officer) == ["promise", "clearance", "complaint"]
    page = as_(officer).get(INBOX).text.partition(HEADING)[2].partition("</section>")[0]
    assert page.index("Wij bellen het waterschap.") < page.index("May it be on this ground?") < page.index("complaint")
    assert "Late: 3 days" in page
    assert "nobody has it" in page, "of the complaint"
    assert "3 things to do, 1 late" in page
    assert kinds(outsider) == []
    assert HEADING not in as_(outsider).get(INBOX).text


@pytest.mark.parametrize("address", [INBOX, PAGE])
def test_each_leads_to_where_it_is_done(
    as_: SignedIn, asked: Clearance, promised: Promise, complaint: Reaction, officer: Person, address: str
) -> None:
    page = as_(officer).get(address).text
    for name, thing in (("clearance", asked), ("settle_promise", promised), ("reaction", complaint)):
        link = reverse(f"grants:{name}", args=[thing.pk])
        assert f'href="{link}"' in page
        assert as_(officer).get(link).status_code == 200


def test_what_a_colleague_does_is_not_mine_but_is_everybodys(
    as_: SignedIn, asked: Clearance, promised: Promise, complaint: Reaction, officer: Person, decider: Person
) -> None:
    assert kinds(decider) == ["complaint"], "nobody has that yet"
    handle_reaction(complaint, by=decider)
    assert kinds(officer) == ["promise", "clearance"]
    assert HEADING in as_(decider).get(INBOX).text
    assert "Wij bellen" not in as_(decider).get(PAGE).text
    assert "Wij bellen" in as_(decider).get(f"{PAGE}?van=iedereen").text


def test_a_stand_in_has_it_too(asked: Clearance, as_: SignedIn, officer: Person, decider: Person) -> None:
    arrange_desk(Desk.of(officer), morning_mail=True, away_until=day(3), replaced_by=decider, by=officer)
    assert "May it be on this ground?" in as_(decider).get(INBOX).text


def test_a_seat_that_ended_shows_nothing_more(promised: Promise, officer: Person) -> None:
    Seat.objects.filter(person=officer).update(ends_on=day(-1))
    assert kinds(officer) == []


def test_what_may_become_less_is_ours_once_they_were_heard(granted: Application, officer: Person) -> None:
    intention = intended(granted, by=officer)
    assert kinds(officer) == [], "it is their turn"
    Intention.objects.update(answer="Het regende.", answered_by=officer)
    assert kinds(officer) == ["intention"]
    Intention.objects.update(answer="", until=day(-1))
    [task] = tasks_of(officer, {officer.pk}, most=9)
    assert (task.is_late, task.is_for_today) == (False, True)
    drop_intention(Intention.objects.get(pk=intention.pk), by=officer)
    assert kinds(officer) == []
    assert [each.kind for each in done_by(officer, {officer.pk}, since=day(0), most=9)] == ["intention"]


def test_a_question_without_an_answer_comes_back_after_its_day(
    as_: SignedIn, application: Application, officer: Person, decider: Person
) -> None:
    make.asked(application, by=officer)
    assert kinds(officer) == []
    Wait.objects.update(asked_on=day(-9), until=day(-1))
    assert (kinds(officer), kinds(decider)) == (["question"], [])
    page = as_(officer).get(INBOX).text
    assert "No answer came: go on" in page
    assert "Your turn" in page


def test_what_was_not_completed_comes_back_after_its_day(application: Application, officer: Person) -> None:
    make.returned(application, by=officer)
    Wait.objects.update(asked_on=day(-20), until=day(-1))
    assert kinds(officer) == ["completion"]


def test_who_was_right_waits_for_the_new_decision(upheld: Reaction, decider: Person) -> None:
    assert upheld.waits_for_decision
    [task] = [each for each in tasks_of(decider, None, most=9) if each.kind == "anew"]
    assert task.url == reverse("grants:decide_anew", args=[upheld.pk])
    Application.objects.update(status=Application.Status.CLOSED)
    assert "anew" not in kinds(decider)


def test_what_is_done_is_told_apart_in_words(
    as_: SignedIn, asked: Clearance, promised: Promise, officer: Person
) -> None:
    answer_clearance(asked, answer="yes", text="", by=officer)
    page = as_(officer).get(PAGE).text
    to_do, _heading, done = page.partition("Done in the last seven days")
    assert "Wij bellen" in to_do
    assert "May it be on this ground?" in done
    assert "Done" in done
    keep_promise(promised, by=officer)
    assert "Everything has been done" in as_(officer).get(PAGE).text
    with clock.at(clock.now() + timedelta(days=9)):
        assert "Done in the last seven days" not in as_(officer).get(PAGE).text


def test_a_promise_that_could_not_be_kept_is_done_too(
    as_: SignedIn, promised: Promise, officer: Person, decider: Person
) -> None:
    excuse_promise(promised, excuse="Het waterschap antwoordt niet.", by=officer)
    page = as_(officer).get(PAGE).text
    to_do, _heading, done = page.partition("Done in the last seven days")
    assert "Everything has been done" in to_do
    assert reverse("grants:settle_promise", args=[promised.pk]) in done
    assert "Not kept" in done
    assert done_by(decider, {decider.pk}, since=day(-7), most=9) == []
    assert done_by(officer, {officer.pk}, since=day(1), most=9) == []


def test_more_tasks_take_no_query_more(as_: SignedIn, scheme: Scheme, resident: Person, officer: Person) -> None:
    visitor = as_(officer)

    def promises(how_many: int) -> None:
        application = make.application(scheme, resident)
        for each in range(how_many):
            promise(application, what=f"Belofte {each}", until=day(each), by=officer)

    promises(1)
    few, few_in_inbox = queries_of(visitor, PAGE), queries_of(visitor, INBOX)
    promises(110)
    assert queries_of(visitor, PAGE) == few == DOOR + 3  # who is away; what is to do; what was done
    assert queries_of(visitor, INBOX) == few_in_inbox
    assert "More than 100 things to do" in visitor.get(INBOX).text
    assert "There are more." in visitor.get(PAGE).text


# The morning


def test_the_mail_counts_them_without_a_name(
    application: Application, promised: Promise, complaint: Reaction, officer: Person
) -> None:
    Seat.objects.update(starts_on=date(2026, 1, 1))
    Application.objects.update(officer=officer, answer_by=date(2026, 9, 1))
    Promise.objects.update(until=date(2026, 6, 8))
    Reaction.objects.update(answer_by=TUESDAY.date())
    [mail] = [each for each in mails_at(TUESDAY) if each.to == officer]
    assert f"Ook te laat (uitzoeken, beloften, bezwaren, klachten): 1\n{application.number}\n" in mail.text
    assert f"Ook voor vandaag, of weer aan u: 1\n{application.number}\n" in mail.text
    assert "waterschap" not in mail.text
    assert "Het duurt lang" not in mail.text


def test_a_mail_that_came_back_is_worth_a_mail(application: Application, officer: Person, decider: Person) -> None:
    Seat.objects.update(starts_on=date(2026, 1, 1))
    take_up(application, by=officer)
    Application.objects.update(answer_by=date(2026, 9, 1))
    to = application.plan.members.get().person
    letter: dict[str, Any] = {
        "application": application,
        "to": to,
        "event": "ask/received",
        "subject": "Bericht",
        "text": "",
        "pdf": b"",
    }
    Letter.objects.create(**letter, came_back_at=clock.now())
    told = {each.to: each.text for each in mails_at(TUESDAY)}
    assert f"Een mail kwam terug, dus bel of stuur post: 1\n{application.number}\n" in told[officer]
    assert "Een mail kwam terug" not in told.get(decider, ""), "Fatima has the case"
    Letter.objects.update(by_post=True)
    assert not any("kwam terug" in each.text for each in mails_at(TUESDAY + timedelta(days=1)))
