"""The outbox: `write` puts a mail in the database, in the action's transaction; `send_waiting` sends it afterwards."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from web import clock
from web.bounces import came_back, is_for_good, name_of
from web.models import Mail, Person

log = logging.getLogger(__name__)

# What stays of the words of a mail that went out: codes and links in it open doors, so they aren't kept.
NOTHING: dict[str, Any] = {"subject": "", "text": "", "attachment": None, "attachment_name": ""}
PATIENCE = timedelta(minutes=15)  # before a mail is tried again: once this after the first try, then twice, …


def write(
    to: Person,
    *,
    subject: str,
    text: str,
    reply_to: str = "",
    attachment: bytes | None = None,
    attachment_name: str = "",
    address: str = "",
    not_before: datetime | None = None,
) -> Mail | None:
    """Put a mail to `to` in the outbox. None when they have no e-mail: they are reached by phone or post.

    `address` is for mails about signing in: those go to the address one signs in with. It waits until `not_before`.
    """
    address = address or to.email
    if not address:
        return None
    return Mail.objects.create(
        to=to,
        address=address,
        not_before=not_before or clock.now(),
        reply_to=reply_to,
        subject=on_one_line(subject),
        text=text,
        attachment=attachment,
        attachment_name=on_one_line(attachment_name),
    )


def on_one_line(text: str) -> str:
    """A header can't be broken out of with a line break, and fits its column."""
    return " ".join(text.split())[:200]


def send_waiting() -> int:
    """Send every mail whose time has come; the number sent. Two workers at once send each mail once."""
    with get_connection() as connection:
        return sum(send(mail, connection) for mail in Mail.objects.waiting() if claim(mail))


def claim(mail: Mail) -> bool:
    """Be the only one to try this mail now. When we die halfway, it is tried again after a while."""
    again = clock.now() + PATIENCE * (mail.tries + 1)
    unchanged = Mail.objects.filter(pk=mail.pk, sent_at=None, tries=mail.tries)
    return bool(unchanged.update(tries=F("tries") + 1, not_before=again))


def send(mail: Mail, connection: BaseEmailBackend) -> bool:
    """Hand one mail to the mail server. What goes wrong is kept with the mail; no address ever reaches the log."""
    try:
        as_message(mail, connection).send()
    except Exception as trouble:  # whatever it is, the next mail must go out
        Mail.objects.filter(pk=mail.pk).update(trouble=f"{type(trouble).__name__}: {trouble}"[:200])
        if is_for_good(trouble):
            came_back(mail, trouble=f"refused: {type(trouble).__name__}")
        log.warning("Mail %s was not sent (%s).", mail.pk, type(trouble).__name__)
        return False
    kept = {} if settings.DEMO else NOTHING  # the demo shows its mails
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now(), trouble="", **kept)
    return True


def as_message(mail: Mail, connection: BaseEmailBackend) -> EmailMessage:
    message = EmailMessage(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.BOUNCES_TO or None,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": name_of(mail), "From": settings.DEFAULT_FROM_EMAIL},
        connection=connection,
    )
    if mail.attachment is not None:
        message.attach(mail.attachment_name, bytes(mail.attachment))
    return message
