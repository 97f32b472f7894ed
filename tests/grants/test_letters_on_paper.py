"""Every letter as it lies in an envelope: its pages, what a screen reader finds, and what it has to say.

Under both laws and in both languages, read back from the PDF itself.
"""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from pdfua import validate
from pypdf import PdfReader

from grants.models import Application, Extension, Letter, Reaction
from tests.grants import letters_of_waits as of_waits
from tests.grants.letter_town import POSSIBLE, REASON, TITLE, Town
from tests.grants.letters_of_waits import QUESTION
from tests.grants.test_letters import DECISIONS, EVENTS, every_event
from tests.grants.test_letters import town as town  # noqa: PLC0414  # the fixture
from web import clock
from web.models import Person

pytestmark = [pytest.mark.wide, pytest.mark.alike]

# What is mailed and never kept: a key, a draft, or a mail to staff and neighbours. The receipt may need a second page:
# it holds a copy of all that was typed (Awb 2:17).
MAILS = (
    *("again/", "allow/", "attend/", "ask/code", "confirm/", "entrust/code", "help/", "join/", "organise/", "pay/"),
    *("post/", "reach/", "remind/draft", "resume/", "review/taken_up", "share/", "suggest/", "support/"),
)
LONGER = {"ask/received": 2, "take_in/received": 2}
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "ask/received": {
        "nl": ("Uw plan is binnen. U hoort uiterlijk op {answer}", "U vraagt € 450 bij Buurtpot"),
        "en": ("You hear from us by {answer}", "You ask € 450"),
    },
    "take_in/received": {
        "nl": ("U hoort uiterlijk op {answer}", "op {today}, aan de telefoon", "U zei: dit is ons plan."),
        "en": ("You hear from us by {answer}", "on {today}, by phone", "You said: this is our plan."),
    },
    "enquire/question": {
        "nl": ("U kunt antwoorden tot en met {week}", "{question}"),
        "en": ("You can answer until {week}", "{question}"),
    },
    "review/returned": {
        "nl": ("U kunt uw plan compleet maken tot en met {fortnight}", "• Wat het kost, in een kort lijstje"),
        "en": ("You can complete your plan until {fortnight}", "• What it costs, in a short list"),
    },
    "decide/granted": {
        "nl": (
            "U kunt aan de slag. U krijgt € 450",
            "Wij betalen binnen zes weken",
            "Dit spreken wij af: • Vertel hoe",
        ),
        "en": ("You can start. You get € 450", "We pay within six weeks", "This is what we agree: • Vertel hoe"),
    },
    "decide/granted: fixed later": {
        "nl": ("U krijgt € 9.000", "Dan betaalt u terug wat over is", "Dit spreken wij af: •"),
        "en": ("You get € 9.000", "Then you pay back what is left", "This is what we agree: • Vertel hoe"),
    },
    "decide/partly": {
        "nl": ("U krijgt € 300. U vroeg € 450", "{reason}", "Dit spreken wij af: • Vertel hoe het ging."),
        "en": ("You get € 300. You asked € 450", "{reason}", "This is what we agree: • Vertel hoe het ging."),
    },
    "decide/declined": {
        "nl": ("Dit kan wel: {possible}", "Het past niet bij: • Voor de buurt", "Waarom? {reason}"),
        "en": ("This is possible: {possible}", "It doesn't meet: • For the neighbourhood", "Why? {reason}"),
    },
    "decide/not_handled": {
        "nl": ("U kunt uw plan altijd opnieuw sturen.", "tot en met {yesterday}", "{reason}"),
        "en": ("You can always send your plan again.", "by {yesterday}", "{reason}"),
    },
    "supplement/noted": {
        "nl": ("Wij lezen uw plan verder", "op {yesterday}, op papier", "De tegels kosten 300 euro."),
        "en": ("We read on with what you sent", "on {yesterday}, on paper", "De tegels kosten 300 euro."),
    },
    "extend/longer": {"nl": ("U hoort uiterlijk op {longer}", "{reason}"), "en": ("You hear by {longer}", "{reason}")},
    "remind/wait": {
        "nl": ("U kunt onze vraag nog beantwoorden. Dat kan tot en met {tomorrow}", "{question}"),
        "en": ("You can still answer our question, until {tomorrow}", "{question}"),
    },
    "promise/excused": {
        "nl": ("Wij vragen het waterschap naar de kade.", "{reason}"),
        "en": ("We ask the water board about the quay.", "{reason}"),
    },
    "pay/paid": {
        "nl": ("De bank heeft € 450 betaald aan S. Lindeboom. Dat was op {today}",),
        "en": ("The bank has paid € 450 to S. Lindeboom. That was on {today}",),
    },
    "report/closed": {
        "nl": ("Uw plan is klaar. Dank u wel", "Niemand vraagt geld terug"),
        "en": ("Your plan is done. Thank you", "Nobody asks money back"),
    },
    "revise/revised": {
        "nl": ("U houdt € 300 voor uw plan.", "U betaalt € 150 terug", "Dit zei u. Wij lazen het", "{reason}"),
        "en": ("You keep € 300 for your plan.", "You pay € 150 back", "This is what you said. We read it", "{reason}"),
    },
    "revise/anew": {
        "nl": ("U krijgt nu in totaal € 450 voor uw plan", "{reason}", "Dit spreken wij af: • Vertel hoe het ging."),
        "en": ("You now get € 450 in all for your plan", "{reason}", "This is what we agree: • Vertel hoe het ging."),
    },
    "objection/received": {
        "nl": (
            "Dank u wel. Wij kregen uw",
            "op {today}. Het nummer is {reaction}",
            "U hoort uiterlijk op {reaction_by}",
        ),
        "en": (
            "Thank you. We have your",
            "It came on {today}. Its number is {reaction}",
            "You hear from us by {reaction_by}",
        ),
    },
}
CLAUSE = {"nl": "binnen zes weken na de dag waarop wij", "en": "within six weeks after the day on which"}
every_kind = pytest.mark.parametrize(
    ("town", "event"),
    [(f"{law}-{language}", event) for event in KINDS for law in ("awb", "private") for language in ("nl", "en")],
    indirect=["town"],
)


