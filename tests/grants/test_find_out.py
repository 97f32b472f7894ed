"""May it be done here? Found out by staff, with an owner and a day; seen by residents; before anything is granted."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from grants.ask.actions import complete, submit
from grants.decide.actions import award, decline, settle
from grants.find_out.actions import answer_clearance, find_out, pass_on
from grants.models import Application, Check, Clearance, Intake, Scheme
from grants.models.page import Page
from grants.models.written import forget_what_was_written
from grants.setup.actions import begin_edition
from grants.sign.actions import propose, sign
from grants.write.actions import save_draft
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_take_in import taken_in
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person

MUSIC, GROUND, ANY = "Mag er muziek op straat?", "Mag het op deze grond?", "Is er een vergunning nodig?"
ANSWERED = {"answer": "yes", "text": ""}


@pytest.fixture
def listed(scheme: Scheme, officer: Person) -> Scheme:
    """With three questions on its list; `officer`, so that somebody works there."""
    with make.changing(scheme) as edition:
        make.check(edition, MUSIC, words="muziek, band")
        make.check(edition, GROUND, words="geveltuin", within=3)
        make.check(edition, ANY)
    scheme.refresh_from_db()
    return scheme


def sent(to: Scheme, by: Person, **answers: str) -> Application:
    words = make.ANSWERS | {"permission": "no"} | answers
    return submit(make.draft(to, by, answers=words, title="Plan"), by=by)


@pytest.fixture
def asked(listed: Scheme, resident: Person) -> Clearance:
    """Of Samira's front gardens: may they be on this ground?"""
    return sent(listed, resident).clearances.get()


def questions(of: Application) -> set[str]:
    return {str(each.check_of) for each in of.clearances.all()}


# Which are asked


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {GROUND}),
        ({"what": "Een boom."}, set()),
        ({"what": "Een boom.", "permission": "yes"}, {ANY}),
        ({"what": "Een boom.", "permission": "dont_know"}, {ANY}),
        ({"what": "Een boom.", "where_when": "Met straatmuziek, in mei."}, {MUSIC}),
        ({"what": "Een band speelt bij de geveltuinen."}, {MUSIC, GROUND}),
        ({"what": "Fietsbanden plakken, langs de gevel."}, set()),
    ],
)
def test_only_what_is_on_the_list_and_in_the_plan_is_asked(
    listed: Scheme, resident: Person, answers: dict[str, str], expected: set[str]
) -> None:
    assert questions(sent(listed, resident, **answers)) == expected


def test_a_budget_line_tells_it_too(scheme: Scheme) -> None:
    plan = make.plan(make.person(), answers={"what": "Een feest."})
    make.line(plan, "Een band")
    page = Page(plan.page.words, plan.page.lines)
    assert Check(words="band", title=MUSIC).concerns(page)
    assert not Check(words="orkest", title=MUSIC).concerns(page)


def test_the_list_is_of_the_edition_it_was_sent_under(listed: Scheme, resident: Person) -> None:
    with make.changing(listed) as edition:
        edition.checks.all().delete()
    before = listed
    listed.refresh_from_db()
    assert questions(sent(before, resident)) == set()
    with pytest.raises(Exception, match="frozen"):
        Check.objects.all().update(title="Anders")


def test_the_list_is_copied_with_the_rules(listed: Scheme, fund_admin: Person) -> None:
    draft = begin_edition(listed, by=fund_admin)
    assert [str(each) for each in draft.checks.all()] == [MUSIC, GROUND, ANY]


def test_it_has_an_owner_with_little_to_do_and_a_day(listed: Scheme, officer: Person, decider: Person) -> None:
    """The first goes to Fatima, who was there first; the next to Diederik, who has none."""
    first, second = (sent(listed, make.person()).clearances.get() for _ in range(2))
    assert (first.owner, second.owner) == (officer, decider)
    assert first.due_on == clock.add_working_days(clock.today(), 3)


def test_nobody_of_the_group_owns_it_and_else_who_published_it(
    listed: Scheme, officer: Person, funder: Funder, scheme: Scheme
) -> None:
    alone = sent(listed, officer).clearances.get()
    assert alone.owner == listed.edition.published_by


def test_what_was_completed_is_read_anew(listed: Scheme, resident: Person, officer: Person) -> None:
    application = sent(listed, resident)
    make.returned(application, "what", by=officer)
    save_draft(application, by=resident, what="Een band bij de geveltuinen.")
    complete(Application.objects.for_writing().get(pk=application.pk), by=resident)
    assert questions(application) == {GROUND, MUSIC}


def test_what_came_on_paper_is_asked_too(listed: Scheme, officer: Person) -> None:
    words = {"title": "Feest", "what": "Een band speelt.", "where_when": "In mei."}
    assert questions(taken_in(listed, officer, words=words)) == {MUSIC}


