"""The workbook of a coordinator's period: the figures of the page, on five sheets."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from grants.models.figures import Figures
from grants.models.period import Period, Tally
from web.language import said
from web.sheets import Cell, Column, Sheet


def sheets_of(period: Period, counted: Figures) -> Iterator[Sheet]:
    """What came in and how long it took; refusals; where; who is new; money. The period stands on the first."""
    yield Sheet(_("Figures"), [Column(_("What"), width=44), Column(_("Number"), "whole", 12)], figures(period, counted))
    yield Sheet(_("Days"), day_columns(), days(counted))
    yield Sheet(_("Refusals"), [Column(_("Criterion"), width=44), Column(_("Plans"), "whole", 12)], refusals(counted))
    yield Sheet(_("Areas"), tally_columns(_("Neighbourhood")), (row_of(each) for each in counted.areas))
    yield Sheet(_("Groups"), tally_columns(_("Group")), (row_of(each) for each in counted.newcomers))
    yield Sheet(_("Money left"), money_columns(), money(period))


def figures(period: Period, counted: Figures) -> Iterator[list[Cell]]:
    outcome = counted.outcome
    yield [_("Funder: %(name)s") % {"name": period.funder}, None]
    yield [_("Scheme: %(name)s") % {"name": said(period.scheme, "title") if period.scheme else _("All")}, None]
    yield [_("Received from %(first)s until %(last)s") % {"first": period.first, "last": period.last}, None]
    yield [_("Counted on %(moment)s.") % {"moment": date_format(localtime(counted.counted_at), "j F Y, H:i")}, None]
    yield [_("Plans received"), outcome.received]
    yield [_("Granted"), outcome.granted]
    yield [_("Declined"), outcome.declined]
    yield [_("Not decided yet"), outcome.undecided]
    yield [_("Decided late"), outcome.late]
    yield [_("Late now"), outcome.late_now]
    yield [_("Late, in per cent"), outcome.late_share]
    yield [_("Sent back to complete"), outcome.returned]
    yield [_("Sent back a second time"), outcome.again]


def day_columns() -> list[Column]:
    return [
        Column(_("Step"), width=36),
        Column(_("Plans"), "whole", 12),
        Column(_("Half within (days)"), "whole", 16),
        Column(_("Nine in ten within (days)"), "whole", 20),
    ]


def days(counted: Figures) -> Iterator[list[Cell]]:
    for pace in counted.paces:
        yield [str(pace.step), pace.plans, pace.median, pace.most]


def refusals(counted: Figures) -> Iterator[list[Cell]]:
    for each in counted.refusals:
        yield [said(each.name, "title"), each.plans]


def tally_columns(first: str) -> list[Column]:
    return [
        Column(first, width=32),
        Column(_("Plans"), "whole", 12, total=True),
        Column(_("Granted"), "whole", 12, total=True),
        Column(_("Amount"), "money", 16, total=True),
    ]


def row_of(each: Tally) -> list[Cell]:
    return [str(each.name) or _("not known"), each.plans, each.granted, each.amount]


def money_columns() -> list[Column]:
    return [
        Column(_("Scheme"), width=32),
        Column(_("Left this year"), "money"),
        Column(_("Waiting plans ask"), "money"),
    ]


def money(period: Period) -> Iterator[list[Cell]]:
    for each in period.money_left():
        yield [said(each.scheme, "title"), each.left, each.waiting]
