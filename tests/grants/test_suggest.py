"""An idea first: told without an account, answered by a person in time, and a plan with one click."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdf import PdfReader

from grants.erase.actions import erase_person
from grants.models import Application, Idea, Letter, Scheme
from grants.models.idea import KEPT, forget_old_ideas
from grants.suggest.actions import answer_idea, become_plan, take_idea_back, tell_idea, write_down_idea
from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.models import Deed, Funder, Mail, Person, Seat

TYPED: dict[str, Any] = {"text": "Een bankje bij de school.", "came_from": "residents", "where": "Lindestraat"}


@pytest.fixture
def idea(scheme: Scheme) -> Idea:
    reach: dict[str, Any] = {"email": "joke@waterveen.example"}
    return tell_idea(scheme.funder, scheme=scheme, by=Person.system(), **TYPED, **reach)


def test_two_clicks_tell_one_idea(idea: Idea, scheme: Scheme) -> None:
    again: dict[str, Any] = {"email": "joke@waterveen.example", "by": Person.system(), "scheme": scheme}
    assert tell_idea(scheme.funder, **TYPED, **again) == idea
    assert Mail.objects.count() == 1
    assert tell_idea(scheme.funder, **TYPED | {"text": "Nog een bankje."}, **again) != idea
    assert tell_idea(scheme.funder, **TYPED, **again | {"email": "anna@waterveen.example"}) != idea
    Idea.objects.filter(pk=idea.pk).update(told_at=clock.now() - timedelta(hours=1))
    assert tell_idea(scheme.funder, **TYPED, **again) != idea, "later they may tell it once more"


def test_an_idea_is_told_without_an_account_and_stands_on_its_own_page(client: Visitor, scheme: Scheme) -> None:
    answer = client.post("/idee/", TYPED)
    idea = Idea.objects.get()
    assert answer["Location"] == idea.get_absolute_url()
    assert answer["Cache-Control"] == "no-store, private"
    page = client.get(idea.get_absolute_url())
    assert TYPED["text"] in page.text
    assert str(idea.answer_by.year) in page.text
    assert page["X-Robots-Tag"] == "noindex"
    assert not Mail.objects.exists(), "nobody left an address"


def test_the_answer_is_promised_in_working_days_of_the_funder(funder: Funder, scheme: Scheme) -> None:
    Funder.objects.filter(pk=funder.pk).update(answers_ideas_within=3)
    idea = tell_idea(Funder.objects.get(pk=funder.pk), by=Person.system(), **TYPED)
    assert idea.answer_by == clock.add_working_days(clock.today(), 3)


def test_four_lines_are_enough(client: Visitor, scheme: Scheme) -> None:
    page = client.post("/idee/", TYPED | {"text": "a" * 601})
    assert "Four lines are enough" in str(page.context["form"].errors["text"])
    assert page.context["form"]["text"].value() == "a" * 601
    assert not Idea.objects.exists()


def test_of_several_funders_one_is_chosen(client: Visitor, scheme: Scheme, other_funder: Funder) -> None:
    make.scheme(other_funder)
    assert "funder" in client.post("/idee/", TYPED).context["form"].errors
    client.post("/idee/", TYPED | {"funder": other_funder.pk})
    assert Idea.objects.get().funder == other_funder
    client.post(f"/regeling/{scheme.slug}/idee/", TYPED)
    assert Idea.objects.latest("pk").scheme == scheme


def test_a_funder_without_a_scheme_takes_no_ideas(client: Visitor, other_funder: Funder) -> None:
    assert client.get("/idee/").status_code == 404
    with pytest.raises(PermissionDenied):
        tell_idea(other_funder, by=Person.system(), **TYPED)


def test_nobody_stuffs_the_inbox(client: Visitor, scheme: Scheme, settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"tell_idea": "2/10m/ip"}
    for number in range(3):
        page = client.post("/idee/", TYPED | {"text": f"Bankje {number}."})
    assert "Many ideas are told from here" in str(page.context["form"].non_field_errors())
    assert page.context["form"]["text"].value() == "Bankje 2."
    assert Idea.objects.count() == 2


def test_the_mail_to_who_told_it_holds_no_words_of_theirs(idea: Idea) -> None:
    mail = Mail.objects.get()
    assert idea.get_absolute_url() in mail.text
    assert TYPED["text"] not in mail.text


def test_the_answer_reaches_who_told_it(as_: SignedIn, idea: Idea, officer: Person, client: Visitor) -> None:
    visitor = as_(officer)
    assert str(idea) in visitor.get("/werk/").text
    address = reverse("grants:answer_idea", args=[idea.pk])
    assert idea.teller.email in visitor.get(address).text
    visitor.post(address, {"answer": "Dat kan prima."})
    assert "Dat kan prima." in Mail.objects.latest("pk").text
    page = client.get(idea.get_absolute_url())
    assert "Dat kan prima." in page.text
    assert officer.name in page.text
    assert not visitor.get("/werk/").context["ideas"]
    assert "Dat kan prima." in visitor.get(address).text


def test_of_two_answers_the_first_counts(idea: Idea, officer: Person, decider: Person) -> None:
    on_another_screen = Idea.objects.get()
    answer_idea(idea, answer="Ja.", by=officer)
    with pytest.raises(ValidationError, match="A colleague has just answered"):
        answer_idea(on_another_screen, answer="Nee.", by=decider)


def test_late_is_said_to_both(as_: SignedIn, idea: Idea, officer: Person, client: Visitor) -> None:
    with clock.at(clock.now() + timedelta(days=20)):
        assert "We are late, and we are sorry." in client.get(idea.get_absolute_url()).text
        assert [each.is_late for each in as_(officer).get("/werk/").context["ideas"]] == [True]


def test_only_its_own_funder_reads_and_answers(
    as_: SignedIn, idea: Idea, outsider: Person, auditor: Person, resident: Person
) -> None:
    for person in (outsider, auditor, resident):
        with pytest.raises(PermissionDenied):
            answer_idea(idea, answer="Ja.", by=person)
        visitor = as_(person)
        assert visitor.get(reverse("grants:answer_idea", args=[idea.pk])).status_code == 404
        assert TYPED["text"] not in visitor.get("/werk/ideeen/").text
    make.seat(resident, make.funder("Derde"), Seat.Role.OFFICER)
    assert not as_(outsider).get("/werk/").context["ideas"]


def test_a_scheme_of_another_funder_is_no_answer(idea: Idea, other_funder: Funder, officer: Person) -> None:
    with pytest.raises(ValidationError, match="one of your own schemes"):
        answer_idea(idea, answer="Ja.", scheme=make.scheme(other_funder), by=officer)


def test_one_click_makes_it_a_plan(client: Visitor, idea: Idea, scheme: Scheme) -> None:
    address = reverse("grants:become_plan", args=[idea.pk, idea.key])
    answer = client.post(address, {"scheme": scheme.slug})
    draft = Application.objects.get()
    assert answer["Location"] == draft.form_url
    form = client.get(draft.form_url).context["form"]
    assert (form["what"].value(), form["where_when"].value()) == (TYPED["text"], TYPED["where"])
    assert draft.plan.first_contact.email == idea.teller.email, "typed once"
    assert draft.status == Application.Status.DRAFT
    assert "become a plan" in client.get(idea.get_absolute_url()).text


def test_two_clicks_make_one_plan(client: Visitor, idea: Idea, scheme: Scheme) -> None:
    on_another_screen = Idea.objects.get()
    become_plan(idea, scheme=scheme, by=Person.objects.create())
    with pytest.raises(ValidationError, match="become a plan already"):
        become_plan(on_another_screen, scheme=scheme, by=Person.objects.create())
    address = reverse("grants:become_plan", args=[idea.pk, idea.key])
    client.post(address, {"scheme": scheme.slug})
    assert Application.objects.count() == 1


def test_a_guessed_link_opens_nothing(client: Visitor, idea: Idea) -> None:
    other = make.idea(idea.funder)
    for key in ("x", other.key, idea.key.upper(), "0" * 32):
        assert client.get(reverse("grants:idea", args=[idea.pk, key])).status_code == 404
        assert client.post(reverse("grants:take_idea_back", args=[idea.pk, key])).status_code == 404
    assert Idea.objects.filter(erased_at=None).count() == 2


def test_it_can_be_taken_back_at_once(client: Visitor, idea: Idea) -> None:
    page = idea.get_absolute_url()
    client.post(reverse("grants:take_idea_back", args=[idea.pk, idea.key]))
    idea.refresh_from_db()
    idea.teller.refresh_from_db()
    assert (idea.text, idea.where, idea.teller.email) == ("", "", "")
    assert client.get(page).status_code == 404
    assert not Mail.objects.exists()
    assert Deed.objects.filter(verb="take_idea_back").count() == 1


def test_ideas_are_forgotten_ninety_days_after_the_answer(idea: Idea, officer: Person) -> None:
    unanswered = make.idea(idea.funder)
    with clock.at(clock.now() + timedelta(days=60)):
        answer_idea(idea, answer="Ja.", by=officer)
    with clock.at(clock.now() + KEPT + timedelta(days=1)):
        assert forget_old_ideas() == 1
        unanswered.refresh_from_db()
        assert unanswered.erased_at is not None
    with clock.at(clock.now() + KEPT + timedelta(days=61)):
        assert forget_old_ideas() == 1
        assert forget_old_ideas() == 0
    idea.refresh_from_db()
    assert (idea.text, idea.answer, idea.came_from) == ("", "", "residents")


def test_who_is_erased_takes_their_ideas_along(idea: Idea, scheme: Scheme) -> None:
    erase_person(idea.teller, by=Person.system())
    idea.refresh_from_db()
    assert idea.erased_at is not None
    assert idea.text == ""


def test_the_lists_take_as_many_queries_with_more_ideas(
    as_: SignedIn, idea: Idea, officer: Person, django_assert_num_queries: Any
) -> None:
    visitor = as_(officer)
    visitor.get("/werk/ideeen/")
    for _more in range(3):
        # The session; the user with their person; their seats; whether they answer ideas; the ideas.
        with django_assert_num_queries(5):
            visitor.get("/werk/ideeen/")
        make.idea(idea.funder)


# By phone, by letter or at the desk

KEES = {"name": "Kees Kastanje", "postcode": "1234 EF", "house_number": "41", "reached_by": "post"}
NOTED = {"text": "Een bankje.", "came_from": "residents", "came_by": "phone", "where": ""}
WRITE_DOWN = "/werk/ideeen/nieuw/"


def written_down(funder: Funder, officer: Person, **teller: str) -> Idea:
    about = {"text": "Een bankje.", "came_from": "residents", "where": "", "came_by": "letter"}
    return write_down_idea(funder, by=officer, **about, **teller)


def test_an_officer_writes_an_idea_down_with_the_same_promise(scheme: Scheme, officer: Person) -> None:
    idea = written_down(scheme.funder, officer, **KEES)
    assert idea.answer_by == clock.add_working_days(clock.today(), scheme.funder.answers_ideas_within)
    assert (idea.came_by, idea.teller.name) == ("letter", "Kees Kastanje")
    assert Deed.objects.get(verb="write_down_idea").by == officer
    assert not Mail.objects.exists()


@pytest.mark.parametrize("who", ["treasurer", "auditor", "outsider", "resident", "helper"])
def test_only_who_answers_ideas_writes_them_down(request: pytest.FixtureRequest, scheme: Scheme, who: str) -> None:
    with pytest.raises(PermissionDenied):
        written_down(scheme.funder, request.getfixturevalue(who), **KEES)
    assert not Idea.objects.exists()


def test_who_has_no_mail_gets_the_answer_by_post(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    idea = written_down(scheme.funder, officer, **KEES)
    answer_idea(idea, answer="Dat kan. Bel mij gerust.", by=officer)
    letter = Letter.objects.to_post().of_officer(officer).get()
    assert (letter.idea, letter.by_post, letter.to) == (idea, True, idea.teller)
    assert "Dat kan. Bel mij gerust." in letter.text
    visitor = as_(officer)
    tray = visitor.get("/werk/post/").text
    assert "Kees Kastanje" in tray
    assert "1234 EF 41" in tray
    paper = PdfReader(BytesIO(visitor.get(f"/brief/{letter.pk}.pdf").content)).pages[0].extract_text()
    assert "Dat kan. Bel mij gerust." in paper
    assert "1234 EF 41" in paper
    assert len(PdfReader(BytesIO(visitor.get("/werk/post/alles.pdf").content)).pages) == 1
    assert "Letters posted: 1." in visitor.post("/werk/post/", {"letters": [letter.pk]}, follow=True).text
    assert not Letter.objects.to_post().exists()


def test_a_letter_about_an_idea_is_for_who_answers_it(
    as_: SignedIn, scheme: Scheme, officer: Person, outsider: Person, treasurer: Person, resident: Person
) -> None:
    idea = written_down(scheme.funder, officer, **KEES)
    answer_idea(idea, answer="Dat kan.", by=officer)
    page = f"/brief/{Letter.objects.get().pk}.pdf"
    for person in (outsider, treasurer, resident):
        assert as_(person).get(page).status_code == 404
    assert "Kees" not in as_(outsider).get("/werk/post/").text


@pytest.mark.parametrize(("reach", "mails"), [({"email": "kees@waterveen.example"}, 2), ({"phone": "06 00000002"}, 0)])
def test_a_mail_or_a_call_is_no_letter_to_post(
    scheme: Scheme, officer: Person, reach: dict[str, str], mails: int
) -> None:
    idea = written_down(scheme.funder, officer, **reach)
    answer_idea(idea, answer="Dat kan.", by=officer)
    assert not Letter.objects.exists()
    assert Mail.objects.filter(to=idea.teller).count() == mails


def test_an_erased_idea_takes_its_letter_along(scheme: Scheme, officer: Person) -> None:
    idea = written_down(scheme.funder, officer, **KEES)
    answer_idea(idea, answer="Dat kan.", by=officer)
    idea.refresh_from_db()
    take_idea_back(idea, by=idea.teller)
    assert not Letter.objects.exists()


def test_the_page_keeps_an_idea_with_an_address(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    visitor = as_(officer)
    assert WRITE_DOWN in visitor.get("/werk/ideeen/").text
    half = visitor.post(WRITE_DOWN, NOTED | {"name": "Kees Kastanje", "postcode": "1234ef"})
    assert "For post we need a postcode and a house number." in half.text
    assert "Kees Kastanje" in half.text
    answer = visitor.post(WRITE_DOWN, NOTED | {"name": "Kees", "postcode": "1234ef", "house_number": "41"})
    idea = Idea.objects.get()
    assert answer["Location"] == f"/werk/idee/{idea.pk}/"
    assert (idea.teller.postcode, idea.teller.reached_by, idea.came_by) == ("1234 EF", "post", "phone")
    assert "Your answer becomes a letter for the post." in visitor.get(answer["Location"]).text


def test_a_page_is_no_way_an_officer_heard_it(as_: SignedIn, scheme: Scheme, officer: Person) -> None:
    assert as_(officer).post(WRITE_DOWN, NOTED | {"came_by": "page"}).status_code == 200
    assert not Idea.objects.exists()
