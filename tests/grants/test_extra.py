"""Extra questions of a scheme: two at most, asked after ours, frozen at sending, and read by that fund alone."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from grants.ask.actions import complete, submit
from grants.models import Application, Edition, ExtraAnswer, ExtraQuestion, Scheme
from grants.models.completion import may_be_missing
from grants.models.next_edition import draft_of
from grants.papers.plan import on_paper, plan_page
from grants.papers.workbook import applications
from grants.setup import actions as setup
from grants.write.actions import save_draft
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.test_write import seen_on
from tests.grants.typed import answers, lines, plan_as_typed
from web.amounts import euro
from web.models import Funder, Person

pytestmark = pytest.mark.django_db

KEEPS = {
    "text": "Wie zorgt er later voor?",
    "text_en": "Who looks after it later?",
    "hint": "Een naam is niet nodig.",
    "reason": "Dan weten wij of het kan blijven.",
    "purpose": "decision",
}
KEY = {"text": "Wie heeft de sleutel?", "purpose": "contact", "reason": "Dan bellen wij die.", "obligatory": False}
SAID = "De school zorgt ervoor."
PART = "extra-vragen"


@pytest.fixture
def question(scheme: Scheme) -> ExtraQuestion:
    """Obligatory, beside one that may stay empty."""
    with make.changing(scheme) as edition:
        asked = edition.extra_questions.create(order=1, obligatory=True, **KEEPS)
        edition.extra_questions.create(order=2, **KEY)
    scheme.refresh_from_db()
    return asked


@pytest.fixture
def key(question: ExtraQuestion) -> ExtraQuestion:
    return question.edition.extra_questions.get(order=2)


@pytest.fixture
def draft(scheme: Scheme, question: ExtraQuestion, resident: Person) -> Application:
    """All of ours answered, and none of the scheme's."""
    words = {name: text for name, text in answers().items() if name != "title"}
    made = make.draft(scheme, resident, asked=1200, answers=words)
    make.line(made.plan, amount=1200)
    return Application.objects.get(pk=made.pk)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def answered(draft: Application, by: Person, **typed: str) -> Application:
    return save_draft(draft, by=by, **typed)


@pytest.fixture
def sent(draft: Application, question: ExtraQuestion, key: ExtraQuestion, resident: Person) -> Application:
    answered(draft, resident, **{question.field: SAID, key.field: "Bel de conciërge."})
    return submit(fresh(draft), by=resident)


# Setting them up


@pytest.fixture
def yusuf(as_: SignedIn, fund_admin: Person) -> Visitor:
    return as_(fund_admin)


@pytest.fixture
def edition(scheme: Scheme, fund_admin: Person) -> Edition:
    return setup.begin_edition(scheme, by=fund_admin)


def part_of(edition: Edition) -> str:
    return reverse("grants:set_up_part", args=[edition.scheme.slug, PART])


def test_the_page_says_that_each_makes_the_form_longer(yusuf: Visitor, edition: Edition) -> None:
    assert "sixteen fields" in yusuf.get(part_of(edition)).text
    assert yusuf.post(part_of(edition), KEEPS | {"obligatory": "on"}).status_code == 302
    made = edition.extra_questions.get()
    assert (made.text, made.purpose, made.obligatory, made.order) == (KEEPS["text"], "decision", True, 1)


def test_a_third_is_refused_and_a_free_place_is_used(edition: Edition, fund_admin: Person) -> None:
    first, _second = (
        setup.add_row(edition, part="extra_questions", by=fund_admin, **KEEPS | {"text": text}) for text in "AB"
    )
    with pytest.raises(ValidationError, match="Two extra questions"):
        setup.add_row(edition, part="extra_questions", by=fund_admin, **KEEPS)
    setup.take_row_away(first, by=fund_admin)
    setup.add_row(edition, part="extra_questions", by=fund_admin, **KEEPS | {"text": "C"})
    assert [each.text for each in edition.extra_questions.order_by("order")] == ["C", "B"]


