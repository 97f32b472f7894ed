"""Amounts of euros: as Dutch people type them, as we show them, and as whole cents.

Never silently another amount: what can be read in two ways is asked back. The rules (PRODUCT, "Settled"):
a comma starts the cents; a dot before three digits is thousands; a dot before one or two digits starts the cents
when two or more digits precede it, otherwise (`1.25`) we ask what is meant.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

GLUE = "\u00a0"  # a space at which no line ends
LARGEST = 999_999_999_999  # cents: what a MoneyField of 12 digits can hold

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})  # no-break, narrow and thin spaces
CURRENCY = re.compile(r"(?:€|eur|euro)? ?(?P<number>[^€]*?) ?(?:€|eur|euro)?", re.IGNORECASE)
GROUPED_BY_SPACES = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
WITH_COMMA = re.compile(
    rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|{GROUPED_BY_SPACES})(?:,(?P<cents>[0-9]{{1,2}}|--?|–|=))?"
)
WITH_DOT = re.compile(rf"(?P<whole>[0-9]{{2,}}|{GROUPED_BY_SPACES})\.(?P<cents>[0-9]{{1,2}})")
ONE_DIGIT_AND_A_DOT = re.compile(r"(?P<whole>[0-9])\.(?P<cents>[0-9]{1,2})")
COMMA_BEFORE_THREE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")


def euro(amount: int | Decimal | str) -> Money:
    """So many euros. ValueError when there are fractions of a cent; floats are refused by the type checker."""
    return from_cents(_whole_cents(Decimal(amount)))


def from_cents(cents: int) -> Money:
    """Whole cents as Money."""
    return Money(Decimal(cents).scaleb(-2), "EUR")


def in_cents(amount: Money) -> int:
    """Money as whole cents. ValueError when it isn't euros, or not whole cents."""
    if str(amount.currency) != "EUR":
        raise ValueError(f"{amount.currency} is not EUR")
    return _whole_cents(amount.amount)


def _whole_cents(euros: Decimal) -> int:
    cents = euros.scaleb(2)
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError(f"{euros} euro is not a whole number of cents")
    return int(cents)


def write_amount(amount: Money) -> str:
    """As people read it: "€ 1.250,50", "€ 1.250" when it is whole, "− € 1.250" below zero. The same in English.

    Its parts never stand on two lines: the spaces are no-break ones.
    """
    return f"{f'−{GLUE}' if amount.amount < 0 else ''}€{GLUE}{write_number(abs(amount))}"


def write_number(amount: Money) -> str:
    """The amount without the sign of the euro: what stands in a field that is typed in."""
    cents = in_cents(amount)
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{write_whole(whole)}{f',{rest:02}' if rest else ''}"


def write_whole(number: int) -> str:
    """A whole number with a dot before each three digits: "12.500"."""
    return f"{number:,}".replace(",", ".")


def read_amount(text: str, *, zero_too: bool = False) -> Money:
    """The amount somebody typed, more than 0 (or 0 as well with `zero_too`).

    Raises ValidationError with a sentence when it can't be read, or can be read in two ways.
    """
    cents = _read_cents(text.translate(SPACES).strip())
    if cents > LARGEST:
        raise ValidationError(_("This amount is too large. Check the number."), code="too_large")
    if cents == 0 and not zero_too:
        raise ValidationError(_("Write an amount of more than 0 euro."), code="zero")
    return from_cents(cents)


def _read_cents(text: str) -> int:
    found = CURRENCY.fullmatch(text)
    number = found["number"] if found else text
    read = WITH_COMMA.fullmatch(number) or WITH_DOT.fullmatch(number)
    if read is None:
        raise _question(number)
    whole = re.sub(r"[. ]", "", read["whole"])
    if len(whole) > len(str(LARGEST)):
        return LARGEST + 1
    cents = read["cents"] or ""
    return int(whole) * 100 + (int(cents.ljust(2, "0")) if cents.isdigit() else 0)


def _question(number: str) -> ValidationError:
    """What we ask back about a number we can't be sure of."""
    if unclear := ONE_DIGIT_AND_A_DOT.fullmatch(number):
        return ValidationError(
            _(
                "Do you mean %(whole)s euro and %(cents)s cents, or %(without)s euro?"
                " Write it with a comma: %(whole)s,%(cents)s, or without a dot: %(without)s."
            ),
            code="unclear",
            params={
                "whole": unclear["whole"],
                "cents": unclear["cents"].ljust(2, "0"),
                "without": str(int(unclear["whole"] + unclear["cents"])),
            },
        )
    if COMMA_BEFORE_THREE.fullmatch(number):
        return ValidationError(
            _("Do you mean %(without)s euro? Write it without a comma: %(without)s."),
            code="unclear",
            params={"without": number.replace(",", "")},
        )
    if re.match(r"[-−–] ?[0-9]", number):
        return ValidationError(_("Write the amount without a minus sign."), code="negative")
    return ValidationError(_("Write an amount in numbers, for instance 450 or 1.250,50."), code="invalid")


class AmountField(forms.Field):
    """An amount typed by people. Gives Money, or None when it is empty and need not be filled in."""

    widget = forms.TextInput

    def __init__(self, *, zero_too: bool = False, **extra: Any) -> None:
        """`zero_too`: nothing is an amount as well."""
        super().__init__(**extra)
        self.zero_too = zero_too

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Money | None:
        if value is None or isinstance(value, Money):
            return value
        return read_amount(str(value), zero_too=self.zero_too) if str(value).strip() else None

    def prepare_value(self, value: Any) -> Any:
        """An amount we kept is written as people do; what was typed stays as it was typed."""
        return write_number(value) if isinstance(value, Money) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
