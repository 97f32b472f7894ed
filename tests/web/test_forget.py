"""An address with which nobody came in is not kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.conftest import Visitor
from web.models import Funder, Mail, Person, Seat, User
from web.sign_in.forget import forget_who_never_came

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> None:
    cache.clear()


def after(days: int) -> int:
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        return forget_who_never_came()


def test_an_address_that_was_only_typed_is_gone_after_a_day(client: Visitor) -> None:
    client.post(reverse("account_request_login_code"), {"email": "anna@example.nl"})
    assert after(days=0) == 0
    assert Mail.objects.count() == 1
    assert after(days=2) == 1
    assert not User.objects.exists()
    assert not Mail.objects.exists()
    assert not Person.objects.filter(email="anna@example.nl").exists()


def test_who_came_in_stays(client: Visitor) -> None:
    client.force_login(User.objects.create_user("anna@example.nl"), by="code")
    assert after(days=900) == 0


def test_who_was_invited_to_a_seat_stays(funder: Funder) -> None:
    user = User.objects.create_user("fatima@example.nl")
    make.seat(user.person, funder, Seat.Role.OFFICER)
    Mail.objects.create(to=user.person, address=user.email, subject="Welcome", text="Welcome.")
    assert after(days=2) == 0
    assert Mail.objects.exists(), "all or nothing"


def test_who_said_who_they_are_stays(resident: Person) -> None:
    make.user(resident)
    assert after(days=2) == 0
