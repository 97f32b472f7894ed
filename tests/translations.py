"""Are the Dutch texts complete, and are the compiled ones those of the source? `python -m tests.translations`.

Works in a copy of the tree, so that nothing changes here. Needs gettext (xgettext, msgfmt, msgattrib).
"""

import gettext
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
TREE = ("web", "ledger", "grants", "templates", "manage.py", "pyproject.toml")


def catalogue(compiled: Path) -> dict[str, str]:
    with compiled.open("rb") as file:
        return vars(gettext.GNUTranslations(file))["_catalog"]  # type: ignore[no-any-return]  # gettext keeps it there


def not_compiled(source: Path) -> Iterator[str]:
    """The .mo that is committed differs from what its .po says."""
    fresh = source.with_suffix(".fresh")
    subprocess.run(["msgfmt", "--check", "-o", fresh, source], check=True)
    committed = source.with_suffix(".mo")
    if not committed.exists() or catalogue(fresh) != catalogue(committed):
        yield f"{source.name} is not compiled: manage.py compilemessages"


def not_translated(source: Path) -> Iterator[str]:
    """Texts of the source that the .po doesn't have, or isn't sure of."""
    for option, what in (("--untranslated", "not translated"), ("--only-fuzzy", "not sure")):
        words = ["msgattrib", option, "--no-obsolete", "--no-wrap", str(source)]
        entries = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        yield from (f"{what}: {text}" for entry in entries.split("\n\n") if (text := text_of(entry)))


def text_of(entry: str) -> str:
    """What stands after msgid, on one line; nothing for the header."""
    before_translation = entry.partition("\nmsgstr")[0]
    return "".join(re.findall(r'"(.*)"', before_translation.rpartition("msgid ")[2]))


def faults(tree: Path) -> list[str]:
    committed = sorted((tree / "web/locale").rglob("*.po"))
    found = [fault for source in committed for fault in not_compiled(source)]
    words = [sys.executable, "manage.py", "makemessages", "--locale", "nl", "--no-location", "--verbosity", "0"]
    house = {**os.environ, "DJANGO_SETTINGS_MODULE": "web.settings"}  # the scratch tree has no tests
    subprocess.run(words, cwd=tree, check=True, env=house)
    return found + [fault for source in committed for fault in not_translated(source)]


def main() -> int:
    if not shutil.which("msgfmt"):
        sys.stdout.write("Translations were not checked. Install gettext: sudo apt install gettext\n")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in TREE:
            copy = shutil.copytree if (HOUSE / name).is_dir() else shutil.copy2
            copy(HOUSE / name, Path(scratch) / name)
        found = faults(Path(scratch))
    sys.stdout.write("".join(f"{fault}\n" for fault in found) or "Translations are complete and compiled.\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
