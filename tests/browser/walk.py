"""Somebody with a browser: walks by what stands on the page, and looks at each page with an inspector's eye."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, ViewportSize

from web.models import User
from web.sign_in.second import code_of_now

HEAVIEST = 60_000  # bytes over the wire for one page, photos aside (PRODUCT)
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
AXE: str = Axe().axe_script
SHOTS = os.environ.get("SCREENSHOTS", "")  # a folder: every page that is seen leaves its pictures there


class Visitor:
    """One person behind one browser of their own. Without JavaScript everything must work as well."""

    def __init__(self, browser: Browser, site: str, *, javascript: bool = True, name: str = "") -> None:
        self.context = browser.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=javascript)
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.page.on("response", self.weigh)
        self.site, self.javascript, self.name = site, javascript, name
        self.bytes: dict[str, int] = {}
        self.findings: list[str] = []

    def weigh(self, response: Response) -> None:
        """Count what came over the wire; pictures of people aside."""
        if not response.headers.get("content-type", "").startswith("image/jpeg"):
            sizes = response.request.sizes()
            self.bytes[response.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def go(self, path: str) -> None:
        self.bytes.clear()
        answer = self.page.goto(self.site + path)
        assert answer is not None, path
        assert answer.ok, f"{path}: {answer.status}"

    def type(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.fill(f"[name='{name.replace('__', '-')}']", text)

    def choose(self, name: str, value: str) -> None:
        self.page.check(f"input[name='{name}'][value='{value}']")

    def click(self, selector: str) -> None:
        """A link or button; afterwards the page must be one of ours, not an error."""
        self.bytes.clear()
        self.page.click(selector)
        self.page.wait_for_load_state()
        assert "Er ging iets mis" not in self.page.content()

    def press(self) -> None:
        """The page's main button."""
        self.click("main form button.button:not([name=sheets], [name=list]) >> nth=0")

    def link(self, path: str) -> str:
        """The selector of a link to a page of ours."""
        return f"main a[href*='{path}']"

    def text(self) -> str:
        return self.page.inner_text("body")

    def look(self, what: str, *, wide: bool = False) -> None:
        """No finding of axe, not too heavy, nothing sideways, if asked at a desk too; a picture for who wants one."""
        self.page.wait_for_load_state()
        heavy = sum(self.bytes.values())
        assert heavy <= HEAVIEST, f"{what}: {heavy} bytes: {self.bytes}"
        if self.javascript:
            self.sideways(what)
            self.inspect(what)
            if wide:
                with self.at_a_desk():
                    self.inspect(f"{what}, at a desk")
        if SHOTS:
            self.shoot(what)

    def sideways(self, what: str) -> None:
        self.page.set_viewport_size({"width": 320, "height": 740})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(PHONE)
        assert wide <= 320, f"{what} is {wide} pixels wide on a screen of 320"

    @contextmanager
    def at_a_desk(self) -> Iterator[None]:
        """On a wide screen for a while, where nothing stands beside it either."""
        self.page.set_viewport_size(DESK)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= DESK["width"], self.page.url
        yield
        self.page.set_viewport_size(PHONE)

    def inspect(self, what: str, *rules: str) -> None:
        """By all rules of axe, or by these. Asked what is wrong alone: telling what is right takes twice as long."""
        options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("options => axe.run(options).then(seen => seen.violations)", options)
        assert not found, f"{what}: " + "; ".join(
            f"{each['id']} {[node['target'] for node in each['nodes']]}" for each in found
        )

    def shoot(self, what: str) -> None:
        folder = Path(SHOTS) / ("with" if self.javascript else "without")
        folder.mkdir(parents=True, exist_ok=True)
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 800})
            name = re.sub(r"\W+", "-", what)
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size(PHONE)

    def sign_in(self, email: str, password: str) -> None:
        """By the door for whoever has a seat."""
        self.go("/aanmelden/wachtwoord/")
        self.type(login=email, password=password)
        self.press()
        self.type(code=code_of_now(User.objects.get(email=email)))
        self.press()

    def leave(self) -> None:
        self.context.close()
