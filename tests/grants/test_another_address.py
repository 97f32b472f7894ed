"""A mail came back, and on the phone they give another address: a code goes there before anything changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from grants.decide.actions import decline
from grants.models import Application, Decision, Letter, Scheme
from grants.models.reaction import last_day_to_object
from grants.papers.post import mail_again
from grants.post.actions import mark_posted
from grants.reach.actions import ask_new_address, reach_by_mail
from grants.reach.letters import MOVED_BY_PHONE
from tests import make
from tests.conftest import SignedIn
from tests.grants.test_came_back import INBOX, TASK, back
from tests.grants.test_overview import DOOR, queries_of
from tests.grants.test_reach import NEW, code_to
from web import clock
from web.models import Code, Deed, Funder, Mail, Person, Seat, User

__all__ = ["back"]  # a fixture


def page(letter: Letter) -> str:
    return reverse("grants:another_address", args=[letter.pk])


def test_the_code_that_they_read_out_mails_the_letter_again(
    as_: SignedIn, back: Letter, officer: Person, resident: Person
) -> None:
    visitor, old = as_(officer), resident.email
    assert page(back) in visitor.get(reverse("grants:mail_came_back", args=[back.pk])).text
    assert "The code that they read out" not in visitor.get(page(back)).text
    assert visitor.post(page(back), {"email": NEW.upper()})["Location"] == page(back)
    resident.refresh_from_db()
    assert resident.email == old, "nothing changes yet"
    assert all(said in visitor.get(page(back)).text for said in (NEW, "The code that they read out"))
    assert "isn't right" in visitor.post(page(back), {"code": "ABCDEF"}).content.decode().replace("&#x27;", "'")
    assert visitor.post(page(back), {"code": code_to(NEW).lower()})["Location"] == INBOX
    resident.refresh_from_db()
    assert (resident.email, resident.reached_by) == (NEW, "mail")
    again = Mail.objects.get(address=NEW, subject=back.subject)
    back.refresh_from_db()
    assert (back.mail, back.came_back_at, back.by_post) == (again, None, False)
    assert again.attachment
    assert bytes(again.attachment) == bytes(back.pdf)
    assert TASK not in visitor.get(INBOX).text
    assert not Code.objects.exists()
    assert "wrote down another e-mail address" in as_(resident).get(back.about.get_absolute_url()).text


def test_all_that_came_back_goes_there(back: Letter, officer: Person) -> None:
    about = {"application": back.application, "to": back.to, "event": "x", "text": "", "pdf": b"x"}
    Letter.objects.create(subject="Nog een brief", came_back_at=back.came_back_at, **about)
    ask_new_address(back, email=NEW, by=officer)
    assert [each.subject for each in reach_by_mail(back, code=code_to(NEW), by=officer)] == [
        back.subject,
        "Nog een brief",
    ]


def test_who_signs_in_does_so_with_the_new_address(back: Letter, officer: Person, resident: Person) -> None:
    old = make.user(resident).email
    ask_new_address(back, email=NEW, by=officer)
    reach_by_mail(back, code=code_to(NEW), by=officer)
    assert User.objects.get(person=resident).email == NEW
    assert Mail.objects.filter(address=old, subject__contains="nieuw").exists(), "the old address reads of it"


def test_an_address_of_somebody_else_is_not_taken(back: Letter, officer: Person, resident: Person) -> None:
    make.user(resident)
    make.user(make.person("Els Es", email=NEW))
    ask_new_address(back, email=NEW, by=officer)
    with pytest.raises(ValidationError, match="signs in with this address already"):
        reach_by_mail(back, code=code_to(NEW), by=officer)
    assert Person.objects.get(pk=resident.pk).email != NEW


def test_no_colleague_changes_where_staff_sign_in(back: Letter, officer: Person, decider: Person) -> None:
    Letter.objects.filter(pk=back.pk).update(to=decider)
    with pytest.raises(ValidationError, match="They work with this address too"):
        ask_new_address(Letter.objects.get(pk=back.pk), email=NEW, by=officer)
    assert not Mail.objects.filter(address=NEW).exists()


def test_nor_where_who_sets_it_all_up_signs_in(back: Letter, officer: Person, resident: Person) -> None:
    make.user(resident, is_staff=True)
    with pytest.raises(ValidationError, match="They work with this address too"):
        ask_new_address(back, email=NEW, by=officer)


def test_nobodys_letters_go_to_an_address_of_staff(back: Letter, officer: Person, decider: Person) -> None:
    """Also not their own: then the next letters would go to who wrote them."""
    for colleague in (officer, decider):
        make.user(colleague)
        with pytest.raises(ValidationError, match="works with this address"):
            ask_new_address(back, email=colleague.email.upper(), by=officer)
    assert not Code.objects.exists()


def test_of_two_officers_at_once_one_does_it(
    back: Letter, officer: Person, decider: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both typed the code; the other was done first."""
    ask_new_address(back, email=NEW, by=officer)
    code, look = code_to(NEW), Code.address_shown_by

    def and_meanwhile_a_colleague(typed: str, **whose: Any) -> str | None:
        found = look(typed, **whose)
        monkeypatch.setattr(Code, "address_shown_by", look)
        reach_by_mail(Letter.objects.get(pk=back.pk), code=code, by=decider)
        return found

    monkeypatch.setattr(Code, "address_shown_by", and_meanwhile_a_colleague)
    with pytest.raises(ValidationError, match="done this already"):
        reach_by_mail(back, code=code, by=officer)
    assert Mail.objects.filter(address=NEW, subject=back.subject).count() == 1
    assert Deed.objects.filter(verb="reach_by_mail").count() == 1


