"""Who may do what, asked of `access` itself and laid out as docs/access.md: `python -m tests.access_table --write`.

Every role of the cast × every row of every MAY × every state of an application. A test fails when the file differs.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

if __name__ == "__main__":  # as a command, the models still have to be made ready
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

import grants.access
import ledger.access
import web.sign_in.colleague
from tests.access_world import THING_OF, World, build
from tests.house_rules import HOUSE
from web.access import Table, allowed

FILE = HOUSE / "docs" / "access.md"
TABLES: dict[str, Table] = {
    "grants": grants.access.MAY,
    "ledger": ledger.access.MAY,
    "web": web.sign_in.colleague.MAY,
}
ASKED_BY = {"grants": "grants/*/actions.py", "ledger": "ledger/*/actions.py", "web": "web/sign_in/colleague.py"}
ALWAYS, NEVER = "●", ""

INTRO = """# Who may do what

Made by `python -m tests.access_table --write`, which asks `grants/access.py`, `ledger/access.py` and
`web/sign_in/colleague.py` for each role, each deed and each state of an application. A test fails when this page
differs from the answers. What a page shows to whom is another question: the doors in `tests/` walk through every page.

**●** may do it, whatever the state. A state by name: only then. Nothing: never. Whether the moment is right (a
decision can't be taken twice) is asked after this, by the action itself.

States: {states}.
*Unclaimed*: a draft on the device of somebody without an account. *At a desk*: the same, with a helper.
*Proposed*: judged, and the officer signed first. *Anew*: judged, and *read anew*: sent, after a decision that didn't
hold.
*Own group* is of the group of a plan in the round as well; the other columns have nothing to do with it.

| column | who |
|---|---|
{legend}
"""

WHO = {
    "first contact": "the resident who leads the group",
    "member": "another of the group, who was offered to lead it",
    "neighbour": "lives there, and isn't in the group",
    "helper": "of an organisation, let in by the group",
    "leader": "leads the helpers of that organisation; nobody let them in",
    "officer": "works for the fund, with a mandate; took every decision there is",
    "no mandate": "works for the fund as an officer, without a mandate to decide",
    "decider": "works for the fund, with a mandate; took none of the decisions",
    "panel": "advises the fund as a resident",
    "treasurer": "pays for the fund",
    "fund admin": "sets up the fund",
    "auditor": "reads along at the fund",
    "own group": "has every role at the fund, and is in the group",
    "other fund": "has every role at another fund",
    "system": "the installation itself: its worker and its commands",
}


def asked_in(app: str) -> Iterator[tuple[str, list[str]]]:
    """Each verb of an app, with the deeds that its actions ask for."""
    for path in sorted(HOUSE.glob(ASKED_BY[app])):
        deeds = re.findall(r'\brequire\(\w+, "(\w+)"', path.read_text())
        if deeds:
            yield str(path.parent.relative_to(HOUSE)), sorted(set(deeds))


def never_asked(app: str) -> set[str]:
    """Rows of a table that no action asks for: they keep nobody out."""
    return set(TABLES[app]) - {deed for _verb, deeds in asked_in(app) for deed in deeds}


def answers(world: World) -> dict[tuple[str, str, str], set[str]]:
    """For (app, deed, role): the states in which this role may do it; of what isn't there, in none."""
    found: dict[tuple[str, str, str], set[str]] = {}
    kept: dict[tuple[int, int, str], dict[str, bool]] = {}  # a thing of the house is asked once for all states
    asked = product(world.states, TABLES.items())
    for state, (app, table) in asked:
        for (role, person), (name, thing) in product(world.casts[state].items(), world.states[state].items()):
            key = (id(thing), person.pk, app)
            if key not in kept:
                kept[key] = allowed(table, person, deeds_about(name, table), thing)
            for deed, yes in kept[key].items():
                found.setdefault((app, deed, role), set()).update({state} if yes else ())
    return found


def deeds_about(thing: str, table: Table) -> list[str]:
    return [deed for deed in table if THING_OF.get(deed, "application") == thing]


def cell(may: set[str], there: list[str]) -> str:
    if not may:
        return NEVER
    if may == set(there):
        return ALWAYS
    named = [state for state in there if state in may]
    others = [state for state in there if state not in may]
    words = "not " + ", ".join(others) if len(others) < len(named) else ", ".join(named)
    return words.replace("_", " ")


def lines(world: World) -> Iterator[str]:
    states, cast = list(world.states), list(world.casts["draft"])
    legend = "\n".join(f"| {role} | {WHO[role]} |" for role in cast)
    yield INTRO.format(states=", ".join(states).replace("_", " "), legend=legend)
    found = answers(world)
    for app in TABLES:
        for verb, deeds in asked_in(app):
            yield from (f"## {verb}", "", head(cast), f"|---|---|{':-:|' * len(cast)}")
            for deed in deeds:
                thing = THING_OF.get(deed, "application")
                there = [state for state in states if thing in world.states[state]]
                cells = [cell(found[app, deed, role], there) for role in cast]
                yield f"| {deed} | {thing} | {' | '.join(cells)} |".replace("  ", " ")
            yield ""


def head(cast: Iterable[str]) -> str:
    return f"| deed | about | {' | '.join(cast)} |"


def written() -> str:
    """The page as it should be now. Leaves its world behind in the database: for who undoes that."""
    return "\n".join(lines(build()))


def main(path: Path) -> None:
    from django.db import connection, transaction
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False)
    try:
        with transaction.atomic():
            path.write_text(written())
            transaction.set_rollback(True)
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("python -m tests.access_table --write")
    main(FILE)
