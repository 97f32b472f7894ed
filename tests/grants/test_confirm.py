"""Residents say yes to what a helper wrote down: here, by link, by a code they say, or on paper. Then it is sent."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from grants.allow.actions import use_help_code
from grants.confirm import actions
from grants.confirm.letters import codes_on_paper
from grants.models import Application, Confirmation, Invitation, Letter, Member, Scheme, Scribe
from grants.models.draft import mark_of_the_whole
from grants.support.actions import answer_worry, open_support
from tests import make
from tests.conftest import SignedIn, Visitor
from tests.grants.neighbours import WORRY, speak
from tests.web import reading
from web.models import Deed, Mail, Person

CODE = re.compile(r"\d+-[A-Z0-9]{5}-[A-Z0-9]{5}")


@pytest.fixture
def saida(db: None) -> Person:
    """No e-mail; gets letters by post."""
    return Person.objects.create(name="Saida Salie", postcode="1234 AB", house_number="5", reached_by="post")


@pytest.fixture
def draft(scheme: Scheme, saida: Person, helper: Person) -> Application:
    """Written down by Hanneke, and complete."""
    made = make.draft(scheme, saida)
    make.consent(made.plan, helper)
    Scribe.objects.create(plan=made.plan, helper=helper.helps.get())
    return made


def seen(application: Application) -> str:
    return mark_of_the_whole(Application.objects.for_writing().get(pk=application.pk))


def say(visitor: Visitor, application: Application, way: str, **typed: Any) -> Any:
    return visitor.post(f"/hulp/{application.pk}/ja/{way}/", {"seen": seen(application)} | typed)


def photo() -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", (60, 40), "white").save(written, "PNG")
    return SimpleUploadedFile("handtekening.png", written.getvalue(), "image/png")


def mailed(address: str) -> str:
    return Mail.objects.filter(address=address).latest("pk").text


def test_here_and_now_with_ones_own_name(
    as_: SignedIn, draft: Application, helper: Person, saida: Person, officer: Person
) -> None:
    assert say(as_(helper), draft, "hier", name="saida").status_code == 302
    draft.refresh_from_db()
    assert draft.status == "submitted"
    said = draft.confirmation
    assert (said.how, said.by, said.on_behalf_of, said.name) == ("here", helper, saida, "saida")
    deeds = Deed.objects.filter(verb__in=["confirm_plan", "submit"])
    assert [(deed.by, deed.on_behalf_of) for deed in deeds] == [(helper, saida)] * 2
    page = as_(officer).get(reverse("grants:application", args=[draft.pk])).text
    assert "Saida Salie said that this is the plan: with their name, on the helper’s device" in page
    assert "Saida Salie, at the desk of Hanneke Hulst, sent the plan." in page


def test_neighbours_hear_of_their_worry_when_the_yes_sends_the_plan(
    as_: SignedIn, draft: Application, helper: Person, saida: Person
) -> None:
    worry = speak(open_support(draft.plan, by=saida), **WORRY)
    answer_worry(worry, answer="We laten twee plekken vrij.", by=saida)
    assert not Mail.objects.filter(to=worry.neighbour).exists()
    say(as_(helper), draft, "hier", name="saida")
    assert Mail.objects.get(to=worry.neighbour).subject == "There is an answer to your worry"


def test_the_receipt_goes_by_post_and_says_how_it_was_confirmed(
    as_: SignedIn, draft: Application, helper: Person, saida: Person
) -> None:
    say(as_(helper), draft, "hier", name="Saida Salie")
    letter = Letter.objects.get()
    assert (letter.to, letter.event) == (saida, "ask/received")
    assert not Mail.objects.filter(to=saida).exists()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(bytes(letter.pdf))).pages)
    assert "Hanneke Hulst van Buurtwerk Waterveen" in text
    assert "Heeft u dat niet gezegd?" in text
    assert draft.scheme.funder.phone in text


def test_the_helper_does_not_sign_with_their_own_name(as_: SignedIn, draft: Application, helper: Person) -> None:
    page = say(as_(helper), draft, "hier", name="Hanneke Hulst")
    assert page.status_code == 200
    assert "Here Saida Salie types their own name." in page.text
    assert 'value="Hanneke Hulst"' in page.text
    assert not Confirmation.objects.exists()


def test_what_is_confirmed_is_what_was_shown(as_: SignedIn, draft: Application, helper: Person) -> None:
    mark = seen(draft)
    draft.plan.what = "Iets heel anders."
    draft.plan.save()
    page = as_(helper).post(f"/hulp/{draft.pk}/ja/hier/", {"seen": mark, "name": "Saida"})
    assert "The plan was changed since this page was opened" in page.text
    assert not Confirmation.objects.exists()


def test_a_plan_that_is_not_complete_is_not_confirmed(as_: SignedIn, draft: Application, helper: Person) -> None:
    draft.plan.what = ""
    draft.plan.save()
    assert "Write what you are going to do." in as_(helper).get(f"/hulp/{draft.pk}/ja/").text
    assert "Write what you are going to do." in say(as_(helper), draft, "hier", name="Saida").text
    assert as_(helper).post(f"/hulp/{draft.pk}/ja/mailen/").status_code == 302
    assert not Confirmation.objects.exists()
    assert not Invitation.objects.exists()


def ask(as_: SignedIn, draft: Application, helper: Person, saida: Person) -> str:
    """Mail the link and the code; the text of that mail."""
    saida.email = "saida@waterveen.example"
    saida.save()
    assert as_(helper).post(f"/hulp/{draft.pk}/ja/mailen/").status_code == 302
    return mailed(saida.email)


def test_by_link_the_resident_alone_says_yes(
    as_: SignedIn, client: Visitor, draft: Application, helper: Person, saida: Person
) -> None:
    link = re.search(r"/ja/[\w-]+/", ask(as_, draft, helper, saida))
    assert link
    page = client.get(link[0])
    assert draft.plan.what in page.text
    assert draft.status == "draft", "opening the page says nothing"
    assert client.post(link[0], {"seen": seen(draft)}).status_code == 200
    said = Confirmation.objects.get()
    assert (said.how, said.by, said.on_behalf_of) == ("link", saida, None)
    assert "has been sent" in client.get(link[0]).text
    client.post(link[0], {"seen": "x"})
    assert Letter.objects.count() == 1


def test_a_link_that_is_too_old_or_made_up_opens_nothing(
    as_: SignedIn, client: Visitor, draft: Application, helper: Person, saida: Person
) -> None:
    link = re.search(r"/ja/[\w-]+/", ask(as_, draft, helper, saida))
    assert link
    ask(as_, draft, helper, saida)
    assert client.get(link[0]).status_code == 410, "a newer one was mailed"
    assert client.get("/ja/geraden/").status_code == 404
    assert client.post(link[0], {"seen": seen(draft)}).status_code == 410
    assert not Confirmation.objects.exists()


def test_by_a_code_that_the_resident_says(as_: SignedIn, draft: Application, helper: Person, saida: Person) -> None:
    code = CODE.search(ask(as_, draft, helper, saida))
    assert code
    assert code[0] not in as_(helper).get(f"/hulp/{draft.pk}/ja/").text, "the helper doesn't see it"
    assert say(as_(helper), draft, "code", code=code[0].lower()).status_code == 302
    assert (Confirmation.objects.get().how, Confirmation.objects.get().on_behalf_of) == ("code", saida)


def test_by_a_code_on_a_sheet_for_who_has_no_mail(as_: SignedIn, draft: Application, helper: Person) -> None:
    sheet = as_(helper).post(f"/hulp/{draft.pk}/ja/codes.pdf")
    pages = PdfReader(BytesIO(sheet.content)).pages
    assert len(pages) == 1
    yes, again = CODE.findall(pages[0].extract_text())
    assert "isn&#x27;t right" in say(as_(helper), draft, "code", code=again).text, "that one lets a helper in"
    assert say(as_(helper), draft, "code", code=yes).status_code == 302
    assert Confirmation.objects.get().how == "code"


def test_a_code_of_another_plan_says_nothing_here(
    as_: SignedIn, draft: Application, helper: Person, resident: Person
) -> None:
    other = make.draft(draft.scheme, resident)
    make.consent(other.plan, helper)
    code, _again = actions.make_codes_on_paper(other, by=helper)
    page = say(as_(helper), draft, "code", code=code)
    assert "isn&#x27;t right" in page.text
    assert not Confirmation.objects.exists()
    assert Invitation.objects.open().filter(purpose="yes").exists(), "it isn't used up"


def test_guessing_codes_ends_after_a_few_tries(as_: SignedIn, draft: Application, helper: Person) -> None:
    code, _again = actions.make_codes_on_paper(draft, by=helper)
    for _try in range(10):
        say(as_(helper), draft, "code", code=f"{draft.plan_id}-AAAAA-AAAAA")
    assert "many tries" in say(as_(helper), draft, "code", code=code).text
    assert not Confirmation.objects.exists()


def test_a_code_to_say_yes_opens_no_group(client: Visitor, draft: Application, helper: Person) -> None:
    for code in actions.make_codes_on_paper(draft, by=helper):
        assert client.post("/plan/groep/code/", {"code": code}).status_code == 200
        assert client.get(f"/plan/{draft.plan_id}/groep/").status_code == 302


def test_on_paper_with_a_photo_and_a_statement(
    as_: SignedIn, draft: Application, helper: Person, officer: Person, outsider: Person
) -> None:
    without = say(as_(helper), draft, "papier", statement="Thuis voorgelezen op 3 maart.")
    assert "Choose a file." in without.text
    assert "Thuis voorgelezen op 3 maart." in without.text
    done = say(as_(helper), draft, "papier", statement="Thuis voorgelezen op 3 maart.", picture=photo())
    assert done.status_code == 302
    page = f"/aanvraag/{draft.pk}/handtekening.jpg"
    assert as_(officer).get(page).headers["Content-Type"] == "image/jpeg"
    assert "Thuis voorgelezen" in as_(officer).get(reverse("grants:application", args=[draft.pk])).text
    for person in (outsider, helper):
        assert as_(person).get(page).status_code == 404


@pytest.mark.parametrize("way", ["hier", "code", "papier"])
def test_of_two_screens_only_the_first_sends(as_: SignedIn, draft: Application, helper: Person, way: str) -> None:
    say(as_(helper), draft, "hier", name="Saida")
    assert say(as_(helper), draft, way, name="Saida").status_code == 404
    on_another_screen = Application.objects.for_writing().get()
    on_another_screen.status = "draft"
    with pytest.raises(ValidationError):
        actions.confirm_here(on_another_screen, name="Saida", seen=seen(draft), by=helper)
    assert (Confirmation.objects.count(), Letter.objects.count()) == (1, 1)


def test_nobody_confirms_in_the_residents_place(
    draft: Application, helper: Person, saida: Person, officer: Person, neighbour: Person
) -> None:
    for person in (officer, neighbour):
        with pytest.raises(PermissionDenied):
            actions.confirm_here(draft, name="Saida", seen=seen(draft), by=person)
    actions.make_codes_on_paper(draft, by=helper)
    invitation = Invitation.objects.get(purpose="yes")
    with pytest.raises(PermissionDenied, match="Only who got this"):
        actions.confirm_by_link(invitation, seen=seen(draft), by=helper)
    draft.plan.consents.get().end(by=saida)
    with pytest.raises(PermissionDenied, match="let in"):
        actions.confirm_by_code(draft, invitation=invitation, seen=seen(draft), by=helper)


def test_who_confirmed_signs_in_later_and_finds_the_plan(
    as_: SignedIn, draft: Application, helper: Person, saida: Person
) -> None:
    from grants.models.draft import adopt_joined

    saida.email = "saida@waterveen.example"
    saida.save()
    say(as_(helper), draft, "hier", name="Saida")
    later = make.person("Saida Salie", email="saida@waterveen.example")
    make.user(later)
    adopt_joined(later)
    assert as_(later).get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_with_codes_is_one_easy_page(
    draft: Application, helper: Person, saida: Person, language: str
) -> None:
    Person.objects.filter(pk=saida.pk).update(language=language)
    again = Application.objects.for_writing().get(pk=draft.pk)
    pages = PdfReader(BytesIO(codes_on_paper(again, ("1-AAAAA-AAAAA", "1-CCCCC-CCCCC"), by=helper))).pages
    assert len(pages) == 1
    assert reading.measure(pages[0].extract_text()).long_sentences() == []


def test_what_the_first_contact_before_got_opens_nothing(
    draft: Application, helper: Person, saida: Person, neighbour: Person
) -> None:
    codes = actions.make_codes_on_paper(draft, by=helper)
    assert all(codes)
    Member.objects.create(plan=draft.plan, person=neighbour).become_first_contact()
    yes, again = (Invitation.objects.get(purpose=purpose) for purpose in ("yes", "help"))
    with pytest.raises(PermissionDenied, match="another first contact"):
        actions.confirm_by_link(yes, seen=seen(draft), by=saida)
    with pytest.raises(PermissionDenied, match="another first contact"):
        actions.confirm_by_code(draft, invitation=yes, seen=seen(draft), by=helper)
    with pytest.raises(PermissionDenied, match="another first contact"):
        use_help_code(again, by=helper)
    assert not Confirmation.objects.exists()
