"""A database that nobody else uses, for real processes that work in it at the same time."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

HOUSE = Path(__file__).resolve().parents[1]

MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a PostgreSQL database that others are copied from: migrating takes longer than a test."""
    name = f"{connection.settings_dict['NAME']}_migrated"
    with django_db_blocker.unblock(), of_its_own(name):
        said_by(MIGRATE, surroundings(tmp_path_factory.mktemp("migrated"), address_of(name)))
        yield name


@pytest.fixture
def own_database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment of processes that share one database nobody else uses."""
    if connection.vendor == "sqlite":
        file = tmp_path / "together.sqlite3"
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours, closing(sqlite3.connect(file)) as copy:
            ours.backup(copy)  # the tables as all tests have them
        yield surroundings(tmp_path, f"sqlite:///{file}")
        return
    name = f"{connection.settings_dict['NAME']}_together"
    with of_its_own(name, template=request.getfixturevalue("migrated")):
        yield surroundings(tmp_path, address_of(name))


def surroundings(folder: Path, address: str) -> dict[str, str]:
    said = {"DJANGO_SETTINGS_MODULE": "tests.settings", "BUURTKAS_VAR": str(folder), "DATABASE_URL": address}
    return {**os.environ, **said}


def address_of(name: str) -> str:
    settings = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{port}/{name}".format(
        **settings, port=settings["PORT"] or 5432, name=name
    )


@contextmanager
def of_its_own(name: str, template: str = "template1") -> Iterator[None]:
    """A database of PostgreSQL, for a while."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def said_by(code: str, where: dict[str, str]) -> str:
    """What a process says that runs this alone."""
    return at_once(code, where, 1)[0]


def at_once(code: str, where: dict[str, str], processes: int) -> list[str]:
    """What each said last. They are let go only when all stand ready (`wait()`)."""
    command = [sys.executable, "-m", "tests.together", str(processes)]
    done = subprocess.run(
        command, env=where, cwd=HOUSE, text=True, input=code, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
