"""Who gets work by somebody else's hand is told so: one mail, with what came, of which plan and by which day."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format

from grants.appoint.actions import end_seat
from grants.assign.actions import assign
from grants.find_out.actions import find_out, pass_on
from grants.management.leavers import hand_over_what_was_left
from grants.models import Application, Clearance, Scheme
from grants.papers.work import MOST
from grants.promise.actions import promise
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_appoint import at_work as at_work  # noqa: PLC0414  # the fixture
from web import clock
from web.clock import today
from web.models import Mail, Person, Seat


@pytest.fixture
def asked(scheme: Scheme, resident: Person, officer: Person) -> Clearance:
    with make.changing(scheme) as edition:
        check = make.check(edition, "Mag het op deze grond?", title_en="May it be on this ground?")
    scheme.refresh_from_db()
    return find_out(make.application(scheme, resident, title="Pleintje"), check=check, by=officer)


def mails_to(person: Person) -> list[str]:
    return [f"{mail.subject}\n{mail.text}" for mail in Mail.objects.filter(to=person).order_by("pk")]


def in_words(day: date | None) -> str:
    assert day
    return date_format(day, "j F Y")


def test_a_colleague_reads_what_came_due_first_in_one_mail(
    at_work: Seat, application: Application, officer: Person, decider: Person, fund_admin: Person
) -> None:
    promise(application, what="Wij bellen het waterschap.", until=today() + timedelta(days=2), by=officer)
    Person.objects.filter(pk=decider.pk).update(language="en")
    decider.refresh_from_db()
    end_seat(at_work, ends_on=today(), to=decider, by=fund_admin)
    (mail,) = mails_to(decider)
    lines = [line for line in mail.splitlines() if " · " in line]
    view, promised, plan = lines
    assert view.endswith(f"Answer a view · by {in_words(today())}")
    assert promised == (
        f"{application.number} · Geveltuinen · Wij bellen het waterschap. · by {in_words(today() + timedelta(days=2))}"
    )
    assert plan == f"{application.number} · Geveltuinen · by {in_words(application.answer_by)}"
    assert "This was the work of Fatima van Wilgen." in mail
    assert mails_to(fund_admin) == []


def test_what_went_to_nobody_is_in_no_mail(at_work: Seat, decider: Person, fund_admin: Person) -> None:
    """One of both plans is of a group that Diederik is in."""
    own = Application.objects.get(plan__members__person=decider)
    end_seat(at_work, ends_on=today(), to=decider, by=fund_admin)
    assert Application.objects.get(pk=own.pk).officer is None
    assert own.number not in mails_to(decider)[0]


def test_it_is_told_when_it_comes_and_not_before_and_once(at_work: Seat, decider: Person, fund_admin: Person) -> None:
    end_seat(at_work, ends_on=today() + timedelta(days=10), to=decider, by=fund_admin)
    assert mails_to(decider) == []
    for days in (10, 11, 11, 12):
        with clock.at(clock.now() + timedelta(days=days)):
            hand_over_what_was_left()
    assert len(mails_to(decider)) == 1


def test_who_takes_it_over_themselves_gets_no_mail(at_work: Seat, decider: Person, fund_admin: Person) -> None:
    make.seat(fund_admin, at_work.funder, Seat.Role.OFFICER)
    end_seat(at_work, ends_on=today(), to=fund_admin, by=fund_admin)
    assert mails_to(fund_admin) == mails_to(decider) == []


def test_who_is_left_reads_which_promises_are_theirs_now(
    at_work: Seat, application: Application, officer: Person, decider: Person
) -> None:
    """Nobody was chosen: plans are nobody's, and a promise has somebody."""
    promise(application, what="Wij bellen.", until=today(), by=officer)
    Seat.objects.filter(pk=at_work.pk).update(ends_on=today())
    with clock.at(clock.now() + timedelta(days=1)):
        hand_over_what_was_left()
    (mail,) = mails_to(decider)
    assert mail.count(" · ") == 3
    assert "Wij bellen." in mail


def test_a_question_that_is_passed_on_is_told_to_who_gets_it(
    asked: Clearance, officer: Person, decider: Person
) -> None:
    day = today() + timedelta(days=4)
    for _click in range(2):
        pass_on(asked, owner=decider, due_on=day, by=officer)
    (mail,) = mails_to(decider)
    assert f"{asked.application.number} · Pleintje · Mag het op deze grond? · uiterlijk op" in mail
    assert "Fatima van Wilgen gaf u dit werk." in mail
    pass_on(asked, owner=decider, due_on=day + timedelta(days=1), by=officer)
    assert len(mails_to(decider)) == 1, "another day is no other owner"
    pass_on(asked, owner=officer, due_on=day, by=officer)
    assert mails_to(officer) == [], "who takes it knows"


def test_a_promise_for_a_colleague_is_told_to_them(application: Application, officer: Person, decider: Person) -> None:
    promise(application, what="Wij bellen.", until=today(), owner=decider, by=officer)
    assert "Wij bellen." in mails_to(decider)[0]
    promise(application, what="Ik mail.", until=today(), by=officer)
    assert mails_to(officer) == []


def test_plans_that_are_given_together_are_one_mail(
    scheme: Scheme, resident: Person, officer: Person, decider: Person
) -> None:
    rows = [make.application(scheme, resident) for _each in range(MOST + 2)]
    taken = make.application(scheme, resident)
    assert assign({**dict.fromkeys(rows), taken: decider.pk}, to=decider, by=officer) == [taken]
    (mail,) = mails_to(decider)
    assert mail.count(" · Geveltuinen") == MOST
    assert "En nog 2." in mail
    assert taken.number not in mail
    assign({rows[0]: decider.pk}, to=officer, by=officer)
    assert mails_to(officer) == []


def test_the_mail_leads_to_the_work(as_: SignedIn, application: Application, officer: Person, decider: Person) -> None:
    promise(application, what="Wij bellen.", until=today(), owner=decider, by=officer)
    assert "/werk/\n" in mails_to(decider)[0]
    assert "Wij bellen." in as_(decider).get("/werk/").text
