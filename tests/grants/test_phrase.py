"""What a fund adds in its own words: in the mail and the PDF, beside what has to be there."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template import engines
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from grants.decide import actions as decide
from grants.models import Application, OwnWords, Scheme
from grants.models.own_words import LONGEST, as_one_paragraph, long_sentences
from grants.phrase.actions import phrase
from grants.phrase.letters import as_it_will_look
from grants.setup import actions as setup
from tests import make
from tests.conftest import SignedIn
from tests.grants.letter_town import Town
from tests.grants.test_letters import DECISIONS, EVENTS, mail_about
from tests.grants.test_letters import town as town  # noqa: PLC0414  # the fixture
from tests.grants.test_letters_on_paper import CLAUSE, KINDS, LONGER, facts, paper_about, words_on
from web.amounts import euro
from web.models import Deed, Mail, Person

GRANTED = OwnWords.Kind.GRANTED
ALL_SAID_BY_AN_OFFICER = {"promise/excused", "supplement/noted"}  # about one promise or paper: nothing holds for all
OWN = "Kom op 4 mei naar de buurtmarkt. Daar vertelt u andere buren over uw plan."
pytestmark = pytest.mark.django_db


def page(scheme: Scheme, kind: str = GRANTED) -> str:
    return reverse("grants:phrase", args=[scheme.slug, kind])


# In letters that are sent


@pytest.fixture
def wordy(monkeypatch: pytest.MonkeyPatch) -> str:
    """Every scheme that is made in a town has the longest words there may be, for every letter."""
    text = (OWN + " ") * 5
    text, made = text[: LONGEST - 1].strip() + "!", Town.scheme

    def with_words(town: Town) -> Scheme:
        scheme = made(town)
        for kind in OwnWords.Kind:
            scheme.own_words.create(kind=kind, text=text, by=town.decider)
        return scheme

    monkeypatch.setattr(Town, "scheme", with_words)
    return text


def test_the_kinds_are_those_residents_get_on_paper() -> None:
    assert set(OwnWords.Kind.values) == {event.split(":")[0] for event in KINDS} - ALL_SAID_BY_AN_OFFICER


@pytest.mark.wide
@pytest.mark.alike
@pytest.mark.parametrize("town", ["awb-nl", "awb-en", "private-nl", "private-en"], indirect=True)
@pytest.mark.parametrize("event", [each for each in KINDS if each not in ALL_SAID_BY_AN_OFFICER | {"take_in/received"}])
def test_the_longest_words_stand_once_beside_all_that_has_to_be_there(event: str, town: Town, wordy: str) -> None:
    """On one page where that can be; with the dates, the amounts and, under the Awb, the way to object.

    A grant in part of a public body is full without them: the page where they are written says that it gets longer.
    """
    paper = paper_about(event, town)
    assert paper
    text = words_on(paper)
    assert text.count(wordy) == 1
    may_be_longer = event == "decide/partly" and town.law == "awb"
    assert len(paper.pages) <= (2 if may_be_longer else LONGER.get(event, 1))
    for part in KINDS[event][town.language]:
        assert part.format_map(facts(town)) in text
    assert (CLAUSE[town.language] in text) == (event in DECISIONS and town.law == "awb")


@pytest.mark.alike
@pytest.mark.parametrize("town", ["awb-nl"], indirect=True)
@pytest.mark.parametrize("event", ["ask/received", "decide/declined", "pay/paid"])
def test_the_words_are_a_paragraph_of_the_mail(event: str, town: Town, wordy: str) -> None:
    assert f"\n\n{wordy}\n\n" in mail_about(event, town).text


@pytest.mark.parametrize("town", ["awb-nl", "awb-en"], indirect=True)
def test_english_letters_have_english_words_where_they_were_written(town: Town) -> None:
    scheme = town.scheme()
    scheme.own_words.create(kind="extend/longer", text="Alleen hier.", by=town.decider)
    scheme.own_words.create(kind=GRANTED, text="Tot op de markt!", text_en="See you there!", by=town.decider)
    made = make.grant(make.application(scheme, town.resident), by=town.decider)
    text = made.application.letters.get(event=GRANTED).text
    assert ("Tot op de markt!" in text, "See you there!" in text) == (town.language == "nl", town.language == "en")
    assert "Alleen hier." not in text


def test_words_are_words_alone(scheme: Scheme, fund_admin: Person, resident: Person, officer: Person) -> None:
    """No template, no markup, no paragraphs of one's own, no signs that nobody sees."""
    typed = "{{ application.asked }} {% now 'Y' %} <b>nu</b>\n\n\u202eNamens niemand,\r\n- de buurt"
    phrase(scheme, kind=GRANTED, text=typed, by=fund_admin)
    text = make.grant(make.application(scheme, resident), by=officer).application.letters.get(event=GRANTED).text
    assert "\n\n{{ application.asked }} {% now 'Y' %} <b>nu</b> Namens niemand, - de buurt\n\n" in text


