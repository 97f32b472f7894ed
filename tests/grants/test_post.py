"""The post tray: which letters wait to be posted, whose they are, and marking them as posted."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from grants.ask.actions import submit
from grants.decide.actions import decline
from grants.models import Application, Decision, Letter, Scheme
from grants.models.letter import note_what_came_back
from grants.models.reaction import last_day_to_object
from grants.post.actions import mark_posted
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import DOOR, queries_of
from web import clock
from web.models import Deed, Funder, Mail, Person, Reading

TRAY = "/werk/post/"


def words_of(answer: Any) -> str:
    """What stands on the paper of an answer."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


@pytest.fixture
def kees(db: None) -> Person:
    """Wants letters by post."""
    return make.person("Kees Kastanje", reached_by="post", postcode="1234 EF", house_number="41")


@pytest.fixture
def letter(scheme: Scheme, kees: Person) -> Letter:
    submit(make.draft(scheme, kees), by=kees)
    return Letter.objects.get()


def test_a_letter_for_who_wants_post_waits_in_the_tray(letter: Letter) -> None:
    assert list(Letter.objects.to_post()) == [letter]
    assert letter.why_by_post == "Wants letters by post"
    assert not Mail.objects.exists()


def test_a_letter_for_who_has_no_mail_waits_too(scheme: Scheme) -> None:
    joke = make.person("Joke Jasmijn", reached_by="phone", phone="06 1")
    Person.objects.update(email="")
    joke.refresh_from_db()
    submit(make.draft(scheme, joke), by=joke)
    assert Letter.objects.to_post().get().why_by_post == "Has no e-mail"


def test_a_letter_that_was_mailed_does_not_wait(scheme: Scheme, resident: Person) -> None:
    submit(make.draft(scheme, resident), by=resident)
    assert not Letter.objects.to_post().exists()


def test_a_mail_that_gave_up_becomes_a_letter(scheme: Scheme, resident: Person) -> None:
    """Awb 2:11: what doesn't arrive is sent another way."""
    submit(make.draft(scheme, resident), by=resident)
    Mail.objects.update(tries=Mail.TRIES - 1)
    note_what_came_back()
    assert not Letter.objects.to_post().exists()
    Mail.objects.update(tries=Mail.TRIES, sent_at=Letter.objects.get().written_at)
    note_what_came_back()
    assert not Letter.objects.to_post().exists(), "the last try went well"
    Mail.objects.update(sent_at=None)
    note_what_came_back()
    assert Letter.objects.to_post().get().why_by_post == "The mail did not arrive"


def test_who_posted_it_is_known(letter: Letter, officer: Person) -> None:
    mark_posted(letter, by=officer)
    assert letter.posted_by == officer
    assert not Letter.objects.to_post().exists()
    deed = Deed.objects.get(verb="mark_posted")
    assert (deed.by, deed.thread) == (officer, letter.thread)


def test_a_letter_is_posted_once(letter: Letter, officer: Person, decider: Person) -> None:
    mark_posted(letter, by=officer)
    with pytest.raises(ValidationError, match="posted already"):
        mark_posted(letter, by=decider)
    assert Deed.objects.filter(verb="mark_posted").count() == 1


@pytest.mark.parametrize("who", ["kees", "neighbour", "treasurer", "auditor", "outsider"])
def test_only_officers_of_this_funder_post(request: pytest.FixtureRequest, letter: Letter, who: str) -> None:
    with pytest.raises(PermissionDenied):
        mark_posted(letter, by=request.getfixturevalue(who))


# The pages


def test_the_tray_shows_prints_and_marks(as_: SignedIn, letter: Letter, officer: Person) -> None:
    visitor = as_(officer)
    page = visitor.get(TRAY).text
    for text in ("Kees Kastanje", "1234 EF 41", letter.subject, reverse("grants:print_letter", args=[letter.pk])):
        assert text in page
    assert "Tick the letters" in visitor.post(TRAY, {"x": "1"}).text
    assert "Letters posted: 1." in visitor.post(TRAY, {"letters": [letter.pk]}, follow=True).text
    again = visitor.post(TRAY, {"letters": [letter.pk]})
    assert again.status_code == 200
    assert "Letters posted" not in again.text


def test_all_letters_come_in_one_pdf_each_on_a_sheet_of_its_own(
    as_: SignedIn, scheme: Scheme, letter: Letter, kees: Person, officer: Person
) -> None:
    other = make.person("Roos Rozemarijn", reached_by="post", postcode="1234 GH", house_number="7", language="en")
    submit(make.draft(scheme, other), by=other)
    pages = PdfReader(BytesIO(as_(officer).get(f"{TRAY}alles.pdf").content)).pages
    assert len(pages) == 2
    first, second = (page.extract_text() for page in pages)
    assert "Kees Kastanje" in first
    assert "1234 EF 41" in first
    assert "Beste Kees" in first
    assert "Dear Roos" in second
    assert "Kees" not in second
    assert [page.rsplit(maxsplit=1)[-1] for page in (first, second)] == ["1", "1"], "each is a letter of its own"


