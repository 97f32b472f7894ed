"""Filters every template has: amounts as people read them, and texts in the reader's language."""

from typing import Any

from django import template
from djmoney.money import Money

from web import amounts, language

register = template.Library()


@register.filter
def euro(amount: Money | None) -> str:
    """Money as text: "€ 1.250,50". Nothing is shown as nothing."""
    return "" if amount is None else amounts.write_amount(amount)


@register.filter
def cents(number: int | None) -> str:
    """Whole cents as text: "€ 1.250,50". Nothing is shown as nothing."""
    return "" if number is None else amounts.write_amount(amounts.from_cents(number))


@register.filter
def whole(number: int) -> str:
    """How many there are, as amounts are written: "1.250". The same in English."""
    return amounts.write_whole(number)


@register.filter
def is_said_in(thing: Any, name: str) -> str:
    """The language of that text, to mark it with: `<span lang="{{ scheme|is_said_in:"name" }}">`."""
    return language.is_said_in(thing, name)


@register.filter
def said(thing: Any, name: str) -> str:
    """The thing's text in the reader's language: `{{ scheme|said:"name" }}`."""
    return language.said(thing, name)
