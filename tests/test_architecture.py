"""The rules that keep the house as it is: every file of it holds to them, and each rule is able to say no."""

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from tests import house_rules as rules
from tests.house_rules import CODE, HOUSE, HOUSE_LIMITS, TEMPLATE_LINES, TEST_LIMITS, Limits, named, sources

Rule = Callable[[str, str], Iterator[str]]


def broken(rule: Rule, files: Iterator[Path]) -> list[str]:
    return [fault for path in files for fault in rule(path.read_text(), named(path))]


def actions() -> Iterator[Path]:
    return (path for path in sources("grants", "ledger") if path.name == "actions.py")


def test_every_action_says_who_asks_access_and_leaves_a_deed() -> None:
    assert len(list(actions())) > 4
    assert broken(rules.unfinished_actions, actions()) == []


def test_no_exception_outlives_its_action() -> None:
    known = {f"{named(path)}:{function.name}" for path in actions() for function in rules.functions(path.read_text())}
    assert known >= set(rules.ANYBODY_MAY) | set(rules.LEAVES_NO_DEED)


def test_the_ledger_does_not_know_who_asks_and_gives() -> None:
    assert (
        broken(
            rules.says_grants,
            (
                path
                for path in sources("ledger", "templates/ledger", ends="")
                if path.suffix in {".py", ".html", ".txt"}
            ),
        )
        == []
    )


@pytest.mark.parametrize("rule", [rules.uses_signals, rules.vague_names, rules.unexplained_ignores])
def test_the_code_holds_to_the_rules(rule: Rule) -> None:
    assert broken(rule, sources(*CODE)) == []


def test_silenced_types_in_tests_say_why() -> None:
    assert broken(rules.unexplained_ignores, (path for path in sources("tests") if path != Path(__file__))) == []


@pytest.mark.parametrize("ends", [".py", ".html", ".txt", ".css", ".js", ".md"])
def test_nothing_is_left_for_later(ends: str) -> None:
    assert broken(rules.left_for_later, sources(*CODE, "tests", "templates", "docs", ends=ends)) == []


def test_files_and_functions_are_short() -> None:
    def within(limits: Limits) -> Rule:
        return lambda source, where: rules.too_long(source, where, limits)

    assert broken(within(HOUSE_LIMITS), sources(*CODE)) == []
    assert broken(within(TEST_LIMITS), sources("tests")) == []


def test_templates_are_short() -> None:
    long = [named(path) for path in sources("templates", ends=".html") if len(path.open().readlines()) > TEMPLATE_LINES]
    assert long == []


def test_a_lock_leaves_others_free_to_point_at_the_row() -> None:
    """A full lock makes everybody wait who writes a row about it: a deed, a letter, a decision. So it is rare.

    Of a mail that is taken from the worker nothing points; a budget's accounts are locked in an order of their own.
    """
    lock = re.compile(r"select_for_update\((?!.*no_key=True)")
    full = [named(path) for path in sources(*CODE) if lock.search(path.read_text())]
    assert sorted(full) == ["grants/recall/actions.py", "ledger/models/budget.py"]


def house_forms() -> Iterator[type[forms.BaseForm]]:
    for path in (path for path in sources(*CODE) if path.name in {"forms.py", "typed.py"}):
        module = importlib.import_module(named(path).removesuffix(".py").replace("/", "."))
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, forms.BaseForm) and thing.__module__ == module.__name__:
                yield thing


def test_every_field_says_why_it_is_asked_and_what_is_voluntary_is_free() -> None:
    assert len(list(house_forms())) > 10
    faults = [fault for form in house_forms() for fault in rules.incomplete_whys(form, form.__module__)]
    assert faults == []


def test_everything_the_settings_name_exists() -> None:
    for name in (*settings.TICK, *settings.ON_ADDRESS_SHOWN, settings.FRONT_DOOR):
        assert callable(import_string(name)), name


def test_nothing_else_stands_at_the_top_of_the_house() -> None:
    expected = {"docs", "fixtures", "grants", "ledger", "templates", "tests", "web"}
    found = {path.name for path in HOUSE.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert found - {"var", "htmlcov"} == expected


class Unexplained(forms.Form):
    name = forms.CharField()


class Obligatory(forms.Form):
    why = {"name": "voluntary"}  # noqa: RUF012  # as forms write it
    name = forms.CharField()


class Nonsense(forms.Form):
    why = {"name": "curiosity"}  # noqa: RUF012  # as forms write it
    name = forms.CharField(required=False)


GOOD_ACTION = """
def award(application, *, amount, by):
    require(by, "award", application)
    record(by, "award", application)

def _cents(amount):
    return amount * 100
"""


def test_an_action_as_it_should_be_is_let_through() -> None:
    assert list(rules.unfinished_actions(GOOD_ACTION, "x")) == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (rules.unfinished_actions, GOOD_ACTION.replace("*, amount, by", "amount, by")),
        (rules.unfinished_actions, GOOD_ACTION.replace("require(by", "may(by")),
        (rules.unfinished_actions, GOOD_ACTION.replace("    record(by", "    note(by")),
        (rules.unfinished_actions, GOOD_ACTION.replace("_cents", "cents")),
        (rules.says_grants, "from grants.models import Plan"),
        (rules.says_grants, "<p>Grants</p>"),
        (rules.left_for_later, "x = 1  # TO" + "DO: think"),
        (rules.uses_signals, "from django.dispatch import receiver"),
        (rules.uses_signals, "from django import dispatch"),
        (rules.uses_signals, "import django.dispatch"),
        (rules.vague_names, "class MailHelper: pass"),
        (rules.unexplained_ignores, "x = 1  # type: ignore"),
        (rules.unexplained_ignores, "x = 1  # type: ignore[attr-defined]"),
        (lambda source, where: rules.too_long(source, where, HOUSE_LIMITS), "x = 1\n" * 251),
        (lambda source, where: rules.too_long(source, where, HOUSE_LIMITS), "def f():\n" + "    x = 1\n" * 40),
    ],
)
def test_each_rule_is_able_to_say_no(rule: Rule, source: str) -> None:
    assert list(rule(source, "x"))


@pytest.mark.parametrize("form", [Unexplained, Obligatory, Nonsense])
def test_the_rule_about_forms_is_able_to_say_no(form: type[forms.Form]) -> None:
    assert list(rules.incomplete_whys(form, "x"))
