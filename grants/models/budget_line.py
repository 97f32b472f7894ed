"""A budget line: what something costs, who else pays, or what is given without money. Estimates are fine."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from web.amounts import euro


class BudgetLine(models.Model):
    """One line of the budget. Residents shift between lines freely within the total."""

    class Kind(models.TextChoices):
        COST = "cost", _("costs")
        OWN_MONEY = "own", _("own money")
        PAID_BY_OTHERS = "others", _("somebody else pays")
        IN_KIND = "in_kind", _("given without money")

    plan = models.ForeignKey("grants.Plan", models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.COST)
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("from whom"), max_length=100, blank=True)
    amount = MoneyField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True, default=None, default_currency="EUR"
    )

    objects: ClassVar[models.Manager["BudgetLine"]] = models.Manager()

    class Meta:
        verbose_name = _("budget line")
        ordering = ("plan", "order")
        constraints = [
            models.UniqueConstraint(name="one_budget_line_per_place", fields=["plan", "order"]),
            models.CheckConstraint(
                name="money_is_more_than_nothing_and_hours_are_no_money",
                condition=Q(kind="in_kind", amount=None) | (~Q(kind="in_kind") & Q(amount__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.what


def together(lines: Iterable[BudgetLine], *kinds: BudgetLine.Kind) -> Money:
    """The sum of the lines of these kinds."""
    return sum((line.amount for line in lines if line.kind in kinds and line.amount), euro(0))
