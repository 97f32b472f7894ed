"""Without a mouse: a plan is asked and granted with Tab, Enter, Space and letters alone. Every stop can be seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Application, Scheme
from tests import make
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Mail, Person, User
from web.sign_in.second import code_of_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
MOST_STOPS = 120  # between one thing and the next: more is a trap
# Where the focus is: how far down the page, and what keeps it from being seen.
STOP = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return [0, ''];
  const shown = here.matches('[type=radio], [type=checkbox]') && here.closest('label') || here;
  const box = here.getClientRects()[0], style = getComputedStyle(here);  // a link over two lines has two: its first
  const x = box.left + Math.min(box.width / 2, 20), y = box.top + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y), wrong = [];
  if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) wrong.push('no outline');
  if (box.top < 0 || y > innerHeight || box.left < 0 || box.right > innerWidth + 1) wrong.push('out of view');
  else if (!top || !(shown.contains(top) || top.contains(here))) wrong.push('covered');
  return [box.top + scrollY, wrong.length ? here.outerHTML.slice(0, 90) + ': ' + wrong.join(', ') : ''];
}"""


@pytest.fixture
def hands(browser: Browser, live_server: object) -> Iterator[dict[str, "Keys"]]:
    both = {name: Keys(Visitor(browser, str(live_server), name=name)) for name in ("resident", "officer")}
    yield both
    for keys in both.values():
        keys.visitor.leave()


class Keys:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.page.emulate_media(reduced_motion="reduce")  # no waiting until a page has glided there

    def to(self, selector: str) -> None:
        """Tab until the focus is there; each stop on the way is seen, below the one before it."""
        before = 0.0
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            down, wrong = self.page.evaluate(STOP)
            assert not wrong, wrong
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            assert down == 0 or down >= before - 60, f"{selector}: the focus jumps up from {before} to {down}"
            before = down
        raise AssertionError(f"{self.page.url}: Tab never gets to {selector}")

    def write(self, name: str, text: str) -> None:
        self.to(f"[name='{name}']")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def tick(self, name: str) -> None:
        """The first of these choices."""
        self.to(f"[name='{name}']")
        self.page.keyboard.press("Space")

    def press(self, selector: str) -> None:
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert "Er ging iets mis" not in self.page.content()


def test_a_plan_is_asked_and_granted_without_a_mouse(scheme: Scheme, officer: Person, hands: dict[str, Keys]) -> None:
    make.user(officer, password=PASSWORD)
    ask(hands["resident"], scheme)
    grant(hands["officer"], officer.email)
    assert Application.objects.get().granted == euro(400)


def ask(resident: Keys, scheme: Scheme) -> None:
    resident.visitor.go(f"/regeling/{scheme.slug}/vragen/")
    skip(resident)
    resident.write("asked", "1.25")
    resident.press("button[name=send]")
    errors_have_the_focus(resident)
    resident.write("asked", "400")
    resident.write("what", "Wij planten geveltuinen in de hele straat.")
    resident.write("where_when", "In mei, in de Lindestraat.")
    resident.press("button[name=send]")
    resident.press("main form button.button")
    errors_have_the_focus(resident)
    resident.write("name", "Samira Lindeboom")
    resident.write("postcode", "1234 AB")
    resident.write("house_number", "12")
    resident.write("email", "samira@waterveen.example")
    resident.tick("reached_by")
    resident.press("main form button.button")
    resident.write("code", Mail.objects.latest("pk").subject.split()[0])
    resident.press("main form button.button")
    assert Application.objects.get().status == Application.Status.SUBMITTED


def skip(keys: Keys) -> None:
    """The first stop leads past the head of the page, to what it is about."""
    keys.page.keyboard.press("Tab")
    assert keys.page.evaluate("document.activeElement.className") == "skip"
    keys.page.keyboard.press("Enter")
    assert keys.page.evaluate("document.activeElement.id") == "main"


def errors_have_the_focus(keys: Keys) -> None:
    assert keys.page.evaluate("document.activeElement.matches('.errors')")
    assert keys.page.evaluate(STOP)[1] == ""


def grant(officer: Keys, email: str) -> None:
    officer.visitor.go("/aanmelden/wachtwoord/")
    officer.write("login", email)
    officer.write("password", PASSWORD)
    officer.press("main form button.button")
    officer.write("code", code_of_now(User.objects.get(email=email)))
    officer.press("main form button.button")
    officer.visitor.go("/werk/")
    officer.press("main table a")
    officer.press("form[action*='oppakken'] button")
    officer.press("main a[href*='snel']")
    officer.tick("street")
    officer.press("button[name=send]")
