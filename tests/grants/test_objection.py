"""After the letter: what residents send, who may handle it, its clock, and that a right objection is decided anew."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award, decline
from grants.models import Application, Decision, Letter, Reaction, Scheme
from grants.models.reaction import kinds_for
from grants.objection import actions
from grants.objection.actions import answer_reaction, handle_reaction, put_reaction_off, react, register_reaction
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.amounts import euro
from web.models import Deed, Funder, Person, Seat

TEXT = "De tegels zijn wel nodig: zonder tegels spoelt de aarde weg."
WHY = "De tegels horen bij de tuin."


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


def refused(application: Application, *, by: Person) -> Application:
    make.judgement(application, by=by)
    grounds = application.edition.criteria.all()[:1]
    decline(application, grounds=grounds, reason="Te duur.", possible="Begin met één straat.", by=by)
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def declined(scheme: Scheme, resident: Person, officer: Person) -> Application:
    """Declined on Monday 2 March, by Fatima: objections until Monday 13 April."""
    with on_day("2026-03-02"):
        return refused(make.application(scheme, resident), by=officer)


@pytest.fixture
def objection(declined: Application, resident: Person) -> Reaction:
    with on_day("2026-03-09"):
        return react(declined, kind="objection", text=TEXT, by=resident)


def again(reaction: Reaction) -> Reaction:
    return Reaction.objects.for_page().get(pk=reaction.pk)


def test_an_objection_gets_a_receipt_at_once(objection: Reaction, resident: Person) -> None:
    letter = Letter.objects.get(event="objection/received")
    assert objection.decision is not None
    for text in (TEXT, objection.number, "9 maart 2026", "26 mei 2026", objection.decision.number):
        assert text in letter.text
    assert letter.to == resident
    assert (objection.until, objection.answer_by, objection.is_late) == (date(2026, 4, 13), date(2026, 5, 26), False)


def test_with_a_committee_it_is_twelve_weeks_and_once_six_more(objection: Reaction, decider: Person) -> None:
    """Awb 7:10: from the day after the last day to object."""
    with on_day("2026-03-10"):
        handle_reaction(objection, with_committee=True, by=decider)
        assert again(objection).answer_by == date(2026, 7, 6)
        put_reaction_off(again(objection), by=decider)
        assert again(objection).answer_by == date(2026, 8, 17)
        with pytest.raises(ValidationError, match="once"):
            put_reaction_off(again(objection), by=decider)
    assert set(Letter.objects.filter(event__startswith="objection/").values_list("event", flat=True)) == {
        "objection/received",
        "objection/handled",
        "objection/put_off",
    }


def test_it_can_not_be_put_off_after_its_last_day(objection: Reaction, decider: Person) -> None:
    with on_day("2026-05-27"), pytest.raises(ValidationError, match="before its last day"):
        put_reaction_off(objection, by=decider)


@pytest.mark.parametrize(
    ("kind", "last"), [("complaint", date(2026, 4, 13)), ("default", date(2026, 3, 16)), ("view", date(2026, 3, 16))]
)
def test_each_kind_has_its_own_clock(declined: Application, officer: Person, kind: str, last: date) -> None:
    """Awb 9:11: a complaint within six weeks; 4:17: two weeks after a notice of default."""
    member = declined.plan.members.get()
    with on_day("2026-03-02"):
        about: dict[str, Any] = {"came_by": "paper", "received_on": date(2026, 3, 2), "text": TEXT, "member": member}
        assert register_reaction(declined, kind=kind, by=officer, **about).answer_by == last


def test_who_decided_does_not_handle_an_objection(objection: Reaction, officer: Person, decider: Person) -> None:
    """Awb 10:3(3)."""
    for deed in (handle_reaction, put_reaction_off):
        with pytest.raises(PermissionDenied, match="what you did yourself"):
            deed(objection, by=officer)
    with pytest.raises(PermissionDenied, match="what you did yourself"):
        answer_reaction(objection, outcome="rejected", heard="spoken", reason=WHY, by=officer)
    with on_day("2026-03-10"):
        assert handle_reaction(objection, by=decider).handler == decider


def test_a_complaint_is_not_handled_by_who_has_the_plan(
    application: Application, officer: Person, decider: Person, resident: Person
) -> None:
    Application.objects.filter(pk=application.pk).update(officer=officer)
    application.officer = officer
    complaint = react(application, kind="complaint", text="Niemand belde terug.", by=resident)
    with pytest.raises(PermissionDenied):
        answer_reaction(complaint, outcome="upheld", reason="U hebt gelijk.", by=officer)
    assert answer_reaction(complaint, outcome="upheld", reason="U hebt gelijk.", by=decider).answered_by == decider
    assert Application.objects.get().status == "submitted"


def test_a_view_may_be_read_by_who_has_the_plan(application: Application, officer: Person, resident: Person) -> None:
    view = react(application, kind="view", text="Wij zien het anders.", by=resident)
    assert handle_reaction(view, by=officer).handler == officer


def test_who_is_right_is_decided_anew_by_somebody_else(objection: Reaction, officer: Person, decider: Person) -> None:
    old = Decision.objects.get()
    with on_day("2026-03-20"):
        answer_reaction(objection, outcome="upheld", heard="spoken", reason=WHY, by=decider)
        application = Application.objects.get()
        assert application.status == "judged"
        with pytest.raises(PermissionDenied, match="before"):
            award(application, amount=euro(450), by=officer)
        award(application, amount=euro(450), by=decider)
    new = Decision.objects.latest("pk")
    assert (new.follows, new.outcome, new.number != old.number) == (old, "granted", True)
    kept = Decision.objects.get(pk=old.pk)
    assert (kept.outcome, kept.reason, kept.at) == (old.outcome, old.reason, old.at)
    assert f"in de plaats van besluit {old.number}" in Letter.objects.get(event="decide/granted").text
    assert Application.objects.get().granted == euro(450)


def test_who_is_not_right_stays_declined_and_reads_of_the_court(objection: Reaction, decider: Person) -> None:
    with on_day("2026-03-20"):
        answer_reaction(objection, outcome="rejected", heard="no_wish", reason=WHY, by=decider)
    assert Application.objects.get().status == "declined"
    text = Letter.objects.get(event="objection/answered").text
    assert "beroep" in text
    assert WHY in text


@pytest.mark.parametrize(
    ("outcome", "heard", "why"),
    [
        ("rejected", "", "Talk with them first"),
        ("upheld", "", "Talk with them first"),
        ("rejected", "clear", "Only who is fully right"),
        ("partly", "clear", "Only who is fully right"),
        ("too_late", "clear", "It came in time"),
    ],
)
def test_an_objection_is_heard_first(objection: Reaction, decider: Person, outcome: str, heard: str, why: str) -> None:
    """Awb 7:2, 7:3."""
    with pytest.raises(ValidationError, match=why):
        answer_reaction(objection, outcome=outcome, heard=heard, reason=WHY, by=decider)
    assert Reaction.objects.get().outcome == ""


@pytest.mark.parametrize(
    ("arrived", "posted", "late"),
    [("2026-04-13", None, False), ("2026-04-14", None, True), ("2026-04-15", date(2026, 4, 13), False)],
)
def test_late_is_said_and_may_still_be_sent(
    declined: Application, officer: Person, arrived: str, posted: date | None, late: bool
) -> None:
    """Awb 6:9 and 6:11."""
    with on_day(arrived):
        about: dict[str, Any] = {"came_by": "paper", "received_on": date.fromisoformat(arrived), "posted_on": posted}
        member = declined.plan.members.get()
        made = register_reaction(declined, kind="objection", text=TEXT, member=member, by=officer, **about)
    assert made.is_late is late
    assert ("te laat" in Letter.objects.get(event="objection/received").text) is late


def test_by_post_the_six_weeks_begin_when_it_was_posted(declined: Application, resident: Person) -> None:
    letters = Letter.objects.filter(event="decide/declined")
    with on_day("2026-03-20"):
        letters.update(by_post=True)
        assert react(declined, kind="objection", text=TEXT, by=resident).until == date(2026, 5, 1)
        Reaction.objects.all().delete()
        letters.update(posted_at=Letter.objects.get(event="decide/declined").written_at + timedelta(days=3))
        assert react(declined, kind="objection", text=TEXT, by=resident).until == date(2026, 4, 16)


def test_a_notice_of_default_is_for_who_waits_too_long(application: Application, resident: Person) -> None:
    """Awb 4:17(3): while there is time to answer it doesn't count."""
    assert set(kinds_for(application)) == {"view", "complaint"}
    with pytest.raises(ValidationError, match="can't send this now"):
        react(application, kind="default", text=TEXT, by=resident)
    assert application.answer_by is not None
    with time_machine.travel(application.answer_by + timedelta(days=2), tick=False):
        assert react(application, kind="default", text=TEXT, by=resident).kind == "default"


