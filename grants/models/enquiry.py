"""An enquiry: one question of an officer to the residents, and their answer."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models.wait import Wait
from web import clock
from web.models import Person


class Enquiry(models.Model):
    """Something is really asked: a notice has no enquiry. `noted_by` wrote down what was said on the phone."""

    wait = models.OneToOneField(Wait, models.PROTECT, related_name="enquiry")
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Enquiry"]] = models.Manager()

    class Meta:
        verbose_name = _("question")

    def __str__(self) -> str:
        return f"{self.wait}"

    def keep_answer(self, answer: str, *, by: Person, noted_by: Person | None = None) -> None:
        """What the residents say, once. An answer of nothing is no answer."""
        if not answer.strip():
            raise ValidationError(_("Write your answer. A few words are enough."))
        self.wait.end()
        self.answer, self.answered_by, self.noted_by, self.answered_at = answer, by, noted_by, clock.now()
        self.save()
