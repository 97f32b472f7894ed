"""Texts that funders write themselves: Dutch, and English where they filled it in."""

from typing import Any

from django.utils.translation import get_language


def is_said_in(thing: Any, name: str) -> str:
    """The language of `said(thing, name)`, for who has the page read aloud: "nl" where the English is missing."""
    english = getattr(thing, f"{name}_en", "")
    return "en" if english and (get_language() or "").startswith("en") else "nl"


def said(thing: Any, name: str) -> str:
    """The text `name` of `thing` in the reader's language: `<name>_en` in English when filled in, else `name`."""
    if (get_language() or "").startswith("en") and (english := getattr(thing, f"{name}_en", "")):
        return str(english)
    return str(getattr(thing, name))
