"""Staff come in: the first time with a password and an app, then with a passkey."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser

from tests.browser.walk import Visitor
from tests.web.test_second_factor import code_for
from web.models import Person, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture
def fatima(browser: Browser, live_server: object, officer: Person) -> Iterator[Visitor]:
    User.objects.create_user(officer.email, PASSWORD, person=officer)
    visitor = Visitor(browser, str(live_server), name="officer")
    yield visitor
    visitor.leave()


def type_password(visitor: Visitor, email: str) -> None:
    visitor.go("/aanmelden/wachtwoord/")
    visitor.type(login=email, password=PASSWORD)
    visitor.press()


def test_the_first_time_an_app_is_set_up_and_the_next_time_its_code_is_asked(fatima: Visitor, officer: Person) -> None:
    type_password(fatima, officer.email)
    fatima.look("one more step")
    fatima.go("/werk/")
    assert "Nog één stap" in fatima.page.inner_text("h1"), "nothing else opens"
    fatima.click("main a >> text=Met een app op mijn telefoon")
    fatima.look("an app")
    assert fatima.page.locator("svg.qr").is_visible()
    fatima.type(code=code_for(fatima.page.inner_text("code.key")))
    fatima.press()
    fatima.look("recovery codes")
    codes = fatima.page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    fatima.go("/werk/")
    assert fatima.page.locator("h1").inner_text() == "De werklijst"
    fatima.go("/aanmelden/mijn/")
    fatima.look("my sign-in")
    fatima.go("/aanmelden/afmelden/")
    fatima.press()
    type_password(fatima, officer.email)
    fatima.look("the second step")
    fatima.type(code=codes[0])
    fatima.press()
    fatima.go("/werk/")
    assert fatima.page.locator("h1").inner_text() == "De werklijst"


def test_a_passkey_is_added_and_opens_the_door(fatima: Visitor, officer: Person) -> None:
    """With a key that the browser only imitates: what allauth's script does, our CSP lets it do."""
    chromium = fatima.context.new_cdp_session(fatima.page)
    chromium.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"automaticPresenceSimulation": True}})
    type_password(fatima, officer.email)
    fatima.click("main a >> text=Met een toegangssleutel")
    fatima.look("a passkey")
    with fatima.page.expect_navigation():
        fatima.page.locator("#add_key").click()
    assert Authenticator.objects.filter(type="webauthn", user__person=officer).count() == 1
    fatima.go("/aanmelden/afmelden/")
    fatima.press()
    type_password(fatima, officer.email)
    with fatima.page.expect_navigation():
        fatima.page.locator("#use_key").click()
    fatima.go("/werk/")
    assert fatima.page.locator("h1").inner_text() == "De werklijst"
