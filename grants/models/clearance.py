"""A clearance: what the funder finds out before it reads on, because a plan needs it: may this be done here?

Never homework for residents (rule 4): it has an owner at the funder and a day, and the residents see both, and the
answer. Finding out is the funder's own work, so the clock of Awb 4:13 runs on.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models.application import Application
from grants.models.check import Check
from grants.models.intake import refuse_to_grant_what_came_outside
from grants.models.status import WAITING
from grants.models.strand import OfApplication
from web import clock
from web.models import Person, Seat

if TYPE_CHECKING:
    from django.db.models.query import QuerySet

FINDERS = (Seat.Role.OFFICER, Seat.Role.DECIDER)  # who may own one


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def of_funders_of(self, person: Person) -> Self:
        """Those of plans that were sent to the funders this person reads for."""
        return self.filter(application__in=Application.objects.sent_to_funder_of(person))

    def open(self) -> Self:
        """Still to be found out, of plans that nobody decided on yet."""
        return self.filter(answer="", application__status__in=WAITING)

    def to_find_out(self, people: Iterable[int]) -> Self:
        """Those that these people own, due first."""
        return self.open().filter(owner__in=people).for_reading().order_by("due_on", "pk")

    def for_reading(self) -> Self:
        related = self.select_related("check_of", "owner", "answered_by", "application__plan")
        return related.select_related("application__scheme__funder").order_by("pk")


class Clearance(OfApplication):
    """`check_of` is the line of the scheme's list it comes from. Answered anew until the decision; deeds keep all."""

    class Answer(models.TextChoices):
        YES = "yes", gettext_lazy("yes")
        PROVIDED = "provided", gettext_lazy("yes, provided")
        NO = "no", gettext_lazy("no")

    application = models.ForeignKey(Application, models.PROTECT, related_name="clearances")
    check_of = models.ForeignKey(Check, models.PROTECT, related_name="clearances")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="clearances")
    due_on = models.DateField(gettext_lazy("due on"))
    made_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(gettext_lazy("answer"), max_length=8, choices=Answer, blank=True)
    text = models.TextField(gettext_lazy("what was found out"), blank=True)
    answered_on = models.DateField(null=True, editable=False)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    objects: ClassVar[ClearanceQuerySet] = ClearanceQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = gettext_lazy("may it be done here?")
        constraints = [
            models.UniqueConstraint(name="found_out_once", fields=["application", "check_of"]),
            models.CheckConstraint(
                name="an_answer_has_a_day_and_somebody",
                condition=Q(answer="", answered_on=None, answered_by=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(name="more_than_yes_has_a_text", condition=Q(answer__in=["", "yes"]) | ~Q(text="")),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="clearances_due_first", condition=Q(answer=""))]

    def __str__(self) -> str:
        return f"{self.check_of} · {self.application}"

    @property
    def is_open(self) -> bool:
        return not self.answer and self.application.is_waiting

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()


def find_out_for(application: Application) -> list[Clearance]:
    """A clearance for each line of its scheme's list that the plan is about and that isn't asked yet."""
    there = set(application.clearances.values_list("check_of", flat=True))
    page = application.page
    checks = [check for check in application.edition.checks.all() if check.pk not in there and check.concerns(page)]
    return [find_out_one(application, check) for check in checks]


def find_out_one(application: Application, check: Check, owner: Person | None = None) -> Clearance:
    """With an owner and a day."""
    due_on = clock.add_working_days(clock.today(), check.within)
    return Clearance.objects.create(
        application=application, check_of=check, owner=owner or owner_for(application), due_on=due_on
    )


def owner_for(application: Application) -> Person:
    """Who has the plan; else who of the funder has fewest of these to find out, and is not of the group.

    Where nobody answers residents today it is who published the rules.
    """
    if application.officer:
        return application.officer
    open_now = Count("clearances", filter=Q(clearances__answer="", clearances__application__status__in=WAITING))
    free = finders(application).exclude(memberships__plan=application.plan_id)
    return free.annotate(number=open_now).order_by("number", "pk").first() or _publisher(application)


def _publisher(application: Application) -> Person:
    return cast(Person, application.edition.published_by)


def finders(application: Application) -> "QuerySet[Person]":
    """Who may find it out: everybody who answers residents for this funder today."""
    seats = Seat.objects.today().filter(person=OuterRef("pk"), funder=application.funder_id, role__in=FINDERS)
    return Person.objects.filter(Exists(seats)).order_by("name", "pk")


def refuse_before_it_may_be_done(application: Application) -> None:
    """Money is granted for what may be done. Raises ValidationError while that isn't known, or the answer is no.

    Without it what is granted may never happen (Awb 4:35(1)). Declining needn't wait, nor may the last day to answer.
    What came while nothing could be asked isn't granted either.
    """
    refuse_to_grant_what_came_outside(application)
    for each in application.clearances.select_related("check_of", "owner").order_by("pk"):
        told = {"what": each.check_of, "name": each.owner, "day": date_format(each.due_on, "j F Y")}
        if not each.answer:
            raise ValidationError(_("Find out first: %(what)s %(name)s looks into it, until %(day)s.") % told)
        if each.answer == Clearance.Answer.NO:
            raise ValidationError(_("It may not be done here: %(what)s Decline it, or find out anew.") % told)
