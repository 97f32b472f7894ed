"""Every page in every state: as it is, unfolded, with errors, in the dark, in English, and with letters twice as large.

The pages are those of the tables of doors, so a new page is looked at as soon as it has a line there; beside them the
pages that belong to nobody. They are drawn once; what is typed wrong comes last, for that may change things.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.browser.walk import PHONE, Visitor
from tests.doors import Door
from tests.grants.test_doors_of_plans import DOORS as OF_PLANS
from tests.ledger.test_doors_of_money import DOORS as OF_MONEY
from tests.street import OUTSIDE, Street, build, key_of
from web.sign_in.urls import urlpatterns as of_signing_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# So many at least are looked at: as they are, and with errors.
SIDES = {"residents": (60, 15), "staff": (25, 8)}

OPEN_TO_ALL = ("home", "about")
# Every other page of signing in is looked at: what is open to all by nobody, the rest by an officer.
NOT_LOOKED_AT = {
    "account_signup": "leads elsewhere",
    "account_set_password": "leads elsewhere",
    "mfa_list_webauthn": "leads elsewhere",
    "end_visits": "a button",
    "end_organisation_link": "a button",
    "sign_in_by_organisation": "leads to the sign-in of an organisation",
    "openid_connect_callback": "leads back from there",
    "account_reset_password_from_key": "only with the link from a mail",
    "account_confirm_login_code": "only after a code was asked for",
    "mfa_reauthenticate_webauthn": "only with a passkey",
    "mfa_remove_webauthn": "only with a passkey",
    "mfa_authenticate": "only between the password and the second step (tests/browser/test_staff.py)",
}
RESIDENTS = ("contact", "member", "holder", "nobody", "helps")
SEEN_BY = (*RESIDENTS, "officer", "decider", "fund_admin", "treasurer", "auditor", "elsewhere")
STAFF = {"officer", "decider", "fund_admin", "treasurer", "auditor", "elsewhere"}
UNFOLD = "() => document.querySelectorAll('main details').forEach(each => each.open = true)"
OBLIGATORY = """() => [...document.querySelectorAll('main form')].findIndex(form =>
  form.querySelector('[aria-required=true]') ||
  [...form.querySelectorAll('fieldset.field legend')].some(legend => !/niet verplicht/.test(legend.textContent)))"""
EMPTY = """place => {
  const form = document.querySelectorAll('main form')[place];
  form.querySelectorAll('input:not([type=hidden]), textarea').forEach(each => {
    if (['radio', 'checkbox'].includes(each.type)) each.checked = false; else each.value = '';
  });
  form.querySelector('button:not([type=button])').click();
}"""
OF_WORDS = ("html-has-lang", "html-lang-valid", "document-title", "button-name", "link-name", "label", "image-alt")
LARGE = "size => document.documentElement.style.fontSize = size"
# Words that are cut off or lie over other words. What only a screen reader reads is left out.
CUT_OR_COVERED = """() => {
  const found = [], boxes = [];
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const node = walker.currentNode, around = node.parentElement;
    if (!node.textContent.trim() || around.closest('script, template, option, textarea')) continue;
    let hidden = false;  // or in a pane that scrolls by itself
    for (let each = around; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      hidden ||= style.clipPath !== 'none' || each.matches('.skip') || style.overflowY === 'auto';
    }
    if (hidden) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1) boxes.push([box, node.textContent.trim(), around]);
  }
  const wide = document.documentElement.clientWidth;
  for (const [box, words, around] of boxes) {
    if (box.right > wide + 1 || box.left < -1) found.push('sideways: ' + words.slice(0, 40));
  }
  for (let a = 0; a < boxes.length; a++) for (let b = a + 1; b < boxes.length; b++) {
    const [one, said, here] = boxes[a], [other, too, there] = boxes[b];
    if (here === there || here.contains(there) || there.contains(here)) continue;
    if (here.closest('.filters') || there.closest('.filters')) continue;  // stays in view, above what scrolls
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across > 3 && down > 0.45 * Math.min(one.height, other.height))
      found.push('over each other: ' + said.slice(0, 30) + ' / ' + too.slice(0, 30));
  }
  return [...new Set(found)].slice(0, 5);
}"""


@dataclass(frozen=True)
class Seen:
    """A page as one person sees it."""

    path: str
    by: str
    what: str


@pytest.fixture
def town(live_server: object) -> Street:
    street = build()
    officer = street.people["officer"].user
    TOTP.activate(officer, generate_totp_secret())
    RecoveryCodes.activate(officer)
    officer.set_password("een lang wachtwoord van Fatima")
    officer.save()
    street.keys["officer"] = key_of(street, "officer")
    street.keys["decider"] = key_of(street, "decider")
    for name in ("officer", "decider"):  # who changes a second factor has just shown who they are
        session = street.visitor(name).session
        shown = {"method": "password", "at": time.time(), "reauthenticated": True}
        session["account_authentication_methods"] = [shown]
        session["account_authentication_methods_user"] = str(street.people[name].user.pk)
        session.save()
    return street


@pytest.fixture
def visitors(browser: Browser, town: Street, live_server: object) -> Iterator[dict[str, Visitor]]:
    """One browser for each of them, already let in."""
    site = str(live_server)
    everybody = {name: Visitor(browser, site, name=name) for name in SEEN_BY}
    for name, visitor in everybody.items():
        for key, cookie in town.keys[name].items():
            visitor.context.add_cookies([{"name": key, "value": cookie.value, "url": site}])
    yield everybody
    for visitor in everybody.values():
        visitor.leave()


@pytest.mark.parametrize("side", SIDES)
def test_every_page_in_every_state(side: str, town: Street, visitors: dict[str, Visitor]) -> None:
    at_least, forms_at_least = SIDES[side]
    every = [seen for seen in pages(town) if (seen.by in STAFF) == (side == "staff")]
    drawn = [seen for seen in every if draw(visitors[seen.by], seen)]
    assert len(drawn) >= at_least
    shut = {seen.what for seen in of_sign_in(town) if seen in every} - {seen.what for seen in drawn}
    assert not shut, "pages of signing in that nobody looked at"
    wrong = [f"{seen.what}: {fault}" for seen in drawn for fault in as_it_is(visitors[seen.by], seen)]
    wrong += [*in_english(visitors, drawn), *left_empty(visitors, drawn, forms_at_least)]
    assert wrong == [], "\n".join(wrong)


def pages(town: Street) -> list[Seen]:
    """Each page by the first resident who may see it, and by the first of the staff."""
    found = [Seen(reverse(name), "nobody", name) for name in OPEN_TO_ALL]
    found += [Seen(reverse("about_funder", args=town.things["funder"]), "nobody", "about_funder")]
    found += [Seen(reverse("powers"), "auditor", "powers")]
    found += of_sign_in(town)
    for door in (*OF_PLANS, *OF_MONEY):
        if door.how not in {"button", "post"}:
            found += [Seen(address(door, town), name, f"{door} by {name}") for name in looked_at_by(door)]
    return found


def of_sign_in(town: Street) -> list[Seen]:
    """The pages of signing in and of second factors, from their own table of contents."""
    about = {
        "reset_second_factor": ("fund_admin", [town.people["decider"].user.pk]),
        "account_logout": ("officer", []),
        "mfa_activate_totp": ("decider", []),  # who has none yet
    }
    found = []
    for page in of_signing_in:
        if (name := str(page.name)) not in NOT_LOOKED_AT:
            is_open = not getattr(page.callback, "login_required", True)
            by, args = about.get(name, ("nobody" if is_open else "officer", []))
            found.append(Seen(reverse(name, args=args), by, name))
    return found


def address(door: Door, town: Street) -> str:
    return reverse(door.page, args=town.things[door.thing])


def looked_at_by(door: Door) -> list[str]:
    let_in = {name for name, mark, method in door.knocks() if mark in {"+", "o"} and name not in OUTSIDE}
    residents = [name for name in SEEN_BY if name in let_in - STAFF]
    staff = [name for name in SEEN_BY if name in let_in & STAFF]
    return residents[:1] + (staff[:1] if not {"holder", "nobody"} & let_in else [])


def draw(visitor: Visitor, seen: Seen) -> bool:
    """Open the page and unfold it; whether it is a page to look at: no paper, no picture, nowhere else."""
    answer = visitor.page.request.get(visitor.site + seen.path, max_redirects=0)
    return answer.status == 200 and answer.headers.get("content-type", "").startswith("text/html")


def open_up(visitor: Visitor, seen: Seen) -> None:
    visitor.go(seen.path)
    visitor.page.evaluate(UNFOLD)


def as_it_is(visitor: Visitor, seen: Seen) -> Iterator[str]:
    """Unfolded and light; with large letters; then in the dark."""
    open_up(visitor, seen)
    yield from look(visitor, "unfolded")
    yield from large(visitor.page)
    visitor.page.emulate_media(color_scheme="dark")
    yield from look(visitor, "in the dark", "color-contrast")
    visitor.page.emulate_media(color_scheme="light")


def look(visitor: Visitor, state: str, *rules: str) -> Iterator[str]:
    """What the inspector's eye finds; with `rules`, those of axe alone, and nothing sideways."""
    try:
        if rules:
            visitor.sideways(state)
        visitor.inspect(state, *rules) if rules else visitor.look(state)
    except AssertionError as fault:
        yield str(fault)


