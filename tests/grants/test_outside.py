"""What came on paper while nothing could be asked: taken in knowingly, never granted; sent on, or not handled."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award, decline, set_aside, settle
from grants.models import Application, Decision, Letter, Scheme
from grants.models.clearance import refuse_before_it_may_be_done
from grants.models.division import ahead_of
from grants.models.intake import Intake
from grants.models.queue import lined_up
from grants.objection.actions import answer_reaction, react
from grants.refer.actions import propose_referral
from ledger.models import Budget
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_take_in import PAGE, taken_in, typed
from web import clock
from web.amounts import euro
from web.models import Funder, Person, Seat

WHY = "De regeling was dicht."


@pytest.fixture
def closed(scheme: Scheme) -> Scheme:
    """It could be asked from thirty days ago until yesterday."""
    make.changed(scheme, closes_on=clock.today() - timedelta(days=1))
    scheme.refresh_from_db()
    assert not scheme.is_open
    return scheme


@pytest.fixture
def outside(closed: Scheme, officer: Person) -> Application:
    """Kees his letter came today."""
    return taken_in(closed, officer, outside=True)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_what_came_in_time_is_taken_in_after_the_scheme_closed(closed: Scheme, officer: Person) -> None:
    before = closed.editions.get(number=1)
    application = taken_in(closed, officer, on=clock.today() - timedelta(days=2))
    assert (application.frozen_edition, application.intake.outside) == (before, False)
    refuse_before_it_may_be_done(application)


def test_the_last_day_is_in_time(closed: Scheme, officer: Person) -> None:
    with clock.at(clock.now() + timedelta(days=20)):
        application = taken_in(closed, officer, on=clock.today() - timedelta(days=21))
    assert application.frozen_edition == closed.editions.get(number=1), "the rules of that day"
    assert not application.intake.outside


def test_a_tick_changes_nothing_for_a_day_on_which_it_could_be_asked(scheme: Scheme, officer: Person) -> None:
    assert not taken_in(scheme, officer, outside=True).intake.outside


def test_before_the_first_rules_the_first_hold(scheme: Scheme, officer: Person) -> None:
    make.changed(scheme, maximum=euro(300))
    early = taken_in(scheme, officer, on=clock.today() - timedelta(days=60), outside=True)
    assert early.frozen_edition == scheme.editions.get(number=1)
    assert early.intake.outside


def test_the_form_says_what_can_be_done_and_asks_a_tick(as_: SignedIn, closed: Scheme, officer: Person) -> None:
    visitor, answers = as_(officer), typed()
    assert 'name="outside"' not in visitor.get(PAGE).text, "asked of who needs it"
    asked = visitor.post(PAGE, answers)
    assert "took no plans on" in asked.text
    assert "decide not to handle it" in asked.text
    assert "Kees Kastanje" in asked.text, "what was typed stays"
    assert not Application.objects.exists()
    assert visitor.post(PAGE, answers | {"outside": "on"}).status_code == 302
    assert Intake.objects.get().outside


def test_who_forgets_something_else_is_not_asked_for_the_tick(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    assert 'name="outside"' not in as_(officer).post(PAGE, typed(name="")).text


def test_residents_read_that_nobody_could_ask_then(outside: Application) -> None:
    assert "Op die dag kon niemand daar geld vragen." in Letter.objects.get().text


def test_it_is_granted_in_no_way(outside: Application, officer: Person) -> None:
    verdicts = make.verdicts(outside)
    with pytest.raises(ValidationError, match="while nothing could be asked"):
        settle(outside, verdicts=verdicts, amount=euro(450), by=officer)
    make.judgement(fresh(outside), by=officer)
    with pytest.raises(ValidationError, match="while nothing could be asked"):
        award(fresh(outside), amount=euro(450), by=officer)
    assert not Decision.objects.exists()


def test_it_takes_nobodys_turn(outside: Application, scheme: Scheme, officer: Person, resident: Person) -> None:
    with clock.at(clock.now() + timedelta(hours=1)):
        later = make.application(scheme, resident)
    assert not ahead_of(later).exists()
    Intake.objects.update(outside=False)
    assert ahead_of(later).get() == outside


@pytest.mark.parametrize("judged", [False, True])
def test_it_is_left_at_once_with_a_letter(as_: SignedIn, outside: Application, officer: Person, judged: bool) -> None:
    if judged:
        make.judgement(outside, by=officer)
    visitor, page = as_(officer), reverse("grants:set_aside", args=[outside.pk])
    shown = visitor.get(reverse("grants:application", args=[outside.pk])).text
    assert page in shown
    assert "It came while nothing could be asked" in shown
    assert "(Awb 4:5)" in visitor.get(page).text
    assert visitor.post(page, {"reason": WHY}).status_code == 302
    assert fresh(outside).status == Application.Status.NOT_HANDLED
    text = Letter.objects.get(event="decide/not_handled").text
    assert all(part in text for part in (WHY, "weer open is", "Op die dag kon niemand hier geld vragen.", "bezwaar"))
    assert "Wij misten nog" not in text
    assert (
        "It came while nothing could be asked"
        not in visitor.get(shown_at := reverse("grants:application", args=[outside.pk])).text
    ), shown_at


def test_what_came_in_time_is_not_left_so(scheme: Scheme, officer: Person) -> None:
    application = taken_in(scheme, officer)
    with pytest.raises(ValidationError, match="Only a plan that was sent back"):
        set_aside(application, reason=WHY, by=officer)


def test_leaving_it_takes_a_mandate(outside: Application, funder: Funder) -> None:
    without = make.person("Els Es")
    make.seat(without, funder, Seat.Role.OFFICER)
    with pytest.raises(PermissionDenied):
        set_aside(outside, reason=WHY, by=without)


def test_it_can_be_sent_on_and_declined(
    outside: Application, closed: Scheme, officer: Person, other_funder: Funder
) -> None:
    elsewhere = make.scheme(other_funder)
    propose_referral(outside, scheme=elsewhere, reason="Daar past het.", by=officer)
    make.judgement(fresh(outside), by=officer)
    grounds = outside.edition.criteria.all()[:1]
    decline(fresh(outside), grounds=grounds, reason="Te laat.", possible="Volgend jaar.", by=officer)
    assert fresh(outside).status == Application.Status.DECLINED


def test_who_was_right_to_object_is_read_after_all(outside: Application, officer: Person, decider: Person) -> None:
    set_aside(outside, reason=WHY, by=officer)
    kees = outside.plan.first_contact
    with clock.at(clock.now() + timedelta(hours=1)):
        objection = react(fresh(outside), kind="objection", text="Ik was op tijd.", by=kees)
        answer_reaction(objection, outcome="upheld", heard="spoken", reason="Dat klopt.", by=decider)
        assert fresh(outside).status == Application.Status.SUBMITTED
        refuse_before_it_may_be_done(fresh(outside))


def test_it_has_no_place_in_the_order_until_they_were_right(
    outside: Application, closed: Scheme, officer: Person, decider: Person
) -> None:
    """The page of the order and the decision say the same: what can never be granted is in nobody's way."""
    later = make.application(closed, make.person(), asked=450)
    earlier = clock.now() - timedelta(days=2)
    Application.objects.filter(pk=outside.pk).update(complete_at=earlier, asked=euro(10_000))

    def waits_for() -> tuple[str, list[Application]]:
        turns = {turn.plan.pk: turn for turn in lined_up(Budget.objects.get())}
        return turns[later.pk].in_the_way, list(ahead_of(fresh(later)))

    assert waits_for() == ("", [])
    set_aside(outside, reason=WHY, by=officer)
    with clock.at(clock.now() + timedelta(hours=1)):
        objection = react(fresh(outside), kind="objection", text="Ik was op tijd.", by=outside.plan.first_contact)
        answer_reaction(objection, outcome="upheld", heard="spoken", reason="Dat klopt.", by=decider)
    Application.objects.filter(pk=outside.pk).update(complete_at=earlier)
    assert waits_for() == (outside.number, [outside])


def test_a_private_fund_names_no_law(as_: SignedIn, other_funder: Funder, outsider: Person) -> None:
    scheme = make.scheme(other_funder)
    application = taken_in(scheme, outsider, on=clock.today() - timedelta(days=60), outside=True)
    page = as_(outsider).get(reverse("grants:set_aside", args=[application.pk])).text
    assert "The residents get a letter." in page
    assert "Awb" not in page
    set_aside(application, reason=WHY, by=outsider)
    assert "bezwaar" not in Letter.objects.get(event="decide/not_handled").text
