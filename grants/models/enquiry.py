"""An enquiry: one question of an officer to the residents, and their answer; or their view before a refusal."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.wait import Wait
from web import clock
from web.models import Person


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def heard(self, application: Application) -> bool:
        """Whether its residents could react to facts about them: they did, or their last day has passed (Awb 4:7)."""
        over = Q(wait__until__lt=clock.today()) | ~Q(answer="")
        return self.filter(over, wait__application=application, is_view=True).exists()


class Enquiry(models.Model):
    """Something is really asked: a notice has no enquiry. `noted_by` wrote down what was said on the phone.

    `is_view`: a no would rest on facts about the residents that differ from what they told. They react first
    (Awb 4:7, in writing or by word of mouth: 4:9). `question` holds those facts.
    """

    wait = models.OneToOneField(Wait, models.PROTECT, related_name="enquiry")
    question = models.TextField(_("question"))
    is_view = models.BooleanField(default=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[EnquiryQuerySet] = EnquiryQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("question")

    def __str__(self) -> str:
        return f"{self.wait}"

    def keep_answer(self, answer: str, *, by: Person, noted_by: Person | None = None) -> None:
        """What the residents say, once. An answer of nothing is no answer."""
        if not answer.strip():
            raise ValidationError({"answer": _("Write your answer. A few words are enough.")})
        self.wait.end()
        self.answer, self.answered_by, self.noted_by, self.answered_at = answer, by, noted_by, clock.now()
        self.save()
