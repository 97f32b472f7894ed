"""On phones: one plan before two funders, an idea that becomes a plan, and a plan that is done again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.join.actions import accept_invitation, invite
from grants.models import Application, Idea, Invitation, Scheme, SupportPage
from grants.support.actions import open_support
from tests import make
from tests.browser.test_support import PASSWORD, sign_in
from tests.browser.walk import Visitor
from web.amounts import euro
from web.models import Funder, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitors(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[dict[str, Visitor]]:
    """A phone each for the resident and a neighbour, a screen each for the two officers."""
    names = ("resident", "neighbour", "officer", "other officer")
    all_of_them = {name: Visitor(browser, str(live_server), javascript=request.param, name=name) for name in names}
    yield all_of_them
    for visitor in all_of_them.values():
        visitor.leave()


def test_one_plan_is_put_before_two_funders(
    scheme: Scheme,
    other_funder: Funder,
    resident: Person,
    officer: Person,
    outsider: Person,
    visitors: dict[str, Visitor],
) -> None:
    second = make.scheme(other_funder, title="Samenpot", slug="samenpot")
    make.user(resident)
    for person in (officer, outsider):
        make.user(person, password=PASSWORD)
    draft = make.draft(scheme, resident, asked=6_000, title="Speelbos")
    make.line(draft.plan, "Boomstammen", 5_900)
    together(draft, resident, visitors["neighbour"])
    group = visitors["resident"]
    sign_in(group, resident)
    divide(group, draft, second)
    send_both(group, draft, Application.objects.get(scheme=second))
    let_them_see(group, draft)
    read_apart(visitors["officer"], officer, draft, second)
    first, other = (Application.objects.get(scheme=each) for each in (scheme, second))
    assert (first.asked, other.asked) == (euro(4_000), euro(2_000))
    assert first.plan == other.plan


def together(draft: Application, resident: Person, neighbour: Visitor) -> None:
    """A co-initiator joins, and a neighbour says on the group's page that it is a good plan."""
    _made = invite(draft.plan, by=resident)
    accept_invitation(Invitation.objects.latest("pk"), by=Person(), name="Bram Beukenhof")
    page = open_support(draft.plan, by=resident)
    neighbour.go(page.get_absolute_url())
    neighbour.choose("kind", "joins")
    neighbour.type(first_name="Ali", postcode="1234 AC")
    neighbour.press()
    assert SupportPage.objects.get().counts.joins == 1


def divide(group: Visitor, draft: Application, second: Scheme) -> None:
    """From the draft: 4,000 here, 2,000 there, nothing typed again."""
    group.go(draft.form_url)
    group.click(group.link("ook-elders"))
    group.look("ask another fund too")
    group.choose("scheme", str(second.pk))
    group.press()
    group.look("ask another fund too with an error")
    group.choose("scheme", str(second.pk))
    group.type(asked="2000", **{f"asked_{draft.pk}": "4000"})
    group.press()
    assert "versturen" in group.page.url, "nothing is asked again: straight to the check page"
    assert "Boomstammen" in group.text()


def send_both(group: Visitor, *applications: Application) -> None:
    for application in applications:
        group.go(f"/plan/{application.pk}/versturen/")
        group.look(f"check page of {application.pk}")
        group.type(name="Samira Lindeboom", postcode="1234 AB", house_number="7")
        group.choose("reached_by", "mail")
        group.press()
        assert "/aanvraag/" in group.page.url, group.text()
    assert not Application.objects.drafts().exists()


def let_them_see(group: Visitor, draft: Application) -> None:
    group.go(draft.get_absolute_url())
    assert "Samenpot" in group.text()
    group.look("track with another fund")
    group.page.check("#shared")
    group.click("form[action*='van-elkaar'] button")
    assert "De geldgevers zien nu van elkaar" in group.text()
    group.look("track with funds that see each other")


def read_apart(reader: Visitor, officer: Person, draft: Application, second: Scheme) -> None:
    """The officer reads what the residents let them see: the state elsewhere, and the history of their own."""
    reader.sign_in(officer.email, PASSWORD)
    reader.go(f"/werk/{draft.pk}/")
    assert second.title in reader.text()
    assert "2.000" in reader.text()
    reader.look("a plan that is elsewhere too, for the officer")


def test_an_idea_is_answered_and_becomes_a_plan(scheme: Scheme, officer: Person, visitors: dict[str, Visitor]) -> None:
    make.user(officer, password=PASSWORD)
    street, reader = visitors["resident"], visitors["officer"]
    street.go("/")
    street.click(street.link("/idee/"))
    street.look("tell an idea")
    street.press()
    street.look("tell an idea with errors")
    street.type(text="Een bankje bij de school.", where="Lindestraat")
    street.choose("came_from", "residents")
    street.press()
    street.look("an idea that waits")
    page = Idea.objects.get().get_absolute_url()
    reader.sign_in(officer.email, PASSWORD)
    reader.go("/werk/")
    reader.look("inbox with an idea")
    reader.click(reader.link("/werk/idee/"))
    reader.look("answer an idea")
    reader.type(answer="Dat kan. Ik help u met het plan.")
    reader.press()
    reader.look("all ideas")
    street.go(page)
    assert "Dat kan. Ik help u met het plan." in street.text()
    street.look("an idea with its answer")
    street.click("form[action$='/plan/'] button")
    assert street.page.input_value("[name=what]") == "Een bankje bij de school."
    street.look("an idea that became a plan")


def test_a_plan_that_is_done_is_shown_and_done_again(
    granted: Application, resident: Person, visitors: dict[str, Visitor]
) -> None:
    make.user(resident)
    Application.objects.filter(pk=granted.pk).update(status=Application.Status.CLOSED)
    group, street = visitors["resident"], visitors["neighbour"]
    sign_in(group, resident)
    group.go(granted.get_absolute_url())
    group.look("track of a plan that is done")
    group.click(group.link("/voorbeeld/"))
    group.look("show an example")
    group.press()
    group.look("an example of one's own")
    street.go("/voorbeelden/")
    street.look("examples")
    street.click(street.link("/voorbeelden/"))
    street.click("main form button")
    assert "Uw plan" in street.text()
    group.go(granted.get_absolute_url())
    group.click(group.link("nog-een-keer"))
    group.look("do it again")
    group.type(changed="Nu twee straten.")
    group.press()
    assert Application.objects.drafts().filter(plan__follows=granted.plan).count() == 1
    group.go(f"/plan/{granted.plan_id}/geschiedenis/")
    group.look("history of the group")
