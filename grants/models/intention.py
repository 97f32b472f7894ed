"""An intention: a grant may become less. The group reads why and says what it thinks, before anything is decided."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.decision import Decision
from grants.models.grant import Grant
from grants.models.ground import Ground
from web import clock
from web.models import Person


class IntentionQuerySet(models.QuerySet["Intention"]):
    def open(self) -> Self:
        """Neither decided nor dropped."""
        return self.filter(decision=None, dropped_on=None)

    def to_answer(self) -> Self:
        """The group hasn't said yet what it thinks."""
        return self.open().filter(answer="")

    def for_reading(self) -> Self:
        return self.select_related("by", "answered_by", "noted_by", "grant__commitment").order_by("pk")


class Intention(models.Model):
    """`amount` is what would remain: nothing when all is taken away. `facts` is what the group may answer (Awb 4:8)."""

    Ground = Ground

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="intentions")
    ground = models.CharField(_("ground"), max_length=14, choices=Ground)
    amount = MoneyField(_("what remains"), max_digits=12, decimal_places=2, default_currency="EUR")
    facts = models.TextField(_("facts"))
    until = models.DateField(_("can answer until"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("what they say"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    dropped_on = models.DateField(null=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="intention")
    decided_on = models.DateField(null=True, editable=False)

    objects: ClassVar[IntentionQuerySet] = IntentionQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("intention")
        constraints = [
            models.UniqueConstraint(
                name="one_intention_at_a_time", fields=["grant"], condition=Q(decision=None, dropped_on=None)
            ),
            models.CheckConstraint(
                name="an_intention_is_decided_or_dropped", condition=Q(decision=None) | Q(dropped_on=None)
            ),
            models.CheckConstraint(
                name="nobody_is_decided_about_unheard",
                condition=Q(decision=None) | ~Q(answer="") | Q(until__lt=F("decided_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grant} · {self.until}"

    @property
    def reason_in_law(self) -> str:
        return Ground(self.ground).article

    @property
    def is_heard(self) -> bool:
        """They answered, or their last day has passed."""
        return bool(self.answer) or self.until < clock.today()

    def keep_answer(self, answer: str, *, by: Person, noted_by: Person | None = None) -> None:
        """What they say, once, while nothing is decided."""
        if not answer.strip():
            raise ValidationError({"answer": _("Write your answer. A few words are enough.")})
        words = {"answer": answer, "answered_by": by, "noted_by": noted_by, "answered_at": clock.now()}
        if not Intention.objects.open().filter(pk=self.pk, answer="").update(**words):
            raise ValidationError(_("Somebody has just answered this. Look again."))
        self.refresh_from_db()

    def end(self, decision: Decision | None = None) -> None:
        """Decided, or dropped. Of two at once one does it; the other is told so."""
        day = clock.today()
        done = {"decision": decision, "decided_on": day} if decision else {"dropped_on": day}
        if not Intention.objects.open().filter(pk=self.pk).update(**done):
            raise ValidationError(_("Someone else has just decided this. Look again."))
        self.refresh_from_db()
