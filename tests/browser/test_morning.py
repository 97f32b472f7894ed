"""An officer's morning in a browser: what is due, may it be done, is it complete, judge, decide, and the letter itself.

At the width of a phone and of a desk, with JavaScript and without. In between: one small plan in four clicks, a note,
a plan that a colleague has just taken, and the next one of the list.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.formats import date_format
from django.utils.translation import override
from playwright.sync_api import Browser
from pypdf import PdfReader

from grants.ask.actions import submit
from grants.models import Application, Note, Scheme
from grants.review.actions import take_up
from tests import make
from tests.browser.test_burden import CountedVisitor, Tally, sign_in
from tests.browser.walk import Visitor
from web import clock
from web.amounts import euro
from web.models import Mail, Person, User
from web.sign_in.second import code_of_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "lange-zin-voor-de-test"
GROUND, PROVIDED = "Mag het op deze grond?", "Laat een meter vrij op de stoep."
NOT_YET, PART = "Wie geeft in de zomer water?", "De tegels heeft de gemeente nog liggen."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def fatima(browser: Browser, live_server: object, officer: Person, javascript: bool) -> Iterator[CountedVisitor]:
    make.user(officer, password=PASSWORD)
    visitor = CountedVisitor(browser, str(live_server), javascript=javascript, name="Fatima")
    yield visitor
    visitor.leave()


@pytest.fixture
def samira(browser: Browser, live_server: object, javascript: bool) -> Iterator[Visitor]:
    visitor = Visitor(browser, str(live_server), javascript=javascript, name="Samira")
    yield visitor
    visitor.leave()


@pytest.fixture
def waiting(scheme: Scheme, officer: Person, resident: Person) -> dict[str, Application]:
    """Sent yesterday: a small plan, the gardens of Samira, for which somebody finds out if they may, and a third."""
    with make.changing(scheme) as edition:
        make.check(edition, GROUND, words="geveltuin")
        make.obligation(edition)
    gardens = make.ANSWERS | make.MORE_ANSWERS
    table = gardens | {"what": "Een lange tafel voor de hele straat."}
    bram, kees = make.person("Bram Beukenhof"), make.person("Kees Kastanje")
    with clock.at(clock.now() - timedelta(days=1)):
        return {
            "table": sent(scheme, bram, 450, title="Straattafel", answers=table),
            "gardens": sent(scheme, resident, 2_000, title="Geveltuinen", answers=gardens),
            "bench": sent(scheme, kees, 2_400, title="Bankje", answers=table | {"what": "Een bankje bij het water."}),
        }


def sent(to: Scheme, by: Person, asked: int, *, title: str, answers: dict[str, str]) -> Application:
    return submit(make.draft(to, by, asked=asked, title=title, answers=answers), by=by)


def test_an_officers_morning(
    fatima: CountedVisitor, samira: Visitor, waiting: dict[str, Application], resident: Person, decider: Person
) -> None:
    come_in(fatima)
    settle_in_four_clicks(fatima, waiting["table"])
    to_the_next(fatima, waiting["gardens"])
    find_out(fatima, samira, resident)
    write_a_note(fatima)
    send_back(fatima)
    complete(samira, resident)
    somebody_else_has_it(fatima, waiting["bench"], by=decider)
    read_what_is_new(fatima)
    judge(fatima, waiting["gardens"])
    decide(fatima)
    make.letters_left()
    read_the_letter(fatima, waiting["gardens"])
    read_the_mail(samira, resident)


def come_in(fatima: CountedVisitor) -> None:
    """With a password and a code of the app; then straight to the work: what is due first stands first."""
    user = User.objects.get()
    fatima.go("/aanmelden/wachtwoord/")
    fatima.type(login=user.email, password=PASSWORD)
    fatima.press()
    fatima.look("the second step", wide=True)
    fatima.type(code=code_of_now(user))
    fatima.press()
    assert fatima.page.locator("h1").inner_text() == "De werklijst"
    assert re.search(r"Te beslissen\s+3", fatima.page.inner_text("main"))
    assert fatima.page.locator("main tbody tr td:first-child a").all_inner_texts() == [
        "Straattafel",
        "Geveltuinen",
        "Bankje",
    ]
    assert GROUND in fatima.page.inner_text("main section"), "what she has to find out stands first"
    fatima.look("the inbox in the morning", wide=True)


def settle_in_four_clicks(fatima: CountedVisitor, table: Application) -> None:
    """From the inbox until the letter is on its way, with nothing typed."""
    fatima.tally = Tally()
    fatima.click(fatima.link(f"/werk/{table.pk}/"))
    fatima.click(fatima.link("snel"))
    fatima.choose("street", "no")
    fatima.click("button[name=send]")
    assert (fatima.tally.clicks, fatima.tally.keys) == (4, 0)
    table.refresh_from_db()
    assert (table.status, table.granted) == (Application.Status.GRANTED, euro(450))
    assert "Afsluiten" not in fatima.text(), "not before it is paid and told"
    fatima.look("granted in four clicks", wide=True)


def to_the_next(fatima: Visitor, gardens: Application) -> None:
    """And back, and there again: also a plan that was decided meanwhile knows its neighbours."""
    fatima.click("main a[rel=next]")
    assert fatima.page.inner_text("h1") == "Geveltuinen"
    fatima.look("the next plan", wide=True)
    fatima.click("form[action*='oppakken'] button")
    gardens.refresh_from_db()
    assert str(gardens.officer) == "Fatima van Wilgen"


def find_out(fatima: Visitor, samira: Visitor, resident: Person) -> None:
    """Not granted before it is known; the residents read who finds it out, and the answer."""
    assert "Wij weten nog niet of dit hier mag" in fatima.text()
    sign_in(samira, resident)
    samira.go("/mijn-plannen/")
    samira.click("main a >> text=Geveltuinen")
    fatima.click(fatima.link("/mag-het/"))
    fatima.look("may these gardens be here", wide=True)
    fatima.click(fatima.link("/werk/mag-het/"))
    fatima.look("the answer", wide=True)
    fatima.choose("answer", "provided")
    fatima.type(text=PROVIDED)
    fatima.press()
    assert PROVIDED in fatima.text()
    fatima.click("main a.back")
    assert "Wij weten nog niet of dit hier mag" not in fatima.text()
    samira.page.reload()
    assert PROVIDED in samira.text()


def write_a_note(fatima: Visitor) -> None:
    fatima.click(fatima.link("/notitie/"))
    fatima.type(text="De beheerder komt vrijdag kijken.")
    fatima.press()
    assert "De beheerder komt vrijdag kijken." in fatima.text()
    assert str(Note.objects.get().by) == "Fatima van Wilgen"


def send_back(fatima: Visitor) -> None:
    """Complete? Not yet: one list, once."""
    fatima.click(fatima.link("/terugsturen/"))
    fatima.choose("missing", "when")
    fatima.type(explanation="Welke zaterdag in mei?")
    fatima.press()
    assert "Terug bij de bewoners" in fatima.text()
    fatima.look("with the residents", wide=True)


def complete(samira: Visitor, resident: Person) -> None:
    """By the link in her mail."""
    mail = Mail.objects.filter(to=resident).latest("pk")
    assert "Welke zaterdag in mei?" in mail.text
    link = re.search(r"/aanvraag/\d+/compleet-maken/", mail.text)
    assert link
    samira.go(link[0])
    samira.type(where_when="Op zaterdag 9 mei, in de Lindestraat.")
    samira.click("button[name=now]")
    assert Application.objects.get(plan__title="Geveltuinen").status == Application.Status.SUBMITTED


def somebody_else_has_it(fatima: Visitor, bench: Application, *, by: Person) -> None:
    """Two people see one plan that nobody has; the second reads who was first, and it stays there."""
    fatima.go(f"/werk/{bench.pk}/")
    take_up(bench, by=by)
    fatima.click("form[action*='oppakken'] button")
    assert "Diederik Eik heeft deze aanvraag al." in fatima.text()
    fatima.look("a colleague has it", wide=True)
    bench.refresh_from_db()
    assert bench.officer == by


def read_what_is_new(fatima: Visitor) -> None:
    """What residents did meanwhile stands first in the inbox and on the page, and then no more."""
    fatima.go("/werk/?lijst=mine")
    assert "Nieuw van bewoners" in fatima.text()
    fatima.look("news in the inbox", wide=True)
    fatima.click("main tbody a >> text=Geveltuinen")
    assert "Sinds u het laatst keek" in fatima.text()
    assert fatima.page.locator("ins", has_text="Op zaterdag 9 mei").count(), "what changed is shown"
    fatima.look("a plan that was completed", wide=True)
    fatima.page.reload()
    assert "Sinds u het laatst keek" not in fatima.text()


def judge(fatima: Visitor, gardens: Application) -> None:
    """Per criterion, the plan beside it at a desk and above it on a phone; what isn't there yet asks why."""
    fatima.click(fatima.link("/beoordelen/"))
    assert beside_each_other(fatima) == (False, False)
    if fatima.javascript:
        with fatima.at_a_desk():
            assert beside_each_other(fatima) == (True, True)
    fatima.choose("street", "no")
    fatima.type(strong="Twaalf huizen doen mee.")
    criteria = list(gardens.edition.criteria.all())
    for each in criteria:
        fatima.choose(f"verdict_{each.pk}", "yes" if each.kind == "k" else "not_yet")
    fatima.press()
    assert "Schrijf waarom" in fatima.text()
    fatima.look("a criterion without its reason", wide=True)
    fatima.type(**{f"reason_{criteria[-1].pk}": NOT_YET})
    fatima.press()
    assert [each.reason for each in gardens.reviews.get().judgements.all()] == ["", "", NOT_YET]
    fatima.look("judged", wide=True)


