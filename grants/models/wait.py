"""A wait: something was asked of the residents, and we wait for it until a day we name."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.clock import Stop, answer_by
from grants.models.extension import Extension
from grants.models.status import WAITING
from grants.models.track import Duties
from web import clock
from web.clock import today
from web.models import Person

if TYPE_CHECKING:
    from grants.models.completion import Completion
    from grants.models.enquiry import Enquiry


class WaitQuerySet(models.QuerySet["Wait"]):
    def open(self) -> Self:
        """Still waiting for the residents; the plan has not been decided in the meantime."""
        return self.filter(ended_on=None, application__status__in=WAITING)

    def to_complete(self) -> Self:
        """Plans that were sent back and didn't come again."""
        return self.open().filter(completion__isnull=False).for_reading()

    def to_answer(self) -> Self:
        """Questions without an answer."""
        return self.open().filter(enquiry__isnull=False).for_reading()

    def to_remind(self, days: int) -> Self:
        """Still open, with at most so many days left; not on the heels of the question, and not twice."""
        near = self.open().filter(until__range=(today(), today() + timedelta(days=days)), reminded_on=None)
        return near.filter(asked_on__lte=today() - timedelta(days=days))

    def for_letters(self) -> Self:
        """With what a letter about each says; the oldest first."""
        about = "completion", "enquiry", "asked_by", "application__plan", "application__scheme__funder"
        return self.select_related(*about).order_by("pk")

    def for_reading(self) -> Self:
        """With what was asked and who did; newest first."""
        return self.select_related(
            "asked_by",
            "completion__completed_by",
            "completion__noted_by",
            "completion__confirmation__by",
            "completion__confirmation__on_behalf_of",
            "enquiry__answered_by",
            "enquiry__noted_by",
        )


class Wait(models.Model):
    """What was asked is its `completion` (a plan sent back once) or its `enquiry` (a question). One at a time.

    While it lasts `answer_by` of the application is the latest it can become: as if the residents use all their
    days. When it ends, it is what the days that were used make of it.
    """

    completion: "Completion"
    enquiry: "Enquiry"

    application = models.ForeignKey(Application, models.PROTECT, related_name="waits")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField(default=today)
    until = models.DateField()
    stops_clock = models.BooleanField(default=True)
    answer_by_before = models.DateField()
    ended_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)

    objects: ClassVar[WaitQuerySet] = WaitQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("waiting for the residents")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(name="one_wait_at_a_time", fields=["application"], condition=Q(ended_on=None)),
            models.CheckConstraint(name="a_wait_has_days_to_answer", condition=Q(until__gt=F("asked_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.until}"

    @classmethod
    def begin(cls, application: Application, *, until: date, by: Person, stops_clock: bool = True) -> "Wait":
        """From now on we wait for them. Raises ValidationError when we do already, or they would have no day for it.

        The caller moves the application on, with `latest()` as its day of an answer.
        """
        if until <= today():
            raise ValidationError({"until": _("Choose a day after today.")})
        if cls.objects.filter(application=application, ended_on=None).exists():
            raise ValidationError(_("You wait for an answer of the residents already. Finish that first."))
        if Application.objects.filter(pk=application.pk, officer=None).update(officer=by):
            application.officer = by  # who asks has it
        before = application.answer_by or until
        return cls.objects.create(
            application=application, asked_by=by, until=until, stops_clock=stops_clock, answer_by_before=before
        )

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed without an answer."""
        return self.ended_on is None and self.until < clock.today()

    def latest(self, answered_on: date | None = None, *, duties: Duties | None = None) -> date:
        """The latest day of our answer, when theirs comes on `answered_on` (None: not in time)."""
        duties, begins_on = duties or self.application.duties, self.application.clock_begins_on
        if not self.stops_clock or duties is None or begins_on is None:
            return self.answer_by_before
        term = self.application.round.term if self.application.round else duties.term
        stops = [*self._stops_before(), Stop(self.asked_on, self.until, answered_on)]
        extension = Extension.objects.filter(application=self.application).first()
        return answer_by(begins_on, term, stops, extension.longer if extension else None)

    def _stops_before(self) -> list[Stop]:
        """When the clock stood still earlier."""
        waits = Wait.objects.filter(application=self.application, stops_clock=True).exclude(pk=self.pk)
        return [Stop(*dates) for dates in waits.values_list("asked_on", "until", "ended_on")]

    def move_clock(self, answered_on: date | None = None) -> None:
        """Our latest day becomes what this wait makes of it. Raises ValidationError when it was decided meanwhile."""
        day = self.latest(answered_on)
        waiting = Application.objects.undecided().filter(pk=self.application.pk)
        if not waiting.update(answer_by=day):
            raise ValidationError(_("This application has been decided already."))
        self.application.answer_by = day

    def end(self, on: date | None = None) -> None:
        """The residents have answered, or we go on without. Of two at once one does it; the other is told so.

        `on`: the day their answer came, when it came another way and is written down later.
        """
        day = on or today()
        if not Wait.objects.filter(pk=self.pk, ended_on=None).update(ended_on=day):
            raise ValidationError(_("Somebody has just answered this. Look again."))
        self.ended_on = day
