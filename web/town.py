"""The made-up town of the demo (fixtures/waterveen): its files, and who somebody can be there to see what."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from web.language import said

FOLDER = settings.HOUSE / "fixtures" / "waterveen"


@cache
def book(name: str) -> dict[str, Any]:
    """One file of the town, for instance `book("people")`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def address_of(key: str) -> str:
    return f"{key}@waterveen.example"


@dataclass(frozen=True)
class Guise:
    """Somebody in the town whom a visitor of the demo can be: who that is, what they see, and where that begins."""

    key: str
    name: str
    who: str
    who_en: str
    see: str
    see_en: str
    at: str
    has_password: bool

    @property
    def email(self) -> str:
        return address_of(self.key)

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def role(self) -> str:
        """In the reader's language."""
        return said(self, "who")

    @property
    def sights(self) -> str:
        """In the reader's language."""
        return said(self, "see")


def guises() -> list[Guise]:
    """Residents first, then who works for a funder."""
    shown = ((key, facts) for key, facts in book("people").items() if "who" in facts)
    told = ("name", "who", "who_en", "see", "see_en", "at")
    return [
        Guise(key=key, has_password="seats" in facts, **{name: facts[name] for name in told}) for key, facts in shown
    ]
