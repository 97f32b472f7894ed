"""Who leaves may do the work of a colleague who is away: somebody else does that from then on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from grants.appoint.actions import end_seat
from grants.attend.actions import arrange_desk
from grants.models import Application, Desk
from grants.models.desk import at_work, works_for
from grants.models.handover import OpenWork
from grants.review.actions import take_up
from tests.conftest import SignedIn
from tests.grants.test_leavers import colleague, days_later
from tests.grants.test_work_given import in_words, mails_to
from web.clock import today
from web.models import Deed, Funder, Person, Seat

TOMORROW, LONG = timedelta(days=1), timedelta(days=60)


@pytest.fixture
def carla(funder: Funder) -> Person:
    return colleague(funder, "Carla Kers")


@pytest.fixture
def leaves(application: Application, officer: Person, decider: Person) -> Seat:
    """Fatima is away for two months and Diederik does her work. It is his role that ends."""
    take_up(application, by=officer)
    arrange_desk(Desk.of(officer), morning_mail=True, away_until=today() + LONG, replaced_by=decider, by=officer)
    return decider.seats.get()


def test_who_takes_over_does_the_work_of_who_is_away_too(
    leaves: Seat, application: Application, officer: Person, carla: Person, fund_admin: Person
) -> None:
    assert OpenWork.of(leaves.person, leaves.funder_id), "it counts as work, also with no plan of their own"
    with pytest.raises(ValidationError, match="answers residents here by then"):
        end_seat(leaves, ends_on=today() + TOMORROW, by=fund_admin)
    end_seat(leaves, ends_on=today() + TOMORROW, to=carla, by=fund_admin)
    assert Desk.objects.get(person=officer).replaced_by == leaves.person, "until and with the last day"
    days_later(2)
    assert at_work(Person.objects.get(pk=officer.pk)) == carla
    assert works_for(carla) == {carla.pk, officer.pk}
    with translation.override("nl"):
        told = f"Voor Fatima van Wilgen, weg tot en met {in_words(today() + LONG)}"
    assert told in mails_to(carla)[0]
    assert Deed.objects.filter(verb="hand_over_work", thing_id=Desk.objects.get(person=officer).pk).exists()
    assert Application.objects.get(pk=application.pk).officer == officer


def test_it_goes_at_once_where_today_is_the_last_day(
    leaves: Seat, officer: Person, carla: Person, fund_admin: Person
) -> None:
    end_seat(leaves, ends_on=today(), to=carla, by=fund_admin)
    assert at_work(Person.objects.get(pk=officer.pk)) == carla


def test_who_is_away_then_is_not_chosen(
    as_: SignedIn, leaves: Seat, officer: Person, fund_admin: Person, carla: Person
) -> None:
    page = reverse("grants:end_seat", args=[leaves.pk])
    assert "Colleagues who are away and whose work they do: 1." in as_(fund_admin).get(page).text
    with pytest.raises(ValidationError, match="They are away by then"):
        end_seat(leaves, ends_on=today() + TOMORROW, to=officer, by=fund_admin)
    end_seat(leaves, ends_on=today() + LONG, to=officer, by=fund_admin)


def test_who_goes_away_after_they_were_chosen_is_replaced_by_somebody_who_is_there(
    leaves: Seat, officer: Person, carla: Person, fund_admin: Person
) -> None:
    """Never by themselves; nor by who is away, or waits for them."""
    Desk.objects.update(away_until=today())
    end_seat(leaves, ends_on=today() + TOMORROW, to=officer, by=fund_admin)
    Desk.objects.update(away_until=today() + LONG)
    aad = colleague(leaves.funder, "Aad Achter")
    Desk.objects.create(person=aad, away_until=today() + LONG, replaced_by=officer)
    days_later(2)
    assert at_work(Person.objects.get(pk=officer.pk)) == carla
    assert at_work(Person.objects.get(pk=aad.pk)) == carla
    assert len(mails_to(carla)) == 1


def test_with_nobody_left_who_is_away_has_their_own_work_again(
    leaves: Seat, officer: Person, fund_admin: Person
) -> None:
    """Else the role of the only colleague could never end."""
    end_seat(leaves, ends_on=today() + TOMORROW, to=officer, by=fund_admin)
    Seat.objects.filter(pk=leaves.pk).update(ends_on=today())
    days_later(1)
    desk = Desk.objects.get(person=officer)
    assert (desk.away_until, desk.replaced_by) == (None, None)


def test_an_absence_at_another_funder_alone_stays_as_it_is(
    leaves: Seat, other_funder: Funder, officer: Person, outsider: Person, carla: Person, fund_admin: Person
) -> None:
    Desk.objects.create(person=outsider, away_until=today() + LONG, replaced_by=leaves.person)
    end_seat(leaves, ends_on=today(), to=carla, by=fund_admin)
    assert Desk.objects.get(person=outsider).replaced_by == leaves.person
