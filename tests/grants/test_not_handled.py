"""A plan that didn't come again may be left, in time (Awb 4:5); and nobody is refused on facts unheard (Awb 4:7)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.ask.actions import complete
from grants.decide.actions import decline, set_aside
from grants.enquire.actions import answer_enquiry, go_on_without, hear
from grants.models import Application, Decision, Enquiry, Letter, Scheme
from grants.review.actions import send_back
from tests import make
from tests.conftest import SignedIn
from web.clock import add_weeks, today
from web.models import Deed, Funder, Person, Seat

WHY = "Zonder de kosten weten wij niet hoeveel geld u vraagt."
FACTS = "Op de website van de winkel staat dat u hier tuinen aanlegt voor geld."
NO: dict[str, Any] = {"reason": "Iemand verdient eraan.", "possible": "Zonder winst kan het wel."}
Status = Application.Status


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


@pytest.fixture
def returned(scheme: Scheme, resident: Person, officer: Person) -> Application:
    """Back with the residents until Monday 16 March 2026: it may be left from the 17th, until 13 April."""
    with on_day("2026-03-02"):
        made = make.application(scheme, resident)
        send_back(made, missing=["costs", "when"], until=date(2026, 3, 16), by=officer)
    return made


def fresh() -> Application:
    return Application.objects.get()


@pytest.mark.parametrize("day", ["2026-03-17", "2026-04-13"])
def test_what_did_not_come_again_is_left_with_a_letter(returned: Application, officer: Person, day: str) -> None:
    with on_day(day):
        decision = set_aside(fresh(), reason=WHY, by=officer)
    assert fresh().status == Status.NOT_HANDLED
    assert decision.outcome == Decision.Outcome.NOT_HANDLED
    text = Letter.objects.get(event="decide/not_handled").text
    for part in (
        "opnieuw sturen",
        "16 maart 2026",
        "- Wat het kost, in een kort lijstje",
        WHY,
        decision.number,
        "bezwaar",
    ):
        assert part in text
    assert Deed.objects.get(verb="set_aside").by == officer


@pytest.mark.parametrize(("day", "sentence"), [("2026-03-16", "have until"), ("2026-04-14", "until 13 April 2026")])
def test_not_before_the_last_day_and_not_after_four_weeks(
    returned: Application, officer: Person, day: str, sentence: str
) -> None:
    with on_day(day), pytest.raises(ValidationError, match=sentence):
        set_aside(fresh(), reason=WHY, by=officer)
    assert fresh().status == Status.RETURNED
    assert not Decision.objects.exists()


def test_what_came_again_is_judged(returned: Application, officer: Person, resident: Person) -> None:
    with on_day("2026-03-17"):
        complete(fresh(), by=resident)
        with pytest.raises(ValidationError, match="didn't come again"):
            set_aside(fresh(), reason=WHY, by=officer)


def test_of_leaving_it_and_completing_it_at_once_one_counts(
    returned: Application, officer: Person, resident: Person
) -> None:
    on_another_screen = fresh()
    with on_day("2026-03-17"):
        set_aside(fresh(), reason=WHY, by=officer)
        with pytest.raises(ValidationError):
            complete(on_another_screen, by=resident)
    assert fresh().status == Status.NOT_HANDLED


def test_leaving_it_needs_a_mandate(returned: Application, officer: Person, treasurer: Person) -> None:
    with on_day("2026-03-17"):
        Seat.objects.filter(person=officer).update(mandate=400)
        with pytest.raises(ValidationError, match="mandate"):
            set_aside(fresh(), reason=WHY, by=officer)
        with pytest.raises(PermissionDenied):
            set_aside(fresh(), reason=WHY, by=treasurer)


def test_the_page_says_until_when_it_can_be_left(as_: SignedIn, returned: Application, officer: Person) -> None:
    address = reverse("grants:set_aside", args=[returned.pk])
    with on_day("2026-03-17"):
        visitor = as_(officer)
        assert address in visitor.get(reverse("grants:application", args=[returned.pk])).text
        assert "13 April 2026" in visitor.get(address).text
        assert "Write why" in visitor.post(address, {"reason": ""}).text
        visitor.post(address, {"reason": WHY})
    assert fresh().status == Status.NOT_HANDLED


# Heard first


@pytest.fixture
def heard(judged: Application, officer: Person) -> Enquiry:
    return hear(judged, facts=FACTS, until=add_weeks(today(), 1), by=officer)


def no(by: Person) -> Decision:
    application = fresh()
    return decline(application, grounds=application.edition.criteria.all()[:1], by=by, about_them=True, **NO)


def test_nobody_is_refused_on_facts_unheard(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="First ask"):
        no(officer)
    assert fresh().status == Status.JUDGED


def test_a_private_fund_reads_nothing_of_the_law_of_public_bodies(as_: SignedIn, judged: Application) -> None:
    address, officer = reverse("grants:decide", args=[judged.pk]), Person.objects.get(pk=judged.officer_id or 0)
    assert "Awb 4:7" in as_(officer).get(address).text
    Funder.objects.update(regime="private")
    page = as_(officer).get(address).text
    assert "Then they may react first." in page
    assert "Awb" not in page


def test_the_residents_read_the_facts_and_answer(heard: Enquiry, officer: Person, resident: Person) -> None:
    letter = Letter.objects.get(event="enquire/view")
    assert FACTS in letter.text
    assert reverse("grants:answer_enquiry", args=[heard.wait.application_id]) in letter.text
    with pytest.raises(ValidationError, match="First ask"):
        no(officer)
    answer_enquiry(heard, answer="Dat is mijn broer.", by=resident)
    assert no(officer).outcome == Decision.Outcome.DECLINED


def test_who_does_not_react_was_heard(heard: Enquiry, officer: Person) -> None:
    with time_machine.travel(add_weeks(today(), 1).isoformat() + " 12:00", tick=False), pytest.raises(ValidationError):
        no(officer)
    with time_machine.travel(add_weeks(today(), 2).isoformat() + " 12:00", tick=False):
        assert no(officer).outcome == Decision.Outcome.DECLINED


def test_not_waiting_for_it_is_not_hearing(heard: Enquiry, officer: Person) -> None:
    go_on_without(heard, by=officer)
    with pytest.raises(ValidationError, match="First ask"):
        no(officer)


def test_our_clock_runs_on_while_they_are_heard(judged: Application, officer: Person) -> None:
    before = fresh().answer_by
    hear(judged, facts=FACTS, until=add_weeks(today(), 3), by=officer)
    assert fresh().answer_by == before


def test_they_get_a_week_at_least(judged: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="at least a week"):
        hear(judged, facts=FACTS, until=today(), by=officer)


def test_the_pages_ask_and_refuse(as_: SignedIn, judged: Application, officer: Person) -> None:
    visitor, decide = as_(officer), reverse("grants:decide", args=[judged.pk])
    ticked = {"decline": "1", "no-grounds": [judged.edition.criteria.all()[0].pk], "no-about_them": "on"}
    page = visitor.post(decide, ticked | {f"no-{name}": text for name, text in NO.items()})
    assert "First ask what the residents say" in page.text
    until = add_weeks(today(), 1).strftime("%d-%m-%Y")
    asked = visitor.post(reverse("grants:hear", args=[judged.pk]), {"facts": FACTS, "until": until})
    assert FACTS in visitor.get(asked["Location"]).text
