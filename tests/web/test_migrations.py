"""Tests stand on tables made from the models at once. These are the tables that migrating makes, guards and all."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.alike, pytest.mark.wide]

MADE = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
ONLY_THERE = {"django_migrations"}  # which migrations there were


def parts_of(sql: str) -> list[str]:
    """What a table, an index or a guard is made of, in whatever order: migrating adds columns and rules one by one."""
    told = re.sub(r"\s+", " ", sql.replace("AUTOINCREMENT", "").replace('"', "")).strip()
    depth, parts = 0, [""]
    for sign in told:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 1:
            parts.append("")
        else:
            parts[-1] += sign
    return sorted(part.strip(" ()") for part in [*parts[0].split("(", 1), *parts[1:]])


def made_of(rows: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: parts_of(sql) for name, sql in rows if name not in ONLY_THERE}


def test_migrating_makes_what_the_tests_stand_on(tmp_path: Path) -> None:
    database = tmp_path / "migrated.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], env=environment, check=True)
    with sqlite3.connect(database) as migrated:
        there = made_of(migrated.execute(MADE).fetchall())
    with connection.cursor() as cursor:
        here = made_of(cursor.execute(MADE).fetchall())
    assert len(here) > 200
    assert {name: parts for name, parts in there.items() if here.get(name) != parts} == {}
    assert set(here) == set(there)
