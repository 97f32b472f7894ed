"""An officer's question: asked once, answered or noted from the phone, and a clock that stands still."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award
from grants.enquire import actions
from grants.enquire.actions import answer_enquiry, enquire, go_on_without, note_answer
from grants.models import Application, Enquiry, Letter, Member, Scheme, Wait
from grants.review.actions import send_back
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_overview import DOOR, queries_of
from web.clock import add_weeks, today
from web.models import Deed, Mail, Person
from web.sign_in.adopt import HOLDER

QUESTION = "Wie zorgt er in de winter voor de tuinen?"


def on_day(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 12:00", tick=False)


def ask(application: Application, *, by: Person, needed: bool = True, until: date | None = None) -> Enquiry:
    return enquire(application, question=QUESTION, until=until or add_weeks(today(), 1), needed=needed, by=by)


@pytest.fixture
def asked(scheme: Scheme, resident: Person, officer: Person) -> Enquiry:
    """2,000 euro, sent on Monday 2 March: an answer by the 23rd. Asked on the 9th, until the 16th."""
    with on_day("2026-03-02"):
        application = make.application(scheme, resident, asked=2_000)
    with on_day("2026-03-09"):
        return ask(application, by=officer, until=date(2026, 3, 16))


def again(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_related("wait__application__scheme").get(pk=enquiry.pk)


def answer_by() -> date | None:
    return Application.objects.get().answer_by


def test_a_question_is_a_letter_with_a_link_and_a_day(asked: Enquiry) -> None:
    letter = Letter.objects.get(event="enquire/question")
    for text in (QUESTION, "16 maart 2026", reverse("grants:answer_enquiry", args=[asked.wait.application.pk])):
        assert text in letter.text
    assert Mail.objects.get().subject == "Een vraag over uw plan: Geveltuinen"


def test_the_clock_stands_still_from_the_day_after_asking_until_the_answer(asked: Enquiry, resident: Person) -> None:
    """Answered on the 12th: the 10th and the 11th didn't count."""
    assert answer_by() == date(2026, 3, 30)
    with on_day("2026-03-12"):
        answer_enquiry(again(asked), answer="Bram en Samira.", by=resident)
    assert answer_by() == date(2026, 3, 25)
    kept = Enquiry.objects.get()
    assert (kept.answer, kept.answered_by, kept.noted_by) == ("Bram en Samira.", resident, None)


def test_the_clock_runs_on_when_the_answer_is_not_needed(application: Application, officer: Person) -> None:
    before = application.answer_by
    enquiry = ask(application, by=officer, needed=False)
    assert answer_by() == before
    answer_enquiry(enquiry, answer="Ja.", by=application.plan.first_contact)
    assert answer_by() == before


def test_going_on_without_lets_the_clock_run_and_says_so(asked: Enquiry, officer: Person) -> None:
    with on_day("2026-03-11"):
        go_on_without(again(asked), by=officer)
    assert answer_by() == date(2026, 3, 24)
    assert Letter.objects.filter(event="enquire/gone_on").count() == 1


def test_an_answer_on_the_phone_is_noted_and_copied_to_the_group(asked: Enquiry, officer: Person) -> None:
    member = Member.objects.get()
    note_answer(again(asked), answer="Dat doet de school.", member=member, by=officer)
    copy = Letter.objects.get(event="enquire/noted")
    assert "Dat doet de school." in copy.text
    assert officer.name in copy.text
    kept = Enquiry.objects.get()
    assert (kept.answered_by, kept.noted_by) == (member.person, officer)
    assert Deed.objects.get(verb="note_answer").on_behalf_of == member.person


def test_an_answer_of_somebody_else_is_not_noted(asked: Enquiry, officer: Person, scheme: Scheme) -> None:
    stranger = make.application(scheme, make.person()).plan.members.get()
    with pytest.raises(ValidationError, match="somebody of this group"):
        note_answer(again(asked), answer="Ja", member=stranger, by=officer)


