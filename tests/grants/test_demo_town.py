"""The demo's town is real: made by actions, in every state, once, and only in the demo."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings

from grants.models import Application, Grant, Letter, Scheme, Sheet, StoryPhoto, SupportPage
from ledger.models import Account, Budget, Expense, Payment, Posting
from tests.conftest import SignedIn
from web.clock import now, today
from web.models import Deed, Funder, Mail, Person, Seat, User
from web.sign_in.second import has_second_factor

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
    fatima = as_(Person.objects.get(email="fatima@waterveen.example"))
    assert fatima.get("/werk/").status_code == 200
    for application in Application.objects.sent_to_funder_of(Person.objects.get(email="fatima@waterveen.example")):
        assert fatima.get(f"/werk/{application.pk}/").status_code == 200
    for scheme in Scheme.objects.all():
        assert Client().get(scheme.get_absolute_url()).status_code == 200
    for application in Application.objects.exclude(status="draft"):
        first = as_(application.plan.first_contact)
        assert first.get(application.get_absolute_url()).status_code == 200


def test_a_helper_wrote_two_plans_down_and_one_was_confirmed(town: str) -> None:
    hanneke = Person.objects.get(email="hanneke@waterveen.example")
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
    assert sheet.plan.was_sent
    assert not sheet.is_document
