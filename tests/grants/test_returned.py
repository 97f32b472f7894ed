"""A plan that is sent back once: one list, a last day, what was changed, and a clock that stands still meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from grants.ask.actions import complete, withdraw
from grants.models import Application, Completion, Letter, Scheme, Wait
from grants.models.completion import Change, changes, may_be_missing, snapshot
from grants.models.sieve import Sieve, counted
from grants.review.actions import go_on_as_it_stands, judge, send_back
from grants.write.actions import save_draft
from tests import make
from web.amounts import euro
from web.clock import add_weeks, today
from web.models import Deed, Person

Status = Application.Status
MONDAY = "2026-03-02"


@pytest.fixture
def small(scheme: Scheme, resident: Person) -> Application:
    """2,000 euro: eight questions, an answer in three weeks."""
    with on_day(MONDAY):
        return make.application(scheme, resident, asked=2_000)


@pytest.fixture
def returned(small: Application, officer: Person) -> Application:
    """Sent on Monday 2 March, and back the same day, until the 16th."""
    with on_day(MONDAY):
        send_back(small, missing=["costs", "when"], until=date(2026, 3, 16), by=officer)
    return small


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def back_again(application: Application, *, on: date, by: Person) -> Application:
    with on_day(on.isoformat()):
        return complete(fresh(application), by=by)


def test_sending_back_tells_the_residents_what_is_missing_and_by_when(returned: Application, officer: Person) -> None:
    assert returned.status == Status.RETURNED
    letter = Letter.objects.get(event="review/returned")
    assert "- Wat het kost, in een kort lijstje" in letter.text
    assert "16 maart 2026" in letter.text
    assert fresh(returned).officer == officer
    assert Deed.objects.get(verb="send_back").detail.values["missing"] == "costs, when"


def test_the_clock_stands_still_until_the_last_day_at_most(returned: Application) -> None:
    """Three weeks from 2 March is the 23rd; fourteen days more is 6 April: Easter Monday, so the 7th."""
    assert fresh(returned).answer_by == date(2026, 4, 7)


@pytest.mark.parametrize(("on", "answer_by"), [(2, 23), (3, 23), (9, 30), (16, 38)])
def test_the_clock_runs_on_when_it_is_back(returned: Application, resident: Person, on: int, answer_by: int) -> None:
    """Back on the 9th: the 3rd to the 8th didn't count, so the 23rd becomes the 29th: a Sunday, so the 30th."""
    again = back_again(returned, on=date(2026, 3, on), by=resident)
    assert again.status == Status.SUBMITTED
    assert again.answer_by == date(2026, 3, 1) + timedelta(days=answer_by - 1)
    assert again.complete_at is not None
    assert fresh(again).answer_by == again.answer_by


def test_back_after_the_last_day_makes_the_wait_no_longer(returned: Application, resident: Person) -> None:
    assert back_again(returned, on=date(2026, 3, 20), by=resident).answer_by == date(2026, 4, 7)


def test_what_the_residents_changed_is_kept_for_who_judges_it(
    returned: Application, resident: Person, officer: Person
) -> None:
    costs = [{"what": "Tegels", "amount": euro(150)}, {"what": "Zand", "amount": euro(50)}]
    save_draft(fresh(returned), by=resident, where_when="Op 9 mei, in de Lindestraat.", costs=costs)
    back_again(returned, on=date(2026, 3, 9), by=resident)
    completion = Completion.objects.get()
    assert completion.changes == [
        Change("Where and when is it?", "In de Lindestraat, in mei.", "Op 9 mei, in de Lindestraat."),
        Change("Tegels", "€ 100", "€ 150"),
        Change("Zand", "", "€ 50"),
    ]
    assert completion.completed_by == resident
    assert Letter.objects.filter(event="ask/completed").exists()