def test_what_is_not_needed_is_never_obligatory(yusuf: Visitor, edition: Edition) -> None:
    refused = yusuf.post(part_of(edition), KEEPS | {"purpose": "voluntary", "obligatory": "on"})
    assert refused.context["form"].errors.keys() == {"obligatory"}
    assert KEEPS["text"] in refused.text, "what was typed is kept"
    with pytest.raises(IntegrityError, match="voluntary_is_never_obligatory"), transaction.atomic():
        edition.extra_questions.create(order=1, obligatory=True, **KEEPS | {"purpose": "voluntary"})


# Asking them


@pytest.mark.parametrize("page", ["scheme", "process"])
def test_everybody_reads_beforehand_what_is_asked_and_why(
    client: Visitor, scheme: Scheme, page: str, key: ExtraQuestion
) -> None:
    address = reverse(f"grants:{page}", args=[scheme.slug])
    text = client.get(address).text
    for words in (KEEPS["text_en"], KEEPS["reason"], "Only if you ask more than €\u00a0500", "You may leave it empty."):
        assert words in text
    assert text.count("You may leave it empty.") == 1, "one of the two has to be answered"
    assert text.count("2 of this scheme") == (3 if page == "scheme" else 0), "not with the short form"


def test_a_scheme_that_asks_nothing_more_says_nothing_of_it(client: Visitor, scheme: Scheme) -> None:
    text = client.get(scheme.get_absolute_url()).text
    assert "besides" not in text
    assert "of this scheme" not in text


def test_the_short_form_never_asks_them(client: Visitor, scheme: Scheme, question: ExtraQuestion) -> None:
    page = reverse("grants:ask", args=[scheme.slug])
    assert question.text_en not in client.get(f"{page}?bedrag=450").text
    on_paper_too = reverse("grants:empty_form", args=[scheme.slug])
    assert question.text_en not in client.get(f"{on_paper_too}?bedrag=450").text
    for path in (page, on_paper_too):
        shown = client.get(f"{path}?bedrag=1200").text
        assert question.text_en in shown
        assert question.hint in shown
        assert question.reason in shown
    client.post(page, plan_as_typed() | {"send": "1"})
    assert Application.objects.get().still_missing() == {}


def test_an_answer_that_is_missing_is_asked_back_at_its_field(
    as_: SignedIn, draft: Application, question: ExtraQuestion, key: ExtraQuestion, resident: Person
) -> None:
    samira = as_(resident)
    typed = answers() | lines("costs", [("Tegels", "1200")]) | {"asked": "1200", "send": "1", key.field: "De buurman"}
    refused = samira.post(draft.form_url, typed, follow=True)
    assert refused.context["form"].errors.keys() == {question.field}
    assert "De buurman" in refused.text, "what was typed is kept"
    with pytest.raises(ValidationError, match="Answer this question too"):
        submit(fresh(draft), by=resident)
    without_costs = {name: text for name, text in typed.items() if not name.startswith("costs")}  # kept already
    kept = samira.post(draft.form_url, without_costs | {question.field: SAID})
    assert kept["Location"] == reverse("grants:send", args=[draft.pk])
    check = samira.get(kept["Location"]).text
    assert SAID in check
    assert question.text_en in check


def test_step_by_step_they_are_the_last_page(
    as_: SignedIn, draft: Application, question: ExtraQuestion, resident: Person
) -> None:
    samira, last = as_(resident), reverse("grants:step", args=[draft.pk, 10])
    shown = samira.get(last).text
    assert "Step 10 of 11" in shown
    assert question.text_en in shown
    there = samira.post(last, {"seen": seen_on(samira, last), question.field: SAID})
    assert there["Location"] == reverse("grants:send", args=[draft.pk])
    assert ExtraAnswer.objects.get().text == SAID


def test_two_windows_do_not_overwrite_each_other(
    as_: SignedIn, draft: Application, question: ExtraQuestion, resident: Person
) -> None:
    samira, last = as_(resident), reverse("grants:step", args=[draft.pk, 10])
    seen = seen_on(samira, last)
    answered(draft, resident, **{question.field: SAID})
    refused = samira.post(last, {"seen": seen, question.field: "Niemand."})
    assert "another window" in refused.text
    assert ExtraAnswer.objects.get().text == SAID


