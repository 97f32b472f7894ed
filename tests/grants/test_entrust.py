"""Bank details on a helper's device: with a fresh code of the resident's own, and afterwards four digits."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pypdf import PdfReader

from grants.entrust import actions
from grants.models import Application, Consent, Invitation, Letter
from ledger.models import Payee
from tests import make
from tests.conftest import SignedIn
from web.models import Deed, Mail, Person

IBAN = "NL91 ABNA 0417 1643 00"


@pytest.fixture
def page(granted: Application, helper: Person) -> str:
    make.consent(granted.plan, helper)
    return f"/hulp/{granted.pk}/rekening/"


def typed(code: str, **changed: str) -> dict[str, str]:
    return {"code": code, "kind": "me", "name": "S. Lindeboom", "iban": IBAN} | changed


def mailed_code(as_: SignedIn, page: str, helper: Person, resident: Person) -> str:
    assert as_(helper).post(f"{page}code/").status_code == 302
    found = re.search(r"^[A-Z0-9]{6}$", Mail.objects.filter(to=resident).latest("pk").text, re.MULTILINE)
    assert found
    return found[0]


def test_the_resident_types_it_with_a_fresh_code(as_: SignedIn, page: str, helper: Person, resident: Person) -> None:
    code = mailed_code(as_, page, helper, resident)
    answer = as_(helper).post(page, typed(code), follow=True)
    assert "ends in 4300" in answer.text
    assert "NL91" not in answer.text
    payee = Payee.objects.get()
    assert (payee.typed_by, payee.iban) == (resident, "NL91ABNA0417164300")
    deed = Deed.objects.get(verb="give_bank_details")
    assert (deed.by, deed.on_behalf_of) == (helper, resident)
    assert "4300" in Letter.objects.get(event="entrust/noted").text
    assert as_(helper).get(page).status_code == 404, "until the bank details are in"


def test_with_a_day_chosen_the_helper_sees_four_digits_alone(
    as_: SignedIn, page: str, helper: Person, resident: Person, granted: Application
) -> None:
    Consent.objects.update(until_bank_details=False)
    as_(helper).post(page, typed(mailed_code(as_, page, helper, resident)))
    shown = as_(helper).get(page).text
    assert "ends in 4300" in shown
    assert "0417" not in shown.replace("NL91 ABNA 0417 1643 00", ""), "only the example of how to write one"
    assert 'Lindeboom" ' not in shown
    assert as_(helper).get(f"/hulp/{granted.pk}/").status_code == 200


@pytest.mark.parametrize("code", ["AAAAAA", "", "1-AAAAA-AAAAA"])
def test_without_the_code_nothing_is_kept(as_: SignedIn, page: str, helper: Person, code: str) -> None:
    answer = as_(helper).post(page, typed(code))
    assert answer.status_code == 200
    assert not Payee.objects.exists()


def test_a_code_is_good_for_five_wrong_tries_and_for_one_time(
    as_: SignedIn, page: str, helper: Person, resident: Person
) -> None:
    code = mailed_code(as_, page, helper, resident)
    for _try in range(5):
        as_(helper).post(page, typed("AAAAAA"))
    assert "too old" in as_(helper).post(page, typed(code)).text
    assert not Payee.objects.exists()


def test_guessing_ends_after_ten_tries(as_: SignedIn, page: str, helper: Person, granted: Application) -> None:
    for _try in range(10):
        as_(helper).post(page, typed("AAAAAA"))
    assert "many tries" in as_(helper).post(page, typed("AAAAAA")).text


def test_an_iban_that_can_not_be_right_is_asked_back(
    as_: SignedIn, page: str, helper: Person, resident: Person
) -> None:
    code = mailed_code(as_, page, helper, resident)
    answer = as_(helper).post(page, typed(code, iban="NL91 ABNA 0417 1643 01"))
    assert "can&#x27;t be right" in answer.text
    assert not Payee.objects.exists()
    assert as_(helper).post(page, typed(code)).status_code == 302, "the code wasn't used up by it"


def test_who_has_no_mail_gets_a_letter_with_a_code_from_the_officer(
    as_: SignedIn, page: str, helper: Person, officer: Person, treasurer: Person, granted: Application
) -> None:
    Person.objects.filter(pk=granted.plan.first_contact.pk).update(email="", reached_by="post")
    with pytest.raises(ValidationError, match="no e-mail"):
        actions.ask_for_bank_code(Application.objects.get(), by=helper)
    letter = f"/werk/{granted.pk}/rekening/code.pdf"
    assert as_(treasurer).post(letter).status_code == 403
    assert as_(helper).post(letter).status_code == 404
    pages = PdfReader(BytesIO(as_(officer).post(letter).content)).pages
    assert len(pages) == 1
    code = re.search(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}", pages[0].extract_text())
    assert code
    assert as_(helper).post(page, typed(code[0])).status_code == 302
    assert Payee.objects.exists()
    assert not Invitation.objects.open().exists()


def test_the_letter_of_who_was_first_contact_before_opens_nothing(
    granted: Application, helper: Person, officer: Person, neighbour: Person
) -> None:
    make.consent(granted.plan, helper)
    code = actions.make_bank_code_on_paper(granted, by=officer)
    granted.plan.members.filter(role="first").update(person=neighbour)
    with pytest.raises(ValidationError, match="isn't right"):
        actions.give_bank_details_here(Application.objects.get(), by=helper, bank="", **typed(code))
    assert not Payee.objects.exists()


def test_the_paper_form_is_one_page(as_: SignedIn, page: str, helper: Person, granted: Application) -> None:
    pages = PdfReader(BytesIO(as_(helper).get(f"{page}formulier.pdf").content)).pages
    assert len(pages) == 1
    assert granted.number in pages[0].extract_text()


def test_a_changed_account_waits_for_a_second_person(
    as_: SignedIn, page: str, helper: Person, resident: Person, granted: Application
) -> None:
    Consent.objects.update(until_bank_details=False)
    commitment = granted.grant.commitment
    Payee.take_down(commitment, kind="me", name="S", iban="NL02ABNA0123456789", bank="", by=resident)
    as_(helper).post(page, typed(mailed_code(as_, page, helper, resident)))
    assert Payee.objects.get(replaced_at=None).waits_for_second_person


def test_only_a_helper_who_is_let_in_has_this_page(
    as_: SignedIn, page: str, helper: Person, resident: Person, officer: Person, granted: Application
) -> None:
    assert {as_(person).get(page).status_code for person in (resident, officer)} == {404}
    about: dict[str, Any] = {"code": "x", "kind": "me", "name": "x", "iban": "x", "bank": ""}
    with pytest.raises(PermissionDenied, match="let in"):
        actions.give_bank_details_here(granted, by=officer, **about)
    Consent.objects.get().end(by=resident)
    assert as_(helper).post(page, typed("x")).status_code == 404
