"""An idea: four lines about what somebody would like in their street. Nothing is asked and nothing is owed yet.

Who told it has no account: a Person of their own holds the way to be reached, and the private link of the page is made
from a salt, not kept. Both are forgotten in time.
"""

from datetime import timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from grants.models.desk import ANSWERERS
from grants.models.plan import Plan
from grants.models.scheme import Scheme
from web import clock
from web.models import Funder, Mail, Person, Seat
from web.models.code import easy_code

FOUR_LINES = 600  # letters
KEPT = timedelta(days=90)  # after the answer, as long as a draft; unanswered ideas as long after they were told


class IdeaQuerySet(models.QuerySet["Idea"]):
    def of_funders_of(self, person: Person | None) -> Self:
        """Those told to the funders where this person answers; not what was forgotten."""
        funders = Seat.objects.of(person, *ANSWERERS).values("funder")
        return self.filter(funder__in=funders, erased_at=None)

    def to_answer(self) -> Self:
        """Nobody has answered these yet, due first."""
        return self.filter(answered_at=None, erased_at=None).order_by("answer_by", "pk")

    def past_their_term(self) -> Self:
        then = clock.now() - KEPT
        return self.filter(Q(answered_at__lt=then) | Q(answered_at=None, told_at__lt=then), erased_at=None)


class Idea(models.Model):
    """Told to one funder, perhaps on the page of one scheme; answered by a person within promised working days."""

    class CameBy(models.TextChoices):
        PAGE = "page", _("on the page")
        PHONE = "phone", _("by phone")
        LETTER = "letter", _("by letter")
        DESK = "desk", _("at the desk")

    class CameFrom(models.TextChoices):
        """Who came up with it. Nothing is decided on it: funders count the shares."""

        RESIDENTS = "residents", _("People who live here")
        ORGANISATION = "organisation", _("An organisation")
        MUNICIPALITY = "municipality", _("The municipality")

    funder = models.ForeignKey(Funder, models.PROTECT, related_name="ideas")
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, related_name="ideas")
    text = models.TextField(_("your idea"))
    came_by = models.CharField(_("how it came"), max_length=6, choices=CameBy, default=CameBy.PAGE)
    came_from = models.CharField(_("who came up with it"), max_length=12, choices=CameFrom)
    where = models.CharField(_("where"), max_length=100, blank=True)
    teller = models.ForeignKey(Person, models.PROTECT, related_name="ideas")
    salt = models.CharField(max_length=12, default=easy_code, editable=False)
    told_at = models.DateTimeField(default=clock.now, editable=False)
    answer_by = models.DateField(editable=False)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="answered_ideas")
    plan = models.OneToOneField(Plan, models.SET_NULL, null=True, related_name="idea", editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Idea"]] = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = [models.Index(fields=["funder", "answered_at", "answer_by"], name="ideas_to_answer")]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= 80 else line[:80].rsplit(" ", 1)[0] + "…"  # noqa: PLR2004  # one line of a list

    def get_absolute_url(self) -> str:
        """Its private page: whoever has this address reads it."""
        return reverse("grants:idea", args=[self.pk, self.key])

    @property
    def key(self) -> str:
        """128 bits, made and not kept; another one as soon as the salt changes."""
        return salted_hmac("grants.idea.key", f"{self.pk}:{self.salt}", algorithm="sha256").hexdigest()[:32]

    def is_opened_by(self, key: str) -> bool:
        return self.erased_at is None and constant_time_compare(key, self.key)

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_late(self) -> bool:
        return not self.is_answered and self.answer_by < clock.today()

    def give_answer(self, answer: str, *, scheme: Scheme | None, by: Person) -> None:
        """Answer it, once. `scheme` is where it may become a plan, when the officer names one."""
        waits = Idea.objects.filter(pk=self.pk, answered_at=None, erased_at=None)
        where = {"scheme": scheme} if scheme else {}
        if not waits.update(answer=answer, answered_at=clock.now(), answered_by=by, **where):
            raise ValidationError(_("A colleague has just answered this idea."))
        self.refresh_from_db()

    def become(self, plan: Plan) -> None:
        """Of two clicks only the first makes a plan."""
        if not Idea.objects.filter(pk=self.pk, plan=None, erased_at=None).update(plan=plan):
            raise ValidationError(_("This idea has become a plan already."))

    @transaction.atomic
    def erase(self) -> None:
        """Forget the words, who told them and the mails to them. That there was an idea still counts."""
        Mail.objects.filter(to=self.teller).delete()
        self.letters.all().delete()
        self.teller.erase()
        self.text = self.where = self.answer = ""
        self.salt = easy_code()
        self.erased_at = clock.now()
        self.save()


def forget_old_ideas() -> int:
    """Erase the ideas whose term has passed; the number erased."""
    old = list(Idea.objects.past_their_term().select_related("teller"))
    for idea in old:
        idea.erase()
    return len(old)
