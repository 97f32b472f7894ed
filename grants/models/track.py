"""A track: the duties that go with an amount. The more money, the more is asked; never the other way round."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models.clock import Term, answer_by

FEWEST = 4  # questions, of which three must be answered


@dataclass(frozen=True)
class Duties:
    """A track's duties as they were when the plan was sent: later changes to the track don't reach them.

    `answer_within` counts working days or weeks (`answer_unit`); `questions` and `story_questions` are numbers asked.
    """

    kind: str
    questions: int
    answer_within: int
    answer_unit: str
    fixed_at_once: bool
    story_questions: int
    asks_overview: bool

    @property
    def term(self) -> Term:
        """How long an answer may take. Promised by the scheme; within the eight weeks of Awb 4:13."""
        return Term(self.answer_within, in_working_days=self.answer_unit == Track.Unit.WORKING_DAYS)

    def answer_by(self, received_on: date) -> date:
        """The latest day of an answer, as long as the clock doesn't stand still."""
        return answer_by(received_on, self.term)

    def no_sooner_than(self, promised: "Duties", received_on: date) -> "Duties":
        """These duties, with the term of those that were promised before where that ends later."""
        if promised.answer_by(received_on) <= self.answer_by(received_on):
            return self
        return replace(self, answer_within=promised.answer_within, answer_unit=promised.answer_unit)

    @property
    def asks_little(self) -> bool:
        """The Snel form: four questions, of which three must be answered."""
        return self.questions == FEWEST

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Track(models.Model):
    """One row of an edition's table of duties, up to and including an amount."""

    class Kind(models.TextChoices):
        QUICK = "snel", _("Quick")
        SMALL = "klein", _("Small")
        MEDIUM = "middel", _("Medium")
        GROWTH = "groei", _("Growth")

    class Unit(models.TextChoices):
        WORKING_DAYS = "days", _("working days")
        WEEKS = "weeks", _("weeks")

    edition = models.ForeignKey("grants.Edition", models.PROTECT, related_name="tracks")
    key = models.UUIDField(default=uuid4, editable=False)  # the same in every edition
    kind = models.CharField(_("which track"), max_length=6, choices=Kind)
    up_to = MoneyField(_("up to"), max_digits=12, decimal_places=2, default_currency="EUR")
    questions = models.PositiveSmallIntegerField(_("questions"), choices=[(4, "4"), (8, "8")])
    answer_within = models.PositiveSmallIntegerField(_("answer within"))
    answer_unit = models.CharField(_("days or weeks"), max_length=5, choices=Unit)
    # For a public body this is Awb 4:42 and 4:49. Private funds read the same help, so it names no law.
    fixed_at_once = models.BooleanField(_("fixed at once"), help_text=_("Never asked back for being unspent."))
    story_questions = models.PositiveSmallIntegerField(_("questions afterwards"), choices=[(1, "1"), (3, "3")])
    asks_overview = models.BooleanField(_("asks an overview of the spending"), default=False)

    objects: ClassVar[models.Manager["Track"]] = models.Manager()

    class Meta:
        verbose_name = _("track")
        ordering = ("edition", "up_to")
        constraints = [models.UniqueConstraint(name="one_track_of_a_kind", fields=["edition", "kind"])]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def duties(self) -> Duties:
        return Duties(
            kind=self.kind,
            questions=self.questions,
            answer_within=self.answer_within,
            answer_unit=self.answer_unit,
            fixed_at_once=self.fixed_at_once,
            story_questions=self.story_questions,
            asks_overview=self.asks_overview and not self.edition.waives("overview"),
        )
