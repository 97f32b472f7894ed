"""What the clock does, and who is invited from the command line."""

import os
import re
import signal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from web.models import Deed, Funder, Mail, Person, Seat, User

pytestmark = pytest.mark.django_db

done: list[str] = []


def works() -> None:
    done.append("works")


def fails() -> None:
    done.append("fails")
    raise ValueError("anna@example.nl")


def works_and_ends_the_worker() -> None:
    """As a timer or Ctrl-C would, on the third round."""
    done.append("round")
    if done.count("round") == 3:
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture(autouse=True)
def nothing_done_yet() -> None:
    done.clear()


def on_each_tick(settings: Any, *names: str) -> None:
    settings.TICK = [f"{__name__}.{name}" for name in names]


def test_one_thing_that_fails_does_not_stop_the_next_and_is_reported(settings: Any) -> None:
    on_each_tick(settings, "fails", "works")
    with pytest.raises(CommandError, match="fails"):
        call_command("tick")
    assert done == ["fails", "works"]


def test_a_tick_in_which_all_goes_well_is_silent(settings: Any) -> None:
    on_each_tick(settings, "works", "works")
    out = StringIO()
    call_command("tick", stdout=out)
    assert done == ["works", "works"]
    assert not out.getvalue()


def test_the_worker_goes_on_until_it_is_stopped(settings: Any) -> None:
    on_each_tick(settings, "fails", "works_and_ends_the_worker")
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        call_command("tick", every=0.01)
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    assert done == ["fails", "round"] * 3


def test_everything_the_clock_does_exists(settings: Any) -> None:
    call_command("tick")


@pytest.fixture
def town() -> Funder:
    return Funder.objects.create(name="Gemeente Waterveen", slug="waterveen", mailbox="buurt@example.nl", phone="14 0")


def invited(*words: str) -> str:
    out = StringIO()
    call_command("invite", *words, stdout=out)
    return out.getvalue()


def test_the_first_officer_of_an_installation_gets_a_seat_and_a_link(town: Funder) -> None:
    text = invited("Fatima@example.nl", "--name=Fatima", "--funder=waterveen", "--role=decider", "--mandate=2.500")
    seat = Seat.objects.get()
    assert (seat.person.name, seat.role, seat.funder) == ("Fatima", "decider", town)
    assert seat.mandate is not None
    assert (seat.mandate.amount, str(seat.mandate.currency)) == (2500, "EUR")
    link = re.search(r"http\S+", text)
    assert link
    assert reverse("account_login").rstrip("/") in link[0]
    assert link[0] in Mail.objects.get(address="fatima@example.nl").text
    assert {deed.verb for deed in Deed.objects.filter(by=Person.system())} == {"give_a_seat", "invite"}


def test_inviting_twice_keeps_one_user_and_one_seat(town: Funder) -> None:
    for mandate in ("500", "750"):
        invited("fatima@example.nl", "--funder=waterveen", "--role=decider", f"--mandate={mandate}")
    assert (User.objects.count(), Seat.objects.count()) == (1, 1)
    mandate_now = Seat.objects.get().mandate
    assert mandate_now is not None
    assert mandate_now.amount == 750


def test_staff_may_use_the_set_up_pages() -> None:
    invited("admin@example.nl", "--staff")
    user = User.objects.get()
    assert user.is_staff
    assert user.is_superuser
    assert not user.has_usable_password()
    assert Deed.objects.about(user).filter(verb="set_up_user").get().fields == ["is_staff", "is_superuser"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["fatima@example.nl"], "--funder SLUG --role ROLE"),
        (["fatima@example.nl", "--funder=nowhere", "--role=officer"], 'no funder "nowhere"'),
        (["not an address", "--staff"], "."),
        (["fatima@example.nl", "--funder=waterveen", "--role=decider", "--mandate=1.25"], "."),
    ],
)
@pytest.mark.usefixtures("town")
def test_an_invitation_that_cannot_be_understood_changes_nothing(words: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        invited(*words)
    assert not User.objects.exists()
    assert not Mail.objects.exists()
