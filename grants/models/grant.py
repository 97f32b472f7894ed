"""A grant: what an award makes of an application. Its money lives in the ledger, as a Commitment."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, DecimalField, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.decision import Decision, DecisionQuerySet
from grants.models.naming import public_words
from grants.models.plan import Member
from grants.models.status import Status
from grants.models.strand import OfApplication
from ledger.models import Budget, Commitment, lift, lower
from web.clock import now, today
from web.models import Person


class GrantQuerySet(models.QuerySet["Grant"]):
    def public(self) -> Self:
        """What everybody may know of: from the day after, so that nobody reads it here before their letter."""
        told = Q(application__told_at=None) | Q(application__told_at__lte=now())
        return self.filter(told, awarded_on__lt=today())

    def with_outcome(self) -> Self:
        """With what it came to (`outcome`): as awarded, fixed or changed last, and nothing when it was released."""
        amount = DecimalField(max_digits=12, decimal_places=2)
        came_to = Case(
            When(application__status=Status.WITHDRAWN, then=Value(0)),
            default=Coalesce(
                Subquery(self._decided_last().values("amount")[:1], output_field=amount),
                F("application__granted"),
                output_field=amount,
            ),
            output_field=amount,
        )
        return self.annotate(outcome=came_to)

    def for_register(self) -> Self:
        """With all that the public register tells of each, and the group's names to keep out of it: two queries.

        `decided_last`: by which kind of decision after the award it came to that, if there was one.
        """
        how = self._decided_last().values("outcome")[:1]
        with_it = ("decision", "application__scheme__funder", "application__plan__area", "application__plan__example")
        members = Prefetch("application__plan__members", Member.objects.select_related("person"))
        return self.with_outcome().annotate(decided_last=how).select_related(*with_it).prefetch_related(members)

    @staticmethod
    def _decided_last() -> DecisionQuerySet:
        """What was decided on it after the award, the last first; what was taken back isn't."""
        later = (Decision.Outcome.FIXED, *Decision.REVISED)
        those = Decision.objects.standing().filter(application=OuterRef("application"), outcome__in=later)
        return those.order_by("-pk")


class Grant(OfApplication):
    """Fixed at once (final, never asked back for being unspent), or awarded first and fixed afterwards (Awb 4:42)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="grant")
    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="grant")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="grant")
    awarded_on = models.DateField(_("awarded on"), default=today)  # of what was taken over: as its register says
    fixed_on = models.DateField(_("fixed on"), null=True, blank=True)
    stopped_on = models.DateField(_("it isn't happening since"), null=True, blank=True)
    public_title = models.CharField(max_length=120, blank=True, editable=False)  # as it was at the award
    public_name = models.CharField(max_length=200, blank=True, editable=False)  # of a legal person, as it was then

    objects: ClassVar[GrantQuerySet] = GrantQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        indexes = [models.Index(fields=["awarded_on", "id"], name="register_by_date")]

    def __str__(self) -> str:
        return str(self.application)

    @classmethod
    def promise(cls, decision: Decision, budget: Budget, *, first: Person | None = None) -> "Grant":
        """The award in the ledger, and the group's cash book. `first`: who signed first and had the money reserved.

        The database refuses what the budget doesn't hold.
        """
        application, duties = decision.application, decision.application.duties
        commitment = budget.promise(
            decision.amount,
            reference=decision.number,
            label=str(application.plan),
            thread=application.plan_id,
            strand=application.pk,
            page=reverse("grants:track", args=[application.pk]),
            fixed_at_once=duties is None or duties.fixed_at_once,
            decided_by=decision.by,
            decided_with=first,
            holders=application.plan.holders(),
            group=application.plan.people(),
            known_from=decision.leaves_at,
            by=decision.by,
            reserved=first is not None,
        )
        application.plan.open_purse(asked=duties is not None and duties.asks_overview)
        words = public_words(application.plan)
        return cls.objects.create(application=application, commitment=commitment, decision=decision, **words)

    def undo(self, *, by: Person) -> None:
        """As if it had not been awarded. Refused once the residents said where the money goes, or some of it moved."""
        if self.commitment.payee or self.commitment.on_its_way or self.commitment.paid:
            raise ValidationError(_("The residents have given their bank details already, so this decision stands."))
        self.commitment.budget.take_back(self.commitment, by=by)
        self.delete()

    def release(self, *, by: Person) -> None:
        """The promise is given back to the budget. Refused, with a sentence, once money is on its way or paid."""
        if self.commitment.on_its_way or self.commitment.paid:
            raise ValidationError(
                _("The money has been paid already, or is on its way. Call us, then we look at it together.")
            )
        self.commitment.release(by=by)
        for intention in self.intentions.open():
            intention.end()  # nothing is left that could become less
        self.stopped_on = today()
        self.save(update_fields=["stopped_on"])

    def lower(self, decision: Decision) -> None:
        """Less, or nothing, by a later decision. What was taken away whole needs no story any more."""
        lower(self.commitment, decision.amount, decision_ref=decision.number, by=decision.by)
        self.application.change_granted(decision.amount)
        if decision.outcome == Decision.Outcome.ENDED:
            self.stopped_on = today()
            self.save(update_fields=["stopped_on"])

    def lift(self, decision: Decision, *, first: Person | None = None) -> None:
        """More, by a later decision: they were right to object. `first`: who signs for it besides."""
        lift(self.commitment, decision.amount, decision_ref=decision.number, by=decision.by, first=first)
        self.application.change_granted(decision.amount)
        self.stopped_on = None
        self.save(update_fields=["stopped_on"])

    @property
    def fixed_at_once(self) -> bool:
        return self.commitment.fixed_at_once
