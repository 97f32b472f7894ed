"""The step line: where a plan is, from sending it to done, and how it ends early."""

import pytest
from django.utils import translation

from grants.ask.actions import withdraw
from grants.decide.actions import award
from grants.models import Application, Scheme
from grants.models.road import STEPS, road_of
from grants.report.actions import close, tell_story
from ledger.models import Payee
from tests import make
from web.clock import today
from web.models import Person


def now_at(application: Application) -> str:
    here = [str(step.name) for step in road_of(Application.objects.get(pk=application.pk)) if step.state == "now"]
    assert len(here) <= 1
    return here[0] if here else "all done"


def test_every_step_is_reached_in_turn(
    application: Application, officer: Person, treasurer: Person, resident: Person
) -> None:
    seen = [now_at(application)]
    make.judgement(application, by=officer)
    seen.append(now_at(application))
    grant = award(application, amount=make.money(450), by=officer)
    seen.append(now_at(application))
    Payee.take_down(grant.commitment, kind="me", name="S", iban="NL91ABNA0417164300", bank="", by=resident)
    seen.append(now_at(application))
    payment = grant.commitment.payments.get()
    payment.put_on_its_way(by=treasurer)
    seen.append(now_at(application))
    payment.confirm(on=today(), by=treasurer)
    seen.append(now_at(application))
    tell_story(application, worked="yes", by=resident)
    close(application, by=officer)
    seen.append(now_at(application))
    passed = ("read", "decision", "bank", "paid", "paid", "doing")
    assert seen == [*(str(STEPS[key]) for key in passed), "all done"]


def test_done_comes_before_now_and_later_after_it(judged: Application) -> None:
    states = [step.state for step in road_of(judged)]
    assert states == sorted(states, key=["done", "now", "later"].index)
    assert len(states) == len(STEPS) - 3, "nothing is asked of the residents, and nothing is fixed later"


def test_the_decision_has_its_latest_day_until_it_is_taken(judged: Application, officer: Person) -> None:
    assert judged.answer_by in [step.when for step in road_of(judged)]
    award(judged, amount=make.money(450), by=officer)
    assert [step.when for step in road_of(Application.objects.get())][2] is None


def test_what_is_asked_of_the_residents_is_a_step_with_its_day(application: Application, officer: Person) -> None:
    completion = make.returned(application, by=officer)
    now = next(step for step in road_of(Application.objects.get(), completion.wait) if step.state == "now")
    assert (str(now.name), str(now.who), now.when) == ("You complete your plan", "you", completion.wait.until)


def test_a_question_is_a_step_until_it_is_answered(judged: Application, officer: Person) -> None:
    enquiry = make.asked(judged, by=officer)
    assert "You answer our question" in [str(step.name) for step in road_of(judged, enquiry.wait)]
    assert "You answer our question" not in [str(step.name) for step in road_of(judged)]


def test_the_officer_who_has_it_stands_at_what_is_theirs(judged: Application, officer: Person) -> None:
    road = {str(step.name): str(step.who) for step in road_of(judged)}
    assert (road["We read your plan"], road["Money paid"]) == (officer.name, judged.scheme.funder.name)


def test_the_track_decides_what_comes_afterwards(scheme: Scheme, resident: Person) -> None:
    quick, growth = make.application(scheme, resident), make.application(scheme, resident, asked=9_000)
    names = [[str(step.name) for step in road_of(each)] for each in (quick, growth)]
    assert ["We fix the amount" in each for each in names] == [False, True]
    texts = [[str(step.text) for step in road_of(each) if step.text] for each in (quick, growth)]
    assert texts == [["One question."], ["A few questions, and what you spent."]]


def test_a_plan_that_ended_early_shows_its_end(application: Application, resident: Person) -> None:
    withdraw(application, by=resident)
    road = road_of(application)
    assert [step.state for step in road] == ["done", "now"]
    assert str(road[-1].name) == "withdrawn"


@pytest.mark.parametrize("status", Application.Status.values)
def test_every_status_has_a_road(application: Application, officer: Person, status: str) -> None:
    make.grant(application, by=officer)
    Application.objects.update(status=status)
    with translation.override("nl"):
        assert road_of(Application.objects.get())
