"""A group on its phones: invited by link and by code, a partner, a letter with a code, and a handover."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from grants.models import Application, Partner, Plan, Scheme
from tests import make
from tests.browser.walk import Visitor
from web.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitors(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[dict[str, Visitor]]:
    """A browser each: the first contact, two neighbours, a partner, the library's computer, and the officer."""
    names = ("samira", "anna", "cas", "school", "library", "officer")
    all_of_them = {
        name: Visitor(browser, str(live_server), javascript=bool(request.param), name=name) for name in names
    }
    yield all_of_them
    for visitor in all_of_them.values():
        visitor.leave()


def test_a_group_comes_together_without_an_account(
    scheme: Scheme, officer: Person, visitors: dict[str, Visitor]
) -> None:
    make.changed(scheme, members_at_least=2)
    make.user(officer, password=PASSWORD)
    plan = begin(visitors["samira"], scheme)
    join_by_link(visitors["samira"], visitors["anna"], plan)
    join_by_code(visitors["samira"], visitors["cas"], plan)
    partner(visitors["samira"], visitors["school"], plan)
    share(visitors["samira"], plan)
    come_back(visitors["officer"], visitors["library"], officer.email, plan)
    hand_over(visitors["samira"], visitors["anna"], plan)


def begin(samira: Visitor, scheme: Scheme) -> Plan:
    samira.go(f"/regeling/{scheme.slug}/")
    samira.look("scheme with a group")
    samira.go(f"/regeling/{scheme.slug}/vragen/")
    samira.type(asked="450", what="Wij planten geveltuinen in de hele straat.", where_when="In mei.")
    samira.click("button[name=save]")
    samira.look("draft with a link to the group")
    samira.click(samira.link("/groep/"))
    samira.look("group of one")
    return Plan.objects.get()


def join_by_link(samira: Visitor, anna: Visitor, plan: Plan) -> None:
    samira.click(samira.link("/uitnodigen/"))
    samira.press()
    samira.look("invite without a name")
    samira.type(name="Samira Lindeboom")
    samira.press()
    samira.look("invitation made")
    link = re.search(r"/meedoen/[\w-]+/", samira.text())
    assert link
    anna.go(link[0])
    anna.look("join")
    anna.press()
    anna.look("join with errors")
    anna.type(name="Anna Anjelier")
    anna.press()
    assert anna.page.input_value("[name=name]") == "Anna Anjelier", "what was typed is kept"
    anna.look("join without a way to be reached")
    anna.type(phone="06 00000002")
    anna.press()
    anna.look("group of two, as a member")
    assert "Anna Anjelier" in anna.text()


def join_by_code(samira: Visitor, cas: Visitor, plan: Plan) -> None:
    samira.go(f"/plan/{plan.pk}/groep/uitnodigen/")
    samira.press()
    code = re.search(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}", samira.text())
    assert code
    samira.go(f"/plan/{plan.pk}/groep/uitnodigen/")
    samira.press()
    cas.go("/plan/groep/code/")
    cas.look("type a code")
    cas.type(code="1-AAAAA-AAAAA")
    cas.press()
    cas.look("type a wrong code")
    cas.type(code=code[0].lower())
    cas.press()
    cas.type(name="Cas Cipres", postcode="1234 ab", house_number="9")
    cas.press()
    assert "Cas Cipres" in cas.text()


def partner(samira: Visitor, school: Visitor, plan: Plan) -> None:
    samira.go(f"/plan/{plan.pk}/groep/partner/")
    samira.look("add a partner")
    samira.type(organisation="Basisschool De Linde", brings="Het plein en de gieters.", amount="250")
    samira.press()
    samira.look("partner added")
    link = re.search(r"/partner/[\w-]+/", samira.text())
    assert link
    school.go(link[0])
    school.look("partner asked")
    assert Partner.objects.get().confirmed_at is None
    school.press()
    school.look("partner confirmed")
    assert Partner.objects.get().confirmed_at


def share(samira: Visitor, plan: Plan) -> None:
    samira.go(f"/plan/{plan.pk}/groep/")
    samira.look("group of three with a partner and an invitation")
    for summary in samira.page.query_selector_all("main details summary"):
        summary.click()
    samira.look("group with everything open")
    samira.go(f"/plan/{plan.pk}/groep/kas/")
    samira.look("who looks after the money")
    member = plan.members.get(person__name="Cas Cipres")
    samira.choose("member", str(member.pk))
    samira.press()
    assert plan.members.get(pk=member.pk).holds_money
    samira.go(f"/plan/{plan.pk}/groep/vorm/")
    samira.look("kind of group")
    samira.choose("legal_form", "association")
    samira.type(group_name="De Lindestraat")
    samira.press()
    samira.go(f"/plan/{plan.pk}/groep/{member.pk}/weg/")
    samira.look("take out of the group")


def come_back(officer: Visitor, library: Visitor, email: str, plan: Plan) -> None:
    """The plan is sent; Cas has no e-mail and gets a letter with a code from the officer."""
    application = Application.objects.get()
    duties = application.duties
    assert duties is not None
    application.move_to(
        Application.Status.SUBMITTED,
        frozen_edition=application.edition,
        frozen_duties=duties.as_json(),
        submitted_at=plan.created_at,
        received_on=plan.created_at.date(),
        answer_by=duties.answer_by(plan.created_at.date()),
    )
    officer.sign_in(email, PASSWORD)
    officer.go(f"/werk/{application.pk}/")
    officer.click("details.help >> nth=0")
    officer.look("application with a group")
    cas = plan.members.get(person__name="Cas Cipres")
    token = officer.page.input_value(f"form[action*='/groep/{cas.pk}/brief/'] [name=csrfmiddlewaretoken]")
    paper = officer.page.request.post(
        f"{officer.site}/werk/{application.pk}/groep/{cas.pk}/brief/",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": officer.site},
    )
    pages = PdfReader(BytesIO(paper.body())).pages
    assert len(pages) == 1
    code = re.search(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}", pages[0].extract_text())
    assert code
    officer.go(f"/werk/{application.pk}/eerste-contact/")
    officer.look("another first contact")
    library.go("/plan/groep/code/")
    library.type(code=code[0])
    library.press()
    library.look("group seen with a code on paper")
    library.go(application.get_absolute_url())
    library.look("track seen with a code on paper")
    library.go(f"/plan/{plan.pk}/groep/weggaan/")
    library.look("leave the group")


def hand_over(samira: Visitor, anna: Visitor, plan: Plan) -> None:
    member = plan.members.get(person__name="Anna Anjelier")
    samira.go(f"/plan/{plan.pk}/groep/{member.pk}/overdragen/")
    samira.look("hand over")
    samira.press()
    anna.go(f"/plan/{plan.pk}/groep/")
    anna.look("asked to take over")
    anna.click(anna.link("/overnemen/"))
    anna.look("take over")
    anna.press()
    assert plan.members.get(pk=member.pk).leads
    samira.go(f"/plan/{plan.pk}/groep/")
    assert "uitnodigen" not in samira.page.content()
