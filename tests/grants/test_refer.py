"""Sending on: an officer proposes another fund, the residents say yes or no; what another decides on goes at once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.decide.actions import award
from grants.models import Application, Letter, Referral, Scheme
from grants.models.referral import schemes_for
from grants.refer.actions import answer_referral, note_referral_answer, propose_referral
from grants.sign.actions import propose
from tests import make
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import today
from web.models import Funder, Person

Status = Application.Status


@pytest.fixture
def elsewhere(other_funder: Funder) -> Scheme:
    """A private fund's scheme, open today."""
    return make.scheme(other_funder, title="Samenpot", slug="samenpot")


@pytest.fixture
def asked(application: Application, elsewhere: Scheme, officer: Person) -> Referral:
    return propose_referral(application, scheme=elsewhere, reason="Zij helpen groepen als u.", by=officer)


def letters() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("event", flat=True))


def test_the_plan_goes_on_with_a_yes_as_it_is(asked: Referral, resident: Person, elsewhere: Scheme) -> None:
    answer_referral(asked, yes=True, by=resident)
    before, there = Application.objects.order_by("pk")
    assert before.status == Status.REFERRED
    assert (there.status, there.scheme, there.received_on) == (Status.SUBMITTED, elsewhere, today())
    assert (there.plan, there.asked) == (before.plan, before.asked)
    assert there.frozen_page == before.frozen_page
    assert there.frozen_edition == elsewhere.edition
    assert Referral.objects.get().became == there
    assert letters() == ["refer/proposed", "refer/gone", "ask/received"]


def test_the_plan_stays_with_a_no_and_another_may_be_proposed(
    asked: Referral, resident: Person, officer: Person, other_funder: Funder
) -> None:
    answer_referral(asked, yes=False, by=resident)
    plan = Application.objects.get()
    assert plan.status == Status.SUBMITTED
    make.scheme(other_funder, title="Bloempot", slug="bloempot")
    propose_referral(plan, scheme=Scheme.objects.get(slug="bloempot"), reason="Of hier.", by=officer)
    assert Referral.objects.get().is_open


def test_of_two_answers_one_counts(asked: Referral, resident: Person, officer: Person) -> None:
    answer_referral(asked, yes=False, by=resident)
    with pytest.raises(ValidationError, match="answered already"):
        note_referral_answer(asked, yes=True, note="Gebeld.", by=officer)
    assert Application.objects.get().status == Status.SUBMITTED


def test_what_they_say_on_the_phone_is_written_down(asked: Referral, officer: Person) -> None:
    with pytest.raises(ValidationError, match="when they said so"):
        note_referral_answer(asked, yes=True, note=" ", by=officer)
    note_referral_answer(asked, yes=True, note="Gebeld op dinsdag.", by=officer)
    assert Application.objects.count() == 2
    assert Referral.objects.get().note == "Gebeld op dinsdag."


def test_only_the_first_contact_says_yes(asked: Referral, neighbour: Person, officer: Person, outsider: Person) -> None:
    for person in (neighbour, officer, outsider):
        with pytest.raises(PermissionDenied):
            answer_referral(asked, yes=True, by=person)


def test_a_decision_comes_before_an_answer(asked: Referral, resident: Person, officer: Person) -> None:
    """Without an answer the clock runs on; what has been decided doesn't go elsewhere."""
    plan = Application.objects.get()
    make.judgement(plan, by=officer)
    award(plan, amount=euro(450), by=officer)
    with pytest.raises(ValidationError, match="Try again in ten minutes"):
        answer_referral(asked, yes=True, by=resident)
    with pytest.raises(ValidationError, match="has been decided on"):
        note_referral_answer(asked, yes=True, note="Gebeld.", by=officer)
    make.letters_left()
    with pytest.raises(ValidationError, match="has been decided on"):
        answer_referral(asked, yes=True, by=resident)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("pressed", [{}, {"yes": "1", "no": "1"}, {"ja": "1"}])
def test_without_a_button_that_was_pressed_it_is_asked_again(
    asked: Referral, resident: Person, as_: SignedIn, pressed: dict[str, str]
) -> None:
    answered = as_(resident).post(reverse("grants:answer_referral", args=[asked.application_id]), pressed)
    assert "Press yes or no." in answered.text
    assert Referral.objects.get().agreed is None


