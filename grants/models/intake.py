"""An intake: how a request came that residents didn't send here themselves, and who of the funder took it in.

It counts from the day it came, not from the day it was typed (Awb 4:13), and by the rules that held on that day. What
came on a day on which nothing could be asked is taken in as well: it is sent on, or it isn't handled (Awb 4:5).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.application import Application
from grants.models.edition import Edition
from grants.models.missing import about_the_amount, about_the_plan
from grants.models.scheme import Scheme
from grants.models.sheet import beyond_scans
from grants.models.track import Duties
from web import clock
from web.models import Person

NOON = time(12)
LONG_AGO = timedelta(days=5 * 365)  # nobody's paper lay that long: a year that was typed wrong


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
    outside = models.BooleanField(gettext_lazy("it came while nothing could be asked"), default=False)
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
    """How and on which day a request came; `why_later` where that isn't today.

    `outside`: who takes it in knows that nothing could be asked on that day.
    """

    by: str
    on: date
    yes: str
    why_later: str = ""
    outside: bool = False

    def refuse(self) -> None:
        """Raises ValidationError, at the fields, when this can't be."""
        if self.on > clock.today():
            raise ValidationError({"received_on": [_("It can't come later than today.")]})
        if self.on < clock.today() - LONG_AGO:
            raise ValidationError({"received_on": [_("That is more than five years ago. Look at the year again.")]})
        if self.on < clock.today() and not self.why_later.strip():
            raise ValidationError({"why_later": [_("Write why it is taken in later than it came.")]})
        kinds = Intake.CameBy
        signed_over_the_phone = self.by == kinds.PHONE and self.yes != Intake.Yes.SAID
        if signed_over_the_phone or (self.by != kinds.MAIL and self.yes == Intake.Yes.ADDRESS):
            raise ValidationError({"yes": [_("This can't be for what came this way. Choose another.")]})

    @property
    def at(self) -> datetime:
        """The moment it counts from."""
        return moment_on(self.on)


def moment_on(day: date) -> datetime:
    """Now, or noon of an earlier day, of which nobody knows the hour any more."""
    if day == clock.today():
        return clock.now()
    return timezone.make_aware(datetime.combine(day, NOON))


def edition_on(scheme: Scheme, day: date) -> Edition:
    """The rules that held on this day; of a day before there were any, the first."""
    published = scheme.editions.exclude(published_at=None).select_related("scheme")
    known = published.prefetch_related("tracks", "rounds", "waivers").order_by("-number")
    edition = known.filter(published_at__date__lte=day).first() or known.last()
    if edition is None:
        raise ValueError(f"The scheme {scheme.slug} has not been published.")
    return edition


def refuse_outside(edition: Edition, came: Came) -> None:
    """Raises ValidationError, with what can be done, when nothing could be asked that day and they don't know it."""
    if came.outside or edition.is_open_on(came.on):
        return
    told = {"scheme": edition.scheme, "day": date_format(came.on, "j F Y")}
    sentence = _(
        "%(scheme)s took no plans on %(day)s. Look at the day again. Is it right? Then tick this. "
        "You can send the plan on to another fund, or decide not to handle it. You can't grant it."
    )
    raise ValidationError({"outside": [sentence % told]})


def left_outside() -> Q:
    """In a query of applications: as `came_outside` says of one."""
    right = {"reactions__kind": "objection", "reactions__outcome__in": ("upheld", "partly")}
    return Q(~Exists(Application.objects.filter(pk=OuterRef("pk"), **right)), intake__outside=True)


def came_outside(application: Application) -> bool:
    """Whether it came while nothing could be asked. No longer once somebody was right to object to that."""
    return Application.objects.filter(left_outside(), pk=application.pk).exists()


def refuse_to_grant_what_came_outside(application: Application) -> None:
    """Who asked in time had the same rules for everybody: money isn't granted to who didn't (Awb 4:23, 4:26)."""
    if came_outside(application):
        raise ValidationError(
            _("It came while nothing could be asked here. Send it on to another fund, or decide not to handle it.")
        )


def duties_of_what_came(application: Application) -> Duties:
    """What its amount asks of both sides. Raises ValidationError, at the fields, when it says too little.

    It can't do without an amount that can be asked, what they want, and where. Whatever else misses is asked for once,
    as of every plan (Awb 4:5).
    """
    duties, wrong = application.duties, about_the_amount(application.edition, application.asked)
    wrong |= beyond_scans(application, about_the_plan(application.plan, asks_little=True))
    if wrong or duties is None:
        raise ValidationError({field: [sentence] for field, sentence in wrong.items()})
    return duties
