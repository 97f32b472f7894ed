"""An intake: how a request came that residents didn't send here themselves, and who of the funder took it in.

It counts from the day it came, not from the day it was typed (Awb 4:13), and by the rules that held on that day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.application import Application
from grants.models.edition import Edition
from grants.models.missing import about_the_amount, about_the_plan
from grants.models.scheme import Scheme
from grants.models.track import Duties
from web import clock
from web.models import Person

NOON = time(12)


class Intake(models.Model):
    """`yes`: how we know that it is what the residents want (rule 6). `key` makes a double click one request."""

    class CameBy(models.TextChoices):
        PAPER = "paper", gettext_lazy("on paper")
        MAIL = "mail", gettext_lazy("by mail")
        PHONE = "phone", gettext_lazy("by phone")
        DESK = "desk", gettext_lazy("at the desk")

    class Yes(models.TextChoices):
        SIGNED = "signed", gettext_lazy("their signature is under it")
        ADDRESS = "address", gettext_lazy("it came from their own mail address")
        SAID = "said", gettext_lazy("it was read aloud to them, and they said: this is our plan")

    application = models.OneToOneField(Application, models.PROTECT, related_name="intake")
    came_by = models.CharField(gettext_lazy("how it came"), max_length=5, choices=CameBy)
    yes = models.CharField(gettext_lazy("how they said yes"), max_length=7, choices=Yes)
    why_later = models.TextField(gettext_lazy("why it was taken in later"), blank=True)
    key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["Intake"]] = models.Manager()

    class Meta:
        verbose_name = gettext_lazy("intake")
        constraints = [
            models.CheckConstraint(name="nobody_signs_over_the_phone", condition=~Q(came_by="phone") | Q(yes="said")),
            models.CheckConstraint(
                name="only_a_mail_has_an_address_of_its_own", condition=~Q(yes="address") | Q(came_by="mail")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_came_by_display()}"

    @property
    def thread(self) -> int:
        return self.application.plan_id


@dataclass(frozen=True)
class Came:
    """How and on which day a request came; `why_later` where that isn't today."""

    by: str
    on: date
    yes: str
    why_later: str = ""

    def refuse(self) -> None:
        """Raises ValidationError, at the fields, when this can't be."""
        if self.on > clock.today():
            raise ValidationError({"received_on": [_("It can't come later than today.")]})
        if self.on < clock.today() and not self.why_later.strip():
            raise ValidationError({"why_later": [_("Write why it is taken in later than it came.")]})
        kinds = Intake.CameBy
        signed_over_the_phone = self.by == kinds.PHONE and self.yes != Intake.Yes.SAID
        if signed_over_the_phone or (self.by != kinds.MAIL and self.yes == Intake.Yes.ADDRESS):
            raise ValidationError({"yes": [_("This can't be for what came this way. Choose another.")]})

    @property
    def at(self) -> datetime:
        """The moment it counts from: now, or noon of an earlier day, of which nobody knows the hour any more."""
        if self.on == clock.today():
            return clock.now()
        return timezone.make_aware(datetime.combine(self.on, NOON))


def edition_on(scheme: Scheme, day: date) -> Edition:
    """The rules that held on this day. Raises ValidationError when nothing could be asked then."""
    published = scheme.editions.filter(published_at__date__lte=day).order_by("-number")
    edition = published.select_related("scheme").prefetch_related("tracks", "rounds", "waivers").first()
    if edition is None or not edition.is_open_on(day):
        told = {"scheme": scheme, "day": date_format(day, "j F Y")}
        raise ValidationError({"received_on": [_("%(scheme)s took no plans on %(day)s.") % told]})
    return edition


def duties_of_what_came(application: Application) -> Duties:
    """What its amount asks of both sides. Raises ValidationError, at the fields, when it says too little.

    It can't do without an amount that can be asked, what they want, and where. Whatever else misses is asked for once,
    as of every plan (Awb 4:5).
    """
    duties, wrong = application.duties, about_the_amount(application.edition, application.asked)
    wrong |= about_the_plan(application.plan, asks_little=True)
    if wrong or duties is None:
        raise ValidationError({field: [sentence] for field, sentence in wrong.items()})
    return duties
