"""`python -m tests.real`: try everything on real data, in a database of its own. Exit 1 when something is wrong."""

import os
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


def main() -> int:
    data = Path(os.environ.get("BUURTKAS_REAL_DATA") or HOUSE.parent / "shared" / "data")
    if not data.is_dir():
        sys.stdout.write(f"There is no real data at {data}: nothing was tried. Set BUURTKAS_REAL_DATA to its folder.\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="buurtkas-real-") as scratch:
        return try_everything(data, Path(scratch))


def try_everything(data: Path, scratch: Path) -> int:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "BUURTKAS_VAR": str(scratch),
        "DATABASE_URL": f"sqlite:///{scratch / 'real.sqlite3'}",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from tests.real.areas import areas
    from tests.real.registers import registers
    from tests.real.table import drawn
    from tests.real.uploads import uploads

    call_command("migrate", verbosity=0)
    outcomes = [*areas(data), *registers(data), *uploads(data)]
    sys.stdout.write(drawn(outcomes) + "\n")
    return 0 if all(each.is_right for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
