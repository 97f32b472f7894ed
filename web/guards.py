"""Guards: what the database refuses even if the code is wrong, as triggers on SQLite and PostgreSQL alike.

A guard's name is a sentence; the database says it when it refuses (as IntegrityError, on both). SQLite loses a table's
triggers without a word when a migration rebuilds the table, so they are dropped before migrations and put back after
them, and a system check says which are missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

KEPT: dict[str, tuple["Guard", ...]] = {}  # by app


@dataclass(frozen=True)
class Guard:
    """One trigger: `when` it fires on `table`, and what it does, in SQL, per database.

    `sqlite` is the body between BEGIN and END; `postgresql` that of a plpgsql function. `only_if` is the WHEN clause
    (on PostgreSQL `only_if_postgresql` where it differs), `also` what PostgreSQL wants between the table and that.
    """

    name: str
    table: str
    when: str
    sqlite: str
    postgresql: str
    only_if: str = ""
    only_if_postgresql: str = ""
    also: str = ""
    each: str = "FOR EACH ROW"

    def install(self, vendor: str) -> list[str]:
        """The statements that put this guard in place, whether or not it is there already."""
        return self.drop(vendor) + (self._postgresql() if vendor == "postgresql" else self._sqlite())

    def drop(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}", f"DROP FUNCTION IF EXISTS {self.name}()"]
        return [f"DROP TRIGGER IF EXISTS {self.name}"]

    def _sqlite(self) -> list[str]:
        if not self.sqlite:
            return []
        condition = self.only_if.replace("IS DISTINCT FROM", "IS NOT")  # SQLite knows the first only since 3.39
        only = f"WHEN {condition} " if condition else ""
        return [f"CREATE TRIGGER {self.name} {self.when} ON {self.table} {only}BEGIN {self.sqlite} END"]

    def _postgresql(self) -> list[str]:
        condition = self.only_if_postgresql or self.only_if
        only = f"WHEN ({condition}) " if condition else ""
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ {self.postgresql} $guard$",
            f"CREATE TRIGGER {self.name} {self.when} ON {self.table} {self.also} {self.each} {only}"
            f"EXECUTE FUNCTION {self.name}()",
        ]

    def exists_on(self, vendor: str) -> bool:
        return vendor == "postgresql" or bool(self.sqlite)


def no(name: str) -> str:
    """Plpgsql that refuses with this name; 23514 makes Django raise IntegrityError."""
    return f"RAISE EXCEPTION '{name}' USING ERRCODE = '23514';"


def refuse(name: str, table: str, when: str, only_if: str = "", *, only_if_postgresql: str = "") -> Guard:
    """A guard that says no when `only_if` holds (always, when it is left out). May look at OLD and NEW only."""
    return Guard(
        name=name,
        table=table,
        when=when,
        only_if=only_if,
        only_if_postgresql=only_if_postgresql,
        sqlite=f"SELECT RAISE(ABORT, '{name}');",
        postgresql=f"BEGIN {no(name)} END",
    )


def append_only(table: str) -> list[Guard]:
    """Rows of this table are never changed, deleted, replaced or truncated."""
    return [
        refuse(f"{table}_is_append_only_{verb}", table, f"BEFORE {verb.upper()}") for verb in ("update", "delete")
    ] + [not_truncated(table)]


def not_truncated(table: str) -> Guard:
    """PostgreSQL only: SQLite's TRUNCATE is a DELETE without WHERE, which the delete guard sees row by row."""
    name = f"{table}_is_not_truncated"
    return Guard(
        name=name,
        table=table,
        when="BEFORE TRUNCATE",
        sqlite="",
        postgresql=f"BEGIN {no(name)} END",
        each="FOR EACH STATEMENT",
    )


def watch(app: AppConfig, guards: Sequence[Guard]) -> None:
    """Keep these guards for an app (call it in `AppConfig.ready`): dropped before migrating, installed after."""
    KEPT[app.label] = tuple(guards)
    pre_migrate.connect(_before_migrating, sender=app, dispatch_uid=f"guards of {app.label}")
    post_migrate.connect(_after_migrating, sender=app, dispatch_uid=f"guards of {app.label}")


def drop_all(using: str = "default") -> None:
    """Take every guard away: before migrations, and before a test empties its tables. Migrating brings them back."""
    for guards in KEPT.values():
        _run(connections[using], guards, "drop")


def install_all(using: str = "default") -> None:
    for guards in KEPT.values():
        _run(connections[using], guards, "install")


def missing(using: str = "default") -> list[str]:
    """Names of guards that should be in this database and aren't. Tables that don't exist yet need no guard."""
    connection = connections[using]
    there, tables = _triggers(connection), set(connection.introspection.table_names())
    guards = (guard for kept in KEPT.values() for guard in kept)
    return [g.name for g in guards if g.table in tables and g.exists_on(connection.vendor) and g.name not in there]


@checks.register(checks.Tags.database)
def guards_are_installed(databases: Iterable[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """A warning, not an error: `migrate` runs this check too, and is what puts the guards back."""
    return [
        checks.Warning(f"The database has no guard “{name}”.", hint="Run: manage.py migrate", id="web.W001")
        for using in databases or ()
        for name in missing(using)
    ]


def _before_migrating(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    _run(connections[using], KEPT[sender.label], "drop")


def _after_migrating(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    _run(connections[using], KEPT[sender.label], "install")


def _run(connection: BaseDatabaseWrapper, guards: Iterable[Guard], what: str) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in getattr(guard, what)(connection.vendor):
                    cursor.execute(statement)


def _triggers(connection: BaseDatabaseWrapper) -> set[str]:
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {name for (name,) in cursor.fetchall()}
