"""The demo's town is real: made by actions, in every state, once, and only in the demo."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils.html import escape

from grants.models import (
    Application,
    Clearance,
    Decision,
    Grant,
    Ground,
    Intake,
    KeptList,
    Letter,
    Note,
    OwnWords,
    Promise,
    Proposal,
    Reaction,
    Round,
    Scheme,
    Sheet,
    StoryPhoto,
    SupportPage,
    Wait,
)
from grants.models.letter import note_what_came_back
from grants.models.ranking import in_order, panel_of
from grants.rank.actions import draw_line
from ledger.models import Account, Budget, Expense, Payment, Posting
from tests.conftest import SignedIn
from web.amounts import euro
from web.clock import now, today
from web.models import Deed, Funder, Mail, Person, Seat, User
from web.sign_in.second import has_second_factor
from web.town import guises

pytestmark = pytest.mark.django_db


def build() -> str:
    printed = StringIO()
    with override_settings(DEMO=True):
        call_command("demo_town", stdout=printed)
    return printed.getvalue()


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The town, built once for all tests here: what the command printed."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        printed = build()
    yield printed
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def test_outside_the_demo_nothing_is_built() -> None:
    before = Funder.objects.count()
    with pytest.raises(CommandError, match="BUURTKAS_DEMO"):
        call_command("demo_town")
    assert Funder.objects.count() == before


def test_the_second_time_changes_nothing_and_still_prints_the_logins(town: str) -> None:
    before = [model.objects.count() for model in (Person, Application, Posting, Deed, Mail)]
    assert build() == town
    assert [model.objects.count() for model in (Person, Application, Posting, Deed, Mail)] == before


def test_every_role_has_a_login_that_works(town: str) -> None:
    for role in Seat.Role.values:
        seat = Seat.objects.filter(role=role).select_related("person").first()
        assert seat is not None, role
        assert seat.person.email in town
        assert User.objects.get(person=seat.person).check_password("waterveen-demo")
        assert has_second_factor(seat.person.user)
    assert "/demo/codes/" in town
    resident = User.objects.get(email="samira@waterveen.example")
    assert not resident.has_usable_password()
    assert not resident.signs_in_by_password


def test_plans_are_in_every_state_a_plan_can_be_in_now(town: str) -> None:
    states = set(Application.objects.values_list("status", flat=True))
    assert states >= {"draft", "submitted", "returned", "judged", "granted", "declined", "withdrawn", "closed"}
    assert set(Payment.objects.values_list("status", flat=True)) == set(Payment.Status.values)
    assert Application.objects.undecided().filter(answer_by__lt=today()).exists(), "one is late"
    assert Grant.objects.filter(fixed_on__isnull=False).exists()
    assert Grant.objects.filter(decision__outcome="partly").exists()
    assert StoryPhoto.objects.exists()
    assert Expense.objects.exclude(photo="").exists()
    assert (Funder.objects.count(), Scheme.objects.count()) == (4, 6)


def of(name: str) -> Person:
    return Person.objects.get(email=f"{name}@waterveen.example")


def test_a_round_is_over_and_its_plans_stand_in_order_with_advice(town: str) -> None:
    round_ = Round.objects.earliest("opens_on")
    assert round_.is_over
    assert round_.answer_by > today()
    ranked = in_order(Application.objects.waiting_in(round_).for_ranking())
    assert [each.place.rank for each in ranked] == [1, 2, 3, 4, 5]
    assert sum(panel_of(each) is not None for each in ranked) == 3
    assert sum((each.asked for each in ranked if each.asked), euro(0)) > (round_.ceiling or euro(0)), "a line is needed"
    assert draw_line(round_, possible="Vraag minder.", by=of("sjoerd")) == 0, "he may decide on all of them"
    assert Round.objects.latest("opens_on").opens_on <= today() <= Round.objects.latest("opens_on").closes_on


def test_officers_find_out_answer_and_wait(town: str) -> None:
    to_find_out = Clearance.objects.open()
    assert to_find_out.filter(owner=of("fatima"), due_on__lt=today()).count() == 1
    assert to_find_out.filter(due_on__gte=today()).exists()
    assert Clearance.objects.filter(answer="provided").exists()
    waits = Wait.objects.open()
    assert waits.filter(enquiry__isnull=False, until__gte=today()).exists()
    assert waits.filter(completion__isnull=False, until__gte=today()).exists()
    assert Note.objects.count() == 3
    (kept,) = KeptList.objects.of(of("fatima"))
    assert kept.sieve.of(Application.objects.sent_to_funder_of(of("fatima")), []).count() > 3


def test_after_the_letter_there_is_a_promise_an_objection_and_a_new_decision(town: str) -> None:
    (promised,) = Promise.objects.open()
    assert promised.until >= today()
    assert Promise.objects.filter(kept_on__isnull=False).exists()
    (objection,) = Reaction.objects.open()
    assert (objection.kind, objection.handler) == ("objection", of("diederik"))
    assert objection.answer_by > today()
    (changed,) = Decision.objects.filter(outcome="changed")
    assert changed.intention.ground == Ground.CAME_OUT
    assert changed.amount == euro(1400)
    assert Proposal.objects.open().exists(), "a second signature is waited for"


def test_what_is_older_than_two_weeks_was_posted_and_what_is_newer_waits(town: str) -> None:
    waiting = Letter.objects.to_post().of_officer(of("fatima"))
    assert waiting.exists()
    assert not waiting.filter(written_at__date__lt=today() - timedelta(days=18)).exists()
    assert Letter.objects.filter(event__startswith="decide/", posted_by=of("fatima")).exists()


def test_letters_hold_own_words_one_came_back_and_one_plan_came_on_paper(town: str) -> None:
    said = OwnWords.objects.get(kind="decide/granted").text
    granted = Letter.objects.filter(event="decide/granted", application__scheme__slug="straatpot")
    assert granted
    assert all(said in each.text for each in granted if each.written_at > now() - timedelta(days=150))
    note_what_came_back()
    assert [letter.to for letter in Letter.objects.came_back()] == [of("vera")]
    assert Intake.objects.get().application.plan.title == "Een bankje bij de vijver"
    answered = Application.objects.get(plan__title="Muurschildering in de tunnel", scheme__slug="wijkpot")
    assert answered.page.extra


def test_who_leaves_has_a_last_day_and_somebody_who_takes_over(town: str) -> None:
    seat = Seat.objects.get(person=of("henk"))
    assert seat.ends_on
    assert today() <= seat.ends_on <= today() + timedelta(days=10)
    assert seat.handover.to == of("fatima")
    assert Application.objects.undecided().filter(officer=of("henk")).exists(), "there is work to take over"


def test_the_page_says_who_to_be_to_see_what(town: str) -> None:
    with override_settings(DEMO=True):
        page = Client().get("/demo/codes/", headers={"accept-language": "nl"}).content.decode()
        in_english = Client().get("/demo/codes/", headers={"accept-language": "en"}).content.decode()
    for each in guises():
        assert f"Wees {each.first_name}" in page
        assert escape(each.see) in page
        assert escape(each.see_en) in in_english
    for user in User.objects.filter(authenticator__type="totp"):
        assert user.email in page, "everybody who needs a code finds one"


def test_where_each_of_them_begins_there_is_such_a_page(town: str, as_: SignedIn) -> None:
    for each in guises():
        assert as_(of(each.key)).get(each.at).status_code == 200, each


def test_the_towns_euros_are_each_in_one_place(town: str) -> None:
    for budget in Budget.objects.with_cards():
        cards = budget.cards()
        places = (cards.reserved, cards.promised, cards.on_its_way, cards.given, cards.advanced, cards.to_recover)
        assert sum(places, cards.available) == cards.budget
    assert set(Account.objects.values_list("kind", flat=True)) >= {"promised", "given", "advanced", "to_recover"}


def test_every_deed_lies_in_the_past_and_in_order(town: str) -> None:
    assert not Deed.objects.filter(at__gt=now()).exists()
    assert not Letter.objects.filter(written_at__gt=now()).exists()
    for application in Application.objects.all():
        in_order = Deed.objects.filter(thread=application.plan_id).order_by("pk")
        moments = [deed.at for deed in in_order]
        assert moments == sorted(moments)
        assert all(moments.count(each) <= 2 for each in moments), "one button leaves two deeds at most"


def test_its_pages_open_for_those_who_work_there(town: str, as_: SignedIn) -> None:
    fatima = as_(of("fatima"))
    assert fatima.get("/werk/").status_code == 200
    for application in Application.objects.sent_to_funder_of(of("fatima")):
        assert fatima.get(f"/werk/{application.pk}/").status_code == 200
    for scheme in Scheme.objects.all():
        assert Client().get(scheme.get_absolute_url()).status_code == 200
    for application in Application.objects.exclude(status="draft"):
        first = as_(application.plan.first_contact)
        assert first.get(application.get_absolute_url()).status_code == 200


def test_a_helper_wrote_two_plans_down_and_one_was_confirmed(town: str) -> None:
    hanneke = of("hanneke")
    helped = Application.objects.helped_by(hanneke).order_by("status")
    assert [each.status for each in helped] == ["draft", "submitted"]
    assert not helped[0].still_missing()
    assert helped[1].confirmation.resident.name == "Gerrit Goudsbloem"
    assert not User.objects.filter(person__name="Gerrit Goudsbloem").exists()


def test_neighbours_spoke_about_the_wall_and_one_worry_waits(town: str) -> None:
    counts = SupportPage.objects.get().counts
    assert (counts.joins, counts.good, counts.worries, counts.answered) == (2, 2, 2, 1)


def test_one_plan_is_a_drawing(town: str) -> None:
    sheet = Sheet.objects.get()
    assert str(sheet.plan) == "Lampionnentocht"
    assert sheet.plan
    assert sheet.plan.was_sent
    assert not sheet.is_document