def test_a_letter_that_was_sent_keeps_its_words(application: Application, fund_admin: Person, officer: Person) -> None:
    phrase(application.scheme, kind=GRANTED, text=OWN, by=fund_admin)
    make.judgement(application, by=officer)
    decide.award(application, amount=euro(450), by=officer)
    letter, mail = application.letters.get(event=GRANTED), Mail.objects.latest("pk")
    phrase(application.scheme, kind=GRANTED, text="", by=fund_admin)
    letter.refresh_from_db()
    assert OWN in letter.text
    assert OWN in mail.text
    assert OWN in words_on(PdfReader(BytesIO(bytes(letter.pdf))))


# Who writes them


def test_who_changed_which_letter_and_when_is_kept(scheme: Scheme, fund_admin: Person) -> None:
    phrase(scheme, kind=GRANTED, text=OWN, by=fund_admin)
    phrase(scheme, kind=GRANTED, text="", by=fund_admin)
    first, last = Deed.objects.about(scheme).filter(verb="phrase").order_by("pk")
    assert (first.by, first.funder) == (fund_admin, scheme.funder)
    assert first.detail.values == {"kind": GRANTED.value, "text": OWN, "text_en": ""}
    assert last.detail.values["text"] == ""
    assert scheme.own_words.get().text == ""


def test_only_a_fund_admin_of_the_funder_writes_them(scheme: Scheme, officer: Person, outsider: Person) -> None:
    for by in (officer, outsider):
        with pytest.raises(PermissionDenied):
            phrase(scheme, kind=GRANTED, text=OWN, by=by)
    assert not OwnWords.objects.exists()


def test_the_database_keeps_one_paragraph_and_english_beside_dutch(scheme: Scheme, fund_admin: Person) -> None:
    scheme.own_words.create(kind=GRANTED, text=OWN, by=fund_admin)
    for kind, text, english in ((GRANTED, "Nog een.", ""), ("pay/paid", "", "Only English.")):
        with pytest.raises(IntegrityError), transaction.atomic():
            scheme.own_words.create(kind=kind, text=text, text_en=english, by=fund_admin)


def test_a_copy_takes_them_along_and_a_dropped_draft_lets_them_go(scheme: Scheme, fund_admin: Person) -> None:
    phrase(scheme, kind=GRANTED, text=OWN, by=fund_admin)
    copy = setup.begin_scheme(scheme.funder, title="Nieuw", slug="nieuw", copy_of=scheme, by=fund_admin)
    assert copy.own_words.get().text == OWN
    setup.drop_edition(copy.editions.get(), by=fund_admin)
    assert OwnWords.objects.get().scheme == scheme


# The pages


def test_a_fund_admin_sees_the_letter_before_it_is_kept(as_: SignedIn, scheme: Scheme, fund_admin: Person) -> None:
    yusuf = as_(fund_admin)
    seen = yusuf.post(page(scheme), {"text": OWN, "show": "page"})
    main = seen.text.partition("This is the letter")[2]
    assert main.count(OWN) == 2, "in the Dutch letter and in the English one"
    assert "binnen zes weken na de dag waarop wij" in main
    assert not OwnWords.objects.exists()
    for language in ("nl", "en"):
        paper = yusuf.post(page(scheme), {"text": OWN, "text_en": "See you.", "show": language})
        assert paper["Content-Type"] == "application/pdf"
        text = words_on(PdfReader(BytesIO(paper.content)))
        assert (OWN in text, "See you." in text) == (language == "nl", language == "en")
    assert not OwnWords.objects.exists()
    assert yusuf.post(page(scheme), {"text": OWN})["Location"] == page(scheme)
    assert OWN[:50] in yusuf.get(reverse("grants:own_words", args=[scheme.slug])).text
    assert "Changed last by" in yusuf.get(page(scheme)).text


