"""A decision: numbered without gaps per funder and year, never changed; another decision follows it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from grants.models.application import Application
from grants.models.budget_line import BudgetLine
from grants.models.clock import object_until
from grants.models.criterion import Criterion, Obligation
from grants.models.strand import OfApplication
from web import clock
from web.amounts import euro, write_amount
from web.models import Funder, Person

HOLD = timedelta(minutes=10)  # that a letter of a decision waits, so that a slip can be taken back


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Not taken back before its letter left."""
        return self.filter(recalled_at=None)

    def known(self) -> Self:
        """Standing, and past taking back: its letter has left."""
        return self.standing().exclude(outcome__in=Decision.RECALLABLE, at__gt=clock.now() - HOLD)

    def told(self) -> Self:
        """On the request itself, and its letter has left."""
        return self.standing().filter(outcome__in=Decision.FIRST, at__lte=clock.now() - HOLD)


class Decision(OfApplication):
    """What was decided on an application, by whom, and on which published criteria (Awb 3:46, 3:47)."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        PARTLY = "partly", _("granted in part")
        DECLINED = "declined", _("declined")
        NOT_HANDLED = "not_handled", _("not handled")
        FIXED = "fixed", _("fixed")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("taken back")

    FIRST = (Outcome.GRANTED, Outcome.PARTLY, Outcome.DECLINED, Outcome.NOT_HANDLED)
    RECALLABLE = (Outcome.GRANTED, Outcome.PARTLY, Outcome.DECLINED)
    REVISED = (Outcome.CHANGED, Outcome.ENDED)
    WITH_MONEY = (Outcome.GRANTED, Outcome.PARTLY, Outcome.FIXED, *REVISED)

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    funder = models.ForeignKey(Funder, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=11, choices=Outcome)
    amount = MoneyField(_("amount"), max_digits=12, decimal_places=2, default_currency="EUR", default=0)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField(_("why"), blank=True)
    possible = models.TextField(_("what would be possible"), blank=True)
    recalled_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    grounds = models.ManyToManyField(Criterion, related_name="+")
    obligations = models.ManyToManyField(Obligation, related_name="+")
    lines = models.JSONField(default=list, editable=False)  # the granted ones, by their place on the page from 0 on
    follows = models.OneToOneField("self", models.PROTECT, null=True, editable=False, related_name="followed_by")

    objects: ClassVar[DecisionQuerySet] = DecisionQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["year", "sequence"], name="by_decision_number")]
        constraints = [
            models.UniqueConstraint(name="a_decision_number_is_used_once", fields=["funder", "year", "sequence"]),
            models.UniqueConstraint(
                name="one_first_decision_per_application",
                fields=["application"],
                condition=Q(
                    outcome__in=["granted", "partly", "declined", "not_handled"], recalled_at=None, follows=None
                ),
            ),
            models.CheckConstraint(
                name="declining_says_what_would_be_possible", condition=~Q(outcome="declined") | ~Q(possible="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"B{self.year}-{self.sequence:04d}"

    @property
    def is_about_money(self) -> bool:
        """Whether its amount says something."""
        return self.outcome in self.WITH_MONEY

    @property
    def granted_lines(self) -> list[BudgetLine]:
        """The costs it is for, where it is for some of them."""
        return lines_at(self.lines, of=self.application)

    @property
    def leaves_at(self) -> datetime:
        """When its letter leaves."""
        return self.at + HOLD

    @property
    def can_be_recalled(self) -> bool:
        """While its letter waits. What is fixed or not handled went through more than one hand."""
        return self.recalled_at is None and self.outcome in self.RECALLABLE and clock.now() < self.leaves_at

    def take_back(self, *, by: Person) -> None:
        """Its number stays, so that there are no gaps. What it came in the place of holds again."""
        self.recalled_at, self.recalled_by, self.follows = clock.now(), by, None
        self.save(update_fields=["recalled_at", "recalled_by", "follows"])

    @property
    def object_until(self) -> date:
        """The last day to object, when its letter goes by mail (Awb 6:7, 6:8). By post: six weeks after posting."""
        return object_until(localdate(self.leaves_at))

    @classmethod
    def take(
        cls,
        application: Application,
        *,
        outcome: Outcome,
        by: Person,
        obligations: Iterable[Obligation] = (),
        **what: object,
    ) -> "Decision":
        """The next decision of this funder. The funder's row is locked, so numbers have no gaps and no doubles.

        What was agreed with a grant still holds when its amount changes.
        """
        Funder.objects.select_for_update(no_key=True).get(pk=application.scheme.funder_id)
        decision = cls.next_of(application, outcome=outcome, by=by, **what)
        decision.save(force_insert=True)
        changed = decision.follows if outcome == cls.Outcome.CHANGED else None
        decision.obligations.set(changed.obligations.all() if changed else obligations)
        return decision

    @classmethod
    def next_of(cls, application: Application, *, outcome: Outcome, by: Person, **what: Any) -> "Decision":
        """The decision that would be taken now, with the number it would have. Not saved."""
        funder, year = application.scheme.funder, clock.today().year
        last = cls.objects.filter(funder=funder, year=year).aggregate(last=Max("sequence"))["last"] or 0
        return cls(
            application=application,
            funder=funder,
            year=year,
            sequence=last + 1,
            outcome=outcome,
            by=by,
            follows=cls._replaced_by(outcome, application),
            **what,
        )

    @classmethod
    def _replaced_by(cls, outcome: Outcome, application: Application) -> "Decision | None":
        """Deciding anew, or changing a grant, comes in the place of the decision before it, if there was one."""
        if outcome == cls.Outcome.FIXED:
            return None
        holds = cls.objects.standing().filter(application=application, followed_by=None)
        if outcome in cls.FIRST:
            holds = holds.filter(outcome__in=cls.FIRST)
        return holds.order_by("at", "pk").last()


def outcome_of(application: Application, amount: Money, reason: str) -> Decision.Outcome:
    """Granted, or granted in part: then the residents read why. Raises ValidationError for more than was asked."""
    if application.asked is None or amount > application.asked:
        most = gettext("That is more than they ask (%(asked)s).") % {"asked": write_amount(application.asked)}
        raise ValidationError({"amount": most})
    if amount == application.asked:
        return Decision.Outcome.GRANTED
    if not reason.strip():
        raise ValidationError(
            {"reason": gettext("It is less than they ask. Write why: the residents read it in their letter.")}
        )
    return Decision.Outcome.PARTLY


def agreed_with(application: Application, chosen: Iterable[Obligation] | None) -> list[Obligation]:
    """What was chosen to hold; None: all that was published when it was sent, and never anything else (Awb 4:37)."""
    published = application.edition.obligations.all()
    agreed = list(published if chosen is None else chosen)
    if any(each.edition_id != application.edition.pk for each in agreed):
        raise ValidationError({"obligations": gettext("Only what was published with this scheme can be agreed.")})
    return agreed


def lines_at(places: Iterable[int], *, of: Application) -> list[BudgetLine]:
    """The lines that stand at these places on its page."""
    there = of.page.lines
    return [there[place] for place in places if place < len(there)]


def refuse_other_lines(application: Application, lines: Sequence[int]) -> None:
    """What is granted stands among the costs on its page."""
    there = application.page.lines
    if any(place >= len(there) or there[place].kind != BudgetLine.Kind.COST for place in lines):
        raise ValidationError({"lines": gettext("Choose lines of costs that stand in the plan.")})


def costs_of(application: Application) -> dict[int, BudgetLine]:
    """What can be granted apart: the costs on its page, by their place there. Nothing where there is one."""
    costs = {place: line for place, line in enumerate(application.page.lines) if line.kind == BudgetLine.Kind.COST}
    return costs if len(costs) > 1 else {}


def amount_of(application: Application, lines: Iterable[int]) -> Money:
    """What these costs come to; never more than they ask."""
    costs = costs_of(application)
    total = sum((costs[place].amount for place in lines if costs[place].amount), euro(0))
    return min(total, application.asked or total)
