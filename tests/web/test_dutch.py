"""Everything the house says, it says in Dutch too, completely and in words that are easy to read."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.utils.translation import gettext, ngettext, override

from grants.models.questions import QUESTIONS
from tests.house_rules import named
from tests.web import reading
from tests.web.phrases import (
    CATALOGUE,
    HOUSE,
    PLACEHOLDERS,
    Entry,
    asked_by,
    compiled,
    expected,
    of_code,
    of_template,
    read_catalogue,
)

TEXT = CATALOGUE.read_text(encoding="utf-8")
ENTRIES = {entry.key: entry for entry in read_catalogue(TEXT)}

# DOMAIN 4.2, word for word. The money question is asked in two parts.
EIGHT_QUESTIONS = (
    ("Wat gaat u doen?", "Vertel het zoals u het aan uw buren zou vertellen."),
    ("Waarom is dit goed voor de buurt?", "Wat is er nu al? Wat wordt er beter of leuker?"),
    (
        "Wie doen er mee?",
        "Schrijf op wie wat doet. Doet er een school, club of andere groep mee? Noem die ook.",
    ),
    ("Wat brengt u zelf mee?", "Denk aan tijd, spullen, ervaring, een plek of geld."),
    (
        "Hoe weten andere buren ervan? En hoe kunnen zij meedoen?",
        "Schrijf op wat u al gedaan heeft en wat u nog gaat doen.",
    ),
    ("Waar en wanneer is het?", "Een plek en een maand is genoeg."),
)
ALSO_ASKED = (
    ("What does it cost?", "Wat kost het?"),
    ("How much money do you ask?", "Hoeveel geld vraagt u van ons?"),
    ("Make a short list. You may estimate.", "Maak een lijstje. U mag schatten."),
    ("Is permission or a permit needed?", "Is er toestemming of een vergunning nodig?"),
    (
        "You don't know? Then choose that. We find out together with you.",
        "Weet u het niet? Kies dan: weet ik niet. Wij zoeken het samen met u uit.",
    ),
    ("(optional)", "(niet verplicht)"),
    ("You don't have to fill this in", "U hoeft dit niet in te vullen"),
)

# Read by people who work with these words every day. Their sentences are short too; the words are the field's own.
OF_STAFF = (
    "grants/admin.py", "grants/appoint/", "grants/export/", "grants/management/", "grants/models/",
    "grants/papers/workbook.py", "grants/review/", "grants/setup/", "grants/take_over/",
    "ledger/access.py", "ledger/admin.py", "ledger/budget/",
    "ledger/close/", "ledger/export/", "ledger/models/", "templates/grants/appoint/",
    "templates/grants/export/", "templates/grants/review/",
    "templates/grants/setup/", "templates/ledger/budget/", "templates/ledger/close/", "templates/ledger/export/",
    "templates/ledger/pay/next_step.html", "templates/ledger/pay/payment",
    "templates/web/powers.html", "web/admin.py", "web/models/", "web/powers.py", "web/set_up",
)  # fmt: skip
A_SENTENCE = 4  # words: fewer is a label


def speaking_files() -> Iterator[Path]:
    """Every file that may hold sentences for people."""
    for folder in ("web", "ledger", "grants", "templates"):
        for path in sorted((HOUSE / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


ASKED = {named(path): found for path in speaking_files() if (found := asked_by(path))}


def without_words(entries: dict[str, Entry]) -> list[str]:
    return [key for key, entry in entries.items() if entry.fuzzy or not all(text.strip() for text in entry.dutch)]


def other_placeholders(entries: dict[str, Entry]) -> list[str]:
    """Entries whose Dutch would show other values than the English does."""

    def kept(texts: list[str]) -> set[str]:
        return set(PLACEHOLDERS.findall(" ".join(texts).replace("%%", "")))

    return [key for key, entry in entries.items() if kept(entry.english) != kept(entry.dutch)]


def hard_words(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(where, word) for where, text in texts.items() for word in reading.forbidden_words(text)]


def dutch_of(keys: list[str]) -> str:
    """The Dutch sentences behind these keys, a line each; labels left out, for they aren't read as text."""
    lines = [text for key in keys if key in ENTRIES for text in ENTRIES[key].dutch]
    return "\n".join(text for text in lines if len(text.split()) >= A_SENTENCE)


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_in(each)


TOWN = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (HOUSE / "fixtures/waterveen").glob("*.toml")
}
FIXTURES = {name: "\n".join(strings_in(content)) for name, content in TOWN.items()}
OF_SCHEMES = ("purpose", "who_may_ask", "who_decides", "responsible")
OF_FUNDERS = ("privacy", "accessibility", "complaints")