def test_what_is_typed_wrong_is_said_at_its_field(as_: SignedIn, scheme: Scheme, fund_admin: Person) -> None:
    yusuf = as_(fund_admin)
    for show in ("", "page", "nl"):
        refused = yusuf.post(page(scheme), {"text": "", "text_en": "Only English.", "show": show}).text
        assert "Write it in Dutch too" in refused
        assert "Only English." in refused
        assert "has" in yusuf.post(page(scheme), {"text": "a" * (LONGEST + 1), "show": show}).text
    assert not OwnWords.objects.exists()
    assert yusuf.get(page(scheme, "ask/copy")).status_code == 404


def test_long_sentences_get_a_hint_and_no_refusal(as_: SignedIn, scheme: Scheme, fund_admin: Person) -> None:
    long = "Als u op de dag van de markt niet kunt komen, dan kunt u ook later nog bellen."
    assert long_sentences(f"{OWN} {long}") == [long]
    assert "This sentence is long." in as_(fund_admin).post(page(scheme), {"text": long, "show": "page"}).text
    assert as_(fund_admin).post(page(scheme), {"text": long}).status_code == 302
    assert "This sentence is long." not in as_(fund_admin).post(page(scheme), {"text": OWN, "show": "page"}).text


def test_words_that_make_a_letter_longer_are_told_so(as_: SignedIn, scheme: Scheme, fund_admin: Person) -> None:
    with make.changing(scheme) as edition:
        for number in range(6):
            make.obligation(edition, title=f"Vertel hoe het ging, deel {number}")
    yusuf, sentence = as_(fund_admin), "On paper this letter needs a second page."
    assert sentence in yusuf.post(page(scheme, "decide/partly"), {"text": OWN * 4, "show": "page"}).text
    assert sentence not in yusuf.post(page(scheme, "pay/paid"), {"text": OWN * 4, "show": "page"}).text


@pytest.mark.alike
@pytest.mark.parametrize("kind", OwnWords.Kind)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_made_up_letter_leaves_nothing_out(kind: OwnWords.Kind, language: str, scheme: Scheme) -> None:
    """All that a template prints is there; so a template that prints more fails here."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # django's own backend has it
    before, engine.string_if_invalid = engine.string_if_invalid, "NOT THERE: %s"
    try:
        subject, text = as_it_will_look(scheme, kind, own_words=OWN, language=language)
    finally:
        engine.string_if_invalid = before
    assert subject
    assert "NOT THERE" not in subject + text
    assert "None" not in subject + text
    assert text.count(OWN) == 1
    assert (CLAUSE[language] in text) == (kind in DECISIONS)


def test_a_scheme_nobody_has_seen_has_letters_too(scheme: Scheme, fund_admin: Person) -> None:
    fresh = make.scheme(scheme.funder, title="Nieuw", slug="nieuw", money=None, published_at=None)
    assert OWN in as_it_will_look(fresh, GRANTED, own_words=OWN, language="nl")[1]


def test_the_pages_ask_the_same_however_many_words(
    as_: SignedIn, scheme: Scheme, fund_admin: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    yusuf, address = as_(fund_admin), reverse("grants:own_words", args=[scheme.slug])
    for kind in OwnWords.Kind:
        phrase(scheme, kind=kind, text=OWN, by=fund_admin)
    yusuf.get(address)
    # The session, who it is, their seats; the scheme, whether they may; the words.
    with django_assert_num_queries(6):
        yusuf.get(address)


def test_words_become_one_paragraph() -> None:
    assert as_one_paragraph(" Een.\r\n\r\n\tTwee.\u200b ") == "Een. Twee."
    assert {event.split(":")[0] for event in EVENTS} >= set(OwnWords.Kind.values)