def test_a_private_fund_has_complaints_alone(other_funder: Funder, outsider: Person, resident: Person) -> None:
    application = refused(make.application(make.scheme(other_funder), resident), by=outsider)
    assert kinds_for(application) == ["complaint"]
    complaint = react(application, kind="complaint", text=TEXT, by=resident)
    somebody = make.person("Els Es")
    make.seat(somebody, other_funder, Seat.Role.OFFICER, mandate=500)
    answer_reaction(complaint, outcome="upheld", reason=WHY, by=somebody)
    assert Application.objects.get().status == "judged"
    assert "beroep" not in Letter.objects.get(event="objection/answered").text


@pytest.mark.parametrize("kind", ["view", "objection", "default"])
def test_on_paper_too(other_funder: Funder, outsider: Person, resident: Person, kind: str) -> None:
    application = make.application(make.scheme(other_funder), resident)
    about: dict[str, Any] = {"came_by": "paper", "received_on": clock.today(), "text": TEXT}
    about["member"] = application.plan.members.get()
    with pytest.raises(ValidationError, match="complaints alone"):
        register_reaction(application, kind=kind, by=outsider, **about)
    assert register_reaction(application, kind="complaint", by=outsider, **about).kind == "complaint"


def test_a_double_click_sends_one(objection: Reaction, declined: Application, resident: Person) -> None:
    with pytest.raises(ValidationError, match="have this already"):
        react(declined, kind="objection", text=TEXT, by=resident)
    assert Reaction.objects.count() == 1