# The catalogue


def test_the_whole_house_was_read() -> None:
    assert {"web/forms.py", "ledger/pay/views.py", "grants/ask/forms.py", "templates/base.html"} <= ASKED.keys()
    assert len(ENTRIES) > 800


def test_every_sentence_of_the_source_is_in_the_catalogue() -> None:
    asked = {key: where for where, keys in ASKED.items() for key in keys}
    assert {key: where for key, where in asked.items() if key not in ENTRIES} == {}


def test_the_catalogue_has_no_sentence_that_nobody_says() -> None:
    asked = {key for keys in ASKED.values() for key in keys}
    assert [key for key in ENTRIES if key not in asked] == []


def test_every_entry_has_dutch_words() -> None:
    assert without_words(ENTRIES) == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    assert other_placeholders(ENTRIES) == []


def test_dutch_begins_and_ends_its_lines_as_english_does() -> None:
    """gettext asks for it, and mails need it."""
    moved = [key for key, entry in ENTRIES.items() if entry.english[0].endswith("\n") != entry.dutch[0].endswith("\n")]
    assert moved == []


def test_what_is_compiled_is_what_is_written() -> None:
    assert compiled() == expected(list(ENTRIES.values()))


def test_the_header_names_the_project_and_nobody() -> None:
    header = TEXT.split("\n\n", 1)[0]
    assert "Project-Id-Version: Buurtkas" in header
    assert "Language: nl" in header
    assert not re.search(r"Date:|Translator|Team|@|\d{4}", header)


def test_one_and_many_are_told_apart() -> None:
    with override("nl"):
        said = [ngettext("%(number)s question", "%(number)s questions", n) % {"number": n} for n in (0, 1, 4)]
    assert said == ["0 vragen", "1 vraag", "4 vragen"]


def test_what_django_says_is_said_in_our_words() -> None:
    class AskYear(forms.Form):
        year = forms.IntegerField(min_value=2000)

    with override("nl"):
        assert [AskYear({"year": typed}).errors["year"] for typed in ("x", "26")] == [
            ["Schrijf een heel getal, bijvoorbeeld 3."],
            ["Schrijf minstens 2000."],
        ]
        assert gettext("This field is required.") == "Vul dit in."


# The words


def test_the_questions_are_those_of_the_field() -> None:
    with override("nl"):
        assert [(str(question.text), str(question.help)) for question in QUESTIONS] == list(EIGHT_QUESTIONS)


@pytest.mark.parametrize(("english", "dutch"), ALSO_ASKED)
def test_what_else_is_asked_is_said_in_the_words_of_the_field(english: str, dutch: str) -> None:
    assert ENTRIES[english].dutch == [dutch]


def test_no_hard_words_on_the_screen() -> None:
    assert hard_words({key: "\n".join(entry.dutch) for key, entry in ENTRIES.items()}) == []


def test_no_hard_words_in_letters() -> None:
    letters = HOUSE.glob("templates/letters/**/*.nl.txt")
    assert hard_words({named(path): path.read_text(encoding="utf-8") for path in letters}) == []


def test_no_hard_words_in_the_made_up_town() -> None:
    assert FIXTURES
    assert hard_words(FIXTURES) == []


def test_people_are_addressed_as_u() -> None:
    familiar = re.compile(r"\b(?:je|jij|jouw|jou|jullie)\b", re.IGNORECASE)
    assert [key for key, entry in ENTRIES.items() if familiar.search("\n".join(entry.dutch))] == []


# How it reads


@pytest.mark.parametrize("where", ASKED)
def test_sentences_are_short(where: str) -> None:
    text = dutch_of(ASKED[where])
    if text:
        assert reading.measure(text).long_sentences() == []


@pytest.mark.parametrize("where", [where for where in ASKED if not where.startswith(OF_STAFF)])
def test_what_residents_read_is_easy(where: str) -> None:
    text = dutch_of(ASKED[where])
    if text:
        assert reading.measure(text).trouble() == []


def test_help_with_the_questions_is_easy() -> None:
    help_texts = [part for question in EIGHT_QUESTIONS for part in question]
    assert reading.measure("\n".join(help_texts)).trouble() == []


@pytest.mark.parametrize("scheme", TOWN["schemes"]["scheme"], ids=lambda scheme: scheme["slug"])
def test_the_rules_of_a_scheme_are_easy(scheme: dict[str, Any]) -> None:
    exclusions = [dutch for dutch, *_more in scheme["exclusions"]]
    assert reading.measure("\n".join([scheme[part] for part in OF_SCHEMES] + exclusions)).trouble() == []


