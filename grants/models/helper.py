"""A helper writes a plan down for residents, who own it: an organisation, its helpers, and who wrote which plan."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from grants.models.plan import Plan
from web import clock
from web.models import Funder, Person, Seat, User


class HelpingOrganisation(models.Model):
    """Welfare work, a library, a residents' centre. `paid_by` is who pays its helpers: residents hear it beforehand."""

    name = models.CharField(_("name"), max_length=120)
    paid_by = models.CharField(
        _("who pays the helpers"), max_length=120, help_text=_("As people say it: the municipality of Waterveen.")
    )
    phone = models.CharField(_("phone"), max_length=40)
    email = models.EmailField(_("e-mail"), blank=True)
    funder = models.ForeignKey(
        Funder, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("let in by")
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager["HelpingOrganisation"]] = models.Manager()

    class Meta:
        verbose_name = _("helping organisation")
        verbose_name_plural = _("helping organisations")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                name="an_organisation_is_let_in_once",
                fields=["name"],
                condition=Q(ended_at=None),
                violation_error_message=_("This organisation has been let in already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def end(self) -> None:
        """Nobody helps for it any more, who leads it neither."""
        if not HelpingOrganisation.objects.filter(pk=self.pk, ended_at=None).update(ended_at=clock.now()):
            raise ValidationError(_("This has been ended already."))
        at_work = Helper.objects.filter(organisation=self, ended_at=None)
        User.objects.filter(person__in=list(at_work.values_list("person", flat=True))).update(helps=False)
        at_work.update(ended_at=clock.now())
        self.refresh_from_db(fields=["ended_at"])


class HelperQuerySet(models.QuerySet["Helper"]):
    def today(self) -> Self:
        """Those who help now. Whoever works for a funder too doesn't: they would judge what they wrote."""
        seated = Seat.objects.today().filter(person=OuterRef("person"))
        return self.filter(~Exists(seated), ended_at=None)

    def of(self, person: Person | None) -> Self:
        """As whom this person helps now."""
        return self.today().filter(person=person)

    def for_page(self) -> Self:
        return self.select_related("person__became", "person__user", "organisation").order_by("person__name", "pk")


class Helper(models.Model):
    """A person at a helping organisation, from one moment to another. `leads`: invites and ends its helpers."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="helps")
    organisation = models.ForeignKey(HelpingOrganisation, models.PROTECT, related_name="helpers")
    leads = models.BooleanField(_("leads the helpers"), default=False)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    began_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[HelperQuerySet] = HelperQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("helper")
        constraints = [
            models.UniqueConstraint(
                name="a_person_helps_at_one_organisation", fields=["person"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @classmethod
    @transaction.atomic
    def begin(cls, person: Person, organisation: HelpingOrganisation, *, leads: bool, by: Person) -> "Helper":
        """`person` helps there from now on. Raises ValidationError for who works for a funder, or helps already."""
        if Seat.objects.of(person).exists():
            raise ValidationError(_("This person works for a fund. They can't be a helper too."))
        try:
            with transaction.atomic():
                helper = cls.objects.create(person=person, organisation=organisation, leads=leads, invited_by=by)
        except IntegrityError as refused:
            raise ValidationError(_("This person is a helper already.")) from refused
        User.objects.filter(person=person).update(helps=True)
        return helper

    def end(self) -> None:
        """From now on they see nothing any more. The last who leads stays, or nobody could invite."""
        others = Helper.objects.filter(organisation=self.organisation_id, leads=True, ended_at=None)
        if self.leads and not others.exclude(pk=self.pk).exists():
            raise ValidationError(_("Nobody else leads the helpers here. Let somebody else lead first."))
        if not Helper.objects.filter(pk=self.pk, ended_at=None).update(ended_at=clock.now()):
            raise ValidationError(_("This has been ended already."))
        User.objects.filter(person=self.person_id).update(helps=False)
        self.refresh_from_db(fields=["ended_at"])

    @property
    def known_as(self) -> str:
        """How colleagues see them: by name once they came in themselves, until then by the address that was typed.

        Whoever invites an address doesn't learn whose it is.
        """
        user = self.person.user
        came_in = user.last_login is not None and user.last_login >= self.began_at
        return str(self.person) if came_in else user.email

    @property
    def first_name(self) -> str:
        return str(self.person).split(" ", 1)[0]


class Scribe(models.Model):
    """Who wrote a plan down for its residents. It says who helped; nothing is decided on it."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="scribe")
    helper = models.ForeignKey(Helper, models.PROTECT, related_name="wrote")

    objects: ClassVar[models.Manager["Scribe"]] = models.Manager()

    class Meta:
        verbose_name = _("who wrote it down")

    def __str__(self) -> str:
        return f"{self.helper} · {self.plan}"
