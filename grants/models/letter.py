"""A letter: what was written to somebody about their application or their idea, kept exactly as it was sent."""

from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models.application import Application
from grants.models.idea import Idea
from web import clock
from web.models import Funder, Mail, Person, Seat

DECIDED = ("report/fixed", "revise/revised", "revise/anew")  # besides whatever is decided first
FOR_THE_POST = Q(Q(by_post=True) | Q(came_back_at__isnull=False), posted_at=None)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, person: Person) -> Self:
        """Members read what has left, the funder all of its own. No helper reads any."""
        own = Application.objects.of_members(person)
        theirs = Application.objects.sent_to_funder_of(person)
        answered = Idea.objects.of_funders_of(person)  # who told one has no account
        return self.filter(Q(application__in=theirs) | Q(idea__in=answered) | (Q(application__in=own) & self._left()))

    def left(self) -> Self:
        """Without those of a decision that can still be taken back: nobody outside the fund knows them."""
        return self.filter(self._left())

    @staticmethod
    def _left() -> Q:
        return Q(leaves_at=None) | Q(leaves_at__lte=clock.now())

    def to_post(self) -> Self:
        """What goes by post and hasn't gone: no mail was written, or it came back (Awb 2:8, 2:11)."""
        return self.left().filter(FOR_THE_POST)

    def of_officer(self, person: Person) -> Self:
        """Of the funders this person is an officer or a decider for."""
        funders = Seat.objects.of(person, Seat.Role.OFFICER, Seat.Role.DECIDER).values("funder")
        return self.filter(Q(application__scheme__funder__in=funders) | Q(idea__funder__in=funders))

    def for_tray(self) -> Self:
        """With whom they are for and what they are about, without the papers; the oldest first."""
        related = self.select_related("to", "mail", "application__plan", "application__scheme__funder", "idea__funder")
        return related.defer("pdf", "text").order_by("written_at", "pk")

    def for_mailing(self) -> Self:
        """With all that a mail holds, the oldest first."""
        return self.select_related("to", "application__scheme__funder", "idea__funder").order_by("written_at", "pk")

    def came_back(self) -> Self:
        """Mailed in vain, and nobody has said yet how it reaches them instead."""
        return self.filter(came_back_at__isnull=False, by_post=False, posted_at=None)


class Letter(models.Model):
    """Subject, text and the PDF's bytes. Never edited: a mistake is mended by another letter.

    `by_post`: no mail was written, so it waits until an officer posts it. `mail` is the mail it went with.
    """

    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="letters")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, related_name="letters")
    to = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    event = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    pdf = models.BinaryField()
    written_at = models.DateTimeField(default=clock.now)
    mail = models.OneToOneField(Mail, models.SET_NULL, null=True, editable=False, related_name="letter")
    by_post = models.BooleanField(default=False, editable=False)
    came_back_at = models.DateTimeField(null=True, editable=False)  # its mail was refused, sent back or given up
    leaves_at = models.DateTimeField(null=True, editable=False)  # of a decision: minutes later, so that a slip stops it
    posted_at = models.DateTimeField(null=True, editable=False)
    posted_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("letter")
        ordering = ("written_at", "pk")
        constraints = [
            models.CheckConstraint(name="about_an_application_or_an_idea", condition=Q(application=None) ^ Q(idea=None))
        ]
        indexes = [
            models.Index(fields=["written_at"], name="letters_to_post", condition=FOR_THE_POST),
            models.Index(fields=["by_post", "written_at"], name="came_back_first", condition=FOR_THE_POST),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_a_decision(self) -> bool:
        """One that residents can object to, if it is of a public body."""
        return self.event.startswith("decide/") or self.event in DECIDED

    @property
    def thread(self) -> int | None:
        return self.application.plan_id if self.application else None

    @property
    def about(self) -> Application | Idea:
        """What it is about."""
        return self.application or cast(Idea, self.idea)

    @property
    def funder(self) -> Funder:
        return self.application.scheme.funder if self.application else cast(Idea, self.idea).funder

    @property
    def officer_id(self) -> int | None:
        """Who has what it is about; nobody has an idea."""
        return self.application.officer_id if self.application else None

    @property
    def number(self) -> str:
        """What they quote on the phone."""
        return self.application.number if self.application else ""

    @property
    def strand(self) -> int | None:
        """Where it is about one application, another fund of the same plan reads nothing of what is done with it."""
        return self.application_id

    @property
    def funder_id(self) -> int:
        return self.funder.pk

    @property
    def can_be_told_by_phone(self) -> bool:
        """Whether another e-mail address can: to a number that was known before, of who doesn't get letters by post."""
        return bool(self.to.phone) and self.to.reached_by != Person.ReachedBy.POST

    @property
    def purpose_of_code(self) -> str:
        """Of the code that they read out. Another funder that calls them too reads no address, and spends no try."""
        return f"an address told to funder {self.funder_id}"

    @property
    def why_by_post(self) -> str | Promise:
        """Why it waits in the tray, for the officer who prints it."""
        if self.came_back_at:
            return _("The mail did not arrive")
        if self.to.reached_by == Person.ReachedBy.POST:
            return _("Wants letters by post")
        return _("To their address, to be sure") if self.to.email else _("Has no e-mail")


def note_what_came_back() -> None:
    """Of a mail that never arrived the letter waits for the post: also when the mail itself is forgotten. Each tick."""
    Letter.objects.filter(came_back_at=None, mail__in=Mail.objects.failed()).update(came_back_at=clock.now())