def paper_about(event: str, town: Town) -> PdfReader | None:
    """The letter about this, as the file has it once it has happened. About money by post: otherwise it is a mail."""
    if event.startswith("pay/"):
        Person.objects.filter(pk=town.resident.pk).update(reached_by=Person.ReachedBy.POST)
        town.resident.refresh_from_db()
    EVENTS[event](town)
    letter = town.resident.letters.filter(event=event.partition(":")[0]).order_by("pk").last()
    return PdfReader(BytesIO(letter.pdf)) if letter else None


def words_on(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def facts(town: Town) -> dict[str, str]:
    """What a letter of this town tells, as it is written there."""

    def day(on: date | None) -> str:
        return date_format(on, "j F Y") if on else ""

    application, language, today = Application.objects.latest("pk"), town.language, clock.today()
    reaction, extension = Reaction.objects.last(), Extension.objects.last()
    near = {"yesterday": -1, "today": 0, "tomorrow": 1, "week": 7, "fortnight": 14}
    with override(language):
        return {
            **{name: day(today + timedelta(days=days)) for name, days in near.items()},
            "question": QUESTION[language],
            "reason": REASON[language],
            "possible": POSSIBLE[language],
            "answer": day(application.answer_by),
            "longer": day(extension.until if extension else None),
            "reaction": str(reaction),
            "reaction_by": day(reaction.answer_by if reaction else None),
        }


@every_kind
def test_a_letter_says_on_paper_what_it_has_to(event: str, town: Town) -> None:
    """Who writes, to whom, when, about what and in whose name (Awb 10:10); and what its kind has to tell.

    A grant holds what was agreed on, as it was published (Awb 4:37). A decision of a public body says where, to whom
    and until when to object (Awb 3:45); nothing else does.
    """
    paper = paper_about(event, town)
    assert paper
    text, language = words_on(paper), town.language
    told = facts(town)
    number = {"nl": "Ons nummer", "en": "Our number"}[language]
    head = (
        f"Gemeente Waterveen Samira Lindeboom 1234 AB 7 {told['today']} · {number}: {Application.objects.get().number}"
    )
    assert text.startswith(head)
    assert TITLE in text
    behalf = {"nl": "Namens", "en": "On behalf of"}[language]
    assert f"{behalf} burgemeester en wethouders van Waterveen, Gemeente Waterveen" in text
    for part in KINDS[event][language]:
        assert part.format_map(told) in text
    agreed = "Vertel hoe het ging. Dat doet u kort." in text
    assert agreed == event.startswith(("decide/granted", "decide/partly", "revise/anew"))
    objects = event in DECISIONS and town.law == "awb"
    assert (CLAUSE[language] in text) == objects
    assert ("burgemeester en wethouders van Waterveen Marktplein 1 1234 AA Waterveen" in text) == objects
    assert bool(re.search(r"/aanvraag/\d+/reageren/", text)) == objects


def test_a_letter_of_an_address_that_was_told_can_be_read_aloud_too(town: Town, tmp_path: Path) -> None:
    """It is posted alone, whatever they chose: no mail of it is written."""
    of_waits.moved_by_phone(town)
    letter = Letter.objects.get(event="reach/moved_by_phone")
    paper = PdfReader(BytesIO(bytes(letter.pdf)))
    number = {"nl": "Ons nummer", "en": "Our number"}[town.language]
    head = f"Gemeente Waterveen Samira Lindeboom 1234 AB 7 {facts(town)['today']} · {number}: {letter.number}"
    assert words_on(paper).startswith(head)
    (tmp_path / "letter.pdf").write_bytes(bytes(letter.pdf))
    assert [finding.message for finding in validate(str(tmp_path / "letter.pdf")).findings] == []
    root: Any = paper.trailer["/Root"]
    assert root["/Lang"] == town.language
    assert letter.mail is None


@every_event
def test_a_letter_is_one_page_that_can_be_read_aloud(event: str, town: Town, tmp_path: Path) -> None:
    """PDF/UA: tagged, in the reader's language, with our own fonts inside."""
    paper = paper_about(event, town)
    if paper is None:
        assert event.startswith(MAILS)
        return
    assert len(paper.pages) <= LONGER.get(event.split(":", maxsplit=1)[0], 1)
    assert town.resident.name in paper.pages[0].extract_text()
    (tmp_path / "letter.pdf").write_bytes(bytes(Letter.objects.latest("pk").pdf))
    assert [finding.message for finding in validate(str(tmp_path / "letter.pdf")).findings] == []
    root: Any = paper.trailer["/Root"]
    assert root["/Lang"] == town.language
    fonts: list[Any] = [font.get_object() for page in paper.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]  # pypdf's dictionaries
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