def test_a_code_lives_half_an_hour_and_few_are_mailed(back: Letter, officer: Person) -> None:
    ask_new_address(back, email=NEW, by=officer)
    code = code_to(NEW)
    with clock.at(clock.now() + Code.VALID + timedelta(seconds=1)):
        assert Code.waits_at(back.to, purpose=back.purpose_of_code) == ""
        with pytest.raises(ValidationError, match="older than 30 minutes"):
            reach_by_mail(back, code=code, by=officer)
    for _each in range(Code.AT_ONCE - 1):
        ask_new_address(back, email=NEW, by=officer)
    with pytest.raises(ValidationError, match="a few times"):
        ask_new_address(back, email=NEW, by=officer)


def test_a_code_to_one_is_no_code_of_another(back: Letter, officer: Person, neighbour: Person) -> None:
    neighbour.phone = "06 00000002"
    theirs = Letter.objects.create(
        application=back.application, to=neighbour, event="x", subject="x", text="", pdf=b"x", came_back_at=clock.now()
    )
    ask_new_address(back, email=NEW, by=officer)
    with pytest.raises(ValidationError, match="isn't right"):
        reach_by_mail(theirs, code=code_to(NEW), by=officer)
    assert Person.objects.get(pk=neighbour.pk).email != NEW


def test_the_same_address_is_no_other(back: Letter, officer: Person) -> None:
    with pytest.raises(ValidationError, match="the mail came back from"):
        ask_new_address(back, email=back.to.email.upper(), by=officer)


def test_what_was_posted_is_done(back: Letter, officer: Person) -> None:
    ask_new_address(back, email=NEW, by=officer)
    mark_posted(back, by=officer)
    with pytest.raises(ValidationError, match="already"):
        reach_by_mail(back, code=code_to(NEW), by=officer)


def test_five_wrong_codes_close_it(back: Letter, officer: Person) -> None:
    ask_new_address(back, email=NEW, by=officer)
    for _each in range(5):
        with pytest.raises(ValidationError, match="isn't right"):
            reach_by_mail(back, code="AAAAAA", by=officer)
    with pytest.raises(ValidationError, match="isn't right"):
        reach_by_mail(back, code=code_to(NEW), by=officer)


