"""In time: a reminder before a last day, and a word to who still writes for money that runs out."""

from datetime import timedelta

import pytest

from grants.enquire import actions as enquire
from grants.models import Application, Letter, Scheme, Wait
from grants.remind.letters import send_reminders
from tests import make
from web import clock
from web.models import Deed, Mail, Person


@pytest.fixture
def asked_long_ago(application: Application, officer: Person) -> Wait:
    """With three days left to answer."""
    with clock.at(clock.now() - timedelta(days=4)):
        return make.asked(application, by=officer).wait


def test_who_was_asked_is_reminded_once_before_the_last_day(asked_long_ago: Wait, resident: Person) -> None:
    send_reminders()
    send_reminders()
    (letter,) = Letter.objects.filter(event="remind/wait")
    assert letter.to == resident
    assert asked_long_ago.enquiry.question in letter.text
    assert Deed.objects.filter(verb="remind", by=Person.system()).count() == 1


def test_nobody_is_reminded_too_soon_or_too_late(asked_long_ago: Wait) -> None:
    asked_on = asked_long_ago.asked_on
    for days in (1, 3, 8):
        with clock.at(clock.now() - timedelta(days=4) + timedelta(days=days)):
            assert Wait.objects.to_remind(3).exists() is False, f"{days} days after {asked_on}"


def test_who_answered_is_not_reminded(asked_long_ago: Wait, resident: Person) -> None:
    enquire.answer_enquiry(asked_long_ago.enquiry, answer="Wij zelf.", by=resident)
    send_reminders()
    assert not Letter.objects.filter(event="remind/wait").exists()


def test_a_draft_is_told_once_that_its_scheme_closes(scheme: Scheme, resident: Person) -> None:
    make.draft(scheme, resident)
    make.changed(scheme, closes_on=clock.today() + timedelta(days=8))
    send_reminders()
    assert not Mail.objects.exists()
    with clock.at(clock.now() + timedelta(days=1)):
        send_reminders()
        send_reminders()
    (mail,) = Mail.objects.all()
    assert mail.to == resident
    assert "tot en met" in mail.subject


def test_an_address_is_mailed_once_however_many_drafts_hold_it(scheme: Scheme) -> None:
    for _draft in range(3):
        make.draft(scheme, make.person("Iemand", email="iemand@waterveen.example"))
    make.draft(scheme, Person.objects.create(phone="06 00000001"))
    make.changed(scheme, closes_on=clock.today() + timedelta(days=2))
    send_reminders()
    assert Mail.objects.count() == 1
    assert not Application.objects.filter(running_out_told_on=None).exists()


def test_a_draft_is_told_when_less_is_left_than_the_least_that_is_given(
    scheme: Scheme, resident: Person, officer: Person, decider: Person
) -> None:
    make.draft(scheme, resident)
    send_reminders()
    assert not Mail.objects.exists()
    budget = scheme.budgets.get()
    budget.set_to(make.money(49), by=Person.system())
    send_reminders()
    assert "bijna op" in Mail.objects.get().subject


def test_a_draft_in_a_round_is_told_before_that_round_closes(scheme: Scheme, resident: Person) -> None:
    make.draft(scheme, resident)
    day = clock.today()
    with make.changing(scheme, in_rounds=True) as edition:
        edition.rounds.create(
            opens_on=day - timedelta(days=9), closes_on=day + timedelta(days=3), answer_by=day + timedelta(days=40)
        )
    send_reminders()
    assert Application.objects.get().last_day == day + timedelta(days=3)
    assert Mail.objects.count() == 1
