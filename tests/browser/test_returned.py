"""On phones: a plan that comes back once and is completed, a question that is answered, a plan that is withdrawn."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from grants.models import Application, Completion, Enquiry, Scheme
from tests import make
from tests.browser.test_burden import sign_in
from tests.browser.walk import Visitor
from web.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
Status = Application.Status


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitors(browser: Browser, live_server: object, request: pytest.FixtureRequest) -> Iterator[dict[str, Visitor]]:
    """A phone for the resident, and one for the officer."""
    both = {
        name: Visitor(browser, str(live_server), javascript=bool(request.param), name=name)
        for name in ("samira", "fatima")
    }
    yield both
    for visitor in both.values():
        visitor.leave()


def come_in(visitors: dict[str, Visitor], resident: Person, officer: Person) -> tuple[Visitor, Visitor]:
    samira, fatima = visitors["samira"], visitors["fatima"]
    sign_in(samira, resident)
    make.user(officer, password=PASSWORD)
    fatima.sign_in(officer.email, PASSWORD)
    return samira, fatima


def test_a_plan_comes_back_once_and_is_completed(
    scheme: Scheme, resident: Person, officer: Person, visitors: dict[str, Visitor]
) -> None:
    application = make.application(scheme, resident, asked=2_000)
    samira, fatima = come_in(visitors, resident, officer)
    send_back(fatima, application)
    complete(samira, application)
    fatima.go(f"/werk/{application.pk}/")
    fatima.look("application that was completed")
    assert "Op zaterdag 9 mei." in fatima.text()


def send_back(fatima: Visitor, application: Application) -> None:
    fatima.go(f"/werk/{application.pk}/")
    fatima.click(fatima.link("/terugsturen/"))
    fatima.look("send back")
    fatima.press()
    fatima.look("send back without a list")
    fatima.choose("missing", "when")
    fatima.choose("missing", "costs")
    fatima.type(explanation="Welke zaterdag in mei? En wat kost het zand?")
    fatima.press()
    fatima.look("application that is with the residents")
    assert Application.objects.get().status == Status.RETURNED


def complete(samira: Visitor, application: Application) -> None:
    samira.go(f"/aanvraag/{application.pk}/")
    samira.look("track of a plan that came back")
    samira.click(samira.link("/compleet-maken/"))
    samira.look("complete the plan")
    samira.type(where_when="")
    samira.click("button[name=send]")
    samira.look("complete the plan, with something empty")
    samira.type(where_when="Op zaterdag 9 mei.", costs__1__what="Zand", costs__1__amount="60")
    samira.click("button[name=save]")
    samira.look("complete the plan, kept")
    samira.page.click("main details.help summary >> text=De rest van uw plan")
    samira.look("complete the plan, all of it")
    samira.click("button[name=send]")
    samira.look("send the plan again")
    assert "Op zaterdag 9 mei." in samira.text()
    samira.press()
    samira.look("track of a plan that was completed")
    assert Application.objects.get().status == Status.SUBMITTED
    assert [change.what for change in Completion.objects.get().changes][-1] == "Zand"


def test_a_question_is_asked_and_answered(
    application: Application, resident: Person, officer: Person, visitors: dict[str, Visitor]
) -> None:
    samira, fatima = come_in(visitors, resident, officer)
    fatima.go(f"/werk/{application.pk}/")
    fatima.click(fatima.link("/vraag/"))
    fatima.look("ask a question")
    fatima.type(question="Wij zijn vrijdag dicht.")
    fatima.press()
    fatima.look("ask a question that is a notice")
    fatima.type(question="Wie geeft de planten water?")
    fatima.press()
    fatima.look("application with a question")
    fatima.click(fatima.link("/antwoord/"))
    fatima.look("note an answer")
    samira.go(f"/aanvraag/{application.pk}/")
    samira.look("track with a question")
    samira.click(samira.link("/vraag/"))
    samira.look("answer a question")
    samira.press()
    samira.look("answer a question with nothing")
    samira.type(answer="De kinderen van nummer 8.")
    samira.press()
    samira.look("track with an answer")
    assert Enquiry.objects.get().answer == "De kinderen van nummer 8."


def test_a_plan_is_withdrawn(
    application: Application, resident: Person, officer: Person, visitors: dict[str, Visitor]
) -> None:
    samira = visitors["samira"]
    make.returned(application, by=officer)
    sign_in(samira, resident)
    samira.go(f"/aanvraag/{application.pk}/")
    samira.click(samira.link("/intrekken/"))
    samira.look("withdraw")
    samira.type(reason="Wij doen het volgend jaar.")
    samira.press()
    samira.look("track of a plan that was withdrawn")
    assert Application.objects.get().status == Status.WITHDRAWN
    samira.go(f"/aanvraag/{application.pk}/intrekken/")
    assert "intrekken" not in samira.page.url


def test_letters_are_posted_and_residents_change_how_they_are_reached(
    application: Application, resident: Person, officer: Person, visitors: dict[str, Visitor]
) -> None:
    Person.objects.filter(pk=resident.pk).update(reached_by="post", house_number="7")
    make.returned(Application.objects.get(), by=officer)
    samira, fatima = come_in(visitors, resident, officer)
    fatima.go("/werk/")
    fatima.look("inbox with a letter to post")
    fatima.click(fatima.link("/werk/post/"))
    fatima.look("post tray")
    fatima.press()
    fatima.look("post tray, empty")
    samira.go("/mijn-gegevens/")
    samira.look("my details")
    samira.type(postcode="")
    samira.press()
    samira.look("my details, with post and no address")
    samira.go("/mijn-gegevens/mailadres/")
    samira.type(email="samira@nieuw.example")
    samira.look("another address")
    samira.press()
    samira.look("the code of another address")
