"""A payee is where the money of one commitment goes: a name and an IBAN, asked only after the award.

Bank details are never changed: new ones replace the old row. A changed IBAN is paid only after a second person has
called back on a number known before the change (MONEY.md, "Paying").
"""

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ledger.models.commitment import Commitment
from web import clock
from web.models import Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from ledger.models.payment import Payment


class PayeeQuerySet(models.QuerySet["Payee"]):
    def usable(self) -> Self:
        """Those that may be paid: the first one of a group, or a changed IBAN that a second person has checked."""
        return self.exclude(needs_second_person=True, checked_by=None)


class Payee(models.Model):
    """Who gets the money of a commitment. `typed_by` can't pay it; `checked_by` is somebody else than `typed_by`."""

    class Kind(models.TextChoices):
        ME = "me", _("The contact of the group")
        MEMBER = "member", _("Someone else in the group")
        ORGANISATION = "organisation", _("An organisation that holds it for them")

    class NameCheck(models.TextChoices):
        """What the payer's own bank says about the name beside the IBAN."""

        NOT_DONE = "not_done", _("not done")
        MATCH = "match", _("match")
        ALMOST = "almost", _("almost")
        NO = "no", _("no match")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="payees", editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(_("name on the account"), max_length=70)
    iban = models.CharField("IBAN", max_length=34)
    bank = models.CharField(max_length=120, blank=True, editable=False)
    typed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    typed_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    needs_second_person = models.BooleanField(default=False, editable=False)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    call_note = models.CharField(_("note of the call back"), max_length=500, blank=True, editable=False)
    name_check = models.CharField(max_length=8, choices=NameCheck, default=NameCheck.NOT_DONE, editable=False)

    payments: "RelatedManager[Payment]"
    objects: ClassVar[PayeeQuerySet] = PayeeQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("payee")
        constraints = [
            models.UniqueConstraint(name="one_payee_at_a_time", fields=["commitment"], condition=Q(replaced_at=None)),
            models.CheckConstraint(
                name="somebody_else_checks_a_changed_iban", condition=Q(checked_by=None) | ~Q(checked_by=F("typed_by"))
            ),
        ]
        indexes = [models.Index(fields=["iban"], name="payees_by_iban")]

    def __str__(self) -> str:
        return f"{self.name} {self.grouped_iban}"

    @classmethod
    @transaction.atomic
    def take_down(cls, commitment: Commitment, *, kind: str, name: str, iban: str, bank: str, by: Person) -> "Payee":
        """Write down who is paid, in place of what was known. `iban` without spaces. A changed IBAN waits."""
        before = commitment.payee
        changed = before is not None and (before.iban != iban or before.waits_for_second_person)
        cls.objects.filter(commitment=commitment, replaced_at=None).update(replaced_at=clock.now())
        try:
            with transaction.atomic():
                return cls.objects.create(
                    commitment=commitment,
                    kind=kind,
                    name=name,
                    iban=iban,
                    bank=bank,
                    typed_by=by,
                    needs_second_person=changed,
                )
        except IntegrityError as refused:
            raise ValidationError(_("Someone else has just changed these bank details.")) from refused

    @property
    def grouped_iban(self) -> str:
        """As people read it: NL91 ABNA 0417 1643 00."""
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))

    @property
    def waits_for_second_person(self) -> bool:
        return self.needs_second_person and self.checked_by_id is None

    def before(self) -> "Payee | None":
        """Whom the fund knew before this one: the last that could be paid, whatever was typed in between."""
        return Payee.objects.filter(commitment=self.commitment_id, pk__lt=self.pk).usable().order_by("pk").last()

    def was_typed_by(self, person: Person) -> bool:
        """Whether `person` ever typed this IBAN for this group, also when somebody else typed it again since."""
        them = Q(typed_by=person) | Q(typed_by__became=person)
        return Payee.objects.filter(them, commitment=self.commitment_id, iban=self.iban).exists()

    def check_by_calling(self, *, note: str, by: Person) -> None:
        """A second person has called back on a number known before the change; `note` says whom, and what was said."""
        if self.was_typed_by(by):
            raise ValidationError(_("Somebody else than who typed the new IBAN has to check it."))
        waiting = Payee.objects.filter(pk=self.pk, needs_second_person=True, checked_by=None, replaced_at=None)
        if not waiting.update(checked_by=by, checked_at=clock.now(), call_note=note):
            raise ValidationError(_("Someone else has just checked or changed these bank details."))
        self.refresh_from_db()

    def note_name_check(self, result: str) -> None:
        """What the bank said about the name beside this IBAN."""
        Payee.objects.filter(pk=self.pk).update(name_check=result)
        self.name_check = result