def large(page: Page) -> Iterator[str]:
    """Letters twice as large on a wide screen and on half of one (WCAG 1.4.4); as they are on a narrow phone."""
    for width, size in ((1280, "200%"), (640, "200%"), (320, "100%")):
        page.evaluate(LARGE, size)
        page.set_viewport_size({"width": width, "height": 740})
        yield from (f"{size} at {width}: {fault}" for fault in page.evaluate(CUT_OR_COVERED))
    page.evaluate(LARGE, "")
    page.set_viewport_size(PHONE)


def in_english(visitors: dict[str, Visitor], drawn: list[Seen]) -> Iterator[str]:
    """Other words, of another length: what they are is named and said in that language; the rest was seen in Dutch."""
    speak(visitors, "en")
    for seen in drawn:
        visitor = visitors[seen.by]
        open_up(visitor, seen)
        assert visitor.page.get_attribute("html", "lang") == "en"
        yield from (f"{seen.what}: {fault}" for fault in look(visitor, "in English", *OF_WORDS))
    speak(visitors, "nl")


def speak(visitors: dict[str, Visitor], language: str) -> None:
    for visitor in visitors.values():
        visitor.context.add_cookies([{"name": "django_language", "value": language, "url": visitor.site}])


def left_empty(visitors: dict[str, Visitor], drawn: list[Seen], at_least: int) -> Iterator[str]:
    """Every form with nothing filled in. Each error says what to do, at its field and above it all."""
    shown = 0
    for seen in drawn:
        visitor = visitors[seen.by]
        if not draw(visitor, seen):
            continue  # an empty form before this one was accepted, and took this page away
        open_up(visitor, seen)
        if (place := visitor.page.evaluate(OBLIGATORY)) < 0:
            continue
        with visitor.page.expect_navigation():
            visitor.page.evaluate(EMPTY, place)
        if visitor.page.locator("main .errors").count():
            shown += 1
            visitor.page.evaluate(UNFOLD)
            faults = [*look(visitor, "with errors"), *large(visitor.page)]
            yield from (f"{seen.what}: {fault}" for fault in faults)
    assert shown >= at_least
