"""A person: a name and a way to be reached. Nobody needs an account, or an e-mail address, to be one."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower, Replace, Right, Upper
from django.utils.translation import gettext_lazy as _

from web import clock
from web.words import Text, WordsIndex

# What people are found by; a postcode with and without its space.
PERSON_TEXT = Text((F("name"), Replace(F("postcode"), Value(" "), Value("")), F("house_number")), "simple")

NATIONAL = 9  # digits of a Dutch phone number without 0, +31 or 0031
FEWEST = 8  # digits; fewer is no phone number


def without(signs: str, of: str) -> "Replace | F":
    """In the database: a field without these signs."""
    found: Replace | F = F(of)
    for sign in signs:
        found = Replace(found, Value(sign), Value(""))
    return found


# What the database compares: `06-12345678` and `+31 (0)6 1234 5678` are one number, `12 a` and `12A` one house.
PHONE = Right(without(" -./()+", "phone"), NATIONAL)
MAIL = Lower("email")
ADDRESS = Upper(Concat(without(" ", "postcode"), without(" -", "house_number")))


def made_of(what: Func, longest: int) -> Any:
    """A field that the database fills itself, whoever changes what it is made of."""
    return models.GeneratedField(
        expression=what, output_field=models.CharField(max_length=longest), db_persist=True, db_index=True
    )


class PersonQuerySet(models.QuerySet["Person"]):
    def reached_like(self, phones: Collection[str], mails: Collection[str], addresses: Collection[str]) -> Self:
        """Those with one of these keys: a phone number, a mail address, or a house."""
        return self.filter(Q(phone_key__in=phones) | Q(mail_key__in=mails) | Q(address_key__in=addresses))


class Person(models.Model):
    """Anyone who does something here: resident, helper, officer, or the worker ("the system").

    Blank until a plan is submitted: a draft is kept for somebody who has not yet said who they are.
    """

    class ReachedBy(models.TextChoices):
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("phone")
        POST = "post", _("post")

    class WantsMails(models.TextChoices):
        """Beside letters with legal effect, and what somebody is asked: those always come."""

        LETTERS = "letters", _("only letters, and what you ask me")
        NEWS = "news", _("also important news about my plan")
        ALL = "all", _("everything that happens")

    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    reached_by = models.CharField(_("how we reach them"), max_length=5, choices=ReachedBy, default=ReachedBy.MAIL)
    wants_mails = models.CharField(
        _("which mails they want"), max_length=7, choices=WantsMails, default=WantsMails.NEWS
    )
    language = models.CharField(_("language"), max_length=2, default="nl")
    became = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="was")
    is_the_system = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    erased_at = models.DateTimeField(null=True, editable=False)

    phone_key = made_of(PHONE, NATIONAL)
    mail_key = made_of(MAIL, 254)
    address_key = made_of(ADDRESS, 27)

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [WordsIndex(PERSON_TEXT.vector, name="people_by_words", fastupdate=False)]
        constraints = [
            models.UniqueConstraint(
                name="only_one_system_person", fields=["is_the_system"], condition=models.Q(is_the_system=True)
            )
        ]

    def __str__(self) -> str:
        return " ".join(self.name.split()) or str(_("someone without a name"))

    @classmethod
    def system(cls) -> "Person":
        """The one person who stands for the worker: whatever the clock does, this person does."""
        return cls.objects.get_or_create(is_the_system=True, defaults={"name": "Buurtkas"})[0]

    @property
    def now(self) -> "Person":
        """Who this person is today: signing in turns the holder of a draft into the user's person."""
        return self.became.now if self.became else self

    @property
    def keys(self) -> tuple[str, str, str]:
        """Number, mail address and house to compare with those of others; empty where too little is known."""
        phone = self.phone_key if len(self.phone_key) >= FEWEST else ""
        return phone, self.mail_key, self.address_key if self.postcode and self.house_number else ""

    @property
    def can_sign_in(self) -> bool:
        return hasattr(self, "user")

    def erase(self) -> Self:
        """Forget who this was. The row stays, so that deeds and money keep pointing at somebody."""
        self.name = self.email = self.phone = self.postcode = self.house_number = ""
        self.erased_at = clock.now()
        self.save()
        return self