@pytest.mark.parametrize("who", ["outsider", "treasurer", "resident", "auditor"])
def test_only_an_officer_of_this_fund_does_it(
    request: pytest.FixtureRequest, as_: SignedIn, back: Letter, officer: Person, who: str
) -> None:
    by = request.getfixturevalue(who)
    ask_new_address(back, email=NEW, by=officer)
    with pytest.raises(PermissionDenied):
        ask_new_address(back, email=NEW, by=by)
    with pytest.raises(PermissionDenied):
        reach_by_mail(back, code=code_to(NEW), by=by)
    assert as_(by).get(page(back)).status_code == 404


def test_both_leave_a_deed(back: Letter, officer: Person) -> None:
    ask_new_address(back, email=NEW, by=officer)
    reach_by_mail(back, code=code_to(NEW), by=officer)
    kept = Deed.objects.filter(verb__in=("ask_new_address", "reach_by_mail")).order_by("pk")
    assert [(each.verb, each.by) for each in kept] == [("ask_new_address", officer), ("reach_by_mail", officer)]


def test_nobody_takes_over_a_sign_in_unseen(
    as_: SignedIn, back: Letter, officer: Person, resident: Person, other_funder: Funder, outsider: Person
) -> None:
    """Every plan of theirs shows it, to the group and to each fund. And a letter goes to where they live."""
    Person.objects.filter(pk=resident.pk).update(house_number="7")
    back.to.refresh_from_db()
    there = make.application(make.scheme(other_funder), resident)
    ask_new_address(back, email=NEW, by=officer)
    reach_by_mail(back, code=code_to(NEW), by=officer)
    said = "Fatima van Wilgen wrote down another e-mail address of somebody in the group, given on the phone."
    for person, application in ((resident, back.application), (resident, there), (outsider, there)):
        assert application
        name = "application" if person == outsider else "track"
        assert said in as_(person).get(reverse(f"grants:{name}", args=[application.pk])).text
    letter = Letter.objects.to_post().get(event=MOVED_BY_PHONE)
    assert "Was u dat niet? Bel ons dan meteen" in letter.text
    with override("nl"):
        assert all(word in letter.text for word in (date_format(clock.today(), "j F Y"), str(officer)))
    assert NEW not in letter.text, "the others of the group read it too"
    assert letter.subject in as_(officer).get(reverse("grants:post_tray")).text


def test_where_they_live_is_not_known(back: Letter, officer: Person) -> None:
    ask_new_address(back, email=NEW, by=officer)
    reach_by_mail(back, code=code_to(NEW), by=officer)
    assert not Letter.objects.filter(event=MOVED_BY_PHONE).exists()


@pytest.mark.parametrize("known", [{"phone": ""}, {"reached_by": "post"}])
def test_without_a_number_that_was_known_it_goes_by_post(
    as_: SignedIn, back: Letter, officer: Person, known: dict[str, str]
) -> None:
    """A number typed while it goes by post opens this way for nothing else that came back."""
    assert page(back) in as_(officer).get(reverse("grants:mail_came_back", args=[back.pk])).text
    Person.objects.filter(pk=back.to_id).update(**known)
    assert page(back) not in as_(officer).get(reverse("grants:mail_came_back", args=[back.pk])).text
    with pytest.raises(ValidationError, match="Send this by post"):
        ask_new_address(Letter.objects.get(pk=back.pk), email=NEW, by=officer)


def test_another_fund_that_calls_them_reads_nothing_of_it_and_spends_no_try(
    as_: SignedIn, back: Letter, officer: Person, other_funder: Funder, resident: Person
) -> None:
    colleague = make.person("Vera Vlier")
    make.seat(colleague, other_funder, Seat.Role.OFFICER)
    about = {"to": resident, "event": "x", "subject": "x", "text": "", "pdf": b"x", "came_back_at": back.came_back_at}
    theirs = Letter.objects.create(application=make.application(make.scheme(other_funder), resident), **about)
    ask_new_address(back, email=NEW, by=officer)
    shown = as_(colleague).get(page(theirs))
    assert shown.status_code == 200
    assert NEW not in shown.text
    for _each in range(Code.TRIES):
        with pytest.raises(ValidationError, match="isn't right"):
            reach_by_mail(theirs, code=code_to(NEW), by=colleague)
    assert reach_by_mail(back, code=code_to(NEW), by=officer)