def beside_each_other(fatima: Visitor) -> tuple[bool, bool]:
    """Whether the plan stands left of the criteria; and whether it stays in view when those are scrolled."""
    plan, criteria = (fatima.page.locator(".pane").nth(place) for place in (0, 1))
    left, right = plan.bounding_box(), criteria.bounding_box()
    assert left
    assert right
    stays = plan.evaluate("pane => getComputedStyle(pane).position === 'sticky'")
    return left["x"] + left["width"] <= right["x"], stays


def decide(fatima: Visitor) -> None:
    """A part, with its reason: without one it is asked, and what was typed stays."""
    fatima.click(fatima.link("/besluiten/"))
    fatima.look("decide", wide=True)
    fatima.type(amount="1.800")
    fatima.click("button[name=award]")
    assert fatima.page.input_value("[name=amount]") == "1.800"
    fatima.look("a part without a reason", wide=True)
    fatima.type(reason=PART)
    fatima.click("button[name=award]")
    assert "Toegekend" in fatima.text()
    fatima.look("granted in part", wide=True)


def read_the_letter(fatima: Visitor, gardens: Application) -> None:
    """As it will lie in an envelope: to whom, when, how much and why, and what the law wants to be said."""
    gardens.refresh_from_db()
    assert (gardens.status, gardens.granted) == (Application.Status.GRANTED, euro(1_800))
    decision, letter = gardens.decisions.get(), gardens.letters.get(event="decide/partly")
    link = fatima.page.locator(f"main a[href='/brief/{letter.pk}.pdf']")
    answer = fatima.page.request.get(fatima.site + str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.body()))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    with override("nl"):
        today, object_until = (date_format(day, "j F Y") for day in (clock.today(), decision.object_until))
    said = (
        f"Samira Lindeboom 1234 AB {today}",
        "U krijgt € 1.800. U vroeg € 2.000.",
        PART,
        "Wij betalen binnen zes weken",
        f"Dit is besluit {decision.number} van {today} over aanvraag {gardens.number}.",
        "Wij besluiten dit namens burgemeester en wethouders van Waterveen.",
        "Dit spreken wij af: • Vertel hoe het ging.",
        "Bel Fatima van Wilgen op 0900 0000",
        f"binnen zes weken na de dag waarop wij deze brief stuurden. Dat is tot en met {object_until}.",
    )
    assert [each for each in said if each not in words] == []


def read_the_mail(samira: Visitor, resident: Person) -> None:
    """The same words, with the letter; on her page stands what she can do now."""
    mail = Mail.objects.filter(to=resident).latest("pk")
    assert mail.subject == "U krijgt € 1.800 voor uw plan: Geveltuinen"
    assert PART in mail.text
    assert mail.attachment
    assert bytes(mail.attachment).startswith(b"%PDF")
    page = re.search(r"/aanvraag/\d+/(?=\s)", mail.text)
    assert page
    samira.go(page[0])
    assert "€ 1.800" in samira.text()
    assert samira.page.locator(samira.link("/rekening/")).count()
    samira.look("what the residents read")
