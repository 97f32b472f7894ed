"""The table of who may do what: every row asked for every person of the cast."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants.access import MAY, may, require
from grants.models import Application
from web.models import Person

# Who may do each deed on Samira's application (or on what stands in for it). Everybody else may not.
EXPECTED = {
    "save_draft": {"resident"},
    "ask_for_code": {"resident"},
    "submit": {"resident"},
    "complete": {"resident"},
    "withdraw": {"resident"},
    "stop": {"resident"},
    "tell_story": {"resident"},
    "mark_posted": {"officer", "decider"},
    "take_in": {"officer", "decider"},
    "take_up": {"officer", "decider"},
    "send_back": {"officer", "decider"},
    "go_on_as_it_stands": {"officer", "decider"},
    "enquire": {"officer", "decider"},
    "note_answer": {"officer", "decider"},
    "note_completion": {"officer", "decider"},
    "go_on_without": {"officer", "decider"},
    "answer_enquiry": {"resident"},
    "judge": {"officer", "decider"},
    "react": {"resident"},
    "register_reaction": {"officer", "decider"},
    "close": {"officer", "decider"},
    "award": {"officer", "decider"},
    "decline": {"officer", "decider"},
    "fix": {"officer", "decider"},
    "export_case": {"officer", "decider", "auditor"},
    "export": {"treasurer", "auditor"},
    "take_over": {"system"},
    "erase": {"system"},
}
CAST = ("resident", "neighbour", "helper", "officer", "decider", "treasurer", "fund_admin", "auditor", "outsider")


@pytest.fixture
def cast(request: Any) -> dict[str, Person]:
    return {name: request.getfixturevalue(name) for name in CAST} | {"system": Person.system()}


def thing_of(deed: str, application: Application) -> Any:
    things = {
        "export": application.scheme.funder,
        "take_over": application.scheme,
        "erase": application.plan.first_contact,
    }
    return things.get(deed, application)


@pytest.mark.parametrize("deed", EXPECTED)
def test_only_these_may(deed: str, application: Application, cast: dict[str, Person]) -> None:
    allowed = {name for name, person in cast.items() if may(person, deed, thing_of(deed, application))}
    assert allowed == EXPECTED[deed]
    assert not may(None, deed, thing_of(deed, application))


@pytest.mark.parametrize("deed", EXPECTED)
def test_a_refusal_says_why_in_a_sentence(deed: str, application: Application, cast: dict[str, Person]) -> None:
    with pytest.raises(PermissionDenied, match=r"^[A-Z].+\.$"):
        require(cast["neighbour"], deed, thing_of(deed, application))


def test_a_deed_that_is_not_in_the_table_is_nobodys(application: Application, officer: Person) -> None:
    with pytest.raises(KeyError):
        may(officer, "burn", application)
    assert set(MAY) >= set(EXPECTED)
