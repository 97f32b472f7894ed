"""A partner: a school, the police, a housing corporation … that takes part in a plan, and what it brings."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.plan import Plan
from web import clock
from web.models import Person


class Partner(models.Model):
    """Named by the residents; the partner itself says with one click that it is right. `amount` is an estimate."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        WELFARE = "welfare", _("welfare work")
        HOUSING = "housing", _("housing corporation")
        POLICE = "police", _("police")
        CLUB = "club", _("club or association")
        BUSINESS = "business", _("shop or company")
        OTHER = "other", _("another organisation")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="partners")
    organisation = models.CharField(_("organisation"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    brings = models.CharField(_("what they bring"), max_length=300)
    amount = MoneyField(
        _("worth about"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR"
    )
    contact = models.ForeignKey(Person, models.PROTECT, related_name="partnerships")
    asked_by_mail = models.BooleanField(default=False, editable=False)  # else the group passed on a link
    added_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Partner"]] = models.Manager()

    class Meta:
        verbose_name = _("partner")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="a_partner_says_yes_or_no", condition=Q(confirmed_at=None) | Q(declined_at=None)
            ),
            models.UniqueConstraint(name="a_contact_speaks_for_one_partner", fields=["contact"]),
        ]

    def __str__(self) -> str:
        return self.organisation

    @property
    def thread(self) -> int:
        return self.plan_id

    def answer(self, *, yes: bool) -> None:
        """What the partner itself says about it, once."""
        change = {"confirmed_at" if yes else "declined_at": clock.now()}
        if not Partner.objects.filter(pk=self.pk, confirmed_at=None, declined_at=None).update(**change):
            raise ValidationError(_("This was answered already."))
        self.refresh_from_db()
