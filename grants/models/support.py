"""Neighbours' support: a page of its own for each plan, and what each neighbour says there.

A neighbour has no account. Their name, postcode and way to be reached stand with a Person made for them alone, so that
forgetting that Person and the words they wrote forgets everything; that they spoke, and how, still counts.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from grants.models.final import final_plans
from grants.models.plan import Plan
from web import clock
from web.models import Funder, Mail, Person
from web.models.code import as_typed, easy_code

UNGUESSABLE = 16  # easy letters in a page's address: 64 bits


def new_token() -> str:
    return easy_code(UNGUESSABLE)


@dataclass(frozen=True)
class Counts:
    """How many neighbours said what. `answered` is how many of the `worries` have an answer."""

    joins: int
    good: int
    worries: int
    answered: int

    @property
    def waiting(self) -> int:
        """Worries that nobody has answered yet."""
        return self.worries - self.answered


class SupportPageQuerySet(models.QuerySet["SupportPage"]):
    def at(self, address: str) -> Self:
        """The page with this address, however people type it."""
        return self.filter(token=as_typed(address))

    def over(self) -> Self:
        """Pages of plans whose answer is final: nobody needs to know any more who said what."""
        return self.filter(plan__in=final_plans())

    def to_forget(self) -> Self:
        """Pages that are over while neighbours can still speak there, or can still be known by what they said."""
        known = Support.objects.filter(page=OuterRef("pk"), erased_at=None)
        return self.over().filter(Q(is_open=True) | Q(Exists(known)))


class SupportPage(models.Model):
    """Where neighbours say what they think of a plan. The group opens and closes it; its address can't be guessed."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="support_page")
    token = models.CharField(max_length=UNGUESSABLE, unique=True, default=new_token, editable=False)
    is_open = models.BooleanField(default=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)  # the group, of a worry

    objects: ClassVar[models.Manager["SupportPage"]] = SupportPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("support page")

    def __str__(self) -> str:
        return str(self.plan)

    def get_absolute_url(self) -> str:
        return reverse("grants:support", args=[self.address])

    @property
    def address(self) -> str:
        """The token in groups of four, as it stands on the poster: `ACEF-HJKQ-RWXY-3479`."""
        return "-".join(self.token[place : place + 4] for place in range(0, UNGUESSABLE, 4))

    @property
    def thread(self) -> int:
        return self.plan_id

    @property
    def funder(self) -> Funder:
        """Who is responsible for what neighbours write here (GDPR 4(7)): the funder the group first turned to."""
        first = self.plan.applications.select_related("scheme__funder").order_by("pk")[0]
        return first.scheme.funder

    @property
    def funder_id(self) -> int:
        return self.funder.pk

    def mark_of(self, device: str, *, name: str, postcode: str) -> str:
        """The same neighbour on the same device gives the same mark. It can't be turned back into who they are."""
        said = "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalnum())
        value = f"{self.pk}:{device}:{said}:{as_typed(postcode)}"
        return salted_hmac("grants.support.mark", value, algorithm="sha256").hexdigest()

    @property
    def counts(self) -> Counts:
        """One query."""
        worry = Q(kind=Support.Kind.WORRY)
        return Counts(
            **self.support.aggregate(
                joins=Count("pk", filter=Q(kind=Support.Kind.JOINS)),
                good=Count("pk", filter=Q(kind=Support.Kind.GOOD)),
                worries=Count("pk", filter=worry),
                answered=Count("pk", filter=worry & Q(answered_at__isnull=False)),
            )
        )

    def may_tell(self) -> bool:
        """Whether the group is to be mailed of a worry now: once a day at most, however many there are."""
        quiet = Q(told_at=None) | Q(told_at__lt=clock.now() - timedelta(days=1))
        return bool(SupportPage.objects.filter(quiet, pk=self.pk).update(told_at=clock.now()))

    @transaction.atomic
    def forget(self) -> None:
        """Nobody can speak here any more, and nobody who spoke can be known. The counts stay."""
        SupportPage.objects.filter(pk=self.pk).update(is_open=False)
        for support in self.support.filter(erased_at=None).select_related("neighbour"):
            support.erase()

    @property
    def worries(self) -> "SupportQuerySet":
        return Support.objects.filter(page=self).worries().order_by("-pk")


