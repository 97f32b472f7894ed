"""docs/access.md is what `access` answers: every role × every deed × every state."""

import pytest

from tests import access_table
from tests.access_table import FILE, TABLES, cell, never_asked, written
from tests.access_world import THING_OF

AGAIN = "Look at what differs, and when it is right: python -m tests.access_table --write"


@pytest.mark.django_db
def test_the_page_says_what_access_answers() -> None:
    assert FILE.read_text().splitlines() == written().splitlines(), AGAIN


def test_every_row_is_asked_by_an_action() -> None:
    assert {app: never_asked(app) for app in TABLES} == {app: set() for app in TABLES}
    rows = {deed for table in TABLES.values() for deed in table}
    assert set(THING_OF) <= rows, "a thing named for a deed that is no longer there"


def test_a_row_nobody_asks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(access_table.TABLES["grants"], "burn", ())
    assert never_asked("grants") == {"burn"}


@pytest.mark.parametrize(
    ("may", "says"),
    [
        (set(), ""),
        ({"draft", "sent", "not_handled"}, "●"),
        ({"not_handled"}, "not handled"),
        ({"draft", "sent"}, "not not handled"),
    ],
)
def test_a_cell_names_the_fewest_states(may: set[str], says: str) -> None:
    assert cell(may, ["draft", "sent", "not_handled"]) == says
