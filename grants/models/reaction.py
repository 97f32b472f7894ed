"""A reaction: what residents say after we wrote, or didn't: an objection, a notice of default, their view, a complaint.

Each has its own clock. What was decided stays as it is: whoever is right gets a new decision.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from grants.models import clock as terms
from grants.models.application import Application
from grants.models.applications import READERS
from grants.models.decision import Decision
from grants.models.letter import DECIDED, Letter
from grants.models.strand import OfApplication
from web import clock
from web.clock import add_weeks
from web.models import Funder, Person, Seat

VIEW_WEEKS = 2  # our own promise: the law names no term for an answer to a view
DECISION_LETTERS = Q(event__startswith="decide/") | Q(event__in=DECIDED)


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def of_funders_of(self, person: Person) -> Self:
        """Those about what was sent to the funders this person reads for."""
        return self.filter(application__scheme__funder__in=Seat.objects.of(person, *READERS).values("funder"))

    def open(self) -> Self:
        return self.filter(outcome="")

    def to_decide_anew(self) -> Self:
        """They were right about a grant, and the decision in its place isn't there yet."""
        public_body = Q(application__scheme__funder__regime=Funder.Regime.AWB)
        in_part = ~public_body & Q(application__granted__lt=F("application__asked"))
        right = self.filter(outcome__in=("upheld", "partly"), anew=None, application__status=Application.Status.GRANTED)
        return right.filter(public_body & Q(kind="objection") | in_part)

    def for_reading(self) -> Self:
        """Due first; with whose it is and who handles it, in one query."""
        people = self.select_related("by", "handler", "answered_by", "registered_by", "decision__by", "anew")
        return people.order_by("answer_by", "pk")

    def for_page(self) -> Self:
        about = "application__plan", "application__officer", "application__scheme__funder"
        return self.for_reading().select_related(*about)


