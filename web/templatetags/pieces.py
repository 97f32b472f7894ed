"""Filters the pieces in templates/components need to draw any form's field, and any cell of a table."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from web.amounts import write_amount
from web.forms import Form
from web.models import Funder

register = template.Library()

# "decision" and "voluntary" need no line: the one is what the page is for, the other says "(optional)".
WHY_ASKED: dict[str, str | Promise] = {
    "payment": _("We ask this to be able to pay."),
    "contact": _("We ask this to be able to reach you."),
}


@register.filter
def asked(field: BoundField) -> SafeString:
    """The widget. A field that must be filled in says so to screen readers; the browser's own bubble stays out."""
    field.field.widget.attrs.pop("placeholder", None)  # allauth's: they vanish when one types, labels don't
    return field.as_widget(attrs={"aria-required": "true"} if field.field.required else {})


@register.filter
def why_asked(field: BoundField) -> str | Promise:
    """A short line saying what the answer is needed for: at the first field of a form that is asked for that."""
    if not isinstance(field.form, Form):  # at the doors (allauth's forms) nobody wonders why
        return ""
    reasons = field.form.why
    why: str = reasons.get(field.name, "")
    first = next((name for name in field.form.fields if reasons.get(name) == why), None)
    return WHY_ASKED.get(why, "") if field.name == first and field.name != "code" else ""  # a code is our own


@register.simple_tag
def citing(funder: Funder, sentence: str, article: str) -> str:
    """A sentence with the article of the law it rests on, for who works at a public body."""
    return funder.citing(sentence, article)


@register.filter
def is_chosen(field: BoundField) -> bool:
    """Whether one of its radio buttons is chosen already: then nobody has to be told that they may leave it."""
    return field.widget_type == "radioselect" and any(option.data["selected"] for option in field.subwidgets)


@register.filter
def anchor(field: BoundField) -> str:
    """The id of the first thing in the field that can take focus: where a link in the error summary leads."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def is_filled(line: BaseForm) -> bool:
    """Whether anything stands in this row of a form: an empty row needs no box to remove it."""
    return (line.is_bound and line.has_changed()) or any(value not in (None, "") for value in line.initial.values())


@register.filter
def shown(value: Any) -> Any:
    """A cell's value as people read it: money, a day, a moment, or the text itself."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return write_amount(value)
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return value


@register.filter
def is_number(kind: str) -> bool:
    """Whether a column of this kind stands to the right, digit under digit."""
    return kind in {"money", "whole"}


@register.filter
def beside(cells: list[Any], columns: list[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with its column. ValueError when a row is longer or shorter than the table."""
    return list(zip(cells, columns, strict=True))
