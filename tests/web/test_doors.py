"""The pages of the doors: each is drawn, and leads to the right one."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.conftest import Visitor
from web.models import Funder, Mail, Person, Seat, User
from web.models.user import Users

pytestmark = pytest.mark.django_db

ASK, CODE = ("account_request_login_code", "account_confirm_login_code")


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


@pytest.fixture
def staff(officer: Person) -> User:
    return make.user(officer, password="four-words-in-a-row")


@pytest.mark.parametrize(
    "name",
    [
        "account_request_login_code",
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_every_page_before_the_door_is_drawn(client: Visitor, name: str) -> None:
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.content.count(b"<h1>") == 1


@pytest.mark.parametrize("name", ["account_change_password", "account_logout"])
def test_every_page_behind_the_door_is_drawn(client: Visitor, staff: User, name: str) -> None:
    client.force_login(staff)
    assert client.get(reverse(name)).content.count(b"<h1>") == 1


def test_staff_who_forgot_their_password_get_a_link(client: Visitor, staff: User) -> None:
    client.post(reverse("account_reset_password"), {"email": staff.email})
    mail = Mail.objects.get(address=staff.email)
    assert "http://testserver/aanmelden/wachtwoord/kiezen/" in mail.text


def test_coming_back_to_the_first_page_leads_to_the_code(client: Visitor) -> None:
    client.post(reverse(ASK), {"email": "anna@example.nl"})
    assert client.get(reverse(ASK) + "?next=/over/")["Location"] == reverse(CODE) + "?next=%2Fover%2F"


def test_the_code_page_is_not_there_for_who_did_not_ask(client: Visitor) -> None:
    assert client.get(reverse(CODE))["Location"] == reverse(ASK)


def test_asking_again_after_half_an_hour_gives_a_new_code(client: Visitor) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client.post(reverse(ASK), {"email": "anna@example.nl"})
        clock.move_to(start + timedelta(minutes=29, seconds=59))
        client.post(reverse(ASK), {"email": "anna@example.nl"})
        clock.move_to(start + timedelta(minutes=31))
        client.post(reverse(ASK), {"email": "anna@example.nl"})
    first, again, later = [mail.subject for mail in Mail.objects.order_by("pk")]
    assert first == again != later


def test_the_code_is_mailed_again_at_most_five_times(client: Visitor) -> None:
    for _ in range(9):
        client.post(reverse(ASK), {"email": "anna@example.nl"})
    assert Mail.objects.count() == 6


def test_an_address_that_came_at_the_same_moment_is_one_user(monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.objects.create_user("anna@example.nl")
    monkeypatch.setattr(Users, "filter", lambda *_, **__: User.objects.none(), raising=False)
    assert User.objects.of_address("Anna@example.nl") == user
    assert Person.objects.filter(email="anna@example.nl").count() == 1


def test_whoever_makes_a_user_in_the_set_up_pages_invites_them(client: Visitor, funder: Funder) -> None:
    admin = User.objects.create_superuser("admin@example.nl", "four-words-in-a-row", name="Yusuf")
    tineke = make.person("Tineke Tulp")
    client.force_login(admin)
    answer = client.post(
        reverse("admin:web_user_add"), {"email": "tineke@example.nl", "person": tineke.pk, "is_active": "on"}
    )
    assert answer.status_code == 302, answer.context["errors"]
    user = User.objects.get(email="tineke@example.nl")
    assert (user.person, user.has_usable_password()) == (tineke, False)
    assert Mail.objects.get().address == "tineke@example.nl"


def test_groups_and_addresses_cannot_be_changed_behind_our_back(client: Visitor) -> None:
    client.force_login(User.objects.create_superuser("admin@example.nl", "four-words-in-a-row", name="Yusuf"))
    for path in ("auth/group/", "account/emailaddress/"):
        assert client.get(reverse("admin:index") + path).status_code == 404


def test_a_code_goes_to_the_address_of_the_door_whatever_the_person_s_address_is(client: Visitor) -> None:
    User.objects.create_user("anna@example.nl", person=Person.objects.create(email="other@example.nl"))
    client.post(reverse(ASK), {"email": "anna@example.nl"})
    assert [mail.address for mail in Mail.objects.all()] == ["anna@example.nl"]


def test_a_seat_of_the_past_or_the_future_is_no_seat(funder: Funder) -> None:
    user, today = User.objects.create_user("anna@example.nl"), timezone.localdate()
    Seat.objects.create(
        person=user.person, funder=funder, role="officer", starts_on=today - timedelta(9), ends_on=today - timedelta(1)
    )
    Seat.objects.create(person=user.person, funder=funder, role="panel", starts_on=today + timedelta(1))
    assert not user.signs_in_by_password
