"""How hard a text is to read: PRODUCT's measures for everything residents read.

A line is a paragraph of its own (letters have headings and lists). Addresses of pages and of mail are not read as
words. Syllables are counted by hyphenation (pyphen), which is what the known tools for Dutch do too.
"""

import re
from dataclasses import dataclass

import pyphen

LONGEST, LONGEST_ON_AVERAGE, EASY = 20, 12, 65

# Names that the law or an office has, and that nobody can make shorter. They are read as one short word.
NAMES = (
    "Algemene wet bestuursrecht",
    "General Administrative Law Act",
    "burgemeester en wethouders",
    "the mayor and aldermen",
)

FORBIDDEN = (
    r"beschikking(?:en)?", "derhalve", r"conforme?", "indien", r"(?:niet-|on)?ontvankelijk(?:e|heid)?",
    r"verantwoording(?:en)?", r"rechtsperso(?:on|nen)", r"penvoerders?", "cofinanciering", "draagvlak", r"ongeldige?",
    r"verplichte? velde?n?", "er is een fout opgetreden", r"achterstandswijk(?:en)?", r"probleemwijk(?:en)?",
    r"kwetsbare doelgroep(?:en)?", r"aanvragers?",
)  # fmt: skip
FORBIDDEN_WORDS = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b", re.IGNORECASE)

ADDRESSES = re.compile(r"https?://\S+|\S+@\S+")
END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
WORD = re.compile(r"[^\W_](?:[\w.,’'@%-]*[^\W_])?")

hyphens = pyphen.Pyphen(lang="nl")


def sentences(text: str) -> list[list[str]]:
    """The words of every sentence; lines without words left out."""
    for name in NAMES:
        text = re.sub(re.escape(name), "wet", text, flags=re.IGNORECASE)
    found = (WORD.findall(each) for each in END_OF_SENTENCE.split(ADDRESSES.sub("", text)))
    return [words for words in found if words]


def syllables(word: str) -> int:
    """At least one; a number counts as one."""
    return len(hyphens.positions(word.lower())) + 1


@dataclass(frozen=True)
class Reading:
    """What was measured of a text: the mean and longest sentence in words, and Flesch-Douma (higher is easier)."""

    mean: float
    longest: list[str]
    flesch_douma: float

    def trouble(self) -> list[str]:
        """What is too hard in Dutch, in words; empty when all is well."""
        said = self.long_sentences()
        if self.flesch_douma < EASY:
            said.append(f"Flesch-Douma {self.flesch_douma:.0f}")
        return said

    def long_sentences(self) -> list[str]:
        """What is too long in any language."""
        said = []
        if len(self.longest) > LONGEST:
            said.append(f"{len(self.longest)} words: {' '.join(self.longest)}")
        if self.mean > LONGEST_ON_AVERAGE:
            said.append(f"sentences of {self.mean:.1f} words on average")
        return said


def measure(text: str) -> Reading:
    """206.835 - 0.93 x words per sentence - 77 x syllables per word (Douma). ValueError when there are no words."""
    said = sentences(text)
    if not said:
        raise ValueError("There is nothing to read.")
    words = [word for sentence in said for word in sentence]
    mean = len(words) / len(said)
    per_word = sum(map(syllables, words)) / len(words)
    return Reading(mean, max(said, key=len), 206.835 - 0.93 * mean - 77 * per_word)


def forbidden_words(text: str) -> list[str]:
    """Words that residents shouldn't meet (PRODUCT, "Language"; LOOK, "Sound")."""
    return [found.group().lower() for found in FORBIDDEN_WORDS.finditer(text)]
