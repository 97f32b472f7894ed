"""An edition: one published version of a scheme's rules. Frozen once published; a change makes the next edition.

A plan is judged and decided by the edition that held when it was sent. grants/guards.py has the database refuse any
change of an edition, or of what belongs to it, after publication.
"""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from grants.models.area import Area
from grants.models.track import Track
from web import clock
from web.models import Person

if TYPE_CHECKING:
    from grants.models.criterion import Exclusion
    from grants.models.round import Round
    from grants.models.waiver import Waiver

NAMES = 4  # areas named in one sentence; of more the number is told


class Division(models.TextChoices):
    """How the money is divided when there may be too little (Awb 4:26)."""

    ORDER = "order", _("in the order in which plans are complete")
    RANKING = "ranking", _("the best plans of a round first")


class Carrier(models.TextChoices):
    """Who carries a responsibility."""

    RESIDENTS = "residents", _("the residents")
    FUNDER = "funder", _("the funder")
    TOGETHER = "together", _("residents and funder together")
    AGREED = "agreed", _("agreed for each plan")


class Edition(models.Model):
    """Its texts are Dutch, with English beside it where somebody wrote that (`…_en`)."""

    Division = Division
    Carrier = Carrier

    # What belongs to an edition and is copied with it, by its name here; areas are copied too.
    PARTS = ("tracks", "criteria", "exclusions", "obligations", "checks", "rounds", "extra_questions", "waivers")
    SHOWN = (*PARTS, "areas")

    scheme = models.ForeignKey("grants.Scheme", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    publication_link = models.URLField(
        _("where it was published"), blank=True, help_text=_("The official publication, if there is one.")
    )
    what_changed = models.TextField(_("what is different"), blank=True)
    what_changed_en = models.TextField(_("what is different, in English"), blank=True)

    purpose = models.TextField(_("what it is for"))
    purpose_en = models.TextField(_("what it is for, in English"), blank=True)
    who_may_ask = models.TextField(_("who may ask"))
    who_may_ask_en = models.TextField(_("who may ask, in English"), blank=True)
    who_decides = models.TextField(_("who decides"))
    who_decides_en = models.TextField(_("who decides, in English"), blank=True)
    responsible = models.TextField(_("who is responsible"), help_text=_("Insurance, safety, upkeep."))
    responsible_en = models.TextField(_("who is responsible, in English"), blank=True)
    insurance = models.CharField(_("insurance of volunteers"), max_length=9, choices=Carrier, blank=True)
    safety = models.CharField(_("safety"), max_length=9, choices=Carrier, blank=True)
    upkeep = models.CharField(_("upkeep"), max_length=9, choices=Carrier, blank=True)

    minimum = MoneyField(_("at least"), max_digits=12, decimal_places=2, default_currency="EUR", default=50)
    maximum = MoneyField(_("at most"), max_digits=12, decimal_places=2, default_currency="EUR")
    ceiling = MoneyField(
        _("ceiling"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        default_currency="EUR",
        help_text=_("All plans of a year together get no more than this."),
    )
    ceiling_link = models.URLField(_("where the ceiling was published"), blank=True)
    second_signature_above = MoneyField(
        _("a second signature above"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR"
    )
    panel_from = MoneyField(
        _("the panel is asked from"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR"
    )
    pays_professionals = models.BooleanField(_("hours of professionals may be paid"), default=False)

    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"), null=True, blank=True)
    in_rounds = models.BooleanField(_("in rounds"), default=False, help_text=_("Otherwise people ask all year."))
    division = models.CharField(_("how the money is divided"), max_length=7, choices=Division, default=Division.ORDER)

    members_at_least = models.PositiveSmallIntegerField(
        _("how many people ask together, at least"), default=1, validators=[MinValueValidator(1)]
    )
    different_addresses = models.BooleanField(
        _("from different addresses"), default=False, help_text=_("Each of them lives at another address.")
    )
    may_be_missing = models.JSONField(default=list, blank=True)  # names of completion.PARTS; empty: all of them
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="editions",
        blank=True,
        help_text=_("Empty: wherever the funder works."),
    )

    objects: ClassVar[models.Manager["Edition"]] = models.Manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("scheme", "number")
        constraints = [
            models.UniqueConstraint(name="an_edition_number_is_used_once", fields=["scheme", "number"]),
            models.UniqueConstraint(
                name="one_draft_of_a_scheme", fields=["scheme"], condition=Q(published_at__isnull=True)
            ),
            models.CheckConstraint(
                name="published_by_somebody",
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(name="at_most_is_not_below_at_least", condition=Q(maximum__gte=F("minimum"))),
            models.CheckConstraint(
                name="a_scheme_closes_after_it_opens", condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(name="ranking_is_done_in_rounds", condition=Q(division="order") | Q(in_rounds=True)),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} ({self.number})"

    @property
    def funder_id(self) -> int:
        return self.scheme.funder_id

    @property
    def is_frozen(self) -> bool:
        return self.published_at is not None

    @property
    def is_open(self) -> bool:
        """Whether its dates take plans today."""
        return self.is_open_on(clock.today())

    def is_open_on(self, day: date) -> bool:
        """Whether its dates took plans on this day."""
        in_time = self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)
        return in_time and (not self.in_rounds or self.round_on(day) is not None)

    def round_on(self, day: date) -> "Round | None":
        """The round that takes plans on this day."""
        return next((each for each in self.rounds.all() if each.opens_on <= day <= each.closes_on), None)

    @property
    def where(self) -> str:
        """Its areas in words; empty when it is for everywhere. Counts over the prefetched areas."""
        names = [area.name for area in self.areas.all()]
        more = len(names) - NAMES
        if more > 1:
            names[NAMES:] = [_("%(number)s other neighbourhoods") % {"number": more}]
        return get_text_list(names, gettext("and"))

    def track_for(self, amount: Money) -> Track | None:
        """The smallest track that reaches to `amount`: the more money, the more duties. None above the largest."""
        reaching = [track for track in self.tracks.all() if track.up_to >= amount]
        return min(reaching, key=lambda track: track.up_to, default=None)

    @property
    def first_track(self) -> Track | None:
        return min(self.tracks.all(), key=lambda track: track.up_to, default=None)

    @property
    def asks_little_up_to(self) -> Money | None:
        """Up to here the short form is enough, which asks no extra question. None without a short form."""
        return max((track.up_to for track in self.tracks.all() if track.duties.asks_little), default=None)

    @property
    def weighs_support(self) -> bool:
        """Whether one of the criteria is about what neighbours think of a plan."""
        return any(criterion.weighs_support for criterion in self.criteria.all())

    @property
    def excluded(self) -> "list[Exclusion]":
        """What isn't paid for, without what was switched off."""
        return [exclusion for exclusion in self.exclusions.all() if exclusion.holds]

    @property
    def waived(self) -> "list[Waiver]":
        """The rules that don't hold for a while."""
        return [waiver for waiver in self.waivers.all() if waiver.until >= clock.today()]

    def waives(self, *rules: str) -> bool:
        return any(waiver.rule in rules for waiver in self.waived)

    @property
    def needs_members(self) -> int:
        """How many people ask together, at least; one while that rule is waived."""
        return 1 if self.members_at_least == 1 or self.waives("members") else self.members_at_least

    @property
    def needs_addresses(self) -> bool:
        return self.different_addresses and not self.waives("members", "addresses")

    @property
    def fixed_at_once_up_to(self) -> Money | None:
        """Up to here the money is the group's at once, never asked back for being unspent (Awb 4:49)."""
        return max((track.up_to for track in self.tracks.all() if track.fixed_at_once), default=None)

    @property
    def fixes_later(self) -> bool:
        """Whether larger amounts are awarded first and fixed afterwards (Awb 4:42, 4:46)."""
        return any(not track.fixed_at_once for track in self.tracks.all())

    def needs_second_signature(self, amount: Money) -> bool:
        return self.second_signature_above is not None and amount > self.second_signature_above

    def asks_panel(self, amount: Money) -> bool:
        return self.panel_from is not None and amount >= self.panel_from
