"""Every letter, under both laws, in both languages: it says what it has to, on one page, in words that are easy."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from pypdf import PdfReader

from grants.ask import actions as ask
from grants.decide import actions as decide
from grants.join import actions as join
from grants.join.letters import code_on_paper
from grants.models import Application, Decision, Letter, Member, Support
from grants.models.intake import Came
from grants.report import actions as report
from grants.resume import actions as resume
from grants.share import actions as share
from grants.support import actions as support
from grants.take_in.actions import take_in
from ledger.pay import actions as pay
from tests import make
from tests.grants import helping, suggesting
from tests.grants import letters_of_objections as of_objections
from tests.grants import letters_of_rounds as of_rounds
from tests.grants import letters_of_waits as of_waits
from tests.grants.letter_town import POSSIBLE, REASON, TITLE, Town
from tests.web import reading
from web import clock
from web.amounts import euro, write_amount
from web.models import Mail, Person, Seat

pytestmark = [pytest.mark.wide, pytest.mark.alike]

TEMPLATES = Path(__file__).resolve().parents[2] / "templates/letters"
PIECES = {"ask/copy", "decide/money", "decide/number", "decide/objection"}  # stand in other letters
# Handed over or posted, never mailed.
ON_PAPER = {"confirm/codes", "entrust/code_on_paper", "entrust/form", "join/paper_code", "reach/moved_by_phone"}


@pytest.fixture(params=["awb-nl", "awb-en", "private-nl", "private-en"])
def town(db: None, request: pytest.FixtureRequest) -> Town:
    law, language = request.param.split("-")
    funder = make.funder(
        regime=law, acts_for="burgemeester en wethouders van Waterveen", address="Marktplein 1\n1234 AA Waterveen"
    )
    decider, treasurer = make.person("Fatima van Wilgen"), make.person("Tineke Tulp")
    make.seat(decider, funder, Seat.Role.DECIDER, mandate=10_000)
    make.seat(treasurer, funder, Seat.Role.TREASURER)
    resident = make.person("Samira Lindeboom", language=language, postcode="1234 AB", house_number="7")
    return Town(law, language, funder, resident, decider, treasurer)


def code(town: Town) -> None:
    with override(town.language):
        ask.ask_for_code(town.draft(), by=town.resident, email="samira@waterveen.example")


def withdrawn(town: Town) -> None:
    ask.withdraw(town.sent(), by=town.resident)


def taken_in(town: Town, days: int = 0, *, outside: bool = False) -> Application:
    scheme = make.scheme(town.funder, title="Buurtpot", opens_on=clock.today() - timedelta(days=99))
    words = make.ANSWERS | {"title": TITLE}
    came = Came("phone", clock.today() - timedelta(days=days), "said", "Het briefje lag onderop.", outside=outside)
    about: dict[str, Any] = {"words": words, "asked": euro(450), "came": came, "key": uuid4()}
    return take_in(scheme, resident=town.resident, by=town.decider, **about)


def not_handled_outside(town: Town) -> None:
    """It came before the scheme had opened."""
    decide.set_aside(taken_in(town, 120, outside=True), reason=REASON[town.language], by=town.decider)


def partly(town: Town) -> None:
    application = town.sent()
    make.judgement(application, by=town.decider)
    decide.award(application, amount=euro(300), reason=REASON[town.language], by=town.decider)


def declined(town: Town) -> None:
    application = town.sent()
    make.judgement(application, by=town.decider)
    grounds = application.edition.criteria.all()[:1]
    words: dict[str, Any] = {"reason": REASON[town.language], "possible": POSSIBLE[town.language]}
    decide.decline(application, grounds=grounds, by=town.decider, **words)


def fixed_lower(town: Town) -> None:
    report.fix(town.paid(9_000), amount=euro(8_500), reason=REASON[town.language], by=town.decider)


def closed(town: Town, asked: int = 450) -> None:
    application = town.paid(asked)
    report.tell_story(application, worked="yes", by=town.resident)
    if asked > 5_000:
        report.fix(application, amount=euro(8_500), reason=REASON[town.language], by=town.decider)
    report.close(Application.objects.get(pk=application.pk), by=town.decider)


def came_back(town: Town) -> None:
    payment = town.on_its_way().grant.commitment.payments.get()
    reason = {"nl": "de rekening bestaat niet", "en": "there is no such account"}[town.language]
    pay.came_back(payment, on=clock.today(), reason=reason, by=town.treasurer)


def with_anna(town: Town) -> Member:
    """A plan that was sent, with Anna in the group."""
    anna = make.person("Anna Anjelier", language=town.language)
    return Member.objects.create(plan=town.sent().plan, person=anna, role=Member.Role.MEMBER)


def invited(town: Town) -> None:
    join.invite(town.sent().plan, email="anna@waterveen.example", by=town.resident)
    town.resident = Person.objects.latest("pk")


def removed(town: Town) -> None:
    member, by = with_anna(town), town.resident
    town.resident = member.person
    join.remove_member(member, by=by)


def asked_to_take_over(town: Town) -> None:
    member, by = with_anna(town), town.resident
    town.resident = member.person
    share.offer_handover(member, by=by)


def handed_over(town: Town) -> None:
    member = with_anna(town)
    share.offer_handover(member, by=town.resident)
    share.accept_handover(Member.objects.get(pk=member.pk), by=member.person)


def named_as_partner(town: Town) -> None:
    about = {"kind": "school", "brings": {"nl": "de schooltuin", "en": "the school garden"}[town.language]}
    share.add_partner(
        town.sent().plan, organisation="De Regenboog", email="regenboog@waterveen.example", by=town.resident, **about
    )
    town.resident = Person.objects.latest("pk")


def way_back(town: Town) -> None:
    draft = make.draft(make.scheme(town.funder, title="Buurtpot"), Person.objects.create(language=town.language))
    town.resident = draft.plan.first_contact
    resume.mail_way_back(draft, email="iemand@waterveen.example", by=town.resident)


def worry_told(town: Town) -> Support:
    page = support.open_support(town.sent().plan, by=town.resident)
    about = {"kind": "worry", "first_name": "Joke", "postcode": "1234AB", "email": "joke@waterveen.example"}
    with override(town.language):
        return support.speak(page, device="phone", message=REASON[town.language], by=Person.system(), **about)


def worry_answered(town: Town) -> None:
    said = worry_told(town)
    support.answer_worry(said, answer=POSSIBLE[town.language], by=town.resident)
    town.resident = said.neighbour


# What happens, by the template it leads to; what stands after a colon tells apart letters of one template.
EVENTS: dict[str, Callable[[Town], object]] = (
    {
        "ask/code": code,
        "ask/received": lambda town: ask.submit(town.draft(), by=town.resident),
        "ask/withdrawn": withdrawn,
        "decide/granted": lambda town: town.granted(),
        "decide/granted: fixed later": lambda town: town.granted(9_000),
        "decide/partly": partly,
        "decide/declined": declined,
        "join/invited": invited,
        "join/removed": removed,
        "pay/on_its_way": lambda town: town.on_its_way(),
        "pay/paid": lambda town: town.paid(),
        "pay/came_back": came_back,
        "report/stopped": lambda town: report.stop(town.granted(), by=town.resident),
        "report/stopped: paid": lambda town: report.stop(town.paid(), by=town.resident),
        "report/stopped: paid, fixed later": lambda town: report.stop(town.paid(9_000), by=town.resident),
        "report/fixed": lambda town: report.fix(town.paid(9_000), amount=euro(9_000), by=town.decider),
        "report/fixed: lower": fixed_lower,
        "report/closed": closed,
        "report/closed: pays back": lambda town: closed(town, 9_000),
        "share/take_over": asked_to_take_over,
        "share/handed_over": handed_over,
        "share/partner": named_as_partner,
        "resume/way_back": way_back,
        "take_in/received": taken_in,
        "take_in/received: late": lambda town: taken_in(town, days=30),
        "take_in/received: outside": lambda town: taken_in(town, days=120, outside=True),
        "decide/not_handled: outside": not_handled_outside,
        **of_rounds.EVENTS,
        **of_waits.EVENTS,
        **of_objections.EVENTS,
        "attend/morning": of_waits.morning,
        "attend/work": of_waits.work_given,
        "reach/code": of_waits.code_for_a_new_address,
        "reach/code_now": of_waits.code_for_the_old_address,
        "reach/moved": of_waits.moved,
        "reach/code_to_say": of_waits.code_to_say,
        "support/worry": worry_told,
        "support/answered": worry_answered,
    }
    | helping.EVENTS
    | suggesting.EVENTS
)
DECISIONS = [
    event for event in EVENTS if event.startswith(("decide/", "report/fixed", "revise/revised", "revise/anew"))
]
# Only decisions, and what comes of them, are told differently under the two laws.
UNDER_BOTH = {*DECISIONS, *of_objections.EVENTS}
LAWS = {event: ("awb", "private") if event in UNDER_BOTH else ("awb",) for event in EVENTS}
CASES = [(f"{law}-{language}", event) for event in EVENTS for law in LAWS[event] for language in ("nl", "en")]
every_event = pytest.mark.parametrize(("town", "event"), CASES, indirect=["town"])
every_decision = pytest.mark.parametrize("event", DECISIONS)


def mail_about(event: str, town: Town) -> Mail:
    """What the resident gets last when this has happened."""
    EVENTS[event](town)
    return town.resident.mails.latest("pk")


def day(language: str) -> str:
    with override(language):
        return date_format(clock.today(), "j F Y")


def test_every_letter_is_written_here() -> None:
    there = {path.relative_to(TEMPLATES).as_posix().split(".")[0] for path in TEMPLATES.rglob("*.??.txt")}
    assert {event.split(":")[0] for event in EVENTS} == there - PIECES - ON_PAPER


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.nl.txt")), ids=lambda path: path.name)
def test_every_letter_is_there_in_both_languages(path: Path) -> None:
    assert path.with_name(path.name.replace(".nl.", ".en.")).exists()


@every_event
def test_a_letter_is_finished_and_polite(event: str, town: Town) -> None:
    mail = mail_about(event, town)
    assert mail.subject.strip()
    assert "\n" not in mail.subject
    assert not re.search(r"[{}]|None|\bnan\b|\n{3}", mail.subject + mail.text)
    assert town.funder.phone in mail.text
    objects = event in DECISIONS or (event in of_objections.EVENTS and town.law == "awb")
    assert objects or not re.search("bezwaar|objection|beroep|appeal", mail.text)
    of_the_reader = [line for line in mail.text.splitlines()[1:] if town.resident.name and town.resident.name in line]
    assert [line for line in of_the_reader if not line.startswith(("Uw naam: ", "Your name: "))] == [], "it says u"
    assert town.language == "nl" or not re.search(r"\blid\b", mail.text)
    if event != "ask/code":
        assert re.match({"nl": "(Beste|Hallo)", "en": "(Dear|Hello)"}[town.language], mail.text)


@every_event
def test_a_letter_is_easy_to_read(event: str, town: Town) -> None:
    mail = mail_about(event, town)
    read = reading.measure(f"{mail.subject}\n{mail.text}")
    trouble = read.trouble() if town.language == "nl" else read.long_sentences()
    assert trouble == []
    assert reading.forbidden_words(mail.text) == []


def test_a_code_on_paper_is_one_easy_page(town: Town) -> None:
    paper = PdfReader(BytesIO(code_on_paper(with_anna(town), "ACEFH-JKQRW")))
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    assert "Anna Anjelier" in text
    assert "ACEFH-JKQRW" in text
    assert reading.measure(text).long_sentences() == []


def test_the_letter_of_an_address_that_was_told_is_one_easy_page(town: Town) -> None:
    of_waits.moved_by_phone(town)
    letter = Letter.objects.to_post().get()
    paper = PdfReader(BytesIO(bytes(letter.pdf)))
    assert len(paper.pages) == 1
    text = paper.pages[0].extract_text()
    assert all(part in text for part in (day(town.language), town.decider.name, town.funder.phone, "1234 AB 7"))
    read = reading.measure(f"{letter.subject}\n{letter.text}")
    assert (read.trouble() if town.language == "nl" else read.long_sentences()) == []
    assert reading.forbidden_words(letter.text) == []


@every_decision
def test_a_decision_has_its_number_date_and_amount(event: str, town: Town) -> None:
    mail = mail_about(event, town)
    decision = Decision.objects.latest("pk")
    named = {"nl": f"Dit is besluit {decision.number} van", "en": f"This is decision {decision.number} of"}
    assert f"{named[town.language]} {day(town.language)}" in mail.text
    assert decision.application.number in mail.text
    assert town.decider.name in mail.text
    if decision.is_about_money:
        assert write_amount(decision.amount) in mail.text


@every_decision
def test_a_decision_says_on_whose_behalf(event: str, town: Town) -> None:
    """Awb 10:10."""
    said = {"nl": "namens burgemeester", "en": "on behalf of burgemeester"}[town.language]
    assert said in mail_about(event, town).text


@every_decision
def test_only_a_public_body_has_objections_and_subsidies(event: str, town: Town) -> None:
    """Awb 3:45, 6:4, 6:7 and 6:8: to whom, within six weeks after the day it was sent. A private fund has a phone."""
    text = mail_about(event, town).text
    objection = {
        "nl": "U kunt ook bezwaar maken. Doe dat binnen zes weken na de dag waarop wij deze brief stuurden.",
        "en": "You can also object. Do that within six weeks after the day on which we sent this letter.",
    }[town.language]
    addressed = "burgemeester en wethouders van Waterveen\nMarktplein 1\n1234 AA Waterveen"
    subsidy = {"nl": "subsidie", "en": "subsidy"}[town.language]
    assert [objection in text, addressed in text, subsidy in text] == [town.law == "awb"] * 3


def test_a_reminder_of_a_plan_that_went_back_says_so_in_its_subject(town: Town) -> None:
    assert {"nl": "compleet maken", "en": "complete"}[town.language] in mail_about(
        "remind/wait: to complete", town
    ).subject


def test_a_refusal_says_first_what_is_possible(town: Town) -> None:
    text = mail_about("decide/declined", town).text
    possible, criterion = POSSIBLE[town.language], {"nl": "Voor de buurt", "en": "For the neighbourhood"}
    places = [text.index(part) for part in (possible, criterion[town.language], REASON[town.language])]
    assert places == sorted(places)


def test_the_receipt_holds_a_copy_and_the_latest_day_of_an_answer(town: Town) -> None:
    """Awb 2:17."""
    mail = mail_about("ask/received", town)
    application = Application.objects.get()
    assert application.answer_by
    with override(town.language):
        assert date_format(application.answer_by, "j F Y") in mail.text
        for question, answer in application.plan.answers():
            assert f"{question}\n{answer}" in mail.text
    assert application.number in mail.text
    assert write_amount(euro(450)) in mail.text


def test_money_that_is_fixed_at_once_is_never_asked_back(town: Town) -> None:
    at_once, later = mail_about("decide/granted", town).text, mail_about("decide/granted: fixed later", town).text
    keep = {"nl": "Dat mag u houden.", "en": "You may keep it."}[town.language]
    back = {"nl": "betaalt u terug wat over is", "en": "you pay back what is left"}[town.language]
    assert (keep in at_once, back in at_once) == (True, False)
    assert (keep in later, back in later) == (False, True)
