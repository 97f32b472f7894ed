"""A real browser on a narrow phone: nothing sideways, nothing that runs. Without Chromium nobody looks."""

import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Dialog, Route, sync_playwright
from playwright.sync_api import Page as Tab

from tests.real.table import Outcome

HOUSE = Path(__file__).resolve().parents[2]
STYLE = HOUSE / "web" / "static" / "web" / "style.css"
NARROW = 320
ONE_SIGN = re.compile("[\\u0e00-\\u0e7f]{20,}")  # Thai vowels upon each other: one sign, that no browser breaks
SITE = "http://pages.invalid"


def look(what: str, pages: list[tuple[str, str]]) -> Outcome:
    """Every page as it was served, with our style sheet, on a screen of 320 pixels."""
    chromium = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    outcome = Outcome(f"{what} on a narrow phone", len(pages) if chromium else 0, 0, 0)
    if chromium is None:
        outcome.notes.append("There is no Chromium: nothing was looked at.")
        return outcome
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": NARROW, "height": 740})
        ran: list[str] = []

        def close(dialog: Dialog) -> None:
            ran.append(dialog.message)
            dialog.dismiss()

        tab.on("dialog", close)
        for address, text in pages:
            outcome.count(address, seen(tab, address, ONE_SIGN.sub("", text)), was_kept=True)
        browser.close()
        outcome.wrong += [f"a script of somebody else ran: {message}" for message in ran]
    return outcome


def seen(tab: Tab, address: str, text: str) -> list[str]:
    """What is wrong with one page. It runs what it can: without the policy that our server sends along."""

    def serve(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=text, content_type="text/html; charset=utf-8")
        elif route.request.url.startswith(f"{SITE}/static/web/style"):
            route.fulfill(path=STYLE, content_type="text/css")
        else:
            route.abort()

    tab.unroute_all()
    tab.route("**/*", serve)
    tab.goto(f"{SITE}{address}")
    wide = tab.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} pixels wide"] if wide > NARROW else []
