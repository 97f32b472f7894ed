"""A code: a few easy letters sent to an address, to show that whoever types them reads that address."""

import secrets
from datetime import timedelta
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from web import clock
from web.models.person import Person

# Letters that can't be taken for another one when read out over the phone: no 0/O, 1/I/L, B/D/P/T, M/N, U/V …
EASY = "ACEFHJKQRWXY3479"


def easy_code(length: int = 6) -> str:
    """`length` easy letters and digits (4 bits each)."""
    return "".join(secrets.choice(EASY) for _ in range(length))


def as_typed(text: str) -> str:
    """What somebody typed, without spaces, dashes and small letters."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


class Code(models.Model):
    """One code for one person and one purpose. Asking again makes another; the first stays valid."""

    VALID = timedelta(minutes=30)
    TRIES = 5
    AT_ONCE = 6

    purpose = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="codes")
    address = models.EmailField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Code"]] = models.Manager()

    class Meta:
        verbose_name = _("code")
        indexes = [models.Index(fields=["person", "purpose"], name="codes_of_a_person")]

    def __str__(self) -> str:
        return f"code for {self.purpose}"

    @classmethod
    def make(cls, person: Person, *, purpose: str, address: str) -> str:
        """A new code for `person`, valid 30 minutes and 5 tries. Only its digest is kept.

        Raises ValidationError when somebody keeps asking: each code gives five more guesses.
        """
        lately = cls.objects.filter(person=person, purpose=purpose, made_at__gt=clock.now() - cls.VALID)
        if lately.count() >= cls.AT_ONCE:
            raise ValidationError(_("You have asked for a code a few times. Wait half an hour, or call us."))
        text = easy_code()
        cls.objects.create(purpose=purpose, person=person, address=address, digest=cls._digest(text))
        return text

    @classmethod
    def waits_at(cls, person: Person, *, purpose: str) -> str:
        """The address where a code of theirs lies that still works, the newest; "" for none."""
        lately = cls.objects.filter(person=person, purpose=purpose, made_at__gt=clock.now() - cls.VALID)
        newest = lately.filter(tries__lt=cls.TRIES).order_by("-pk").first()
        return newest.address if newest else ""

    @classmethod
    def address_shown_by(cls, typed: str, *, person: Person, purpose: str) -> str | None:
        """The address that was proven by typing a valid code, or None. A wrong try counts on every open code.

        Call it outside the action's transaction: a refusal that rolls back would forget the wrong try.
        """
        made_lately = cls.objects.filter(person=person, purpose=purpose, made_at__gt=clock.now() - cls.VALID)
        digest = cls._digest(as_typed(typed))
        tried = [code for code in made_lately.filter(tries__lt=cls.TRIES) if code.count_a_try()]
        for code in tried:
            if constant_time_compare(code.digest, digest):
                made_lately.filter(pk__in=[each.pk for each in tried]).update(tries=F("tries") - 1)
                return code.address
        return None

    def count_a_try(self) -> bool:
        """Counted before it is looked at, so that guesses at the same moment get no more than five between them."""
        here = type(self).objects.filter(pk=self.pk, tries__lt=self.TRIES)
        return bool(here.update(tries=F("tries") + 1))

    @classmethod
    def forget(cls, person: Person, *, purpose: str) -> bool:
        """The codes have done their work: none of them opens anything any more. Of two at once one forgets them."""
        return bool(cls.objects.filter(person=person, purpose=purpose).delete()[0])

    @staticmethod
    def _digest(text: str) -> str:
        return salted_hmac("web.models.code", text, algorithm="sha256").hexdigest()
