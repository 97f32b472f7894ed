"""One field for a way to be reached: people type an e-mail address or a phone number, whichever they like."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from web.models import Person

FEWEST_DIGITS, MOST_DIGITS = 8, 15  # of a phone number (E.164)


def reach_of(typed: str) -> dict[str, str]:
    """What a Person keeps of it: an `email` or a `phone`, and by which of the two they are reached."""
    typed = typed.strip()
    if "@" in typed:
        return {"email": address_in(typed), "phone": "", "reached_by": Person.ReachedBy.MAIL}
    if typed and not FEWEST_DIGITS <= sum(sign.isdecimal() for sign in typed) <= MOST_DIGITS:
        raise ValidationError(_("Write an e-mail address or a phone number. Or leave this empty."))
    reached_by = Person.ReachedBy.PHONE if typed else Person.ReachedBy.MAIL
    return {"email": "", "phone": typed[:40], "reached_by": reached_by}


def address_in(typed: str) -> str:
    """The e-mail address, in small letters, or a sentence that says what one looks like."""
    try:
        validate_email(typed)
    except ValidationError:
        raise ValidationError(_("Write an e-mail address like name@example.nl.")) from None
    return typed.lower()