def test_a_letter_about_an_idea_goes_there_too(scheme: Scheme, officer: Person) -> None:
    idea = make.idea(scheme.funder)
    idea.teller.phone = "06 00000003"
    idea.teller.save()
    about = {
        "idea": idea,
        "to": idea.teller,
        "event": "suggest/answered",
        "subject": "Uw idee",
        "text": "",
        "pdf": b"x",
    }
    letter = Letter.objects.create(**about, came_back_at=idea.told_at)
    ask_new_address(letter, email=NEW, by=officer)
    reach_by_mail(letter, code=code_to(NEW), by=officer)
    assert Mail.objects.get(address=NEW, subject="Uw idee").reply_to == scheme.funder.mailbox
    assert not Application.objects.exists()


def test_queries(as_: SignedIn, back: Letter, officer: Person) -> None:
    assert queries_of(as_(officer), page(back)) == DOOR + 2  # the letter with whom it is for; the code that waits


def test_a_decision_that_is_mailed_again_can_be_objected_to_for_six_weeks(judged: Application, officer: Person) -> None:
    """What came back was never made known; from the day after it was sent again the term runs (Awb 3:41, 6:8)."""
    decline(judged, grounds=judged.edition.criteria.all()[:1], reason="Nee.", possible="Anders.", by=officer)
    letter, decision = Letter.objects.get(event="decide/declined"), Decision.objects.get()
    with clock.at(clock.now() + timedelta(hours=1)):
        assert last_day_to_object(decision) == decision.object_until
        Letter.objects.filter(pk=letter.pk).update(came_back_at=clock.now())
    with clock.at(clock.now() + timedelta(weeks=5)):
        assert last_day_to_object(decision) == clock.today() + timedelta(weeks=6), "it doesn't run yet"
        ask_new_address(Letter.objects.get(pk=letter.pk), email=NEW, by=officer)
        reach_by_mail(Letter.objects.get(pk=letter.pk), code=code_to(NEW), by=officer)
        until = clock.today() + timedelta(weeks=6)
        said = Mail.objects.get(address=NEW, subject=letter.subject).text
        assert "Die mail kwam terug" in said
        with override("nl"):
            assert f"U kunt bezwaar maken tot en met {date_format(until, 'j F Y')}" in said
    with clock.at(clock.now() + timedelta(weeks=10)):
        assert last_day_to_object(decision) == until


def test_a_private_fund_mails_its_decision_again_without_a_term(
    other_funder: Funder, outsider: Person, resident: Person
) -> None:
    made = make.application(make.scheme(other_funder), resident)
    make.judgement(made, by=outsider)
    decline(made, grounds=made.edition.criteria.all()[:1], reason="Nee.", possible="Anders.", by=outsider)
    letter = Letter.objects.get(event="decide/declined")
    mail_again(letter)
    assert letter.mail
    assert letter.mail.text.startswith("Wij stuurden u deze brief op")
    assert "bezwaar" not in letter.mail.text


def test_a_decision_that_came_back_and_was_posted_runs_from_that_day(judged: Application, officer: Person) -> None:
    decline(judged, grounds=judged.edition.criteria.all()[:1], reason="Nee.", possible="Anders.", by=officer)
    Letter.objects.update(came_back_at=clock.now())
    with clock.at(clock.now() + timedelta(weeks=3)):
        mark_posted(Letter.objects.get(event="decide/declined"), by=officer)
        until = clock.today() + timedelta(weeks=6)
    with clock.at(clock.now() + timedelta(weeks=8)):
        assert last_day_to_object(Decision.objects.get()) == until
