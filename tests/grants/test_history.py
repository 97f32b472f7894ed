"""Everything that happens to a plan reads as a sentence, and the group's own cash book stays the group's."""

import ast
from collections.abc import Iterator

import pytest
from django.contrib.admin import site

from grants.models import Application
from grants.templatetags.history import AT_ONCE, SENTENCES, THE_GROUPS_OWN, for_funder, sentence
from tests.conftest import SignedIn
from tests.house_rules import sources
from web.admin import LeavesDeeds
from web.models import Deed, Person, record

# Done to things that belong to no plan: they are on nobody's track page.
NOT_ABOUT_A_PLAN = {
    "give_a_seat",
    "end_seat",
    "hand_over",  # a seat's; the plan's own is hand_over_work
    "begin_scheme",
    "pay_from",
    "set_up_budget",
    "set_up_funder",
    "set_up_person",
    "set_up_user",
    "rename_scheme",
    "begin_edition",
    "phrase",
    "show_logo",
    "take_logo_away",
    "rank",
    "draw_line",
    "change_edition",
    "add_row",
    "change_row",
    "take_row_away",
    "move_row_up",
    "publish_edition",
    "drop_edition",
    "change_details",
    "ask_to_move",
    "change_email",
    "add_budget",
    "set_budget",
    "take_over_register",
    "export",
    "erase",
    "tell_idea",
    "write_down_idea",
    "answer_idea",
    "take_idea_back",
    "arrange_desk",
    "keep_list",
    "rename_list",
    "remove_list",
    "jot",  # residents read what is on the thread
    "let_in_organisation",
    "end_organisation",
    "invite_helper",
    "end_helper",
}


def verbs_recorded() -> Iterator[str]:
    """The second argument of every `record(…)` in an actions.py; in a letters.py, for what the clock tells; and what
    the set-up pages leave."""
    yield from (each.verb for each in site._registry.values() if isinstance(each, LeavesDeeds))
    for path in (path for path in sources("grants", "ledger") if path.name in {"actions.py", "letters.py"}):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                verb = node.args[1]
                for each in (verb.body, verb.orelse) if isinstance(verb, ast.IfExp) else (verb,):
                    assert isinstance(each, ast.Constant), f"{path}: a verb that isn't written out"
                    yield str(each.value)


def test_every_deed_about_a_plan_has_a_sentence() -> None:
    verbs = set(verbs_recorded())
    assert len(verbs) > 20
    assert verbs - NOT_ABOUT_A_PLAN - set(SENTENCES) == set()


def test_no_sentence_outlives_its_deed() -> None:
    assert set(SENTENCES) - set(verbs_recorded()) == set()
    assert set(verbs_recorded()) >= THE_GROUPS_OWN


@pytest.mark.parametrize("verb", SENTENCES)
def test_a_sentence_ends_and_says_who(application: Application, resident: Person, verb: str) -> None:
    said = sentence(record(resident, verb, application))
    assert said.endswith(".")
    assert "%" not in said
    if "%(by)s" in str(SENTENCES[verb]):
        assert resident.name in said


def test_a_verb_without_a_sentence_is_not_hidden(application: Application, resident: Person) -> None:
    assert sentence(record(resident, "dance", application)) == f"{resident.name}: dance"


def test_a_funder_does_not_see_the_groups_own_cash_book(application: Application, resident: Person) -> None:
    for verb in ("submit", "book_expense", "hand_in"):
        record(resident, verb, application)
    seen = for_funder(list(Deed.objects.on_thread(application.thread)))
    assert [deed.verb for deed in seen] == ["submit", "hand_in"]


def test_a_deed_of_somebody_who_signed_in_later_is_told_by_their_name(
    application: Application, resident: Person
) -> None:
    nobody = Person.objects.create(became=resident)
    assert resident.name in sentence(record(nobody, "ask_for_code", application))


def test_a_long_history_shows_its_end_and_all_of_it_to_who_asks(
    as_: SignedIn, application: Application, resident: Person
) -> None:
    for _ in range(AT_ONCE + 5):
        record(resident, "withdraw", application)
    page = application.get_absolute_url()
    shown, everything = as_(resident).get(page), as_(resident).get(f"{page}?alles=1")
    assert shown.text.count("Samira Lindeboom withdrew") == AT_ONCE
    assert everything.text.count("Samira Lindeboom withdrew") == AT_ONCE + 5
    assert 'href="?alles=1"' in shown.text
    assert 'href="?alles=1"' not in everything.text
