"""The outbox: a mail is a row written in the same transaction as the deed it tells of; `manage.py tick` sends it."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.person import Person


class MailQuerySet(models.QuerySet["Mail"]):
    def failed(self) -> Self:
        """Given up, or come back: what they told was not told."""
        return self.filter(models.Q(sent_at=None, tries__gte=Mail.TRIES) | models.Q(came_back_at__isnull=False))

    def waiting(self) -> Self:
        """Not yet sent, not given up, and not being tried by another worker; oldest first."""
        return self.filter(sent_at=None, tries__lt=Mail.TRIES, not_before__lte=clock.now()).order_by("pk")


class Mail(models.Model):
    """One e-mail to one person."""

    TRIES = 8  # with growing pauses: a mail server may be away for half a working day

    to = models.ForeignKey(Person, models.PROTECT, related_name="mails")
    address = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    attachment = models.BinaryField(null=True)
    attachment_name = models.CharField(max_length=100, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    came_back_at = models.DateTimeField(null=True)  # refused for good, or sent back later

    objects: ClassVar[MailQuerySet] = MailQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("mail")
        indexes = [models.Index(fields=["id"], name="mail_waiting", condition=models.Q(sent_at=None))]

    def __str__(self) -> str:
        return f"mail {self.pk}"  # not its subject: that may be a code