def test_an_emptied_answer_is_gone_and_a_long_one_refused(
    as_: SignedIn, draft: Application, question: ExtraQuestion, resident: Person
) -> None:
    answered(draft, resident, **{question.field: SAID})
    answered(draft, resident, **{question.field: ""})
    assert not ExtraAnswer.objects.exists()
    last = reverse("grants:step", args=[draft.pk, 10])
    assert "10,000 letters" in as_(resident).post(last, {question.field: "a" * 10_001}).text


def test_a_next_edition_that_asks_the_same_keeps_the_answer(
    scheme: Scheme, draft: Application, question: ExtraQuestion, resident: Person
) -> None:
    answered(draft, resident, **{question.field: SAID})
    make.changed(scheme)
    assert fresh(draft).edition != question.edition
    assert fresh(draft).still_missing() == {}


def test_a_second_fund_asks_its_own_alone(
    sent: Application, other_funder: Funder, question: ExtraQuestion, resident: Person
) -> None:
    there = make.scheme(other_funder)
    with make.changing(there) as edition:
        own = edition.extra_questions.create(order=1, obligatory=True, **KEEPS | {"text": "Bent u huurder?"})
    second = Application.objects.create(plan=sent.plan, scheme=Scheme.objects.get(pk=there.pk), asked=make.money(900))
    assert second.still_missing().keys() == {own.field}
    assert SAID not in str(second.page.answers())
    answered(second, resident, **{own.field: "Ja"})
    assert fresh(second).still_missing() == {}
    assert "Ja" in str(fresh(second).page.answers())
    assert "Bent u huurder?" not in str(fresh(sent).page.answers())


# Reading them


def test_what_was_sent_stays_as_it_was(sent: Application, question: ExtraQuestion) -> None:
    ExtraAnswer.objects.update(text="Iets anders.")
    assert (question.text_en, SAID) in fresh(sent).page.answers()


def test_the_fund_reads_them_and_the_paper_carries_no_contact(
    as_: SignedIn, sent: Application, officer: Person
) -> None:
    page = as_(officer).get(reverse("grants:application", args=[sent.pk])).text
    assert SAID in page
    assert "conciërge" in page
    paper = on_paper(fresh(sent))
    printed = "".join(each.extract_text() for each in PdfReader(BytesIO(plan_page(paper))).pages)
    assert "De school zorgt ervoor." in printed
    assert "conciërge" not in printed
    cells = str(list(applications(sent.scheme.funder)))
    assert SAID in cells
    assert "conciërge" not in cells
    assert "conciërge" not in str(sent.page.without_givers.answers()), "the panel reads no contact data"


def test_the_copy_for_the_residents_holds_them(sent: Application) -> None:
    copies = [letter.text for letter in sent.letters.all() if SAID in letter.text]
    assert copies, "they get what they sent"


def test_what_comes_back_is_completed_with_them(
    as_: SignedIn, sent: Application, question: ExtraQuestion, officer: Person, resident: Person
) -> None:
    assert "extra" in dict(may_be_missing(sent.edition, sent.duties))
    make.returned(fresh(sent), "extra", by=officer)
    page = as_(resident).get(reverse("grants:complete", args=[sent.pk]))
    assert question.field in page.context["listed"].fields
    answered(fresh(sent), resident, **{question.field: "Wij, met de school."})
    assert SAID in str(fresh(sent).sent_page.answers()), "the fund reads what was sent, until it is sent again"
    again = as_(resident).get(reverse("grants:send_again", args=[sent.pk])).text
    assert "Wij, met de school." in again
    complete(fresh(sent), by=resident)
    assert "Wij, met de school." in str(fresh(sent).sent_page.answers())


def test_a_scheme_without_them_asks_for_none(scheme: Scheme, application: Application) -> None:
    assert "extra" not in dict(may_be_missing(scheme.edition, scheme.edition.track_for(euro(1200)).duties))  # type: ignore[union-attr]  # it reaches there
    assert application.page.extra == ()


def test_a_copy_of_an_edition_asks_the_same(question: ExtraQuestion, fund_admin: Person) -> None:
    copy: Any = draft_of(question.edition, by=fund_admin)
    assert [each.key for each in copy.extra_questions.all()] == [
        each.key for each in question.edition.extra_questions.all()
    ]
