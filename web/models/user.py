"""A user: someone who can sign in. The e-mail address is the login; everything else is on the Person."""

import hashlib
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.funder import Seat
from web.models.person import Person


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user and, unless `person` is given, the Person they are. No password: sign-in by code only."""
        email = email.lower()
        person = fields.pop("person", None) or Person.objects.create(name=fields.pop("name", ""), email=email)
        user = self.model(email=email, person=person, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def of_address(self, email: str) -> "User":
        """The user of this address, made on the spot for whoever comes here for the first time."""
        try:
            with transaction.atomic():
                return self.filter(email__iexact=email).first() or self.create_user(email)
        except IntegrityError:  # the same address at the same moment
            return self.get(email__iexact=email)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Sign-in for one Person."""

    email = models.EmailField(_("e-mail"))
    person = models.OneToOneField(Person, models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    # Only for the navigation: what a helper may do is asked of their place at an organisation, each time anew.
    helps = models.BooleanField(default=False, editable=False)
    is_staff = models.BooleanField(_("may use the set-up pages"), default=False)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("user")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        """A session belongs to the address it was begun with: where that changes, every session elsewhere ends."""
        return self._with_address(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same, of a secret key that is being replaced."""
        return (self._with_address(each) for each in super().get_session_auth_fallback_hash())

    def _with_address(self, mark: str) -> str:
        return hashlib.sha256(f"{mark} {self.email}".encode()).hexdigest()

    @property
    def signs_in_by_password(self) -> bool:
        """Whoever has a seat at a funder, or the set-up pages, can't come in with a code from a mailbox."""
        return self.is_staff or self.is_superuser or Seat.objects.today().filter(person=self.person).exists()