def test_the_question_stands_there_until_the_letter_of_a_decision_leaves(
    asked: Referral, resident: Person, officer: Person, as_: SignedIn
) -> None:
    visitor, page = as_(resident), reverse("grants:answer_referral", args=[asked.application_id])
    make.judgement(Application.objects.get(), by=officer)
    award(Application.objects.get(), amount=euro(450), by=officer)
    assert "Yes, send it on" in visitor.get(page).text
    make.letters_left()
    assert "Nothing is asked here now." in visitor.get(page, follow=True).text


def test_nothing_goes_while_its_money_is_reserved(
    funder: Funder, elsewhere: Scheme, resident: Person, decider: Person
) -> None:
    large = make.application(make.scheme(funder, second_signature_above=make.money(500)), resident, asked=600)
    make.judgement(large, by=decider)
    asked = propose_referral(large, scheme=elsewhere, reason="Daar past het.", by=decider)
    propose(large, amount=euro(600), by=decider)
    with pytest.raises(ValidationError, match="proposed to grant this"):
        answer_referral(asked, yes=True, by=resident)
    assert Referral.objects.get().agreed is None


def test_only_where_such_plans_are_taken_now(
    application: Application, scheme: Scheme, other_funder: Funder, officer: Person
) -> None:
    small = make.scheme(other_funder, maximum=400)
    closed = make.scheme(other_funder, closes_on=today().replace(year=today().year - 1), opens_on=today().replace(2000))
    for other in (small, closed, scheme):
        with pytest.raises(ValidationError, match="takes such plans now"):
            propose_referral(application, scheme=other, reason="Daar.", by=officer)
    assert not schemes_for(application).exists()


def test_what_another_public_body_decides_on_goes_at_once(application: Application, officer: Person) -> None:
    """Awb 2:3: without delay, and the residents are told."""
    province = make.scheme(make.funder("Provincie Oeverland", slug="oeverland"), title="Groenpot")
    propose_referral(application, scheme=province, reason="De provincie beslist.", by_law=True, by=officer)
    assert Application.objects.get(scheme=province).status == Status.SUBMITTED
    assert letters() == ["refer/gone", "ask/received"]
    assert "2:3" in Letter.objects.get(event="refer/gone").text


def test_to_a_private_fund_nothing_goes_without_a_yes(
    application: Application, elsewhere: Scheme, officer: Person
) -> None:
    with pytest.raises(ValidationError, match="Only one public body"):
        propose_referral(application, scheme=elsewhere, reason="Daar.", by_law=True, by=officer)
    assert Application.objects.count() == 1


def test_officer_and_residents_do_it_on_their_pages(
    application: Application, elsewhere: Scheme, officer: Person, resident: Person, outsider: Person, as_: SignedIn
) -> None:
    staff, own = as_(officer), as_(resident)
    refer = reverse("grants:refer", args=[application.pk])
    assert "Write why it fits there" in staff.post(refer, {"scheme": elsewhere.pk, "reason": ""}).text
    staff.post(refer, {"scheme": elsewhere.pk, "reason": "Zij helpen groepen."})
    assert "may it go to Samenpot" in staff.get(refer).text
    assert "You say yes or no." in own.get(application.get_absolute_url()).text
    answer = reverse("grants:answer_referral", args=[application.pk])
    assert "Zij helpen groepen." in own.get(answer).text
    gone = own.post(answer, {"yes": "1"}, follow=True)
    there = Application.objects.get(scheme=elsewhere)
    assert gone.redirect_chain[-1][0] == there.get_absolute_url()
    assert "it went on to Samenpot" in staff.get(reverse("grants:application", args=[application.pk])).text
    assert "Your plan went on to Stichting Samen Sterk" in own.get(application.get_absolute_url()).text
    assert there.plan.title in as_(outsider).get(reverse("grants:inbox")).text


def test_a_no_by_phone_is_kept_on_the_page(asked: Referral, officer: Person, as_: SignedIn) -> None:
    page = reverse("grants:refer", args=[asked.application_id])
    as_(officer).post(page, {"yes": "no", "note": "Gebeld."})
    assert Referral.objects.get().agreed is False
    assert "did not want it to go" in as_(officer).get(reverse("grants:application", args=[asked.application_id])).text