class SupportQuerySet(models.QuerySet["Support"]):
    def worries(self) -> Self:
        """What neighbours worry about, as far as it isn't forgotten."""
        return self.filter(kind=Support.Kind.WORRY, erased_at=None)

    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def to_tell(self, plan: Plan) -> Self:
        """Worries about this plan with an answer that who left an address wasn't mailed of."""
        mailable = self.worries().answered().filter(page__plan=plan, told_at=None).exclude(neighbour__email="")
        return mailable.select_related("neighbour", "page__plan").order_by("pk")

    def of_members(self, person: Person | None) -> Self:
        """What was said about the plans this person is in."""
        return self.filter(page__plan__in=Plan.objects.visible_to(person))

    def for_list_page(self) -> Self:
        return self.filter(erased_at=None).select_related("neighbour", "answered_by")


class Support(models.Model):
    """What one neighbour says about one plan. Only a worry is answered; who changes their mind is counted once."""

    class Kind(models.TextChoices):
        JOINS = "joins", _("I join")
        GOOD = "good", _("Good plan")
        WORRY = "worry", _("I have a worry")

    page = models.ForeignKey(SupportPage, models.PROTECT, related_name="support")
    neighbour = models.OneToOneField(Person, models.PROTECT, related_name="support")
    kind = models.CharField(max_length=5, choices=Kind)
    message = models.TextField(_("message"), blank=True)
    mark = models.CharField(max_length=64, blank=True, editable=False)
    said_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(_("what we did with it"), blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    told_at = models.DateTimeField(null=True, editable=False)  # the neighbour, that there is an answer
    erased_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["Support"]] = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("neighbour’s support")
        constraints = [
            models.UniqueConstraint(
                name="a_neighbour_counts_once_a_plan", fields=["page", "mark"], condition=~Q(mark="")
            ),
            models.CheckConstraint(
                name="only_a_worry_is_answered", condition=Q(kind="worry") | Q(answered_at=None, answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.page}"

    @property
    def plan(self) -> Plan:
        return self.page.plan

    @property
    def is_a_worry(self) -> bool:
        return self.kind == self.Kind.WORRY

    def is_told(self) -> None:
        """The neighbour is mailed of the answer, or shares an address with who is."""
        self.told_at = clock.now()
        self.save(update_fields=["told_at"])

    @transaction.atomic
    def say_again(self, *, kind: str, message: str, **who: str) -> bool:
        """The same neighbour speaks again. Whether anything changed; an answer to what they no longer say is gone."""
        before = [self.kind, self.message, *(getattr(self.neighbour, field) for field in who)]
        self.changed_at = clock.now()
        if (self.kind, self.message) != (kind, message):
            self.kind, self.message, self.answer = kind, message, ""
            self.answered_at = self.answered_by = self.told_at = None
        self.save()
        for field, value in who.items():
            setattr(self.neighbour, field, value)
        self.neighbour.save()
        return before != [kind, message, *who.values()]

    @transaction.atomic
    def erase(self) -> None:
        """Forget who this was and what they wrote, the mail to them included. That they spoke still counts."""
        Mail.objects.filter(to=self.neighbour).delete()
        self.neighbour.erase()
        self.message = self.answer = self.mark = ""
        self.erased_at = clock.now()
        self.save()


def erase_pages(plans: Sequence[int]) -> None:
    """Erase the pages of these plans, which were never sent, with all that was said there."""
    for page in SupportPage.objects.filter(plan__in=plans):
        page.forget()
        page.support.all().delete()
        page.delete()


def forget_neighbours() -> int:
    """Close the pages of plans that can't be fought over any more, and forget who spoke there; the pages closed."""
    pages = list(SupportPage.objects.to_forget())
    for page in pages:
        page.forget()
    return len(pages)
