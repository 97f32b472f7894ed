"""What asking costs a resident: screens, fields, keys and clicks, counted on the real pages by doing it.

The minutes are an estimate by the Keystroke-Level Model (Card, Moran and Newell 1980): K 0.28 s a key, P 1.1 s
to point, H 0.4 s to move a hand, M 1.35 s to think, and reading at 200 words a minute. They are printed; what the
pages ask is held to the ceilings of the product.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload

from grants.models import Application, Scheme
from tests import make
from tests.browser.walk import Visitor
from web.models import Mail, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY, POINT, HAND, THINK, WORDS_A_MINUTE = 0.28, 1.1, 0.4, 1.35, 200  # seconds, words
FORTY_WORDS = "Wij maken met de hele straat kleine tuinen langs de gevels van onze huizen. " * 3
NEXT = "main form .actions button >> nth=0"  # the first button in a form reads the question aloud
A_BUDGET_LINE = re.compile(r"(costs|others|in_kind)-\d+-")
COUNT_FIELDS = """() => {
  const names = { all: new Set(), obligatory: new Set() };
  for (const field of document.querySelectorAll('main form input, main form textarea, main form select')) {
    // Folded in or not: whoever opens it is asked it.
    if (field.type === 'hidden' || !field.name || field.closest('template')) continue;
    names.all.add(field.name);
    const group = field.closest('fieldset.field');
    const text = group ? group.querySelector('legend').textContent : '';
    const chosen = group && group.querySelector(':checked'); // nobody has to choose what is chosen already
    if (field.getAttribute('aria-required') === 'true' || (group && !chosen && !/niet verplicht/.test(text)))
      names.obligatory.add(field.name);
  }
  return [[...names.all], [...names.obligatory]];
}"""


@dataclass
class Tally:
    """What somebody had to do."""

    screens: int = 0
    keys: int = 0
    clicks: int = 0
    words: int = 0
    fields: set[str] = field(default_factory=set)
    obligatory: set[str] = field(default_factory=set)

    @property
    def minutes(self) -> float:
        filled = len(self.fields)
        moves = self.clicks * (POINT + THINK) + filled * (HAND + THINK)
        return (self.keys * KEY + moves) / 60 + self.words / WORDS_A_MINUTE

    def row(self, what: str) -> str:
        numbers = (self.screens, len(self.obligatory), len(self.fields), self.keys, self.clicks)
        return f"{what:26}" + "".join(f"{number:>12}" for number in numbers) + f"{self.minutes:>10.1f}"


class CountedVisitor(Visitor):
    """Counts what it does, and what each screen asks."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.tally = Tally()

    def arrive(self) -> None:
        """A new screen: read it, and see what it asks."""
        self.tally.screens += 1
        self.tally.words += len(re.findall(r"\w+", self.page.inner_text("main")))
        fields, obligatory = self.page.evaluate(COUNT_FIELDS)
        self.tally.fields |= set(fields)
        self.tally.obligatory |= set(obligatory)

    def go(self, path: str) -> None:
        super().go(path)
        self.arrive()

    def click(self, selector: str) -> None:
        super().click(selector)
        self.tally.clicks += 1
        self.arrive()

    def type(self, **fields: str) -> None:
        super().type(**fields)
        self.tally.keys += sum(len(text) for text in fields.values())
        self.tally.clicks += len(fields)

    def choose(self, name: str, value: str) -> None:
        super().choose(name, value)
        self.tally.clicks += 1


Counted = Callable[[], CountedVisitor]


@pytest.fixture
def counted(browser: Browser, live_server: object) -> Iterator[Counted]:
    made: list[CountedVisitor] = []

    def visitor() -> CountedVisitor:
        made.append(CountedVisitor(browser, str(live_server)))
        return made[-1]

    yield visitor
    columns = ("screens", "obligatory", "fields", "keys", "clicks")
    head = f"{'':26}" + "".join(f"{name:>12}" for name in columns) + f"{'minutes':>10}"
    sys.stdout.write("\n".join(["", head, *(each.tally.row(each.name) for each in made), ""]))
    for each in made:
        each.leave()


def send(visitor: CountedVisitor) -> None:
    """The last two pages: who they are, and the code from the mail."""
    visitor.type(name="Samira Lindeboom", postcode="1234AB", house_number="12", email="samira@waterveen.example")
    visitor.choose("reached_by", "mail")
    visitor.press()
    visitor.tally.obligatory.discard("code")  # the code proves the address that was asked already
    visitor.tally.fields.discard("code")
    visitor.type(code=Mail.objects.latest("pk").subject.split()[0])
    visitor.press()
    assert Application.objects.get().status == Application.Status.SUBMITTED


def asked_400(resident: CountedVisitor) -> None:
    """The sender of 400 euro is asked ten things at most, of which eight must be answered."""
    send(resident)
    assert len(resident.tally.fields) <= 10, resident.tally.fields
    assert len(resident.tally.obligatory) <= 8, resident.tally.obligatory
    assert resident.tally.minutes <= 10


def test_asking_up_to_500_euro_stays_within_its_ceilings(scheme: Scheme, counted: Counted) -> None:
    resident = counted()
    resident.name = "ask 400"
    resident.go(f"/regeling/{scheme.slug}/vragen/?bedrag=400")
    resident.type(what=FORTY_WORDS, who_joins=FORTY_WORDS, where_when="In mei, in de Lindestraat.")
    resident.click("button[name=send]")
    asked_400(resident)