@pytest.mark.parametrize("funder", TOWN["funders"]["funder"], ids=lambda funder: funder["slug"])
def test_what_funders_say_of_themselves_is_easy(funder: dict[str, Any]) -> None:
    assert reading.measure("\n".join(funder[part] for part in OF_FUNDERS)).trouble() == []


def test_the_criteria_are_easy() -> None:
    criteria = [f"{each['title']}\n{each['text']}" for each in TOWN["criteria"].values()]
    assert reading.measure("\n".join(criteria)).trouble() == []


# Each check can fail


def entry(dutch: str, *, english: str = "%(name)s reads", fuzzy: bool = False) -> dict[str, Entry]:
    return {english: Entry("", [english], [dutch], fuzzy)}


def test_a_missing_or_doubtful_translation_is_found() -> None:
    assert without_words(entry("%(name)s leest")) == []
    assert without_words(entry(" ")) == without_words(entry("Ja", fuzzy=True)) == ["%(name)s reads"]


def test_another_placeholder_is_found() -> None:
    assert other_placeholders(entry("%(name)s leest")) == []
    assert other_placeholders(entry("%(naam)s leest")) == other_placeholders(entry("leest")) == ["%(name)s reads"]


def test_a_changed_sentence_makes_the_compiled_catalogue_old() -> None:
    changed = read_catalogue(TEXT.replace("Wat gaat u doen?", "Wat gaan wij doen?"))
    assert compiled() != expected(changed)


def test_the_catalogue_is_read_as_gettext_reads_it() -> None:
    button = '#, fuzzy\nmsgctxt "button"\nmsgid "a\\n"\n"b"\nmsgstr ""\n"c"\n'
    counted = 'msgid "n"\nmsgid_plural "ns"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    read = read_catalogue(f"{button}\n{counted}")
    assert read == [
        Entry("button", ["a\nb"], ["c"], fuzzy=True),
        Entry("", ["n", "ns"], ["x", "y"], fuzzy=False),
    ]
    assert expected(read) == {"button\x04a\nb": "c", ("n", 0): "x", ("n", 1): "y"}


def test_sentences_are_found_in_code_and_templates() -> None:
    code = "print(_('One'), pgettext_lazy('verb', 'Two'), ngettext('3', '4', n), str('no'))"
    assert list(of_code(code)) == ["One", "verb\x04Two", "3"]
    page = (
        "{% translate \"Don't\" %}{% translate 'Set' context 'verb' as x %}{% trans \"Old\" %}"
        "{% blocktranslate with a=b %}Hello {{ a }}{% endblocktranslate %}"
        "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    assert list(of_template(page)) == ["Don't", "verb\x04Set", "Old", "Hello %(a)s", "%(n)s row"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uw aanvraag is niet-ontvankelijk.", ["niet-ontvankelijk"]),
        ("Indien u dit wilt, conform de regels", ["indien", "conform"]),
        ("Dit is een verplicht veld", ["verplicht veld"]),
        ("De pot is beschikbaar. U kunt een klacht indienen.", []),
    ],
)
def test_hard_words_are_found(text: str, found: list[str]) -> None:
    assert reading.forbidden_words(text) == found


def test_hard_texts_are_found() -> None:
    easy = reading.measure("U krijgt geld. U kunt aan de slag. Vragen? Bel ons.")
    assert easy.trouble() == []
    long = reading.measure(" ".join(["wij gaan naar het plein en dan naar huis"] * 3) + ".")
    assert long.trouble()[:2] == [f"27 words: {' '.join(long.longest)}", "sentences of 27.0 words on average"]
    hard = reading.measure("Belanghebbenden ontvangen subsidievaststellingsbeschikkingen overeenkomstig bepalingen.")
    assert hard.trouble() == [f"Flesch-Douma {hard.flesch_douma:.0f}"]
    assert hard.long_sentences() == []


def test_the_measure_is_doumas() -> None:
    """Four words of one syllable and one of two, in two sentences."""
    read = reading.measure("Ik ga weg. Nu lopen")
    assert (read.mean, read.longest) == (2.5, ["Ik", "ga", "weg"])
    assert read.flesch_douma == pytest.approx(206.835 - 0.93 * 2.5 - 77 * 6 / 5)


def test_there_must_be_something_to_read() -> None:
    with pytest.raises(ValueError, match="nothing"):
        reading.measure("https://waterveen.example/ …")
