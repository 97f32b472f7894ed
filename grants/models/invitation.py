"""An invitation: a link and a short code with which somebody comes in at a plan, once. Kept as digests alone."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from grants.models.plan import Plan
from web import clock
from web.models import Person
from web.models.code import as_typed, easy_code


@dataclass(frozen=True)
class Key:
    """What opens an invitation, known only while it is made: `token` stands in a link, `code` can be read out."""

    token: str
    code: str


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Not used, not taken back, and not too old."""
        return self.filter(used_at=None, expires_at__gt=clock.now())

    def of_token(self, token: str) -> Self:
        return self.filter(token_digest=digest(token))

    def of_code(self, typed: str) -> Self:
        """Those that the code somebody typed opens: the plan's number and ten easy letters, `1042-ACEFH-JKQRW`."""
        number = typed.partition("-")[0].strip()
        if not number.isdecimal() or len(number) > MOST_DIGITS:
            return self.none()
        return self.filter(plan=int(number), code_digest=digest(as_typed(typed)))


MOST_DIGITS = 12


def digest(secret: str) -> str:
    return salted_hmac("grants.models.invitation", secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """To join the group, to come in as a member who can't sign in, to confirm what a partner brings; and what
    residents say to a helper: yes, send our plan; come in again; this is our account."""

    class Purpose(models.TextChoices):
        JOIN = "join", _("join the group")
        ENTER = "enter", _("come in with a code on paper")
        CONFIRM = "confirm", _("confirm as a partner")
        SAY_YES = "yes", _("say that this is the plan")
        HELP = "help", _("let a helper in again")
        BANK = "bank", _("give bank details on a helper’s device")

    VALID = {
        Purpose.JOIN: timedelta(days=30),
        Purpose.ENTER: timedelta(days=60),
        Purpose.CONFIRM: timedelta(days=60),
        Purpose.SAY_YES: timedelta(days=60),
        Purpose.BANK: timedelta(days=60),
        Purpose.HELP: timedelta(days=180),  # a sheet of paper that waits until it is needed
    }
    AT_ONCE = 40  # open invitations to one plan

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="invitations")
    purpose = models.CharField(max_length=7, choices=Purpose)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="invitations")
    asked_at = models.ForeignKey("grants.Application", models.CASCADE, null=True, related_name="+")  # of a yes: which
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    code_digest = models.CharField(max_length=64, db_index=True, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]  # a manager made of the query set

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.plan}"

    @classmethod
    def make(
        cls, plan: Plan, *, purpose: Purpose, by: Person, person: Person | None = None, asked_at: Any = None
    ) -> "tuple[Invitation, Key]":
        """A new invitation and its key, which is kept nowhere. `person` is whom it is for, where that is known.

        `asked_at` is the application that a yes sends.

        Raises ValidationError when too many are open already.
        """
        if cls.objects.open().filter(plan=plan).count() >= cls.AT_ONCE:
            raise ValidationError(_("Many invitations are still open. Take some back first."))
        letters = easy_code(10)
        key = Key(token=secrets.token_urlsafe(18), code=f"{plan.pk}-{letters[:5]}-{letters[5:]}")
        made = cls.objects.create(
            plan=plan,
            purpose=purpose,
            person=person,
            asked_at=asked_at,
            token_digest=digest(key.token),
            code_digest=digest(as_typed(key.code)),
            made_by=by,
            expires_at=clock.now() + cls.VALID[purpose],
        )
        return made, key

    @property
    def thread(self) -> int:
        return self.plan_id

    @property
    def is_open(self) -> bool:
        return self.used_at is None and self.expires_at > clock.now()

    def use(self) -> None:
        """Use it up. Of two people at once one comes in; the other is told so (ValidationError)."""
        if not Invitation.objects.open().filter(pk=self.pk).update(used_at=clock.now()):
            raise ValidationError(_("This invitation has just been used, or it is too old. Ask for a new one."))
        self.refresh_from_db(fields=["used_at"])

    def take_back(self) -> None:
        """From now on it opens nothing."""
        if not Invitation.objects.open().filter(pk=self.pk).update(expires_at=clock.now()):
            raise ValidationError(_("This invitation has been used already."))
        self.refresh_from_db(fields=["expires_at"])


def forget_the_invited() -> int:
    """Erase the addresses of people who were invited and never came, once nothing is open for them; how many."""
    unused = Person.objects.filter(invitations__purpose=Invitation.Purpose.JOIN, name="", erased_at=None, user=None)
    strangers = unused.filter(memberships=None, seats=None).exclude(invitations__in=Invitation.objects.open())
    people = list(strangers.distinct())
    for person in people:
        person.erase()
    return len(people)
