"""One part of the trying, in a process and a database of its own."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

from tests.real.table import Outcome


def try_part(part: str, data: Path) -> list[Outcome]:
    """Part by its name in tests/real/parts.py, which needs Django: only now that it knows its database."""
    with tempfile.TemporaryDirectory(prefix="buurtkas-real-") as scratch:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "BUURTKAS_VAR": scratch,
            "DATABASE_URL": f"sqlite:///{Path(scratch) / 'real.sqlite3'}",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return list(import_module("tests.real.parts").PARTS[part](data))
