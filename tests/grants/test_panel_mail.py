"""The mail in the morning to who advises: when a plan begins to wait, and just before the last day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from grants.advise.actions import advise
from grants.attend.actions import arrange_desk
from grants.attend.letters import send_morning_mails
from grants.models import Application, Desk
from grants.models.advice import advise_until
from tests import make
from tests.conftest import SignedIn
from web import clock
from web.models import Funder, Mail, Person, Seat

MONDAY = datetime(2026, 6, 8, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
PAGE = "/werk/aanwezig/"


@pytest.fixture
def ria(funder: Funder) -> Person:
    person = make.person("Ria Roos", language="en")
    make.seat(person, funder, Seat.Role.PANEL)
    Seat.objects.update(starts_on=MONDAY.date())
    return person


@pytest.fixture
def heard(funder: Funder, resident: Person) -> Application:
    """Sent on Monday at nine."""
    with clock.at(MONDAY):
        scheme = make.scheme(funder, title="Wijkpot", panel_from=make.money(2_500))
        return make.application(scheme, resident, asked=4_000, title="Geheim tuintje")


def mails_after(days: int) -> list[Mail]:
    before = set(Mail.objects.values_list("pk", flat=True))
    with clock.at(MONDAY + timedelta(days=days)):
        send_morning_mails()
        send_morning_mails()
    return list(Mail.objects.exclude(pk__in=before))


def test_once_when_a_plan_begins_to_wait_and_before_the_last_day(heard: Application, ria: Person) -> None:
    assert [mail.to for mail in mails_after(1)] == [ria]
    text = Mail.objects.get().text
    assert f"Plans that wait for your advice: 1\n{heard.number}" in text
    assert "/advies/" in text
    assert "/werk/\n" not in text, "the inbox isn't theirs"
    assert "Geheim tuintje" not in text
    assert "Samira" not in text
    last = (advise_until(heard) - MONDAY.date()).days
    told = {days for days in range(2, last + 4) if mails_after(days)}
    assert told <= {last - 1, last}
    assert told


def test_who_advised_or_left_it_hears_no_more(heard: Application, ria: Person) -> None:
    with clock.at(MONDAY + timedelta(hours=3)):
        advise(heard, verdicts=make.verdicts(heard), by=ria)
    assert not [days for days in range(1, 40) if mails_after(days)]


def test_who_does_not_want_it_says_so_on_a_page_of_their_own(as_: SignedIn, heard: Application, ria: Person) -> None:
    with clock.at(MONDAY):
        visitor = as_(ria)
        page = visitor.get(PAGE)
        assert "Never more than one a day" in page.text
        assert "Who takes over" not in page.text
        assert visitor.post(PAGE, {"morning_mail": ""})["Location"] == "/advies/"
    assert not Desk.objects.get(person=ria).morning_mail
    assert mails_after(1) == []


def test_a_second_plan_is_told_the_next_morning(heard: Application, ria: Person, neighbour: Person) -> None:
    assert len(mails_after(1)) == 1
    assert mails_after(2) == []
    with clock.at(MONDAY + timedelta(days=2, hours=1)):
        make.application(heard.scheme, neighbour, asked=4_000)
    assert "Plans that wait for your advice: 2" in mails_after(3)[0].text


def test_who_has_two_seats_gets_one_mail(heard: Application, officer: Person, ria: Person, funder: Funder) -> None:
    make.seat(officer, funder, Seat.Role.PANEL, starts_on=MONDAY.date())
    mine = [mail for mail in mails_after(1) if mail.to == officer]
    assert len(mine) == 1
    assert "Nog bij niemand: 1" in mine[0].text
    assert "Plannen die op uw advies wachten: 1" in mine[0].text


def test_a_treasurer_still_has_no_desk(treasurer: Person) -> None:
    with pytest.raises(PermissionDenied):
        arrange_desk(Desk.of(treasurer), morning_mail=False, by=treasurer)
