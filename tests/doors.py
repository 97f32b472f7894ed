"""The doors of the street: which page lets whom in, as a table of one line for every page.

Below each column of the street stands one mark:

    +   is let in: the page is theirs to see, and its button theirs to press
    o   is let in, and finds not one word of Samira's group there
    x   may see the thing, but not do this: refused with a reason (403)
    .   isn't told that it exists (404)
    >   is asked to sign in first

`any` asks for the page and posts to it, `get` and `post` do one of the two. A `button` is posted to, and is no page
for anybody.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.urls import URLPattern, reverse
from django.utils.module_loading import import_string

from tests.street import COLUMNS, DRAFT, GROUP, OUTSIDE, SECRETS, Street

SIGN_IN = "/aanmelden/"


@dataclass(frozen=True)
class Door:
    """One line of a table: a page, what it is about, how it is asked for, and a mark for each column."""

    page: str
    thing: str
    how: str
    marks: str

    def __str__(self) -> str:
        return f"{self.page}, {self.thing}"

    def knocks(self) -> Iterator[tuple[str, str, str]]:
        """Everybody, each with their mark, and how they knock."""
        methods = ("get", "post") if self.how in {"any", "button"} else (self.how,)
        for column, mark in zip(COLUMNS, self.marks, strict=True):
            for name in OUTSIDE if column == "outside" else (column,):
                yield from ((name, mark, method) for method in methods)


def doors(app: str, table: str) -> list[Door]:
    """The lines of a table; two spaces or more part its columns, and `#` opens a line that only says something."""
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    return [door_of(app, [cell.strip() for cell in line.split("  ") if cell]) for line in lines]


def door_of(app: str, cells: list[str]) -> Door:
    page, thing, how, *marks = cells
    return Door(f"{app}:{page}", thing, how, "".join(marks).replace(" ", ""))


def pages_of(app: str) -> set[str]:
    """The names of all pages of this app, from its own table of contents."""
    patterns: list[URLPattern] = import_string(f"{app}.urls.urlpatterns")
    return {f"{app}:{pattern.name}" for pattern in patterns}


def faults(door: Door, street: Street) -> Iterator[str]:
    """Everybody for whom this door does something else than the table says."""
    for name, expected, method in who_knock(door):
        answer = knock(door, street, name, method)
        mark = mark_of(answer)
        if door.how == "button" and method == "get":
            wrong = mark not in {".", ">"}
        else:
            wrong = mark != expected.replace("o", "+")
        if wrong:
            yield f"{name} {method}s {door}: {mark} instead of {expected} ({answer.status_code})"
        if read := words_in(answer) & forbidden(name, expected):
            yield f"{name} {method}s {door} and reads {read}"


def who_knock(door: Door) -> Iterator[tuple[str, str, str]]:
    """Everybody. On PostgreSQL the first of each mark: the rules are the same there, and each page is asked for."""
    seen: set[tuple[str, str]] = set()
    for name, mark, method in door.knocks():
        if connection.vendor != "postgresql" or (mark, method) not in seen:
            seen.add((mark, method))
            yield name, mark, method


def knock(door: Door, street: Street, name: str, method: str) -> HttpResponseBase:
    """Ask for the page, or post to it; whatever that changed is undone at once."""
    cache.clear()
    with transaction.atomic():
        address = reverse(door.page, args=street.things[door.thing])
        said = street.said.get(door.page, {}) if method == "post" else {}
        answer: HttpResponseBase = getattr(street.visitor(name), method)(address, said)
        transaction.set_rollback(True)
    return answer


def asks_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)


def mark_of(answer: HttpResponseBase) -> str:
    if asks_to_sign_in(answer):
        return ">"
    """409 is let in as well: too late, but what was typed comes back."""
    let_in = answer.status_code < 400 or answer.status_code == 409
    return {403: "x", 404: ".", 405: "."}.get(answer.status_code, "+" if let_in else "?")


def forbidden(name: str, mark: str) -> set[str]:
    """The words this person may not find there: the group finds its own, others never anything of its draft."""
    if name in {*GROUP, "helps"}:
        return set() if mark == "+" else set(SECRETS)
    return {DRAFT} if mark == "+" else set(SECRETS)


def words_in(answer: Any) -> set[str]:
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return set()
    text = html.unescape(answer.content.decode())
    return {secret for secret in SECRETS if secret in text}