def test_asking_up_to_500_euro_step_by_step_asks_no_more(scheme: Scheme, counted: Counted) -> None:
    resident = counted()
    resident.name = "ask 400, step by step"
    resident.go(f"/regeling/{scheme.slug}/vragen/?wijze=stap")
    for answer in (
        {"asked": "400"},
        {"what": FORTY_WORDS},
        {"who_joins": FORTY_WORDS},
        {"where_when": "In mei, in de Lindestraat."},
    ):
        resident.type(**answer)
        resident.click(NEXT)
    asked_400(resident)


def asked_6000(resident: CountedVisitor) -> None:
    send(resident)
    asked = {name for name in resident.tally.fields if not A_BUDGET_LINE.match(name)}
    assert asked != resident.tally.fields
    assert len(asked) <= 16, asked


QUESTIONS = ("what", "why_good", "who_joins", "own_input", "neighbours", "where_when")


def test_asking_6000_euro_stays_within_its_ceiling(scheme: Scheme, counted: Counted) -> None:
    resident = counted()
    resident.name = "ask 6,000"
    resident.go(f"/regeling/{scheme.slug}/vragen/?bedrag=6000")
    resident.type(title="Geveltuinen", **dict.fromkeys(QUESTIONS, FORTY_WORDS))
    resident.type(costs__0__what="Planten en aarde", costs__0__amount="6000")
    resident.choose("permission", "dont_know")
    resident.click("button[name=send]")
    asked_6000(resident)


def test_asking_6000_euro_step_by_step_asks_no_more(scheme: Scheme, counted: Counted) -> None:
    resident = counted()
    resident.name = "ask 6,000, step by step"
    resident.go(f"/regeling/{scheme.slug}/vragen/?wijze=stap")
    resident.type(asked="6000")
    resident.click(NEXT)
    for question in QUESTIONS:
        resident.type(**{question: FORTY_WORDS})
        resident.click(NEXT)
    resident.type(costs__0__what="Planten en aarde", costs__0__amount="6000")
    resident.click(NEXT)
    resident.choose("permission", "dont_know")
    resident.click(NEXT)
    asked_6000(resident)


def test_going_on_with_a_plan_asks_one_thing(scheme: Scheme, counted: Counted) -> None:
    draft = make.draft(scheme, Person.objects.create())
    resident = counted()
    resident.name = "continue"
    resident.go("/plan/verder/")
    asked = set(resident.tally.fields)
    resident.type(code=draft.plan.code)
    resident.press()
    assert asked == {"code"}
    assert "geveltuinen" in resident.page.input_value("[name=what]")


def test_completing_a_plan_asks_what_is_on_the_list(
    application: Application, resident: Person, officer: Person, counted: Counted
) -> None:
    make.returned(application, "when", "costs", by=officer)
    link = re.search(r"/aanvraag/\d+/compleet-maken/", Mail.objects.filter(to=resident).latest("pk").text)
    assert link
    visitor = counted()
    visitor.name = "complete"
    sign_in(visitor, resident)
    visitor.tally = Tally()
    visitor.go(link[0])
    visitor.type(where_when="Op zaterdag 9 mei, in de Lindestraat.")
    visitor.click("button[name=now]")
    assert Application.objects.get().status == Application.Status.SUBMITTED
    assert visitor.page.locator("ins", has_text="Op zaterdag 9 mei").count(), "what changed is shown"
    assert visitor.tally.screens <= 2
    assert visitor.tally.minutes <= 5


def test_booking_an_expense_takes_two_things(granted: Application, resident: Person, counted: Counted) -> None:
    visitor = counted()
    visitor.name = "book an expense"
    sign_in(visitor, resident)
    purse = Application.objects.get().plan.purse
    assert purse is not None
    visitor.tally = Tally()
    visitor.go(f"/kasboek/{purse.pk}/boeken/")
    visitor.type(amount="12,50")
    photo = BytesIO()
    Image.new("RGB", (600, 400), "#888").save(photo, "JPEG")
    receipt: FilePayload = {"name": "bon.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    visitor.page.set_input_files("[name=photo]", receipt)
    visitor.press()
    assert purse.expenses.get().photo
    assert len(visitor.tally.obligatory) <= 2


def test_closing_a_small_plan_takes_three_answers_at_most(
    granted: Application, resident: Person, counted: Counted
) -> None:
    visitor = counted()
    visitor.name = "close"
    sign_in(visitor, resident)
    visitor.tally = Tally()
    visitor.go(f"/aanvraag/{granted.pk}/verhaal/")
    visitor.choose("worked", "yes")
    visitor.press()
    assert len(visitor.tally.fields) <= 3
    assert len(visitor.tally.obligatory) <= 1


def sign_in(visitor: Visitor, person: Person) -> None:
    """By code, as residents do."""
    make.user(person)
    visitor.go("/aanmelden/")
    visitor.page.fill("main input[name=email]", person.email)
    visitor.press()
    code = re.search(r"\b[ACEFHJKQRWXY3479]{3} ?[ACEFHJKQRWXY3479]{3}\b", Mail.objects.latest("pk").text)
    assert code, Mail.objects.latest("pk").text
    visitor.page.fill("main input[name=code]", code[0])
    visitor.press()
