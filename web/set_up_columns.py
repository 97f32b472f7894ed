"""Columns and filters of the set-up pages' lists, named in the reader's language and written as elsewhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from djmoney.money import Money

from web.amounts import from_cents, write_amount

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Lazily  # of the stubs alone

Column = Callable[[Model], Any]


def column(name: str, label: "str | Lazily", *, ordering: str | None = None, boolean: bool = False) -> Column:
    """The field `name` under a head of our own; amounts as "€ 1.250", choices by what they are called."""

    def shown(thing: Any) -> Any:
        value = getattr(thing, f"get_{name}_display", None) or getattr(thing, name)
        said = value() if callable(value) else value
        return write_amount(said) if isinstance(said, Money) else said

    shown.__name__ = name
    return admin.display(description=label, ordering=ordering or name, boolean=boolean)(shown)


def cents(name: str, label: "str | Lazily") -> Column:
    """The same for a field that holds whole cents."""

    @admin.display(description=label, ordering=name)
    def shown(thing: Any) -> str:
        return write_amount(from_cents(getattr(thing, name)))

    shown.__name__ = name
    return shown


def titled(of: type[admin.FieldListFilter], label: "str | Lazily") -> type[admin.FieldListFilter]:
    """A filter under a title of our own."""

    class Titled(of):  # type: ignore[valid-type, misc]  # which kind of filter it is, is said by who asks
        def __init__(self, *told: Any, **named: Any) -> None:
            super().__init__(*told, **named)
            self.title = label

    return Titled
