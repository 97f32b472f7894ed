"""An IBAN as people type it, and the bank it is of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException


def read_iban(typed: str) -> IBAN:
    """The IBAN somebody typed, with or without spaces. ValidationError with what to do when it can't be right."""
    try:
        return IBAN(typed, validate_bban=True)
    except SchwiftyException as wrong:
        raise ValidationError(
            _("This IBAN can't be right. Look at your bank card or in your bank's app and type it again.")
        ) from wrong


def bank_of(iban: IBAN) -> str:
    """The bank's name as people know it, or nothing when it isn't in the list."""
    return str(iban.bank_short_name or iban.bank_name or "")