@pytest.mark.parametrize(
    ("old", "new", "different"),
    [
        ([["cost", "A", "", "10.00"]], [["cost", "A", "", "10.00"]], []),
        ([["cost", "A", "", "10.00"]], [], [Change("A", "€ 10", "")]),
        (
            [["cost", "A", "", "10.00"], ["cost", "A", "", "20.00"]],
            [["cost", "A", "", "10.00"], ["cost", "A", "", "30.00"]],
            [Change("A", "€ 20", "€ 30")],
        ),
        ([], [["in_kind", "Zaal", "de school", ""]], [Change("Zaal (given without money)", "", "de school")]),
        ([["cost", "A", "", "10.00"]], [["others", "A", "", "10.00"]], None),
    ],
)
def test_lines_are_compared_by_what_they_are_called(
    old: list[list[str]], new: list[list[str]], different: list[Change] | None
) -> None:
    found = changes({"lines": old}, {"lines": new})
    assert len(found) == 2 if different is None else found == different


def test_it_goes_back_once(small: Application, officer: Person, resident: Person) -> None:
    until = add_weeks(today(), 2)
    send_back(small, missing=["what"], until=until, by=officer)
    complete(fresh(small), by=resident)
    with pytest.raises(ValidationError, match="why it goes back again"):
        send_back(fresh(small), missing=["what"], until=until, reason=" ", by=officer)
    again = send_back(fresh(small), missing=["what"], until=until, reason="De foto ontbrak.", by=officer)
    assert again.number == 2
    assert "De foto ontbrak." in Letter.objects.latest("pk").text


def test_the_database_itself_asks_why_again(returned: Application) -> None:
    with pytest.raises(IntegrityError, match="a_second_return_has_a_reason"), transaction.atomic():
        Completion.objects.update(number=2)


@pytest.mark.parametrize("missing", [[], ["burn"], ["what", "group"], ["costs", "permission"]])
def test_only_the_fixed_list_can_be_asked(application: Application, officer: Person, missing: list[str]) -> None:
    """A plan of 450 euro was never asked for permission, and this scheme asks no group."""
    with pytest.raises(ValidationError, match="Choose from the list"):
        send_back(application, missing=missing, until=add_weeks(today(), 2), by=officer)
    assert fresh(application).status == Status.SUBMITTED


def test_a_scheme_that_asks_a_group_can_miss_it(scheme: Scheme, application: Application) -> None:
    edition = make.changed(scheme, members_at_least=2)
    assert "group" in dict(may_be_missing(edition, application.duties))


def test_residents_get_at_least_a_week(application: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="at least a week"):
        send_back(application, missing=["what"], until=today() + timedelta(days=6), by=officer)


def test_only_the_first_of_two_who_send_it_back_does(small: Application, officer: Person, decider: Person) -> None:
    on_another_screen, until = fresh(small), add_weeks(today(), 2)
    send_back(small, missing=["what"], until=until, by=officer)
    with pytest.raises(ValidationError):
        send_back(on_another_screen, missing=["costs"], until=until, reason="Dubbel", by=decider)
    assert Wait.objects.count() == 1
    assert Letter.objects.count() == 1


def test_sending_it_again_twice_is_refused(returned: Application, resident: Person) -> None:
    on_another_screen = fresh(returned)
    complete(fresh(returned), by=resident)
    with pytest.raises(ValidationError, match="sent again already"):
        complete(on_another_screen, by=resident)
    assert Letter.objects.filter(event="ask/completed").count() == 1


def test_what_is_still_empty_is_asked_back(returned: Application, resident: Person) -> None:
    save_draft(fresh(returned), by=resident, costs=[], where_when="")
    with pytest.raises(ValidationError) as refusal:
        complete(fresh(returned), by=resident)
    assert refusal.value.messages == ["Write where and when it is.", "Make a short list of what it costs."]
    with pytest.raises(ValidationError, match="how much money"):
        save_draft(fresh(returned), by=resident, asked=None, costs=[])


def test_a_scheme_that_closed_meanwhile_takes_nothing_away(returned: Application, resident: Person) -> None:
    make.changed(returned.scheme, opens_on=date(2026, 1, 1), closes_on=date(2026, 3, 3))
    assert complete(fresh(returned), by=resident).status == Status.SUBMITTED


