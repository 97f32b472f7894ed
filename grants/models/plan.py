"""A plan: the residents' one page, written once, whoever is asked for money. It has no status of its own."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from grants.models.area import Area
from grants.models.page import WORDS, Page, Permission
from grants.models.scheme import Scheme
from ledger.models import Commitment, Purse
from web import clock
from web.models import Person
from web.models.code import EASY, as_typed, easy_code
from web.words import Text, WordsIndex

if TYPE_CHECKING:
    from grants.models.application import Application

# What plans are found by: what they are called, who does it, and in which street.
PLAN_TEXT = Text((F("title"), F("group_name"), F("where_when")), "dutch")
NAMED_BY = 60  # letters taken from what they are going to do, when a plan has no name


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Person | None) -> Self:
        """A plan belongs to its members. Who reads it for a funder reads its Application."""
        return self.filter(Exists(Member.objects.filter(plan=OuterRef("pk"), person=person)))

    def for_group_page(self) -> Self:
        """With its people and the funds it is put before: a fixed number of queries."""
        members = Prefetch("members", Member.objects.select_related("person__user").order_by("pk"))
        schemes = Prefetch("applications__scheme", Scheme.objects.select_related("funder", "current"))
        return self.prefetch_related(members, schemes, "applications__frozen_edition")


class Plan(models.Model):
    """The eight questions of the one page (DOMAIN 4.2), of which the Quick track asks four."""

    Permission = Permission

    class LegalForm(models.TextChoices):
        """What the group is. Nothing is decided on it; a group that grows keeps its plans and their history."""

        INFORMAL = "informal", _("neighbours together")
        ASSOCIATION = "association", _("association")
        FOUNDATION = "foundation", _("foundation")
        COOPERATIVE = "cooperative", _("cooperative")

    title = models.CharField(_("name of the plan"), max_length=120, blank=True)
    group_name = models.CharField(_("name of the group"), max_length=200, blank=True)
    legal_form = models.CharField(
        _("kind of group"), max_length=11, choices=LegalForm, default=LegalForm.INFORMAL, editable=False
    )
    what = models.TextField(_("What are you going to do?"), blank=True)
    why_good = models.TextField(_("Why is this good for the neighbourhood?"), blank=True)
    who_joins = models.TextField(_("Who takes part?"), blank=True)
    own_input = models.TextField(_("What do you bring yourselves?"), blank=True)
    neighbours = models.TextField(_("How do other neighbours know? And how can they join?"), blank=True)
    where_when = models.TextField(_("Where and when is it?"), blank=True)
    permission = models.CharField(_("Is permission or a permit needed?"), max_length=9, choices=Permission, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("neighbourhood")
    )
    purse = models.OneToOneField(Purse, models.PROTECT, null=True, blank=True, related_name="plan")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", editable=False
    )
    series = models.BigIntegerField(null=True, editable=False)  # the number of the first plan of those it follows
    changed = models.TextField(_("What is different this time?"), blank=True)
    shared_since = models.DateTimeField(null=True, editable=False)  # the residents let its funds see each other's state
    is_called_after_who_left = models.BooleanField(default=False, editable=False)  # then its name is not public
    salt = models.CharField(max_length=12, default=easy_code, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["Plan"]] = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        indexes = [WordsIndex(PLAN_TEXT.vector, name="plans_by_words", fastupdate=False)]

    def __str__(self) -> str:
        return " ".join(self.title.split()) or str(_("Plan without a name"))

    @property
    def first_words(self) -> str:
        """A name for a plan that nobody named."""
        line = " ".join(self.what.split())
        return line if len(line) <= NAMED_BY else line[:NAMED_BY].rsplit(" ", 1)[0] + "…"

    @property
    def own_title(self) -> str:
        """The name its residents gave it; empty when it is called by its first words."""
        return "" if self.title == self.first_words else self.title

    @property
    def thread(self) -> int:
        """All deeds about this plan hang on this number."""
        return self.pk

    @property
    def first_contact(self) -> Person:
        return next(member.person for member in self.members.all() if member.role == Member.Role.FIRST_CONTACT)

    @property
    def was_sent(self) -> bool:
        """Whether a fund has it: then somebody showed that they read their address."""
        return any(each.submitted_at for each in self.applications.all())

    @property
    def latest(self) -> "Application":
        """Where it was sent last; while nothing was sent, its draft."""
        return max(self.applications.all(), key=lambda each: (each.submitted_at is not None, each.pk))

    @property
    def page(self) -> Page:
        """What stands on it now. What a fund got is `application.page`."""
        lines = tuple(self.lines.all()) if self.pk else ()
        return Page({name: getattr(self, name) for name in WORDS}, lines)

    def answers(self) -> list[tuple[str, str]]:
        """The questions that were answered, each with its answer, in the reader's language."""
        return self.page.answers()

    def open_purse(self, *, asked: bool) -> Purse:
        """The group's cash book: opened with the first grant, the same one for the next."""
        self.purse = Purse.objects.open(
            thread=self.pk,
            label=str(self),
            page=self.applications.exclude(submitted_at=None).latest("submitted_at").get_absolute_url(),
            asked=asked,
            keepers=self.keepers(),
        )
        self.save(update_fields=["purse"])
        return self.purse

    def people(self, *roles: "Member.Role") -> list[Person]:
        """Who is in the group, in any of these roles (in any role when none is named), first contact first."""
        members = self.members.select_related("person").order_by("pk")
        return [member.person for member in (members.filter(role__in=roles) if roles else members)]

    def holders(self) -> list[Person]:
        """Who may say where the money goes: the first contact, and the group's treasurer if there is one."""
        return self.people(Member.Role.FIRST_CONTACT, Member.Role.TREASURER)

    def keepers(self) -> list[Person]:
        """Who writes in the cash book: the whole group, until one of them is its treasurer."""
        has_treasurer = self.members.filter(role=Member.Role.TREASURER).exists()
        return self.holders() if has_treasurer else self.people()

    def roles_of(self, person: Person) -> tuple[bool, bool]:
        """Whether this person holds the money, and whether they keep the cash book. After `for_application_page()`
        this asks no query."""
        members = self.members.all()
        holds = any(member.person == person and member.holds_money for member in members)
        return holds, holds or all(member.role != Member.Role.TREASURER for member in members)

    def hand_out_the_money(self) -> None:
        """The group or its roles have changed: tell the books who holds the money and who keeps the cash book."""
        Commitment.objects.hand_over(thread=self.pk, holders=self.holders(), group=self.people())
        Purse.objects.hand_over(thread=self.pk, keepers=self.keepers())

    @property
    def code(self) -> str:
        """Number and letters to find a draft again: `1042-ACEFH-JKQRW`. Kept nowhere, made from the salt.

        Ten easy letters are 40 bits; trying is limited where the code is typed.
        """
        digest = salted_hmac("grants.plan.code", f"{self.pk}:{self.salt}", algorithm="sha256").digest()
        letters = "".join(EASY[byte % len(EASY)] for byte in digest[:10])
        return f"{self.pk}-{letters[:5]}-{letters[5:]}"

    def is_opened_by(self, code: str) -> bool:
        return constant_time_compare(as_typed(code), as_typed(self.code))

    def let_code_die(self) -> None:
        """From now on the code people had opens this plan no more: it was sent, or somebody else leads the group."""
        self.salt = easy_code()
        self.save(update_fields=["salt"])


