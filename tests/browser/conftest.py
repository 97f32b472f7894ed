"""A real Chromium: Debian's, or the one that CHROMIUM names. Without one these tests are skipped, unless required."""

import os
import shutil
from typing import Any

import pytest
from django.core.cache import cache

# Playwright's loop makes Django think we are asynchronous; we aren't.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

NAMES = (os.environ.get("CHROMIUM") or "chromium", "chromium", "chromium-browser", "google-chrome")
MISSING = "There is no Chromium. Install it: sudo apt install chromium (or set CHROMIUM to its path)."


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The whole road is walked on both databases, every other way on SQLite alone: the pages are the same."""
    for item in items:
        if item.get_closest_marker("browser") and item.path.name != "test_road.py":
            item.add_marker(pytest.mark.alike)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        (pytest.fail if os.environ.get("BROWSER") == "required" else pytest.skip)(MISSING)
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(autouse=True)
def nobody_asked_before(db: None) -> None:
    """Each walk begins with nothing counted: one address may ask for a few codes only in ten minutes."""
    cache.clear()
