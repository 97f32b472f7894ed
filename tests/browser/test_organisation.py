"""Staff come in through their organisation, in a browser: its button, its own page, and back. Or not, with a sentence.

The provider is another site: the browser really leaves ours and comes back with a code.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import make
from tests.browser.walk import Visitor
from tests.web.provider import CLIENT, SECRET, Provider, new_key
from web.models import Person, User
from web.sign_in.second import code_of_now
from web.sign_in.settings import oidc_provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNKNOWN = "Met deze inlog kunt u hier niet binnen. Vraag het de beheerder van uw fonds."
NOT_NOW = "Inloggen via uw organisatie lukte niet. Probeer het nog eens."


@pytest.fixture
def provider(officer: Person, settings: Any) -> Iterator[Provider]:
    claims = {"email": officer.email, "email_verified": True, "amr": ["pwd"]}
    provider = Provider(claims=claims, has_page=True).start()
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider.issuer, "Gemeente Waterveen"
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(provider.issuer, CLIENT, SECRET)
    yield provider
    provider.stop()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def fatima(
    browser: Browser, live_server: object, officer: Person, provider: Provider, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    """Who has an app here as well."""
    make.user(officer, password="lange-zin-voor-de-test")
    visitor = Visitor(browser, str(live_server), javascript=bool(request.param), name="Fatima")
    yield visitor
    visitor.leave()


def to_the_provider(fatima: Visitor) -> None:
    """From our door to the page of somebody else."""
    fatima.go("/aanmelden/wachtwoord/")
    fatima.look("the door of staff", wide=True)
    fatima.page.get_by_role("link", name="Inloggen via Gemeente Waterveen").click()
    fatima.page.wait_for_url("http://127.0.0.1:*/authorize?*")
    assert fatima.page.title() == "Waterveen ID"


def come_back(fatima: Visitor) -> None:
    fatima.page.get_by_role("button", name="Ik ben het").click()
    fatima.page.wait_for_url(f"{fatima.site}/**")


def is_refused(fatima: Visitor, sentence: str) -> None:
    """Back at the door, with why; and no page of the work opens."""
    assert sentence in fatima.page.inner_text("main .notice.bad")
    assert fatima.page.get_by_role("link", name="Inloggen via Gemeente Waterveen").is_visible(), "to try again"
    fatima.look(sentence[:20], wide=True)
    assert not opens(fatima)


def opens(fatima: Visitor) -> bool:
    """Whether the work opens, asked with the keys of this browser."""
    return fatima.page.request.get(f"{fatima.site}/werk/", max_redirects=0).status == 200


def test_a_button_leads_there_and_back_to_the_second_step_and_the_work(
    fatima: Visitor, provider: Provider, officer: Person
) -> None:
    to_the_provider(fatima)
    come_back(fatima)
    fatima.look("the second step after the organisation", wide=True)
    assert not opens(fatima), "not before it"
    fatima.type(code=code_of_now(User.objects.get(person=officer)))
    fatima.press()
    assert opens(fatima)
    assert fatima.page.inner_text("h1") == "De werklijst"
    fatima.look("in through the organisation", wide=True)

    fatima.go("/aanmelden/afmelden/")
    fatima.press()
    provider.claims["amr"] = ["pwd", "mfa"]
    to_the_provider(fatima)
    come_back(fatima)
    assert fatima.page.inner_text("h1") == "De werklijst", "two factors were shown there"


def test_whom_we_do_not_know_is_refused_with_a_sentence(fatima: Visitor, provider: Provider) -> None:
    provider.claims["email"] = "iemand@waterveen.example"
    to_the_provider(fatima)
    come_back(fatima)
    is_refused(fatima, UNKNOWN)


def test_an_answer_that_is_not_right_is_refused_with_a_sentence(fatima: Visitor, provider: Provider) -> None:
    """Meant for another browser; signed with another key; or refused over there."""
    to_the_provider(fatima)
    fatima.page.evaluate("document.querySelector('[name=state]').value = 'from-elsewhere'")
    come_back(fatima)
    is_refused(fatima, NOT_NOW)

    provider.signs_with = new_key()
    to_the_provider(fatima)
    come_back(fatima)
    is_refused(fatima, NOT_NOW)

    provider.denies = True
    to_the_provider(fatima)
    come_back(fatima)
    is_refused(fatima, NOT_NOW)
