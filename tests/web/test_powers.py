"""The auditor sees who was given which power, at their own funder alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests import make
from tests.conftest import SignedIn, Visitor
from web import clock
from web.models import Funder, Person, Seat, record
from web.sign_in.invite import give_a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(funder: Funder, other_funder: Funder, decider: Person, fund_admin: Person) -> None:
    """A seat given here, one given elsewhere, an address changed, and a fund changed."""
    give_a_seat(make.user(decider), funder=funder, role=Seat.Role.TREASURER, mandate=None, by=fund_admin)
    seat = make.seat(make.person("Vera Verweg", email="vera@overkant.example"), other_funder, Seat.Role.OFFICER)
    record(fund_admin, "set_up_seat", seat, person_id=seat.person_id, role=seat.role)
    record(fund_admin, "set_up_user", make.user(decider), email="", is_staff=True)
    record(fund_admin, "set_up_funder", funder, decider_may_pay=True)
    record(decider, "invite", make.application(make.scheme(funder), make.person("Ine Uitgenodigd")))  # to a group


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("who", ["auditor", "fund_admin"])
def test_who_audits_reads_every_power_of_their_own_funder(
    request: pytest.FixtureRequest, as_: SignedIn, who: str
) -> None:
    text = as_(request.getfixturevalue(who)).get(reverse("powers")).content.decode()
    by = ("Yusuf Ypsilon", "e-mail, may use the set-up pages: yes")
    for said in (*by, "Seat given", "role: treasurer", "who decides may also pay: yes"):
        assert said in text
    changed = text.partition("What was changed")[2]
    assert changed.count("Diederik Eik") == 2, "of the seat and of the sign-in"
    assert "Vera Verweg" not in text
    assert "Invited" not in text, "who is invited to a group gets no power"


def test_a_day_stands_there_as_people_write_it(as_: SignedIn, auditor: Person, fund_admin: Person) -> None:
    seat = Seat.objects.get(person=auditor)
    record(fund_admin, "end_seat", seat, person_id=seat.person_id, role=seat.role, ends_on="2027-03-01")
    text = as_(auditor).get(reverse("powers")).content.decode()
    assert "1 March 2027" in text
    assert "2027-03-01" not in text


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("who", ["resident", "officer", "decider", "treasurer", "outsider"])
def test_nobody_else_reads_it(request: pytest.FixtureRequest, as_: SignedIn, client: Visitor, who: str) -> None:
    assert as_(request.getfixturevalue(who)).get(reverse("powers")).status_code == 403
    assert client.get(reverse("powers"))["Location"].startswith("/aanmelden/")


def test_it_says_who_has_which_seat_now(
    as_: SignedIn, auditor: Person, decider: Person, outsider: Person, funder: Funder
) -> None:
    """Today's seats with their mandate: neither what has ended, nor another funder's."""
    gone = make.seat(make.person("Wilma Weg", email="wilma@waterveen.example"), funder, Seat.Role.OFFICER)
    Seat.objects.filter(pk=gone.pk).update(starts_on=clock.today() - timedelta(9), ends_on=clock.today() - timedelta(2))
    now = as_(auditor).get(reverse("powers")).content.decode().partition("What was changed")[0]
    assert "Diederik Eik" in now
    assert "€ 10.000" in now
    assert "Wilma Weg" not in now
    assert str(outsider) not in now


def test_before_anything_changed_it_says_so(as_: SignedIn, auditor: Person) -> None:
    assert "Nothing was changed yet." in as_(auditor).get(reverse("powers")).content.decode()


def test_the_number_of_queries_does_not_grow(
    as_: SignedIn, auditor: Person, decider: Person, funder: Funder, django_assert_num_queries: Callable[[int], Any]
) -> None:
    visitor = as_(auditor)
    for _more in range(3):
        for _each in range(20):
            record(decider, "set_up_seat", Seat.objects.get(person=decider), person_id=decider.pk, role="decider")
        # The session, the user, the seats that keep it good, the funder, users with a seat, the deeds, who was seated,
        # who has a seat now, and whether the reader sets up roles.
        with django_assert_num_queries(9):
            visitor.get(reverse("powers"))
    assert "after=" in visitor.get(reverse("powers")).content.decode()
