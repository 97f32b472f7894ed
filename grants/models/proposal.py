"""A proposal: an award that one person with a mandate has signed, and that needs the signature of another."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.application import Application
from grants.models.budget_line import BudgetLine
from grants.models.criterion import Obligation
from grants.models.decision import Decision, lines_at
from ledger.models import Budget
from web import clock
from web.models import Person


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        """Not signed by a second person, nor refused."""
        return self.filter(ended_at=None)


class Proposal(models.Model):
    """Its money is reserved in `budget` until the second signature promises it, or a refusal frees it.

    `decision`: what the second signature made of it. Both who signed took it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="proposals")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+")
    amount = MoneyField(_("amount"), max_digits=12, decimal_places=2, default_currency="EUR")
    reason = models.TextField(_("why"), blank=True)
    lines = models.JSONField(default=list)  # as of a decision
    obligations = models.ManyToManyField(Obligation, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    refusal = models.TextField(_("why not"), blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="proposal")

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("proposal")
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(name="one_proposal_at_a_time", fields=["application"], condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="a_second_signature_is_anothers",
                condition=Q(ended_by=None) | ~Q(ended_by=models.F("by")) | ~Q(refusal=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.amount}"

    @property
    def granted_lines(self) -> list[BudgetLine]:
        """The costs it is for, where it is for some of them."""
        return lines_at(self.lines, of=self.application)

    @classmethod
    def begin(
        cls,
        application: Application,
        *,
        budget: Budget,
        by: Person,
        obligations: Iterable[Obligation] = (),
        **what: Any,
    ) -> "Proposal":
        """Reserve its money. Raises ValidationError when there is too little, or somebody proposed it already."""
        try:
            with transaction.atomic():
                proposal = cls.objects.create(application=application, budget=budget, by=by, **what)
        except IntegrityError as there:
            raise ValidationError(_("A colleague has proposed this already.")) from there
        proposal.obligations.set(obligations)
        budget.reserve(proposal.amount, by=by)
        return proposal

    def free(self, *, by: Person, why: str) -> None:
        """It isn't signed: its money can be given to others."""
        self.end(by=by, refusal=why)
        self.budget.unreserve(self.amount, by=by)

    def end(self, *, by: Person, refusal: str = "", decision: Decision | None = None) -> None:
        """Signed, or refused with a reason. Of two at once one does it; the other is told so."""
        open_one = Proposal.objects.open().filter(pk=self.pk)
        if not open_one.update(ended_at=clock.now(), ended_by=by, refusal=refusal, decision=decision):
            raise ValidationError(_("Someone else has just signed or refused this. Look again."))
        self.ended_by, self.refusal, self.decision = by, refusal, decision


def refuse_what_is_proposed(application: Application) -> None:
    """Raises ValidationError while a proposal is open: a decision beside it would leave its money reserved."""
    if Proposal.objects.open().filter(application=application).exists():
        raise ValidationError(_("A colleague has proposed to grant this. Answer that first."))
