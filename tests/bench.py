"""`make bench`: every measurement in tests/benchmarks, on SQLite and, where one is running, on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent
SERVER = "postgres://{PGUSER}@{PGHOST}:{PGPORT}".format(
    **{"PGUSER": "postgres", "PGHOST": "127.0.0.1", "PGPORT": "5432"} | dict(os.environ)
)


def databases(scratch: str) -> list[str]:
    """SQLite in a scratch folder, and PostgreSQL when it answers."""
    found = [f"sqlite:///{scratch}/bench.sqlite3"]
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        print(f"No PostgreSQL at {SERVER}: measured on SQLite alone.")  # noqa: T201
        return found
    return [*found, f"{SERVER}/buurtkas_bench"]


def main() -> int:
    """Each measurement in a process of its own; the exit code of the worst."""
    worst = 0
    with tempfile.TemporaryDirectory() as scratch:
        for database in databases(scratch):
            for script in sorted((HERE / "benchmarks").glob("[a-z]*.py")):
                surroundings = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
                command = [sys.executable, "-m", f"tests.benchmarks.{script.stem}"]
                worst = max(worst, subprocess.run(command, env=surroundings, cwd=HERE.parent, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
