"""Texts of funders are shown in the reader's language."""

from types import SimpleNamespace

from django.template import Context, Template
from django.utils.translation import override

from web.language import is_said_in, said

SCHEME = SimpleNamespace(name="Straatpot", name_en="Street fund", help="Bel ons", help_en="")


def test_an_english_reader_gets_english_where_it_was_filled_in() -> None:
    with override("en"):
        assert (said(SCHEME, "name"), said(SCHEME, "help")) == ("Street fund", "Bel ons")


def test_a_dutch_reader_gets_dutch() -> None:
    with override("nl"):
        assert said(SCHEME, "name") == "Straatpot"
    with override(None):
        assert said(SCHEME, "name") == "Straatpot"


def test_who_reads_aloud_is_told_the_language() -> None:
    with override("en"):
        assert (is_said_in(SCHEME, "name"), is_said_in(SCHEME, "help")) == ("en", "nl")
    with override("nl"):
        assert is_said_in(SCHEME, "name") == "nl"


def test_templates_say_it_too() -> None:
    with override("en"):
        assert Template('{{ scheme|said:"name" }}').render(Context({"scheme": SCHEME})) == "Street fund"
