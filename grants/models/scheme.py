"""A scheme: what a funder gives money for, under one name and address. Its rules stand in its editions."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models.edition import Edition
from grants.models.round import Round
from ledger.models import Account, Budget, Commitment
from ledger.models.account import At
from web import clock
from web.amounts import euro, from_cents
from web.models import Funder, Person, Seat


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def published(self) -> Self:
        """What everybody may read, with the edition that holds today."""
        return self.filter(current__isnull=False).select_related("current")

    def open_now(self) -> Self:
        """What can be asked for today."""
        day = clock.today()
        in_time = Q(current__closes_on=None) | Q(current__closes_on__gte=day)
        round_now = Round.objects.filter(edition=OuterRef("current"), opens_on__lte=day, closes_on__gte=day)
        asked_now = Q(current__in_rounds=False) | Exists(round_now)
        return self.published().filter(in_time, asked_now, current__opens_on__lte=day)

    def taken_in_by(self, person: Person) -> Self:
        """Those for which this person, who answers for their funder, takes in what came on paper: open now or not."""
        seats = Seat.objects.of(person, Seat.Role.OFFICER, Seat.Role.DECIDER).values("funder")
        return self.published().filter(funder__in=seats).select_related("funder").order_by("funder__name", "pk")

    def for_catalogue(self) -> Self:
        """With funder, edition, tracks, rounds, areas and the money left: four queries, however many there are."""
        schemes = self.with_money_left().select_related("funder", "current")
        schemes = schemes.prefetch_related("current__tracks", "current__rounds", "current__areas")
        return schemes.order_by("funder__name", "current__maximum", "pk")

    def with_money_left(self) -> Self:
        """Every scheme with what this year's budget still has (`left_cents`), in the same query.

        What was given minutes ago counts as left (`quiet`): a decision is known when its letter has gone.
        """
        left = Account.objects.filter(kind=Account.Kind.AVAILABLE, commitment=None, budget__schemes=OuterRef("pk"))
        this_year = left.filter(budget__year=clock.today().year).order_by("budget__name")
        promised = Commitment.objects.filter(budget__schemes=OuterRef("pk"), budget__year=clock.today().year)
        unknown = promised.filter(known_from__gt=clock.now()).order_by().values("budget__schemes")
        quiet = unknown.annotate(sum=Sum("accounts__balance", filter=Q(accounts__kind=At.PROMISED))).values("sum")
        return self.annotate(left_cents=Subquery(this_year.values("balance")[:1]), quiet_cents=Subquery(quiet[:1]))

    def for_scheme_page(self) -> Self:
        parts = (f"current__{name}" for name in Edition.SHOWN)
        return self.with_money_left().select_related("funder", "current").prefetch_related("budgets", *parts)


class Scheme(models.Model):
    """Its name stays: with another name it is another scheme. What is said of it is Dutch, or English (`…_en`)."""

    funder = models.ForeignKey(Funder, models.PROTECT, verbose_name=_("funder"), related_name="schemes")
    slug = models.SlugField(_("address on the web"), unique=True)
    title = models.CharField(_("title"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    mailbox = models.EmailField(_("mailbox"), blank=True, help_text=_("Empty: the funder's mailbox."))
    budgets = models.ManyToManyField(Budget, verbose_name=_("budgets"), related_name="schemes", blank=True)
    current = models.ForeignKey(
        Edition, models.PROTECT, null=True, editable=False, verbose_name=_("edition"), related_name="+"
    )

    objects: ClassVar[models.Manager["Scheme"]] = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("grants:scheme", args=[self.slug])

    @property
    def edition(self) -> Edition:
        """What holds today, for who asks now. A plan that was sent has its own (`application.edition`)."""
        if self.current is None:
            raise ValueError(f"The scheme {self.slug} has not been published.")
        return self.current

    @property
    def draft(self) -> Edition | None:
        """What the next edition will be, if somebody is at work on it."""
        return self.editions.filter(published_at=None).first()

    @property
    def reply_to(self) -> str:
        return self.mailbox or self.funder.mailbox

    @property
    def is_open(self) -> bool:
        """Whether a plan can be sent today."""
        return self.current is not None and self.current.is_open

    @property
    def current_budget(self) -> Budget | None:
        """This year's budget. Counts over the prefetched budgets, so a list of schemes costs one query for all."""
        year = clock.today().year
        return next((budget for budget in self.budgets.all() if budget.year == year), None)

    @property
    def money_left(self) -> Money:
        """After `with_money_left()` this asks no query."""
        if "left_cents" in self.__dict__:
            return from_cents((self.__dict__["left_cents"] or 0) + (self.__dict__["quiet_cents"] or 0))
        return self.current_budget.available if self.current_budget else euro(0)

    def show(self, edition: Edition) -> None:
        """From now on this edition holds; the database takes a published one of this scheme alone."""
        Scheme.objects.filter(pk=self.pk).update(current=edition)
        self.current = edition
