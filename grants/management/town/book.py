"""What stands in fixtures/waterveen, read once."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings

FOLDER = settings.HOUSE / "fixtures" / "waterveen"


@cache
def book(name: str) -> dict[str, Any]:
    """One file of the town, for instance `book("people")`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
