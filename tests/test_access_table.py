"""docs/access.md is what `access` answers: every role × every deed × every state."""

import pytest

from tests import access_table
from tests.access_table import FILE, TABLES, answers, cell, never_asked, written
from tests.access_world import THING_OF, build

AGAIN = "Look at what differs, and when it is right: python -m tests.access_table --write"


@pytest.mark.django_db
def test_the_page_says_what_access_answers() -> None:
    assert FILE.read_text().splitlines() == written().splitlines(), AGAIN


# Who never may, in which state (none: in all of them), and why. The page could be written anew with any of these wrong.
FORBIDDEN = [
    *(("grants", deed, "own group", "") for deed in ("rank", "draw_line", "announce")),  # Awb 2:4, decision 25
    *(("grants", deed, "own group", "") for deed in ("judge", "award", "decline", "make_paper_code")),  # Awb 2:4
    *(("ledger", deed, "own group", "") for deed in ("give_bank_details", "check_iban", "note_name_check")),
    ("grants", "sign", "officer", "proposed"),  # two signatures are of two people
    *(("grants", deed, "officer", "anew") for deed in ("award", "decline", "settle", "set_aside", "propose", "sign")),
    *(("grants", deed, "officer", "read_anew") for deed in ("settle", "set_aside")),
    *(("grants", deed, "officer", "declined") for deed in ("handle_reaction", "answer_reaction")),  # Awb 10:3(3)
    *(("grants", deed, "no mandate", "") for deed in ("award", "decline", "sign", "announce", "answer_reaction")),
]


@pytest.mark.django_db
def test_what_the_law_forbids_stands_in_no_cell() -> None:
    found = answers(build())
    wrong = [
        (deed, role, state)
        for app, deed, role, state in FORBIDDEN
        if (found[app, deed, role] if not state else state in found[app, deed, role])
    ]
    assert wrong == []
    assert "proposed" in found["grants", "sign", "decider"]
    assert found["grants", "draw_line", "decider"]


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