@pytest.mark.parametrize("text", ["Wij zijn volgende week dicht.", "", "  "])
def test_a_notice_is_not_dressed_up_as_a_question(application: Application, officer: Person, text: str) -> None:
    with pytest.raises(ValidationError, match="question mark"):
        enquire(application, question=text, until=add_weeks(today(), 1), needed=True, by=officer)


def test_one_question_at_a_time(asked: Enquiry, officer: Person) -> None:
    with pytest.raises(ValidationError, match="Finish that first"):
        ask(Application.objects.get(), by=officer)
    with pytest.raises(ValidationError, match="Finish that first"):
        send_back(Application.objects.get(), missing=["what"], until=add_weeks(today(), 1), by=officer)
    assert Wait.objects.count() == 1


@pytest.mark.parametrize("days", [0, -1])
def test_a_question_leaves_days_to_answer(application: Application, officer: Person, days: int) -> None:
    with pytest.raises(ValidationError, match="after today"):
        ask(application, by=officer, until=today() + timedelta(days=days))


def test_what_is_with_the_residents_or_decided_is_not_asked_about(
    application: Application, officer: Person, resident: Person
) -> None:
    make.returned(application, by=officer)
    with pytest.raises(ValidationError, match="with the residents already"):
        ask(Application.objects.get(), by=officer)
    Application.objects.update(status="declined")
    Wait.objects.update(ended_on=today())
    with pytest.raises(ValidationError, match="decided already"):
        ask(Application.objects.get(), by=officer)


def test_only_the_first_of_two_answers_counts(asked: Enquiry, resident: Person, officer: Person) -> None:
    on_another_screen = again(asked)
    answer_enquiry(again(asked), answer="Eerst.", by=resident)
    with pytest.raises(ValidationError, match="just answered"):
        note_answer(on_another_screen, answer="Daarna.", member=Member.objects.get(), by=officer)
    assert Enquiry.objects.get().answer == "Eerst."
    assert not Letter.objects.filter(event="enquire/noted").exists()


@pytest.mark.parametrize("deed", ["enquire", "note_answer", "go_on_without"])
@pytest.mark.parametrize("who", ["resident", "neighbour", "treasurer", "outsider"])
def test_only_officers_of_this_funder_ask(request: Any, asked: Enquiry, deed: str, who: str) -> None:
    by = request.getfixturevalue(who)
    words = {
        "enquire": {"question": QUESTION, "until": today(), "needed": True},
        "note_answer": {"answer": "Ja", "member": Member.objects.get()},
        "go_on_without": {},
    }
    thing = asked.wait.application if deed == "enquire" else asked
    with pytest.raises(PermissionDenied):
        getattr(actions, deed)(thing, by=by, **words[deed])


@pytest.mark.parametrize("who", ["officer", "neighbour", "outsider"])
def test_only_the_group_answers(request: Any, asked: Enquiry, who: str) -> None:
    with pytest.raises(PermissionDenied):
        answer_enquiry(asked, answer="Ja", by=request.getfixturevalue(who))


# The pages


def page(name: str, application: Application) -> str:
    return reverse(f"grants:{name}", args=[application.pk])


def test_an_officer_asks_and_the_residents_answer(
    as_: SignedIn, application: Application, officer: Person, resident: Person
) -> None:
    staff, residents = as_(officer), as_(resident)
    typed = {"question": QUESTION, "until": add_weeks(today(), 1).strftime("%d-%m-%Y"), "needed": "yes"}
    assert page("enquire", application) in staff.get(page("application", application)).text
    assert "Write the day like" in staff.post(page("enquire", application), typed | {"until": "morgen"}).text
    assert staff.post(page("enquire", application), typed).status_code == 302
    assert page("note_answer", application) in staff.get(page("application", application)).text
    track = residents.get(page("track", application)).text
    assert QUESTION in track
    assert page("answer_enquiry", application) in track
    assert "A few words are enough" in residents.post(page("answer_enquiry", application), {"answer": " "}).text
    assert residents.post(page("answer_enquiry", application), {"answer": "De school."}).status_code == 302
    for visitor, name in ((staff, "application"), (residents, "track")):
        assert "De school." in visitor.get(page(name, application)).text