def test_only_the_first_of_two_answers_counts(objection: Reaction, decider: Person) -> None:
    on_another_screen = again(objection)
    with on_day("2026-03-20"):
        answer_reaction(again(objection), outcome="rejected", heard="spoken", reason=WHY, by=decider)
        with pytest.raises(ValidationError, match="just answered"):
            answer_reaction(on_another_screen, outcome="upheld", heard="spoken", reason="Toch wel.", by=decider)
    assert Reaction.objects.get().reason == WHY


@pytest.mark.parametrize(
    "came", [{"received_on": date(2026, 3, 11)}, {"received_on": date(2026, 3, 5), "posted_on": date(2026, 3, 6)}]
)
def test_what_came_on_paper_did_not_come_tomorrow(declined: Application, officer: Person, came: dict[str, Any]) -> None:
    about: dict[str, Any] = {"kind": "view", "text": TEXT, "came_by": "paper", "member": declined.plan.members.get()}
    with on_day("2026-03-10"), pytest.raises(ValidationError, match="later than today"):
        register_reaction(declined, by=officer, **about, **came)


@pytest.mark.parametrize("who", ["officer", "neighbour", "outsider", "helper"])
def test_only_the_group_sends_one(request: Any, declined: Application, who: str) -> None:
    with pytest.raises(PermissionDenied):
        react(declined, kind="objection", text=TEXT, by=request.getfixturevalue(who))


@pytest.mark.parametrize("deed", ["handle_reaction", "put_reaction_off", "answer_reaction"])
@pytest.mark.parametrize("who", ["resident", "treasurer", "auditor", "fund_admin", "outsider"])
def test_only_officers_of_this_funder_handle_one(request: Any, objection: Reaction, deed: str, who: str) -> None:
    words = {"outcome": "rejected", "heard": "spoken", "reason": WHY} if deed == "answer_reaction" else {}
    with pytest.raises(PermissionDenied):
        getattr(actions, deed)(objection, by=request.getfixturevalue(who), **words)


