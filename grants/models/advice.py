"""An advice: what one member of a funder's panel of residents thinks of a plan, criterion by criterion."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.criterion import Criterion
from grants.models.draft_review import DraftReview
from grants.models.review import Judgement, Verdicts
from web import clock
from web.models import Person

TO_WEIGH_IT = timedelta(days=7)  # between the last advice and the day of the answer
AGAINST = frozenset({Judgement.Verdict.NO, Judgement.Verdict.NOT_YET})
GONE = "–"  # where the database wants a reason to be there


class AdviceQuerySet(models.QuerySet["Advice"]):
    def for_reading(self) -> Self:
        """Each with its points and their criteria: two queries, however many."""
        points = AdvicePoint.objects.select_related("criterion").order_by("criterion__order")
        return self.prefetch_related(Prefetch("points", points))


class Advice(models.Model):
    """One of each member on a plan. They can change it until the last day, or until it is decided."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="advices")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[AdviceQuerySet] = AdviceQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("advice of the panel")
        verbose_name_plural = _("advices of the panel")
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(name="one_advice_of_each_member", fields=["application", "by"])]

    def __str__(self) -> str:
        return f"{self.application} · {self.by}"

    @classmethod
    def give(cls, application: Application, *, verdicts: Verdicts, by: Person) -> "Advice":
        """What `by` thinks of it, in the place of what they thought before.

        Raises ValidationError when it is too late, or unless each criterion is advised on and no other.
        """
        cls._refuse_what_is_closed(application)
        asked = set(application.edition.criteria.values_list("pk", flat=True))
        if {criterion.pk for criterion, _verdict, _reason in verdicts} != asked:
            raise ValidationError(_("Advise on every criterion of this scheme, and on no other."))
        advice, _is_new = cls.objects.update_or_create(application=application, by=by, defaults={"at": clock.now()})
        application.draft_reviews.filter(by=by).delete()
        advice.points.all().delete()
        AdvicePoint.objects.bulk_create(
            AdvicePoint(advice=advice, criterion=criterion, verdict=verdict, reason=reason)
            for criterion, verdict, reason in verdicts
        )
        return advice

    @classmethod
    def take_away(cls, application: Application, *, by: Person) -> None:
        AdvicePoint.objects.filter(advice__application=application, advice__by=by).delete()
        cls.objects.filter(application=application, by=by).delete()

    @staticmethod
    def _refuse_what_is_closed(application: Application) -> None:
        """The row is locked, so that nobody decides while an advice comes in."""
        locked = Application.objects.to_advise_on().undecided().select_for_update(of=("self",), no_key=True)
        if not locked.filter(pk=application.pk):
            raise ValidationError(_("The panel is not asked about this plan now."))
        last_day = advise_until(application)
        if clock.today() > last_day:
            day = date_format(last_day, "j F Y")
            raise ValidationError(_("The panel could advise until %(day)s."), params={"day": day})


class AdvicePoint(models.Model):
    """What a member thinks of one criterion. Who thinks no says why."""

    advice = models.ForeignKey(Advice, models.PROTECT, related_name="points")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=7, choices=Judgement.Verdict)
    reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar[models.Manager["AdvicePoint"]] = models.Manager()

    class Meta:
        verbose_name = _("point of an advice")
        ordering = ("criterion__order",)
        constraints = [
            models.UniqueConstraint(name="a_criterion_is_advised_on_once", fields=["advice", "criterion"]),
            models.CheckConstraint(
                name="an_advised_no_has_a_reason", condition=~Q(verdict__in=["no", "not_yet"]) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_verdict_display()}"

    @property
    def is_a_no(self) -> bool:
        return self.verdict in AGAINST


@dataclass(frozen=True)
class Opinion:
    """What the whole panel thinks of one criterion, and what was judged of it, if it was."""

    criterion: Criterion
    points: list[AdvicePoint]
    judgement: Judgement | None = None

    @property
    def against(self) -> int:
        return sum(point.is_a_no for point in self.points)

    @property
    def in_favour(self) -> int:
        return len(self.points) - self.against

    @property
    def reasons(self) -> list[AdvicePoint]:
        """Nobody reads whose they are: a panel gives one advice."""
        return [point for point in self.points if point.reason]

    def differs_from(self, verdict: str) -> bool:
        """Whether more than half of the panel is on the other side. Good or enough is the same side."""
        if self.against == self.in_favour:
            return False
        return (verdict in AGAINST) != (self.against > self.in_favour)

    @property
    def was_not_followed(self) -> bool:
        return self.judgement is not None and self.differs_from(self.judgement.verdict)


def advise_until(application: Application) -> date:
    """The last day to advise: a week before the answer is due, so it can be weighed. Never before half the time."""
    begin = application.received_on or clock.today()
    due = application.answer_by or clock.today()
    return max(due - TO_WEIGH_IT, begin + (due - begin) / 2)


def asks_panel(application: Application) -> bool:
    return application.asked is not None and application.edition.asks_panel(application.asked)


def opinions_of(application: Application, judgements: Iterable[Judgement] = ()) -> list[Opinion]:
    """What the panel thinks, a line for each criterion: one query; none, and nothing, where no panel is asked."""
    if not asks_panel(application):
        return []
    points: dict[Criterion, list[AdvicePoint]] = {}
    said = AdvicePoint.objects.filter(advice__application=application).select_related("criterion")
    for point in said.order_by("criterion__order", "criterion", "advice__at", "pk"):
        points.setdefault(point.criterion, []).append(point)
    judged = {each.criterion_id: each for each in judgements}
    return [Opinion(criterion, those, judged.get(criterion.pk)) for criterion, those in points.items()]


def unexplained(application: Application, verdicts: Verdicts) -> list[Criterion]:
    """The criteria on which this judges otherwise than the panel, without saying why."""
    opinions = {opinion.criterion.pk: opinion for opinion in opinions_of(application)}
    silent = [(criterion, verdict) for criterion, verdict, reason in verdicts if not reason.strip()]
    return [each for each, verdict in silent if each.pk in opinions and opinions[each.pk].differs_from(verdict)]


def refuse_unexplained(application: Application, verdicts: Verdicts) -> None:
    """Who doesn't follow the panel says why, whoever of them was first (compare Awb 3:50)."""
    if criteria := unexplained(application, verdicts):
        names = ", ".join(str(each) for each in criteria)
        raise ValidationError(
            _("The panel thinks otherwise about: %(criteria)s. Write why you don't follow it."),
            params={"criteria": names},
        )


def refuse_what_the_panel_said_since(application: Application, *, against: Collection[Criterion] = ()) -> None:
    """The panel may have advised after the judgement, or think well of what is declined on (`against`).

    Then it is judged again with a reason before it is decided: that is where the panel reads why.
    """
    if not asks_panel(application):
        return
    last = application.reviews.for_reading().first()
    judged = list(last.judgements.all()) if last else []
    said_no = {each.criterion_id for each in judged if each.is_a_no}
    verdicts = [(each.criterion, each.verdict, each.reason) for each in judged]
    verdicts += [(each, Judgement.Verdict.NO.value, "") for each in against if each.pk not in said_no]
    refuse_unexplained(application, verdicts)


def forget_advice(*, people: Collection[Person] = (), plans: Collection[int] = ()) -> int:
    """The words of these members, or about these plans; how they voted stays. How many rows changed."""
    DraftReview.objects.filter(by__in=people).update(answers={})
    said = AdvicePoint.objects.filter(Q(advice__by__in=people) | Q(advice__application__plan__in=plans))
    return said.exclude(reason="").update(reason=GONE)
