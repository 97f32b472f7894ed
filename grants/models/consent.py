"""A consent is what residents say to a helper: you may see this plan of ours, and write it, until then.

It names person and organisation, and who pays them. It ends by itself, or at once when the residents say so.
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from grants.models.helper import Helper, Scribe
from grants.models.invitation import Invitation
from grants.models.plan import Member, Plan
from ledger.models import Payee
from web import clock
from web.models import Person

LONGEST = timedelta(days=365)  # a plan that needs longer is asked about again


class ConsentQuerySet(models.QuerySet["Consent"]):
    def open(self) -> Self:
        """Those that hold now: not ended, not past their day, and of somebody who still helps."""
        known = Payee.objects.filter(commitment__thread=OuterRef("plan"), replaced_at=None)
        return self.filter(
            ~Exists(known) | Q(until_bank_details=False),
            ended_at=None,
            until__gte=clock.today(),
            helper__in=Helper.objects.today(),
        )

    def of(self, person: Person | None) -> Self:
        """Those that hold now for this helper."""
        return self.open().filter(helper__person=person)

    def for_page(self) -> Self:
        return self.select_related("helper__person", "helper__organisation", "given_by").order_by("pk")


class Consent(models.Model):
    """Residents let one helper in at one plan. `paid_by` is what they heard about who pays the helper."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("said to the helper, after hearing it")
        PAGE = "page", _("on their own page")
        CODE = "code", _("with a code")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="consents")
    helper = models.ForeignKey(Helper, models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=How)
    paid_by = models.CharField(max_length=120)
    given_at = models.DateTimeField(default=clock.now, editable=False)
    until = models.DateField(_("until"))
    until_bank_details = models.BooleanField(_("until the bank details are in"), default=True)
    renewed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[ConsentQuerySet] = ConsentQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("consent to a helper")
        constraints = [
            models.UniqueConstraint(
                name="one_consent_per_helper_and_plan", fields=["plan", "helper"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="somebody_ended_the_consent",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} · {self.plan}"

    @property
    def thread(self) -> int:
        return self.plan_id

    @classmethod
    def give(
        cls, plan: Plan, helper: Helper, *, how: str, given_by: Person, until: date | None = None
    ) -> tuple["Consent", bool]:
        """Let `helper` in until that day; without one until the bank details are in. True when it is a renewal.

        Raises ValidationError for a day that is past or more than a year away, and for a helper in the group itself.
        """
        today = clock.today()
        if until is not None and not today <= until <= today + LONGEST:
            raise ValidationError(_("Choose a day from today on, at most a year away."))
        if Member.objects.filter(plan=plan, person=helper.person_id).exists():
            raise ValidationError(_("This helper is in the group already."))
        terms = {"until": until or today + LONGEST, "until_bank_details": until is None}
        told = {"how": how, "given_by": given_by, "paid_by": helper.organisation.paid_by}
        before = cls.objects.filter(plan=plan, helper=helper, ended_at=None)
        renewed = bool(before.update(renewed_at=clock.now(), **terms, **told))
        return (before.get() if renewed else cls.objects.create(plan=plan, helper=helper, **terms, **told)), renewed

    def end(self, *, by: Person) -> None:
        """From now on the helper sees nothing of it, and no code they still have lets them in again."""
        if not Consent.objects.filter(pk=self.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by):
            raise ValidationError(_("This has been ended already."))
        codes = Invitation.objects.open().filter(plan=self.plan_id, purpose=Invitation.Purpose.HELP)
        codes.update(expires_at=clock.now())
        self.refresh_from_db(fields=["ended_at", "ended_by"])


def helps_with(person: Person | None, plan: Plan) -> bool:
    """Whether somebody who sees a draft is a helper, not of its group. No query after `for_application_page()`."""
    return person is not None and all(member.person_id != person.pk for member in plan.members.all())


def note_scribe(plan: Plan, person: Person) -> None:
    """`person` wrote in this plan: a helper among them is named on it from now on."""
    if place := Helper.objects.of(person).filter(consents__plan=plan).first():
        Scribe.objects.update_or_create(plan=plan, defaults={"helper": place})
