"""What a new scheme may begin with: twelve criteria to choose from, and four tracks. The town uses the same texts."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings

FOLDER = settings.HOUSE / "fixtures" / "waterveen"


@cache
def suggested(name: str) -> dict[str, dict[str, Any]]:
    """`suggested("criteria")` or `suggested("tracks")`: each with its fields, by a short name."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