def test_who_has_no_mandate_prepares_the_answer_and_a_colleague_gives_it(
    as_: SignedIn, objection: Reaction, decider: Person, funder: Funder
) -> None:
    """It is a decision (Awb 7:12, 10:3)."""
    prepares = make.person()
    make.seat(prepares, funder, Seat.Role.OFFICER)
    make.user(prepares)
    handle_reaction(objection, by=prepares)
    visitor, address = as_(prepares), page("reaction", objection.pk)
    assert "a colleague with a mandate gives it" in visitor.get(address).text
    with pytest.raises(PermissionDenied, match="A colleague with a mandate gives it"):
        answer_reaction(again(objection), outcome="rejected", heard="spoken", reason=WHY, by=prepares)
    assert answer_reaction(again(objection), outcome="rejected", heard="spoken", reason=WHY, by=decider).answered_by


# The pages


def page(name: str, pk: int) -> str:
    return reverse(f"grants:{name}", args=[pk])


def test_residents_object_and_somebody_else_answers(
    as_: SignedIn, application: Application, officer: Person, decider: Person, resident: Person
) -> None:
    with make.while_ago():
        refused(application, by=officer)
    residents, staff = as_(resident), as_(decider)
    address = page("react", application.pk)
    assert address in residents.get(page("track", application.pk)).text
    assert "You can object to decision" in residents.get(address).text
    assert "Write what it is about" in residents.post(address, {"kind": "objection", "text": " "}).text
    assert residents.post(address, {"kind": "objection", "text": TEXT}).status_code == 302
    made = Reaction.objects.get()
    assert made.number in residents.get(page("track", application.pk)).text
    for seen in (reverse("grants:inbox"), page("application", application.pk)):
        assert page("reaction", made.pk) in staff.get(seen).text
    assert "Somebody else handles this" in as_(officer).get(page("reaction", made.pk)).text
    assert staff.post(page("handle_reaction", made.pk)).status_code == 302
    assert staff.post(page("put_reaction_off", made.pk)).status_code == 302
    assert "Talk with them first" in staff.post(page("reaction", made.pk), {"outcome": "upheld", "reason": WHY}).text
    answer = {"outcome": "upheld", "heard": "spoken", "reason": WHY}
    assert staff.post(page("reaction", made.pk), answer).status_code == 302
    assert WHY in residents.get(page("track", application.pk)).text
    deeds = set(Deed.objects.values_list("verb", flat=True))
    assert {"react", "handle_reaction", "put_reaction_off", "answer_reaction"} <= deeds


def test_late_residents_read_that_they_may_still_send_it(
    as_: SignedIn, declined: Application, resident: Person
) -> None:
    with on_day("2026-04-14"):
        assert "You are late, but you may still send it" in as_(resident).get(page("react", declined.pk)).text


def test_a_letter_on_paper_is_written_down(as_: SignedIn, declined: Application, officer: Person) -> None:
    staff = as_(officer)
    typed = {"kind": "objection", "member": declined.plan.members.get().pk, "came_by": "paper", "text": TEXT}
    answer = staff.post(page("register_reaction", declined.pk), typed | {"received_on": "gisteren"})
    assert "Write the day like" in answer.text
    assert TEXT in answer.text
    typed["received_on"] = "10-03-2026"
    assert staff.post(page("register_reaction", declined.pk), typed).status_code == 302
    assert Reaction.objects.get().registered_by == officer
    assert Deed.objects.get(verb="register_reaction").on_behalf_of == declined.plan.first_contact


def test_their_page_says_first_by_when_they_hear_of_it(
    as_: SignedIn, objection: Reaction, resident: Person, decider: Person
) -> None:
    address = reverse("grants:track", args=[objection.application_id])
    assert "We have your objection. You hear by 26 May 2026." in as_(resident).get(address).text
    answer_reaction(objection, outcome="taken_back", reason=WHY, by=decider)
    assert "You hear by 26 May" not in as_(resident).get(address).text


def test_queries(as_: SignedIn, objection: Reaction, decider: Person, resident: Person) -> None:
    """The reaction and its five rules; for residents the application with its people and lines, and the decision."""
    assert queries_of(as_(decider), page("reaction", objection.pk)) == DOOR + 6
    assert queries_of(as_(resident), page("react", objection.application_id)) == DOOR + 6
