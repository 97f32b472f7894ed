"""Mails that came back: which one a report is about, and that it was never delivered (Awb 2:11).

Each mail carries a name of its own (`Message-ID`) that nobody else can make up, and whoever sends it back says that
name: so a report about a mail we didn't send changes nothing, whoever it is from.
"""

import re
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from web import clock
from web.models import Mail

NAME = re.compile(r"<mail-(\d{1,18})\.([0-9a-f]{20})@[^>\s]+>")


def name_of(mail: Mail) -> str:
    """What stands in the mail's `Message-ID`."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return f"<mail-{mail.pk}.{_mark(mail.pk)}@{domain}>"


def _mark(number: int) -> str:
    return salted_hmac("web.bounces", str(number), algorithm="sha256").hexdigest()[:20]


def mail_named(text: str) -> Mail | None:
    """The mail of ours whose name stands in `text`."""
    for number, mark in NAME.findall(text):
        if constant_time_compare(mark, _mark(int(number))):
            return Mail.objects.filter(pk=int(number)).first()
    return None


def read_report(raw: bytes) -> Mail | None:
    """Note that the mail this report is about came back for good, and give it. None: a delay, or no mail of ours.

    Reports as mail servers write them (RFC 3464): what went wrong, and the mail or its head.
    """
    report = message_from_bytes(raw, policy=default)
    failed = [
        each for each in report.walk() if each.get_content_type() == "message/delivery-status" and _is_final(each)
    ]
    mail = mail_named(_names(report)) if failed else None
    if mail:
        came_back(mail, trouble=_why(failed[0]))
    return mail


def _is_final(status: Message) -> bool:
    """Failed with a 5: it isn't tried again."""
    blocks = status.get_payload()
    fields = [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
    return any(
        str(each.get("Action", "")).strip().lower() == "failed" and str(each.get("Status", "")).strip().startswith("5")
        for each in fields
    )


def _why(status: Message) -> str:
    """What the other mail server said; no address."""
    found = re.search(r"^Status:\s*(5[\d.]+)", status.as_string(), re.MULTILINE)
    return f"came back: {found[1] if found else '5'}"


def _names(report: Message) -> str:
    """The names in the mail that was sent back, or in its head alone."""
    found = []
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            found += [str(each.get("Message-ID", "")) for each in part.get_payload() if isinstance(each, Message)]
        if part.get_content_type() == "text/rfc822-headers":
            found.append(part.as_string())
    return " ".join(found)


def is_for_good(trouble: Exception) -> bool:
    """Whether the mail server said no to the address itself, and would tomorrow."""
    if not isinstance(trouble, SMTPRecipientsRefused):
        return False
    codes = [code for code, _said in trouble.recipients.values()]
    return bool(codes) and all(500 <= code < 600 for code in codes)  # noqa: PLR2004  # as SMTP numbers its refusals


def came_back(mail: Mail, *, trouble: str) -> None:
    """It isn't tried again, and its words are gone. What it told is still to be told another way."""
    Mail.objects.filter(pk=mail.pk, came_back_at=None).update(
        came_back_at=clock.now(), tries=Mail.TRIES, trouble=trouble[:200]
    )
