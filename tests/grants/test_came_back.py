"""A letter whose mail came back: a task for who has the case, until it goes by post (Awb 2:11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from grants.ask.actions import submit
from grants.models import Application, Letter, Scheme
from grants.models.letter import note_what_came_back
from grants.post.actions import mark_posted
from grants.reach.actions import reach_by_post
from grants.review.actions import take_up
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_overview import queries_of
from web import bounces, clock
from web.forget import forget_old_keys
from web.models import Mail, Person

INBOX, TRAY = "/werk/", "/werk/post/"
TASK = "Mail that came back"
ADDRESS = {"postcode": "1234ab", "house_number": "7", "phone": ""}


@pytest.fixture
def back(scheme: Scheme, resident: Person, officer: Person) -> Letter:
    """Fatima has the plan; the receipt to Samira came back."""
    submit(make.draft(scheme, resident), by=resident)
    take_up(Application.objects.get(), by=officer)
    letter = Letter.objects.get()
    assert letter.mail
    Mail.objects.filter(pk=letter.mail.pk).update(sent_at=clock.now())
    assert not Letter.objects.to_post().exists()
    bounces.came_back(letter.mail, trouble="came back: 5.1.1")
    note_what_came_back()
    letter.refresh_from_db()
    return letter


def page(letter: Letter) -> str:
    return reverse("grants:mail_came_back", args=[letter.pk])


def test_who_has_the_case_gets_a_task_at_the_top(
    as_: SignedIn, back: Letter, officer: Person, decider: Person, outsider: Person
) -> None:
    inbox = as_(officer).get(INBOX).text
    assert TASK in inbox
    assert page(back) in inbox
    assert inbox.index(TASK) < inbox.index("Find a plan") or inbox.index(TASK) < inbox.index("<table")
    assert TASK not in as_(decider).get(INBOX).text, "the case is Fatima's"
    assert back.subject in as_(decider).get(TRAY).text, "but posting it is everybody's"
    assert TASK not in as_(outsider).get(INBOX).text
    Application.objects.update(officer=None)
    assert TASK in as_(decider).get(INBOX).text, "of nobody, so of everybody"


def test_it_is_done_by_post_and_so_is_what_comes_after(
    as_: SignedIn, back: Letter, officer: Person, resident: Person
) -> None:
    visitor = as_(officer)
    wrong = visitor.post(page(back), ADDRESS | {"postcode": "12"})
    assert "Write four digits" in wrong.text
    assert visitor.post(page(back), ADDRESS)["Location"] == TRAY
    resident.refresh_from_db()
    assert (resident.reached_by, resident.postcode, resident.house_number) == ("post", "1234 AB", "7")
    assert resident.phone == "06 00000001", "nothing typed leaves it as it is"
    assert TASK not in visitor.get(INBOX).text
    assert back.subject in visitor.get(TRAY).text
    mark_posted(back, by=officer)
    assert back.subject not in visitor.get(TRAY).text
    with pytest.raises(ValidationError, match="already"):
        reach_by_post(back, postcode="1234 AB", house_number="7", by=officer)


def test_posting_it_is_enough(as_: SignedIn, back: Letter, officer: Person) -> None:
    mark_posted(back, by=officer)
    visitor = as_(officer)
    assert TASK not in visitor.get(INBOX).text
    assert visitor.get(page(back)).status_code == 404


def test_it_waits_longer_than_the_mail_is_kept(back: Letter) -> None:
    with clock.at(clock.now() + timedelta(days=20)):
        forget_old_keys()
        assert not Mail.objects.filter(to=back.to).exists()
        assert list(Letter.objects.to_post()) == [back]
        assert str(Letter.objects.get(pk=back.pk).why_by_post) == "The mail did not arrive"


def test_only_an_officer_of_this_fund_does_it(
    as_: SignedIn, back: Letter, outsider: Person, treasurer: Person, resident: Person
) -> None:
    for by in (outsider, treasurer, resident):
        with pytest.raises(PermissionDenied):
            reach_by_post(back, postcode="1234 AB", house_number="7", by=by)
        assert as_(by).get(page(back)).status_code == 404


def test_the_group_reads_that_letters_come_by_post(
    as_: SignedIn, back: Letter, officer: Person, resident: Person
) -> None:
    reach_by_post(back, postcode="1234 AB", house_number="7", by=officer)
    track = as_(resident).get(reverse("grants:track", args=[back.application_id])).text
    assert "letters come by post from now on" in track


def test_a_task_more_takes_no_query_more(as_: SignedIn, back: Letter, officer: Person) -> None:
    visitor = as_(officer)
    one = queries_of(visitor, INBOX)
    Letter.objects.filter(pk=back.pk).update(came_back_at=None)
    assert queries_of(visitor, INBOX) == one
