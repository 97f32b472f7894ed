"""A scheme: what a funder gives money for, to whom, by which criteria, and from which budget."""

import re
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from grants.models.area import Area
from grants.models.track import Track
from ledger.models import Account, Budget
from web import clock
from web.amounts import euro, from_cents
from web.models import Funder

NAMES = 4  # areas named in one sentence; of more the number is told


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def published(self) -> Self:
        """What everybody may read."""
        return self.filter(published_at__lte=clock.now())

    def open_now(self) -> Self:
        """What can be asked for today."""
        day = clock.today()
        return self.published().filter(Q(closes_on=None) | Q(closes_on__gte=day), opens_on__lte=day)

    def for_catalogue(self) -> Self:
        """With funder, tracks, areas and the money left: three queries, however many there are."""
        schemes = self.with_money_left().select_related("funder").prefetch_related("tracks", "areas")
        return schemes.order_by("funder__name", "maximum", "pk")

    def with_money_left(self) -> Self:
        """Every scheme with what this year's budget still has (`left_cents`), in the same query."""
        left = Account.objects.filter(kind=Account.Kind.AVAILABLE, commitment=None, budget__schemes=OuterRef("pk"))
        this_year = left.filter(budget__year=clock.today().year).order_by("budget__name")
        return self.annotate(left_cents=Subquery(this_year.values("balance")[:1]))

    def for_scheme_page(self) -> Self:
        return self.select_related("funder").prefetch_related("budgets", "tracks", "criteria", "exclusions", "areas")


class Scheme(models.Model):
    """Its texts are Dutch, with English beside it where somebody wrote that (`…_en`)."""

    funder = models.ForeignKey(Funder, models.PROTECT, related_name="schemes")
    slug = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(max_length=100, blank=True)
    purpose = models.TextField(_("what it is for"))
    purpose_en = models.TextField(blank=True)
    who_may_ask = models.TextField(_("who may ask"))
    who_may_ask_en = models.TextField(blank=True)
    who_decides = models.TextField(_("who decides"))
    who_decides_en = models.TextField(blank=True)
    responsible = models.TextField(_("who is responsible"), help_text=_("Insurance, safety, upkeep."))
    responsible_en = models.TextField(blank=True)
    minimum = MoneyField(_("at least"), max_digits=12, decimal_places=2, default_currency="EUR", default=50)
    maximum = MoneyField(_("at most"), max_digits=12, decimal_places=2, default_currency="EUR")
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"), null=True, blank=True)
    members_at_least = models.PositiveSmallIntegerField(
        _("how many people ask together, at least"), default=1, validators=[MinValueValidator(1)]
    )
    different_addresses = models.BooleanField(
        _("from different addresses"), default=False, help_text=_("Each of them lives at another address.")
    )
    mailbox = models.EmailField(_("mailbox"), blank=True, help_text=_("Empty: the funder's mailbox."))
    budgets = models.ManyToManyField(Budget, related_name="schemes", blank=True)
    areas = models.ManyToManyField(
        Area, related_name="schemes", blank=True, help_text=_("Empty: wherever the funder works.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Scheme"]] = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        constraints = [
            models.CheckConstraint(name="at_most_is_not_below_at_least", condition=Q(maximum__gte=F("minimum"))),
            models.CheckConstraint(
                name="a_scheme_closes_after_it_opens", condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("grants:scheme", args=[self.slug])

    @property
    def reply_to(self) -> str:
        return self.mailbox or self.funder.mailbox

    @property
    def is_open(self) -> bool:
        """Whether a plan can be sent today."""
        day = clock.today()
        return bool(self.published_at and self.opens_on <= day and (self.closes_on is None or day <= self.closes_on))

    @property
    def where(self) -> str:
        """Its areas in words; empty when it is for everywhere. Counts over the prefetched areas."""
        names = [area.name for area in self.areas.all()]
        more = len(names) - NAMES
        if more > 1:
            names[NAMES:] = [_("%(number)s other neighbourhoods") % {"number": more}]
        return get_text_list(names, gettext("and"))

    @property
    def current_budget(self) -> Budget | None:
        """This year's budget. Counts over the prefetched budgets, so a list of schemes costs one query for all."""
        year = clock.today().year
        return next((budget for budget in self.budgets.all() if budget.year == year), None)

    @property
    def money_left(self) -> Money:
        """After `with_money_left()` this asks no query."""
        if "left_cents" in self.__dict__:
            return from_cents(self.__dict__["left_cents"] or 0)
        return self.current_budget.available if self.current_budget else euro(0)

    def track_for(self, amount: Money) -> Track | None:
        """The smallest track that reaches to `amount`: the more money, the more duties. None above the largest."""
        reaching = [track for track in self.tracks.all() if track.up_to >= amount]
        return min(reaching, key=lambda track: track.up_to, default=None)

    @property
    def weighs_support(self) -> bool:
        """Whether one of the criteria is about what neighbours think of a plan."""
        return any(criterion.weighs_support for criterion in self.criteria.all())

    @property
    def fixed_at_once_up_to(self) -> Money | None:
        """Up to here the money is the group's at once, never asked back for being unspent (Awb 4:49)."""
        return max((track.up_to for track in self.tracks.all() if track.fixed_at_once), default=None)

    @property
    def fixes_later(self) -> bool:
        """Whether larger amounts are awarded first and fixed afterwards (Awb 4:42, 4:46)."""
        return any(not track.fixed_at_once for track in self.tracks.all())

    @property
    def first_track(self) -> Track | None:
        return min(self.tracks.all(), key=lambda track: track.up_to, default=None)


class Criterion(models.Model):
    """What everybody could read beforehand. A refusal points to one of these, and to nothing else (Awb 4:25, 4:35)."""

    class Kind(models.TextChoices):
        KNOCK_OUT = "k", _("yes or no")
        WEIGHED = "w", _("weighed")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="criteria")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(max_length=1, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    title_en = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("text"))
    text_en = models.TextField(blank=True)
    weighs_support = models.BooleanField(
        _("about the support of neighbours"),
        default=False,
        help_text=_("Then residents are told of the page and the poster with which they ask their neighbours."),
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("scheme", "order")
        constraints = [models.UniqueConstraint(name="one_criterion_per_place", fields=["scheme", "order"])]

    def __str__(self) -> str:
        return self.title


class Exclusion(models.Model):
    """What this scheme doesn't pay for, said before the form."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="exclusions")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("text"), max_length=200)
    text_en = models.CharField(max_length=200, blank=True)
    words = models.CharField(
        _("words"),
        max_length=200,
        blank=True,
        help_text=_("A budget line with one of these words shows this exclusion beside it: beer, wine."),
    )

    class Meta:
        verbose_name = _("exclusion")
        ordering = ("scheme", "order")
        constraints = [models.UniqueConstraint(name="one_exclusion_per_place", fields=["scheme", "order"])]

    def __str__(self) -> str:
        return self.text

    def concerns(self, line: str) -> bool:
        """Whether a budget line names one of the words of this exclusion. Only to say so: people decide."""
        said = set(re.findall(r"\w+", line.lower()))
        return any(word in said for word in re.findall(r"\w+", self.words.lower()))