def test_a_member_without_an_account_answers_too(
    scheme: Scheme, resident: Person, officer: Person, client: Visitor
) -> None:
    cas = make.person("Cas Cipres")
    application = make.application(scheme, resident, cas)
    ask(application, by=officer)
    session = client.session
    session[HOLDER] = cas.pk
    session.save()
    assert QUESTION in client.get(page("answer_enquiry", application)).text
    client.post(page("answer_enquiry", application), {"answer": "Wij samen."})
    assert Enquiry.objects.get().answered_by == cas


def test_an_answer_on_the_phone_has_its_page(as_: SignedIn, asked: Enquiry, officer: Person) -> None:
    application, visitor = asked.wait.application, as_(officer)
    assert QUESTION in visitor.get(page("note_answer", application)).text
    typed = {"member": str(Member.objects.get().pk), "answer": "De school."}
    assert "Write down what they said." in visitor.post(page("note_answer", application), typed | {"answer": ""}).text
    assert visitor.post(page("note_answer", application), typed).status_code == 302
    assert visitor.get(page("note_answer", application))["Location"] == page("application", application)


def test_going_on_without_is_a_button(as_: SignedIn, asked: Enquiry, officer: Person) -> None:
    visitor = as_(officer)
    assert (
        page("go_on_without", asked.wait.application) in visitor.get(page("application", asked.wait.application)).text
    )
    for _twice in range(2):
        assert visitor.post(page("go_on_without", asked.wait.application)).status_code == 302
    assert Letter.objects.filter(event="enquire/gone_on").count() == 1


@pytest.mark.parametrize("name", ["enquire", "note_answer", "answer_enquiry"])
def test_when_there_is_nothing_to_ask_or_answer_the_page_says_so(
    as_: SignedIn, granted: Application, officer: Person, resident: Person, name: str
) -> None:
    visitor = as_(resident if name == "answer_enquiry" else officer)
    assert visitor.get(page(name, granted)).status_code == 302
    assert visitor.post(page(name, granted), {"answer": "Laat"}).status_code == 302


def test_a_decision_ends_the_waiting(as_: SignedIn, judged: Application, officer: Person, resident: Person) -> None:
    ask(judged, by=officer)
    with make.while_ago():
        award(Application.objects.get(), amount=make.money(450), by=officer)
    assert as_(resident).get(page("track", judged)).context["wait"] is None
    assert as_(resident).get(page("answer_enquiry", judged)).status_code == 302


@pytest.mark.parametrize("who", ["neighbour", "helper", "officer", "outsider"])
def test_the_answer_is_the_groups_alone(request: Any, as_: SignedIn, asked: Enquiry, who: str) -> None:
    visitor = as_(request.getfixturevalue(who))
    assert visitor.get(page("answer_enquiry", asked.wait.application)).status_code == 404


@pytest.mark.parametrize("name", ["enquire", "note_answer"])
@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("resident", 403), ("treasurer", 403)])
def test_the_questions_pages_are_the_officers(
    request: Any, as_: SignedIn, asked: Enquiry, name: str, who: str, status: int
) -> None:
    assert as_(request.getfixturevalue(who)).get(page(name, asked.wait.application)).status_code == status


def test_these_pages_take_few_queries(as_: SignedIn, asked: Enquiry, officer: Person, resident: Person) -> None:
    application, visitor = asked.wait.application, as_(officer)
    # The application; members; lines; sheets; whether one is an officer, and impartial; the reading that is noted.
    assert queries_of(visitor, page("enquire", application)) == DOOR + 7
    # The same; the question; whom to choose from.
    assert queries_of(visitor, page("note_answer", application)) == DOOR + 8
    # The application; members; lines; the question.
    assert queries_of(as_(resident), page("answer_enquiry", application)) == DOOR + 4