class Member(models.Model):
    """A person in the group behind a plan. A name and a way to be reached are enough."""

    class Role(models.TextChoices):
        FIRST_CONTACT = "first", _("first contact")
        TREASURER = "money", _("treasurer of the group")
        MEMBER = "member", _("member")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(null=True, editable=False)  # by an invitation; else they were there from the start
    handover_offered_at = models.DateTimeField(null=True, editable=False)  # to become the first contact

    objects: ClassVar[models.Manager["Member"]] = models.Manager()

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(name="a_person_joins_a_plan_once", fields=["plan", "person"]),
            models.UniqueConstraint(
                name="one_first_contact_per_plan", fields=["plan"], condition=models.Q(role="first")
            ),
            models.UniqueConstraint(name="one_treasurer_per_plan", fields=["plan"], condition=models.Q(role="money")),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.plan}"

    @property
    def thread(self) -> int:
        return self.plan_id

    @property
    def leads(self) -> bool:
        return self.role == self.Role.FIRST_CONTACT

    @property
    def holds_money(self) -> bool:
        """Whether they may say where the money goes."""
        return self.role != self.Role.MEMBER

    @transaction.atomic
    def become_first_contact(self) -> Person:
        """Take the place of who was it until now, and give that person. Of two at once only one does."""
        before = Member.objects.filter(plan=self.plan_id, role=self.Role.FIRST_CONTACT).select_related("person").get()
        moved = Member.objects.filter(pk=before.pk, role=self.Role.FIRST_CONTACT).update(role=self.Role.MEMBER)
        here = Member.objects.filter(pk=self.pk).exclude(pk=before.pk)
        if not moved or not here.update(role=self.Role.FIRST_CONTACT):
            raise ValidationError(_("Somebody has just changed this group. Look again."))
        Member.objects.filter(plan=self.plan_id).update(handover_offered_at=None)
        self.plan.let_code_die()  # who had it before would come in as the new first contact
        self.refresh_from_db()
        return before.person
