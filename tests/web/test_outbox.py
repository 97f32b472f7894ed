"""The outbox: written with the deed, sent once, tried again, and silent about whom it is for."""

import logging
import smtplib
from collections.abc import Sequence
from datetime import timedelta

import pytest
import pytest_django
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.utils import timezone

from web import outbox
from web.forget import forget_old_keys
from web.models import Code, Mail, Person

pytestmark = pytest.mark.django_db


class MailServerIsAway(BaseEmailBackend):
    """Refuses whatever is for Bram."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if message.to == ["bram@example.nl"]:
                raise smtplib.SMTPRecipientsRefused({"bram@example.nl": (450, b"not now")})
            django_mail.outbox.append(message)
        return len(messages)


@pytest.fixture
def anna() -> Person:
    return Person.objects.create(name="Anna", email="anna@example.nl")


@pytest.fixture
def bram() -> Person:
    return Person.objects.create(name="Bram", email="bram@example.nl")


@pytest.fixture
def server_is_away(settings: object) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.MailServerIsAway"  # type: ignore[attr-defined]  # pytest-django's settings


def test_a_mail_goes_out_with_its_letter_and_where_answers_go(anna: Person) -> None:
    outbox.write(
        anna,
        subject="Your plan",
        text="Granted.",
        reply_to="buurt@example.nl",
        attachment=b"%PDF",
        attachment_name="a.pdf",
    )
    assert outbox.send_waiting() == 1
    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["anna@example.nl"], "Your plan", "Granted.")
    assert sent.reply_to == ["buurt@example.nl"]
    assert [(part[0], part[1]) for part in sent.attachments] == [("a.pdf", b"%PDF")]


def test_a_mail_goes_out_once(anna: Person) -> None:
    outbox.write(anna, subject="Your plan", text="Granted.")
    assert [outbox.send_waiting(), outbox.send_waiting()] == [1, 0]
    assert len(django_mail.outbox) == 1


def test_two_workers_at_once_send_a_mail_once(anna: Person) -> None:
    outbox.write(anna, subject="Your plan", text="Granted.")
    seen_by_one, seen_by_another = Mail.objects.get(), Mail.objects.get()
    assert [outbox.claim(seen_by_one), outbox.claim(seen_by_another)] == [True, False]
    assert outbox.send_waiting() == 0, "a third one finds nothing waiting"


def test_a_mail_of_a_worker_that_died_is_tried_again_later(anna: Person) -> None:
    outbox.write(anna, subject="Your plan", text="Granted.")
    outbox.claim(Mail.objects.get())
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert outbox.send_waiting() == 1


@pytest.mark.usefixtures("server_is_away")
def test_a_mail_that_cannot_go_keeps_none_of_the_others(anna: Person, bram: Person) -> None:
    outbox.write(bram, subject="Your plan", text="Granted.")
    outbox.write(anna, subject="Your plan", text="Granted.")
    assert outbox.send_waiting() == 1
    stuck = Mail.objects.get(to=bram)
    assert (stuck.sent_at, stuck.tries) == (None, 1)
    assert "SMTPRecipientsRefused" in stuck.trouble


@pytest.mark.usefixtures("server_is_away")
def test_a_mail_is_given_up_after_eight_tries_over_some_hours(bram: Person) -> None:
    outbox.write(bram, subject="Your plan", text="Granted.")
    now, tries = timezone.now(), []
    for quarter in range(60):
        with time_machine.travel(now + quarter * timedelta(minutes=15, seconds=1), tick=False):
            outbox.send_waiting()
            tries.append(Mail.objects.get().tries)
    assert max(tries) == 8
    assert tries.index(8) >= 4 * 4, "a mail server may be away for some hours"


@pytest.mark.usefixtures("server_is_away")
def test_no_address_reaches_the_log(bram: Person, caplog: pytest.LogCaptureFixture) -> None:
    outbox.write(bram, subject="Your plan, Bram", text="Granted.")
    with caplog.at_level(logging.DEBUG):
        outbox.send_waiting()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "bram" not in caplog.text.lower()


def test_a_subject_cannot_bring_its_own_headers(anna: Person) -> None:
    outbox.write(anna, subject="Hello\r\nBcc: all@example.nl\n" + "x" * 300, text="Hi.")
    assert outbox.send_waiting() == 1
    [sent] = django_mail.outbox
    assert "\n" not in sent.subject
    assert sent.recipients() == ["anna@example.nl"]


def test_who_has_no_address_gets_no_mail() -> None:
    assert outbox.write(Person.objects.create(name="Cor", phone="06 1"), subject="Your plan", text="Granted.") is None
    assert not Mail.objects.exists()


def test_a_deed_that_fails_takes_its_mail_back(anna: Person) -> None:
    def deed() -> None:
        with transaction.atomic():
            outbox.write(anna, subject="Your plan", text="Granted.")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()
    assert outbox.send_waiting() == 0


def test_what_was_mailed_is_not_kept_in_words(anna: Person) -> None:
    outbox.write(anna, subject="Your code: ACEF34", text="ACEF34", attachment=b"%PDF", attachment_name="a.pdf")
    outbox.send_waiting()
    kept = Mail.objects.get()
    assert (kept.subject, kept.text, kept.attachment, kept.attachment_name) == ("", "", None, "")
    assert kept.sent_at
    assert "ACEF34" in django_mail.outbox[0].body


def test_the_demo_shows_what_it_mailed(anna: Person, settings: pytest_django.Settings) -> None:
    settings.DEMO = True
    outbox.write(anna, subject="Your code: ACEF34", text="ACEF34")
    outbox.send_waiting()
    assert Mail.objects.get().text == "ACEF34"


@pytest.mark.usefixtures("server_is_away")
def test_a_mail_that_did_not_go_keeps_its_words_until_it_does(bram: Person) -> None:
    outbox.write(bram, subject="Your code", text="ACEF34")
    outbox.send_waiting()
    assert Mail.objects.get().text == "ACEF34"


@pytest.mark.parametrize(("days", "there"), [(13, 1), (15, 0)])
def test_a_mail_is_forgotten_two_weeks_after_it_went_out_or_was_given_up(
    anna: Person, bram: Person, days: int, there: int
) -> None:
    outbox.write(anna, subject="Your plan", text="Granted.")
    outbox.send_waiting()
    outbox.write(bram, subject="Your plan", text="Granted.")
    Mail.objects.filter(to=bram).update(tries=Mail.TRIES)
    waiting = outbox.write(anna, subject="Still waiting", text="Granted.")
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        forget_old_keys()
    assert [Mail.objects.filter(to=bram).count(), Mail.objects.filter(to=anna).count()] == [there, there + 1]
    assert waiting in Mail.objects.all()


def test_old_codes_and_sessions_that_are_over_are_forgotten(anna: Person) -> None:
    Code.make(anna, purpose="x", address=anna.email)
    Session.objects.create(session_key="over", expire_date=timezone.now() + timedelta(hours=1))
    Session.objects.create(session_key="good", expire_date=timezone.now() + timedelta(days=30))
    forget_old_keys()
    assert (Code.objects.count(), Session.objects.count()) == (1, 2)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        forget_old_keys()
    assert not Code.objects.exists()
    assert Session.objects.get().session_key == "good"


def test_the_clock_forgets(settings: pytest_django.Settings) -> None:
    assert "web.forget.forget_old_keys" in settings.TICK


def test_rate_limits_are_not_culled_by_a_few_hundred_others() -> None:
    for number in range(400):
        cache.set(f"somebody-{number}", 1, 60)
    assert all(cache.get_many([f"somebody-{number}" for number in range(400)]).values())
    assert len(cache.get_many([f"somebody-{number}" for number in range(400)])) == 400
    cache.clear()
