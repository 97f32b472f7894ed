"""A funder gives money to plans; a seat is what one person may do there."""

import logging
from datetime import date
from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money
from PIL import Image

from web import clock
from web.models.person import Person

log = logging.getLogger(__name__)


class Funder(models.Model):
    """A municipality, fund or housing corporation. Each sees only its own applications."""

    class Regime(models.TextChoices):
        """Which law holds: the Awb for a public body (Awb 1:1), a civil agreement for a private fund."""

        AWB = "awb", _("public body")
        PRIVATE = "private", _("private fund")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(unique=True)
    regime = models.CharField(max_length=8, choices=Regime, default=Regime.AWB)
    acts_for = models.CharField(
        _("on whose behalf"),
        max_length=200,
        blank=True,
        help_text=_("Stands under every decision, for instance: the mayor and aldermen of Waterveen."),
    )
    mailbox = models.EmailField(_("mailbox"), help_text=_("Answers to our mails go here (Reply-To)."))
    phone = models.CharField(_("phone"), max_length=40)
    address = models.TextField(_("address"), blank=True)
    privacy = models.TextField(_("privacy"), blank=True)
    privacy_en = models.TextField(blank=True)
    accessibility = models.TextField(_("accessibility statement"), blank=True)
    accessibility_en = models.TextField(blank=True)
    complaints = models.TextField(_("complaints"), blank=True)
    complaints_en = models.TextField(blank=True)
    decider_may_pay = models.BooleanField(
        _("who decides may also pay"),
        default=False,
        help_text=_("Only for a fund of one person. The auditor's pages show it."),
    )

    answers_ideas_within = models.PositiveSmallIntegerField(
        _("answers an idea within"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Working days. Stands on the page where people tell an idea."),
    )

    logo = models.ImageField(
        _("logo"),
        upload_to="logos/",
        max_length=200,
        blank=True,
        width_field="logo_width",
        height_field="logo_height",
        editable=False,  # made safe first (web/logos.py)
    )
    logo_width = models.PositiveIntegerField(null=True, editable=False)  # pixels
    logo_height = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("funder")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def funder_id(self) -> int:
        """In whose books a deed about this funder is: its own."""
        return self.pk

    def read_logo(self) -> bytes:
        """Its JPEG; nothing where there is none. A letter without the logo is better than no letter."""
        if not self.logo:
            return b""
        try:
            with self.logo.open("rb") as kept, Image.open(kept, formats=["JPEG"]) as picture:
                picture.load()  # one that was cut off would stop the letter
                kept.seek(0)
                return bytes(kept.read())
        except OSError:
            log.exception("The logo of %s can't be read where uploads are kept.", self.slug)
            return b""

    @property
    def logo_size(self) -> tuple[int, int]:
        """Pixels wide and high."""
        return self.logo_width or 0, self.logo_height or 0

    @property
    def is_public_body(self) -> bool:
        return self.regime == self.Regime.AWB

    def citing(self, sentence: str | Promise, article: str) -> str:
        """The sentence with the article of the Awb that it rests on, which isn't the law of a private fund."""
        return f"{str(sentence).removesuffix('.')} (Awb {article})." if self.is_public_body else str(sentence)


KEPT, AT_THE_DOOR = "seats_today", "seats_at_the_door"


class SeatQuerySet(models.QuerySet["Seat"]):
    def today(self) -> Self:
        """Seats that hold today: begun, and not yet ended."""
        return self.on(clock.today())

    def on(self, day: date) -> Self:
        """Seats that hold on this day; the last one counts."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))

    def of(self, person: Person | None, *roles: "Seat.Role") -> Self:
        """The seats this person holds today, in any of these roles (in any role when none is named)."""
        seats = self.today().filter(person=person)
        return seats.filter(role__in=roles) if roles else seats

    def reaching(self, amount: Money) -> Self:
        """Those with a mandate that reaches to this amount (Awb 10:3)."""
        return self.filter(mandate__gte=amount)


class Seat(models.Model):
    """A person's role at a funder, from one day to another, with a mandate up to an amount (Awb 10:3)."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        PANEL = "panel", _("panel member")
        DECIDER = "decider", _("decider")
        TREASURER = "treasurer", _("treasurer")
        FUND_ADMIN = "fund_admin", _("fund admin")
        AUDITOR = "auditor", _("auditor")

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    mandate = MoneyField(
        _("decides up to"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR"
    )
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Seat"]] = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(name="one_seat_per_role", fields=["person", "funder", "role", "starts_on"]),
            models.CheckConstraint(
                name="a_seat_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.funder}"

    @classmethod
    def look_up(cls, person: Person) -> "list[Seat]":
        """Today's seats of whoever comes in, asked once a request: at the door, for the frame, and for `keep`."""
        seats: list[Seat] | None = person.__dict__.get(AT_THE_DOOR)
        if seats is None:
            seats = person.__dict__[AT_THE_DOOR] = list(cls.objects.of(person).select_related("funder"))
        return seats

    @classmethod
    def keep(cls, person: Person) -> "list[Seat]":
        """Ask for today's seats of `person` once, for all rules of one page: `held` then asks nothing more.

        Kept on this one object, which lives as long as its request.
        """
        person.__dict__[KEPT] = seats = cls.look_up(person)
        return seats

    @classmethod
    def funders_of(cls, person: Person, *roles: "Seat.Role") -> Any:
        """Where this person has such a seat today, for `funder__in`: by number where `keep` asked for them."""
        seats: list[Seat] | None = person.__dict__.get(KEPT)
        if seats is None:
            return cls.objects.of(person, *roles).values("funder")
        return sorted({seat.funder_id for seat in seats if seat.role in roles})

    @classmethod
    def held(cls, person: Person, funder_id: int, *roles: "Seat.Role") -> "list[Seat]":
        """The seats this person holds today at one funder, in any of these roles."""
        seats: list[Seat] | None = person.__dict__.get(KEPT)
        if seats is None:
            return list(cls.objects.of(person, *roles).filter(funder=funder_id))
        return [seat for seat in seats if seat.funder_id == funder_id and seat.role in roles]
