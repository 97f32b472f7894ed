"""What people type on the page of a plan, as a browser sends it."""

from collections.abc import Sequence
from typing import Any

CONTACT = {
    "name": "Noor Narcis",
    "postcode": "1234ab",
    "house_number": "5",
    "email": "Noor@waterveen.example",
    "phone": "06 1",
    "reached_by": "mail",
}

Lines = Sequence[tuple[str, str]]


def answers(**changed: str) -> dict[str, str]:
    """All eight questions answered, but the amount and the costs."""
    return {
        "title": "Geveltuinen",
        "what": "We planten geveltuinen met de hele straat.",
        "why_good": "De straat wordt groener.",
        "who_joins": "Twaalf huizen.",
        "own_input": "Wij graven zelf.",
        "neighbours": "We gaan langs de deuren.",
        "where_when": "Lindestraat, in mei.",
        "permission": "dont_know",
    } | changed


def lines(prefix: str, rows: Lines) -> dict[str, Any]:
    """A list of what and amount, with the empty rows that follow it."""
    typed: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows) + 3, f"{prefix}-INITIAL_FORMS": 0}
    for place, (what, amount) in enumerate(rows):
        typed |= {f"{prefix}-{place}-what": what, f"{prefix}-{place}-amount": amount}
    return typed


def plan_as_typed(costs: Lines = (), others: Lines = (), **typed: Any) -> dict[str, Any]:
    """The short form, filled in; `typed` changes an answer or adds one of the long form."""
    short = {name: answers()[name] for name in ("what", "who_joins", "where_when")}
    return {"asked": "450"} | short | typed | lines("costs", costs) | lines("others", others)
