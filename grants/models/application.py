"""An application: a plan put before one scheme, with the amount asked there, its clock and its decision."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from grants.models.applications import ApplicationQuerySet
from grants.models.clock import penalty_from
from grants.models.desk import at_work
from grants.models.edition import Division, Edition
from grants.models.extra_answer import as_told, extra_missing
from grants.models.missing import still_missing
from grants.models.page import Page
from grants.models.plan import Plan
from grants.models.read_by import READ_BY
from grants.models.round import Round
from grants.models.scheme import Scheme
from grants.models.status import BACK, NEXT, WAITING
from grants.models.status import Status as State
from grants.models.track import Duties, Track
from web import clock
from web.models import Person


class Application(models.Model):
    """From choosing a scheme (draft) until it is closed."""

    Status = State

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="applications")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="applications")
    status = models.CharField(max_length=11, choices=State, default=State.DRAFT, editable=False)
    asked = MoneyField(_("asked"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR")
    granted = MoneyField(
        _("granted"), max_digits=12, decimal_places=2, null=True, blank=True, default_currency="EUR", editable=False
    )
    frozen_edition = models.ForeignKey(Edition, models.PROTECT, null=True, editable=False, related_name="applications")
    round = models.ForeignKey(Round, models.PROTECT, null=True, editable=False, related_name="applications")
    frozen_duties = models.JSONField(null=True, editable=False)
    frozen_page = models.JSONField(null=True, editable=False)
    case_number = models.CharField(
        _("case number"), max_length=60, blank=True, help_text=_("The number in the municipality's own system.")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    complete_at = models.DateTimeField(_("complete since"), null=True, editable=False)
    answer_by = models.DateField(_("answer by"), null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)  # of its decision: when the letter leaves
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="has_applications")
    opened_at = models.DateTimeField(null=True, editable=False)  # when whoever has it last read what was new
    news_at = models.DateTimeField(
        null=True, editable=False
    )  # what residents did last; set by the database (guards.py)
    running_out_told_on = models.DateField(null=True, editable=False)  # of a draft: that its scheme closes, or is empty
    imported = models.BooleanField(_("taken over from another register"), default=False, editable=False)
    import_key = models.CharField(max_length=80, blank=True, editable=False)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(
                name="never_more_than_asked", condition=Q(granted=None) | Q(imported=True) | Q(granted__lte=F("asked"))
            ),
            models.CheckConstraint(
                name="sent_with_an_amount_and_a_date",
                condition=Q(status="draft") | Q(asked__isnull=False, received_on__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_under_an_edition",
                condition=Q(status="draft") | Q(imported=True) | Q(frozen_edition__isnull=False),
            ),
            models.UniqueConstraint(name="a_plan_asks_a_scheme_once", fields=["plan", "scheme"]),
            models.UniqueConstraint(
                name="a_register_row_is_taken_over_once",
                fields=["scheme", "import_key"],
                condition=~Q(import_key=""),
            ),
        ]
        indexes = READ_BY

    def __str__(self) -> str:
        return f"{self.number} {self.plan}"

    def get_absolute_url(self) -> str:
        return reverse("grants:track", args=[self.pk])

    @property
    def form_url(self) -> str:
        """Where a draft is written on."""
        return reverse("grants:edit", args=[self.pk])

    @property
    def number(self) -> str:
        """What people quote on the phone. Not gapless: only decisions are numbered without gaps."""
        return f"{(self.received_on or clock.today()).year}-{self.pk}"

    @property
    def thread(self) -> int:
        return self.plan_id

    @property
    def strand(self) -> int:
        return self.pk

    @property
    def funder_id(self) -> int:
        return self.scheme.funder_id

    @property
    def edition(self) -> Edition:
        """The rules it is judged by: those that held when it was sent. For a draft, those that hold now."""
        return self.frozen_edition or self.scheme.edition

    @property
    def track(self) -> Track | None:
        """The track the amount leads to; until one is known, the lightest."""
        return self.edition.track_for(self.asked) if self.asked is not None else self.edition.first_track

    @property
    def duties(self) -> Duties | None:
        """What this amount asks of both sides: frozen when the plan was sent, before that the track's."""
        if self.frozen_duties:
            return Duties(**self.frozen_duties)
        return self.track.duties if self.track else None

    @property
    def page(self) -> Page:
        """What its residents read: as it was sent, whatever else was added since; while they write, as it is now."""
        is_open = self.status in {State.DRAFT, State.RETURNED}
        return replace(self.plan.page, extra=as_told(self)) if is_open else self.sent_page

    @property
    def sent_page(self) -> Page:
        """What this fund reads: as it was sent to it, also while the residents complete it."""
        return Page.from_json(self.frozen_page) if self.frozen_page else self.plan.page

    @property
    def penalty_from(self) -> date | None:
        """For who is late under the Awb: from when it costs money, if a notice of default comes today (Awb 4:17)."""
        is_due = self.is_waiting and self.scheme.funder.is_public_body
        return penalty_from(self.answer_by, clock.today()) if is_due and self.answer_by else None

    @property
    def clock_begins_on(self) -> date | None:
        """The term of an answer begins on the day after: when it came in, or when its round closed."""
        return self.round.closes_on if self.round else self.received_on

    @property
    def last_day(self) -> date | None:
        """Of a draft: the day it must be sent by, as far as its scheme or its round has one."""
        edition, day = self.scheme.edition, clock.today()
        of_round = edition.round_on(day) if edition.in_rounds else None
        days = [each for each in (edition.closes_on, of_round and of_round.closes_on) if each]
        return min(days, default=None)

    @property
    def is_out_of_money(self) -> bool:
        """Whether its scheme has less left this year than the least it gives."""
        budget = self.scheme.current_budget
        return budget is not None and budget.available < self.scheme.edition.minimum

    @property
    def is_granted(self) -> bool:
        """Whether money was promised on it, then or now. Asks no query after `for_application_page()`."""
        return hasattr(self, "grant")

    def change_granted(self, amount: Money) -> None:
        """What they get now, by a later decision. Refused once it isn't granted any more."""
        if not Application.objects.filter(pk=self.pk, status=State.GRANTED).update(granted=amount):
            raise ValidationError(_("Someone else has just changed this application."))
        self.granted = amount

    @property
    def reader(self) -> Person | None:
        """Who has it today: its officer, or the stand-in. After `for_application_page()` mostly without a query."""
        return at_work(self.officer)

    def still_missing(self) -> dict[str, str]:
        """What must be there before this can be sent: a sentence for each field ("" for the whole)."""
        return still_missing(self.plan, self.edition, self.asked, self.duties) | extra_missing(self)

    def needs_second_signature(self, amount: Money) -> bool:
        """Whether one signature is too little for `amount`, by the rules it was sent under."""
        return (above := self.edition.second_signature_above) is not None and amount > above

    @property
    def is_quick(self) -> bool:
        """Whether it is judged, decided and told on one screen."""
        is_quick = self.duties is not None and self.duties.kind == Track.Kind.QUICK and self.status in WAITING
        return is_quick and not self.waits_for_round

    @property
    def waits_for_round(self) -> bool:
        """Whether it is decided with the others of its round, and told when that is announced."""
        if self.round_id is None or not self.is_waiting or self.edition.division != Division.RANKING:
            return False
        return not (hasattr(self, "place") and self.place.announced_at)

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.answer_by is not None and self.answer_by < clock.today()

    @property
    def is_quiet(self) -> bool:
        """Decided, and still to be taken back: the letter hasn't left, so the residents don't know."""
        return self.told_at is not None and clock.now() < self.told_at

    def as_told(self) -> Self:
        """As its residents may know it: until the letter leaves, as if nothing had been decided. Never to be saved."""
        if self.is_quiet:
            self.status, self.granted = State.JUDGED, None
            self._state.fields_cache["grant"] = None  # as Django keeps a grant that isn't there
        return self

    def move_to(self, status: State, **changes: Any) -> None:
        """Take the next step, unless someone else has just taken one."""
        self._step(NEXT[State(self.status)], status, changes)

    def move_back_to(self, status: State, **changes: Any) -> None:
        """Lie before the deciders again: what was recalled, and what they were right to object to."""
        self._step(BACK.get(State(self.status), set()), status, changes)

    def _step(self, there_are: set[State], status: State, changes: dict[str, Any]) -> None:
        before = State(self.status)
        if status not in there_are:
            raise ValidationError(
                _("This application is %(before)s, so it can't become %(after)s."),
                params={"before": before.label, "after": status.label},
            )
        if not Application.objects.filter(pk=self.pk, status=before).update(status=status, **changes):
            raise ValidationError(_("Someone else has just changed this application."))
        for name, value in {"status": status, **changes}.items():
            setattr(self, name, value)