def test_an_officer_asks_what_no_word_did_once(asked: Clearance, officer: Person, other_funder: Funder) -> None:
    application = asked.application
    check = application.edition.checks.get(title=MUSIC)
    first = find_out(application, check=check, by=officer)
    assert find_out(application, check=check, by=officer) == first
    assert (first.owner, Deed.objects.filter(verb="find_out").count()) == (officer, 1)
    theirs = make.scheme(other_funder)
    with make.changing(theirs) as edition:
        other = make.check(edition, MUSIC)
    with pytest.raises(ValidationError, match="list of this scheme"):
        find_out(application, check=other, by=officer)


# Finding out


def test_an_answer_stands_with_who_and_when(asked: Clearance, officer: Person) -> None:
    answer_clearance(asked, answer="provided", text="Als de stoep vrij blijft.", by=officer)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by, asked.answered_on) == ("provided", officer, clock.today())
    deed = Deed.objects.get(verb="answer_clearance")
    assert (deed.thread, deed.strand) == (asked.application.plan_id, asked.application_id)


@pytest.mark.parametrize("answer", ["provided", "no"])
def test_more_than_yes_says_why(asked: Clearance, officer: Person, answer: str) -> None:
    with pytest.raises(ValidationError, match="Write what has to be right first"):
        answer_clearance(asked, answer=answer, text=" ", by=officer)
    with pytest.raises(IntegrityError):
        Clearance.objects.update(answer=answer, answered_on=clock.today(), answered_by=officer)


def test_the_clock_of_the_answer_runs_on(asked: Clearance) -> None:
    application = Application.objects.get(pk=asked.application_id)
    assert application.duties is not None
    assert application.answer_by == application.duties.answer_by(clock.today())
    assert not application.waits.exists()


def test_it_is_passed_on_to_who_works_here_with_a_day(
    asked: Clearance, officer: Person, decider: Person, outsider: Person
) -> None:
    day = clock.today() + timedelta(days=4)
    pass_on(asked, owner=decider, due_on=day, by=officer)
    asked.refresh_from_db()
    assert (asked.owner, asked.due_on) == (decider, day)
    with pytest.raises(ValidationError, match="works here"):
        pass_on(asked, owner=outsider, due_on=day, by=officer)
    with pytest.raises(ValidationError, match="a later day"):
        pass_on(asked, owner=decider, due_on=clock.today() - timedelta(days=1), by=officer)
    answer_clearance(asked, **ANSWERED, by=officer)
    with pytest.raises(ValidationError, match="found out already"):
        pass_on(asked, owner=officer, due_on=day, by=officer)


def test_nobody_finds_out_about_their_own_plan(listed: Scheme, officer: Person) -> None:
    own = sent(listed, officer).clearances.get()
    with pytest.raises(PermissionDenied):
        answer_clearance(own, **ANSWERED, by=officer)


# Deciding


def test_nothing_is_granted_before_it_is_found_out(asked: Clearance, officer: Person) -> None:
    application = asked.application
    make.judgement(application, by=officer)
    with pytest.raises(ValidationError, match=f"Find out first: Mag het op deze grond.*{asked.owner}"):
        award(application, amount=euro(450), by=officer)
    answer_clearance(asked, answer="no", text="Er ligt een kabel.", by=officer)
    with pytest.raises(ValidationError, match="It may not be done here"):
        award(application, amount=euro(450), by=officer)
    answer_clearance(asked, answer="provided", text="Naast de kabel mag het.", by=officer)
    assert award(application, amount=euro(450), by=officer).application == application
    with pytest.raises(ValidationError, match="decided already"):
        answer_clearance(asked, answer="no", text="Toch niet.", by=officer)


def test_nothing_is_settled_at_once_either(asked: Clearance, officer: Person) -> None:
    application = asked.application
    with pytest.raises(ValidationError, match="Find out first"):
        settle(application, verdicts=make.verdicts(application), amount=euro(450), by=officer)
    assert Application.objects.get().status == "submitted"


def test_neither_signature_comes_before_it(listed: Scheme, resident: Person, decider: Person) -> None:
    second = make.person("Els Es")
    make.seat(second, listed.funder, "decider", mandate=10_000)  # type: ignore[arg-type]  # a role is a text
    make.changed(listed, second_signature_above=euro(100))
    listed.refresh_from_db()
    application = sent(listed, resident)
    clearance = application.clearances.get()
    make.judgement(application, by=decider)
    with pytest.raises(ValidationError, match="Find out first"):
        propose(application, amount=euro(450), by=decider)
    answer_clearance(clearance, **ANSWERED, by=decider)
    proposal = propose(application, amount=euro(450), by=decider)
    answer_clearance(clearance, answer="no", text="Toch niet.", by=decider)
    with pytest.raises(ValidationError, match="may not be done here"):
        sign(proposal, by=second)


