"""An application: a plan put before one scheme, with the amount asked there, its clock and its decision."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from grants.models.consent import Consent
from grants.models.missing import still_missing
from grants.models.page import Page
from grants.models.plan import Member, Plan
from grants.models.scheme import Scheme
from grants.models.status import NEXT, WAITING
from grants.models.status import Status as State
from grants.models.track import Duties, Track
from ledger.models import Payee
from web import clock
from web.amounts import euro
from web.clock import today
from web.models import Person, Seat

# Who reads applications for a funder. The panel reads plans without contact data, on pages of its own.
READERS = (
    Seat.Role.OFFICER,
    Seat.Role.DECIDER,
    Seat.Role.TREASURER,
    Seat.Role.FUND_ADMIN,
    Seat.Role.AUDITOR,
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, person: Person | None) -> Self:
        """Whoever sees all of it, and a helper for as long as the residents let them in."""
        let_in = Consent.objects.of(person).filter(plan=OuterRef("plan"))
        return self.filter(self._own_or_read(person) | Q(Exists(let_in)))

    def open_to(self, person: Person | None) -> Self:
        """Members see their own plan's applications with their letters; who reads for a funder what was sent to it."""
        return self.filter(self._own_or_read(person))

    def helped_by(self, person: Person | None) -> Self:
        """Those a helper sees now, because the residents let them in."""
        return self.filter(Exists(Consent.objects.of(person).filter(plan=OuterRef("plan"))))

    @staticmethod
    def _own_or_read(person: Person | None) -> Q:
        own = Member.objects.filter(plan=OuterRef("plan"), person=person)
        seat = Seat.objects.of(person, *READERS).filter(funder=OuterRef("scheme__funder"))
        return Q(Exists(own)) | (~Q(status=State.DRAFT) & Q(Exists(seat)))

    def sent_to_funder_of(self, person: Person) -> Self:
        """What was sent to the funders this person reads for: no drafts."""
        funders = Seat.objects.of(person, *READERS).values("funder")
        return self.filter(scheme__funder__in=funders).exclude(status=State.DRAFT)

    def of_members(self, person: Person) -> Self:
        return self.filter(Exists(Member.objects.filter(plan=OuterRef("plan"), person=person)))

    def drafts(self) -> Self:
        return self.filter(status=State.DRAFT)

    def being_written(self) -> Self:
        """In the hands of the residents: drafts, and what came back to be completed."""
        return self.filter(status__in=(State.DRAFT, State.RETURNED))

    def undecided(self) -> Self:
        """Sent and not yet decided: what they ask may still be granted."""
        return self.filter(status__in=WAITING)

    def asked_in_total(self) -> Money:
        """The sum of what these ask, to the cent (SQLite adds decimals as floats, hence the rounding)."""
        total = self.aggregate(total=Sum("asked"))["total"] or 0
        return euro(round(total, 2))

    def count_for_today(self) -> dict[str, int]:
        """How many are undecided, late, and due within a week: one query."""
        day = today()
        waiting = Q(status__in=WAITING)
        return self.aggregate(
            todo=Count("pk", filter=waiting),
            late=Count("pk", filter=waiting & Q(answer_by__lt=day)),
            this_week=Count("pk", filter=waiting & Q(answer_by__range=(day, day + timedelta(days=7)))),
        )

    def for_inbox(self) -> Self:
        return self.select_related("scheme__funder", "plan", "officer").defer("frozen_page")

    def for_application_page(self) -> Self:
        """Each with its plan, scheme, people and lines: three queries, however many."""
        related = self.select_related(
            "scheme__funder",
            "plan__purse",
            "plan__area",
            "plan__support_page",
            "confirmation__on_behalf_of",
            "confirmation__by",
            "plan__story",
            "plan__scribe__helper__person",
            "plan__scribe__helper__organisation",
            "officer",
            "grant__commitment__budget",
        )
        return related.prefetch_related(
            Prefetch("plan__members", Member.objects.select_related("person").order_by("pk")),
            "plan__lines",
        )

    def for_writing(self) -> Self:
        """With the sheets, the plan elsewhere and the scheme's tracks besides: the amount asked decides which it is."""
        return self.for_application_page().prefetch_related("plan__sheets", "plan__applications", "scheme__tracks")

    def for_my_residents(self) -> Self:
        """The same, and whether the bank details are in (`bank_details_known`)."""
        known = Payee.objects.filter(commitment__thread=OuterRef("plan"), replaced_at=None)
        return self.for_writing().annotate(bank_details_known=Exists(known))

    def for_decision_page(self) -> Self:
        """With the criteria to judge by and the budget to promise from besides."""
        return self.for_application_page().prefetch_related("scheme__criteria", "scheme__budgets")


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
    frozen_duties = models.JSONField(null=True, editable=False)
    frozen_page = models.JSONField(null=True, editable=False)
    case_number = models.CharField(
        _("case number"), max_length=60, blank=True, help_text=_("The number in the municipality's own system.")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    complete_at = models.DateTimeField(_("complete since"), null=True, editable=False)
    answer_by = models.DateField(_("answer by"), null=True, editable=False)
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="has_applications")
    imported = models.BooleanField(_("taken over from another register"), default=False, editable=False)
    import_key = models.CharField(max_length=80, blank=True, editable=False)

    objects: ClassVar[models.Manager["Application"]] = ApplicationQuerySet.as_manager()

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
            models.UniqueConstraint(name="a_plan_asks_a_scheme_once", fields=["plan", "scheme"]),
            models.UniqueConstraint(
                name="a_register_row_is_taken_over_once",
                fields=["scheme", "import_key"],
                condition=~Q(import_key=""),
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "status", "answer_by", "id"], name="inbox_due_first"),
            models.Index(fields=["officer", "status"], name="on_an_officers_desk"),
        ]

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
    def track(self) -> Track | None:
        """The track the amount asked leads to now; until an amount is known, the lightest one."""
        return self.scheme.track_for(self.asked) if self.asked is not None else self.scheme.first_track

    @property
    def duties(self) -> Duties | None:
        """What this amount asks of both sides: frozen when the plan was sent, before that the track's."""
        if self.frozen_duties:
            return Duties(**self.frozen_duties)
        return self.track.duties if self.track else None

    @property
    def page(self) -> Page:
        """What this fund reads: as it was sent, whatever was added for another since. As it is while it is written."""
        written = self.status in {State.DRAFT, State.RETURNED}
        return Page.from_json(self.frozen_page) if self.frozen_page and not written else self.plan.page

    @property
    def is_granted(self) -> bool:
        """Whether money was promised on it, then or now. Asks no query after `for_application_page()`."""
        return hasattr(self, "grant")

    def still_missing(self) -> dict[str, str]:
        """What must be there before this can be sent: a sentence for each field ("" for the whole)."""
        return still_missing(self.plan, self.scheme, self.asked, self.duties)

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    def move_to(self, status: State, **changes: Any) -> None:
        """Take the next step, unless someone else has just taken one."""
        before = State(self.status)
        if status not in NEXT[before]:
            raise ValidationError(
                _("This application is %(before)s, so it can't become %(after)s."),
                params={"before": before.label, "after": status.label},
            )
        if not Application.objects.filter(pk=self.pk, status=before).update(status=status, **changes):
            raise ValidationError(_("Someone else has just changed this application."))
        for name, value in {"status": status, **changes}.items():
            setattr(self, name, value)
