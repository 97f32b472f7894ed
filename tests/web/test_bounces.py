"""Mails that came back: refused at once or reported later; nobody else can say so of a mail of ours."""

import io
import smtplib
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.core.management import call_command

from web import outbox
from web.bounces import name_of, read_report
from web.models import Mail, Person

pytestmark = pytest.mark.django_db

ADDRESS = "kees@waterveen.example"


def refusing(code: int) -> type[BaseEmailBackend]:
    class Refuses(BaseEmailBackend):
        def send_messages(self, messages: Sequence[EmailMessage]) -> int:
            raise smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"no such mailbox here")})

    return Refuses


NoSuchMailbox, FullToday = refusing(550), refusing(452)


@pytest.fixture
def mail(db: None) -> Mail:
    written = outbox.write(Person.objects.create(name="Kees", email=ADDRESS), subject="Uw plan", text="Toegekend.")
    assert written
    return written


def report(mail: Mail, *, action: str = "failed", status: str = "5.1.1", name: str = "", whole: bool = True) -> bytes:
    """As a mail server writes it (RFC 3464), with the whole mail or its head alone."""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    said = name or name_of(mail)
    return f"""From: MAILER-DAEMON@mx.example
To: buurtkas@waterveen.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain

I'm sorry. <{ADDRESS}>: user unknown

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {ADDRESS}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{ADDRESS}>: user unknown

--grens
Content-Type: {kind}

From: Buurtkas <buurtkas@waterveen.example>
To: {ADDRESS}
Message-ID: {said}
Subject: Uw plan

--grens--
""".replace("\n", "\r\n").encode()


def has_come_back(mail: Mail) -> bool:
    mail.refresh_from_db()
    return mail.came_back_at is not None


def test_each_mail_goes_out_under_a_name_of_its_own(mail: Mail, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Buurtkas <buurtkas@waterveen.example>"
    settings.BOUNCES_TO = "terug@waterveen.example"
    outbox.send_waiting()
    [sent] = django_mail.outbox
    message = sent.message()
    assert message["Message-ID"] == name_of(mail)
    assert name_of(mail).endswith("@waterveen.example>")
    assert message["From"] == "Buurtkas <buurtkas@waterveen.example>", "what people see"
    assert sent.from_email == "terug@waterveen.example", "where it comes back to"


def test_an_address_that_is_refused_for_good_is_not_tried_again(mail: Mail, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoSuchMailbox"
    outbox.send_waiting()
    assert has_come_back(mail)
    assert not Mail.objects.waiting().filter(pk=mail.pk).exists()
    assert mail.tries == Mail.TRIES
    assert ADDRESS not in mail.trouble


def test_a_full_mailbox_is_tried_again(mail: Mail, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.FullToday"
    outbox.send_waiting()
    assert not has_come_back(mail)
    assert mail.tries == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_report_says_which_mail_came_back(mail: Mail, *, whole: bool) -> None:
    outbox.send_waiting()
    assert read_report(report(mail, whole=whole)) == mail
    assert has_come_back(mail)
    assert mail.trouble == "came back: 5.1.1"
    when = mail.came_back_at
    read_report(report(mail))
    mail.refresh_from_db()
    assert mail.came_back_at == when, "the second report changes nothing"


def test_what_is_only_late_has_not_come_back(mail: Mail) -> None:
    assert read_report(report(mail, action="delayed", status="4.4.7")) is None
    assert read_report(report(mail, action="delivered", status="2.0.0")) is None
    assert not has_come_back(mail)


def test_nobody_makes_up_that_a_mail_came_back(mail: Mail) -> None:
    for name in (f"<mail-{mail.pk}.{'0' * 20}@waterveen.example>", f"<mail-{mail.pk}@waterveen.example>", "<x@y>"):
        assert read_report(report(mail, name=name)) is None
    other = outbox.write(mail.to, subject="x", text="x")
    assert other
    swapped = name_of(mail).replace(f"mail-{mail.pk}.", f"mail-{other.pk}.")
    assert read_report(report(mail, name=swapped)) is None
    assert not has_come_back(mail)
    assert not has_come_back(other)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hallo\r\n\r\nIk ben op vakantie tot maandag.",
        b"Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\n--a--",
        b"Content-Type: multipart/report\r\n\r\nzonder grens",
    ],
)
def test_what_is_no_report_does_nothing(mail: Mail, raw: bytes) -> None:
    assert read_report(raw) is None


def test_the_command_reads_one_from_its_input_and_always_ends_well(
    mail: Mail, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for raw, says in ((report(mail), f"Mail {mail.pk} came back."), (b"\xff", "Not about a mail of ours")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        call_command("bounce")
        assert says in capsys.readouterr().out
    assert has_come_back(mail)