def test_declining_need_not_wait(asked: Clearance, officer: Person) -> None:
    application = asked.application
    make.judgement(application, by=officer)
    grounds = application.edition.criteria.all()[:1]
    decline(application, grounds=grounds, reason="Het past niet.", possible="Een bloembak.", by=officer)
    assert Application.objects.get().status == "declined"
    assert not Clearance.objects.open().exists()


def test_what_was_written_is_forgotten_with_the_plan(listed: Scheme, officer: Person) -> None:
    """That it was taken in and found out stays, and how."""
    words = {"title": "Feest", "what": "Een band speelt.", "where_when": "In mei."}
    application = taken_in(listed, officer, words=words, why_later="Kees was ziek.")
    answer_clearance(application.clearances.get(), answer="no", text="Kees heeft daar geen grond.", by=officer)
    forget_what_was_written([application.plan_id])
    clearance, intake = application.clearances.get(), Intake.objects.get()
    assert (clearance.answer, clearance.text) == ("no", "–")
    assert (intake.came_by, intake.why_later) == ("paper", "")


# Pages


def test_residents_see_who_finds_out_and_by_when_and_the_answer(
    as_: SignedIn, asked: Clearance, resident: Person, officer: Person
) -> None:
    visitor, address = as_(resident), asked.application.get_absolute_url()
    page = visitor.get(address).text
    assert "We find this out for you. You need not do anything." in page
    assert f"We are finding out. {officer} does this" in page
    assert f"/werk/mag-het/{asked.pk}/" not in page
    answer_clearance(asked, answer="provided", text="Als de stoep vrij blijft.", by=officer)
    assert "Als de stoep vrij blijft." in visitor.get(address).text


def test_an_officer_finds_out_from_their_list(as_: SignedIn, asked: Clearance, officer: Person) -> None:
    visitor, application = as_(officer), asked.application
    assert GROUND in visitor.get("/werk/mag-het/").text
    before = visitor.get(f"/werk/{application.pk}/").text
    assert "we are finding out" in before.lower()
    assert "It isn’t known yet" in visitor.get(f"/werk/{application.pk}/snel/").text
    address = f"/werk/mag-het/{asked.pk}/"
    wrong = visitor.post(address, {"answer": "no", "text": ""})
    assert "Write what has to be right first" in wrong.text
    done = visitor.post(address, {"answer": "no", "text": "Er ligt een kabel."}, follow=True).text
    assert "Er ligt een kabel." in done
    assert "so it can’t be granted" in visitor.get(f"/werk/{application.pk}/snel/").text
    assert GROUND not in visitor.get("/werk/mag-het/").text


def test_an_officer_asks_more_and_passes_it_on(
    as_: SignedIn, asked: Clearance, officer: Person, decider: Person
) -> None:
    visitor, here = as_(officer), f"/werk/{asked.application_id}/mag-het/"
    check = asked.application.edition.checks.get(title=MUSIC)
    assert MUSIC in visitor.get(here).text
    visitor.post(here, {"check": check.pk})
    assert asked.application.clearances.count() == 2
    day = clock.today() + timedelta(days=6)
    address = f"/werk/mag-het/{asked.pk}/doorgeven/"
    assert "a later day" in visitor.post(address, {"owner": decider.pk, "due_on": "01-01-2020"}).text
    visitor.post(address, {"owner": decider.pk, "due_on": f"{day:%d-%m-%Y}"})
    asked.refresh_from_db()
    assert (asked.owner, asked.due_on) == (decider, day)


def test_late_is_said_in_a_word(as_: SignedIn, asked: Clearance, officer: Person) -> None:
    Clearance.objects.update(due_on=clock.today() - timedelta(days=1))
    assert "Late" in as_(officer).get("/werk/mag-het/").text
    plan = asked.application
    assert "Late" in as_(plan.plan.first_contact).get(plan.get_absolute_url()).text, "residents read it too"


def test_the_lists_ask_the_same_of_few_and_many(
    as_: SignedIn, listed: Scheme, officer: Person, django_assert_num_queries: Any
) -> None:
    visitor = as_(officer)
    for number in range(2):
        for _ in range(number * 3 + 1):
            application = sent(listed, make.person(), what="Een band bij de geveltuinen.")
        # session, user with person, seats, and if one answers residents; for whom one stands in; the questions
        with django_assert_num_queries(6):
            assert visitor.get("/werk/mag-het/").text.count(GROUND) == number * 3 + number + 1
        # session, user with person, seats; the application; the reading; its questions, its list; of the group, seats
        with django_assert_num_queries(9):
            visitor.get(f"/werk/{application.pk}/mag-het/")


def test_the_scheme_says_what_we_find_out(as_: SignedIn, listed: Scheme, resident: Person) -> None:
    page = as_(resident).get(listed.get_absolute_url()).text
    assert "What do we find out for you?" in page
    assert MUSIC in page