def test_another_amount_brings_the_duties_of_its_track(returned: Application, resident: Person) -> None:
    """Six weeks from 2 March is 13 April; six days stood still; the 19th is a Sunday."""
    save_draft(fresh(returned), by=resident, asked=euro(4_000))
    again = back_again(returned, on=date(2026, 3, 9), by=resident)
    assert again.duties is not None
    assert again.duties.kind == "middel"
    assert again.answer_by == date(2026, 4, 20)


def test_a_smaller_amount_never_breaks_an_earlier_promise(returned: Application, resident: Person) -> None:
    save_draft(fresh(returned), by=resident, asked=euro(400))
    again = back_again(returned, on=date(2026, 3, 9), by=resident)
    assert again.duties is not None
    assert again.duties.kind == "snel"
    assert again.answer_by is not None
    assert again.answer_by >= date(2026, 3, 23)


def test_duties_that_changed_meanwhile_do_not_reach_it(returned: Application, resident: Person) -> None:
    with make.changing(returned.scheme) as edition:
        edition.tracks.filter(kind="klein").update(up_to=euro(1_000))
    again = back_again(returned, on=date(2026, 3, 9), by=resident)
    assert again.duties is not None
    assert again.duties.kind == "klein"


def test_a_returned_plan_is_not_judged(returned: Application, officer: Person) -> None:
    with pytest.raises(ValidationError, match="can't become"):
        judge(returned, strong="", verdicts=make.verdicts(returned), by=officer)


def test_a_returned_plan_can_be_withdrawn(returned: Application, resident: Person) -> None:
    withdraw(returned, by=resident)
    assert not Wait.objects.open().exists()
    with pytest.raises(ValidationError):
        complete(fresh(returned), by=resident)


def test_after_the_last_day_it_is_judged_as_it_stands(returned: Application, officer: Person) -> None:
    with on_day("2026-03-16"), pytest.raises(ValidationError, match="have until"):
        go_on_as_it_stands(returned, by=officer)
    with on_day("2026-03-17"):
        go_on_as_it_stands(returned, by=officer)
        assert returned.status == Status.SUBMITTED
        assert fresh(returned).answer_by == date(2026, 4, 7)
        make.judgement(fresh(returned), by=officer)
    assert Letter.objects.filter(event="review/read_as_it_is").count() == 1
    assert Completion.objects.get().changes == []
    with pytest.raises(ValidationError, match="not with the residents"):
        go_on_as_it_stands(returned, by=officer)


def test_then_the_fund_reads_what_the_residents_left(returned: Application, officer: Person, resident: Person) -> None:
    save_draft(returned, what="Bomen en banken.", by=resident)
    with on_day("2026-03-17"):
        go_on_as_it_stands(fresh(returned), by=officer)
    assert fresh(returned).page.words["what"] == "Bomen en banken."


def test_a_plan_back_with_the_residents_is_not_late(small: Application, officer: Person) -> None:
    with on_day("2026-03-20"):
        send_back(small, missing=["what"], until=date(2026, 4, 10), by=officer)
    with on_day("2026-03-30"):
        assert counted(Application.objects.all(), [Sieve("late")], []) == [0, 0]


@pytest.mark.parametrize("who", ["neighbour", "resident", "treasurer", "outsider"])
def test_only_an_officer_of_this_funder_sends_it_back(request: Any, application: Application, who: str) -> None:
    with pytest.raises(PermissionDenied):
        send_back(application, missing=["what"], until=add_weeks(today(), 2), by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["neighbour", "officer", "outsider"])
def test_only_the_first_contact_sends_it_again(request: Any, returned: Application, who: str) -> None:
    with pytest.raises(PermissionDenied):
        complete(returned, by=request.getfixturevalue(who))


def test_a_snapshot_holds_every_answer(application: Application) -> None:
    kept = snapshot(application)
    assert kept["what"] == application.plan.what
    assert kept["asked"] == "450.00"
    assert kept["lines"] == [["cost", "Tegels", "", "100.00"]]