def test_one_letter_is_printed_alone_and_noted_for_the_auditor(
    as_: SignedIn, letter: Letter, officer: Person, outsider: Person
) -> None:
    address = reverse("grants:print_letter", args=[letter.pk])
    assert as_(outsider).get(address).status_code == 404
    paper = words_of(as_(officer).get(address))
    assert "Kees Kastanje 1234 EF 41" in paper
    assert "posten" not in paper, "it goes on the day it was written"
    as_(officer).get(f"{TRAY}alles.pdf")
    assert [(each.by, each.page, each.strand) for each in Reading.objects.all()] == [
        (officer, "letter", letter.application_id)
    ] * 2
    mark_posted(letter, by=officer)
    assert as_(officer).get(address).status_code == 404


POSTED = "Wij posten deze brief op 9 maart 2027. U kunt bezwaar maken tot en met 20 april 2027. Beste"
AGAIN = "Die mail kwam terug. Daarom sturen wij hem nog een keer. U kunt bezwaar maken tot en met 20 april 2027"


@pytest.mark.parametrize(("reached_by", "said"), [("post", POSTED), ("mail", AGAIN)])
@pytest.mark.parametrize("law", ["awb", "private"])
def test_a_decision_on_paper_says_until_when_one_can_object_from_the_day_it_is_posted(
    as_: SignedIn, judged: Application, officer: Person, reached_by: str, said: str, law: str
) -> None:
    """Awb 3:41 and 6:8: the day that stands in the letter is that of its writing."""
    Person.objects.filter(pk=judged.plan.first_contact.pk).update(reached_by=reached_by)
    Funder.objects.update(regime=law)
    with clock.at(datetime(2027, 3, 1, 12, tzinfo=UTC)):
        fresh = Application.objects.get(pk=judged.pk)
        grounds = judged.edition.criteria.all()[:1]
        decline(fresh, grounds=grounds, reason="Nee.", possible="Anders.", by=officer)
        Letter.objects.filter(by_post=False).update(came_back_at=clock.now())
    with clock.at(datetime(2027, 3, 9, 12, tzinfo=UTC)):
        paper = words_of(as_(officer).get(reverse("grants:print_letter", args=[Letter.objects.latest("pk").pk])))
        assert (said in paper) is (law == "awb")
        assert ("posten deze brief" in paper) is (law == "awb" and reached_by == "post")
        assert ("kwam terug" in paper) is (reached_by == "mail")
        mark_posted(Letter.objects.latest("pk"), by=officer)
    assert law == "private" or last_day_to_object(Decision.objects.get()) == date(2027, 4, 20)


def test_an_empty_tray_says_so(as_: SignedIn, officer: Person) -> None:
    visitor = as_(officer)
    assert "Nothing to post." in visitor.get(TRAY).text
    assert visitor.get(f"{TRAY}alles.pdf")["Location"] == TRAY


@pytest.mark.parametrize("address", [TRAY, f"{TRAY}alles.pdf", f"{TRAY}1.pdf"])
@pytest.mark.parametrize("who", ["kees", "treasurer", "auditor", "fund_admin"])
def test_the_tray_is_the_officers(request: pytest.FixtureRequest, as_: SignedIn, who: str, address: str) -> None:
    assert as_(request.getfixturevalue(who)).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_another_funder_sees_and_posts_nothing_of_it(as_: SignedIn, letter: Letter, outsider: Person) -> None:
    visitor = as_(outsider)
    assert letter.subject not in visitor.get(TRAY).text
    visitor.post(TRAY, {"letters": [letter.pk]})
    assert Letter.objects.to_post().exists()


def test_another_fund_of_the_same_plan_does_not_read_who_posted_it(
    as_: SignedIn, letter: Letter, officer: Person, outsider: Person, other_funder: Funder
) -> None:
    mark_posted(letter, by=officer)
    elsewhere = make.application(make.scheme(other_funder), make.person())
    Application.objects.filter(pk=elsewhere.pk).update(plan=letter.thread)
    visitor = as_(outsider)
    assert officer.name not in visitor.get(reverse("grants:application", args=[elsewhere.pk])).text
    own = as_(officer).get(reverse("grants:application", args=[letter.application_id]))
    assert f"{officer.name} posted a letter" in own.text
    assert Deed.objects.get(verb="mark_posted").funder_id == letter.funder.pk


def test_the_inbox_counts_what_is_to_be_posted(
    as_: SignedIn, letter: Letter, officer: Person, auditor: Person, funder: Funder
) -> None:
    assert f'href="{TRAY}"' in as_(officer).get("/werk/").text
    assert TRAY not in as_(auditor).get("/werk/").text
    mark_posted(letter, by=officer)
    assert f'href="{TRAY}"' not in as_(officer).get("/werk/").text


def test_the_tray_takes_as_many_queries_for_one_letter_as_for_ten(
    as_: SignedIn, scheme: Scheme, letter: Letter, kees: Person, officer: Person
) -> None:
    visitor = as_(officer)
    one = queries_of(visitor, TRAY)
    for _each in range(9):
        submit(Application.objects.get(pk=make.draft(scheme, kees).pk), by=kees)
    # Whether one is an officer; the letters with their plans and people.
    assert queries_of(visitor, TRAY) == one == DOOR + 2