class Reaction(OfApplication):
    """`until`: the last day to object. `posted_on`: on the envelope of what came by post (Awb 6:9)."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("objection")
        DEFAULT = "default", _("notice of default")
        VIEW = "view", _("view")
        COMPLAINT = "complaint", _("complaint")

    class CameBy(models.TextChoices):
        HERE = "here", _("on this site")
        PAPER = "paper", _("on paper")
        PHONE = "phone", _("by phone")
        MAIL = "mail", _("by mail")
        DESK = "desk", _("at the desk")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("they are right")
        PARTLY = "partly", _("they are partly right")
        REJECTED = "rejected", _("they are not right")
        TOO_LATE = "too_late", _("it came too late")
        TAKEN_BACK = "taken_back", _("they took it back")

    class Heard(models.TextChoices):
        SPOKEN = "spoken", _("we talked with them about it")
        NO_WISH = "no_wish", _("they said they need not be heard")
        CLEAR = "clear", _("they are fully right, or it came too late")

    application = models.ForeignKey(Application, models.PROTECT, related_name="reactions")
    kind = models.CharField(max_length=9, choices=Kind)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="reactions")
    until = models.DateField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="reactions")
    text = models.TextField(_("what they say"))
    came_by = models.CharField(max_length=5, choices=CameBy, default=CameBy.HERE)
    received_on = models.DateField(_("received on"))
    posted_on = models.DateField(_("posted on"), null=True)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField(_("answer by"))
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    with_committee = models.BooleanField(default=False)
    put_off_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    heard = models.CharField(max_length=7, choices=Heard, blank=True)
    reason = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    anew = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[ReactionQuerySet] = ReactionQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(
                name="one_open_reaction_of_a_kind", fields=["application", "kind"], condition=Q(outcome="")
            ),
            models.CheckConstraint(
                name="an_objection_is_against_a_decision",
                condition=~Q(kind="objection") | Q(decision__isnull=False, until__isnull=False),
            ),
            models.CheckConstraint(
                name="an_answer_says_who_and_why",
                condition=Q(outcome="") | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["answer_by", "id"], name="reactions_due_first", condition=Q(outcome=""))]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people quote on the phone."""
        return f"R{self.received_on.year}-{self.pk}"

    @property
    def is_late(self) -> bool:
        """It came after the last day to object. It may still be handled, for a good reason (Awb 6:11)."""
        if self.until is None:
            return False
        return not terms.objects_in_time(self.until, arrived_on=self.received_on, posted_on=self.posted_on)

    @property
    def is_overdue(self) -> bool:
        return not self.outcome and self.answer_by < clock.today()

    @property
    def may_be_put_off(self) -> bool:
        """Once, before it is late; and only where the law knows it (Awb 7:10(3), 9:11(2))."""
        knows = self.kind in {self.Kind.OBJECTION, self.Kind.COMPLAINT}
        return knows and not self.outcome and self.put_off_on is None and not self.is_overdue

    @property
    def is_decided_anew(self) -> bool:
        """Who is right about a decision gets a new one. A private fund looks anew at its no."""
        if self.outcome not in {self.Outcome.UPHELD, self.Outcome.PARTLY}:
            return False
        if self.application.scheme.funder.is_public_body:
            return self.kind == self.Kind.OBJECTION
        states, application = Application.Status, self.application
        in_part = application.status == states.GRANTED and application.granted != application.asked
        return in_part or application.status in {states.DECLINED, states.JUDGED}

    @property
    def waits_for_decision(self) -> bool:
        """They were right about a grant, and the decision in the place of it isn't there yet."""
        granted = self.application.status == Application.Status.GRANTED
        return self.is_decided_anew and self.anew_id is None and granted

    def decided_anew(self, decision: Decision) -> None:
        """Once: of two at once one decides, the other is told so."""
        waiting = Reaction.objects.filter(pk=self.pk, anew=None, outcome__in=("upheld", "partly"))
        if not waiting.update(anew=decision):
            raise ValidationError(_("Someone else has just decided this. Look again."))
        self.anew = decision

    def due(self, *, with_committee: bool = False, put_off: bool = False) -> date:
        """The last day of an answer, by its own clock."""
        if self.kind == self.Kind.OBJECTION and self.until:
            after = max(self.until, self.received_on)
            return terms.objection_answer_by(after, with_committee=with_committee, adjourned=put_off)
        if self.kind == self.Kind.COMPLAINT:
            return terms.complaint_answer_by(self.received_on, with_committee=with_committee, adjourned=put_off)
        if self.kind == self.Kind.DEFAULT:
            return terms.end_of_term(self.received_on, weeks=terms.PENALTY_AFTER_WEEKS)
        return add_weeks(self.received_on, VIEW_WEEKS)

    def change(self, **changes: object) -> None:
        """Unless it was answered meanwhile: of two at once one does it, the other is told so."""
        if not Reaction.objects.open().filter(pk=self.pk).update(**changes):
            raise ValidationError(_("Somebody has just answered this. Look again."))
        for name, value in changes.items():
            setattr(self, name, value)


def last_decision(application: Application) -> Decision | None:
    """What residents can object to now: the newest decision whose letter has left."""
    return Decision.objects.known().filter(application=application).order_by("at", "pk").last()


def last_day_to_object(decision: Decision) -> date:
    """Six weeks from the day after it was sent. By post: after it was posted; until then the term hasn't begun."""
    of_it = Letter.objects.filter(DECISION_LETTERS, application=decision.application_id, written_at__gte=decision.at)
    letter = of_it.order_by("written_at", "pk").only("by_post", "posted_at", "came_back_at", "leaves_at").first()
    if letter is None:
        return decision.object_until
    if letter.by_post or letter.came_back_at:  # what came back was never made known: until it goes again nothing runs
        return terms.object_until(localdate(letter.posted_at) if letter.posted_at else clock.today())
    return max(decision.object_until, terms.object_until(localdate(letter.leaves_at or decision.leaves_at)))


def kinds_on_paper(application: Application) -> list[Reaction.Kind]:
    """What can come in another way. It may be too early or too late: then it is answered so."""
    return list(Reaction.Kind) if application.scheme.funder.is_public_body else [Reaction.Kind.COMPLAINT]


def kinds_for(application: Application) -> list[Reaction.Kind]:
    """What they can send now. A private fund decides by agreement: there is a complaint, and no objection."""
    kinds = Reaction.Kind
    if not application.scheme.funder.is_public_body:
        return [kinds.COMPLAINT]
    found = [kinds.OBJECTION] if Decision.objects.known().filter(application=application).exists() else []
    if application.penalty_from:
        found.append(kinds.DEFAULT)
    return [*found, kinds.VIEW, kinds.COMPLAINT]
