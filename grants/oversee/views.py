"""A coordinator's page: how long we take, what we refuse and why, whom we reach. Figures of teams, never of people."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.models.figures import AT_ONCE, Figures
from grants.oversee.forms import PeriodForm
from grants.papers.period import sheets_of
from web.amounts import euro
from web.models import Funder, Seat
from web.requests import Request
from web.sheets import write_workbook

OVERSEERS = (Seat.Role.OFFICER, Seat.Role.DECIDER, Seat.Role.FUND_ADMIN, Seat.Role.AUDITOR)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def overview(request: Request) -> HttpResponse:
    """Everything of one period on one page; what the address names narrows it. Posted: counted again."""
    form = form_of(request)
    period = form.period
    narrowed = urlencode({name: value for name in form.fields if (value := request.GET.get(name))})
    if request.method == "POST":
        Figures.of(period, within=AT_ONCE)
        return redirect(f"{reverse('grants:oversee')}?{narrowed}")
    figures, money = Figures.of(period), period.money_left()
    context = {
        "form": form,
        "period": period,
        "funder": period.funder,
        "narrowed": narrowed,
        "figures": figures,
        "longest": max((pace.most or 0 for pace in figures.paces), default=0) or 1,
        "money": money,
        "most": max((max(each.left, each.waiting) for each in money), default=euro(0)),
    }
    return render(request, "grants/oversee/overview.html", context)


def workbook(request: Request) -> HttpResponse:
    """The figures of the page as a workbook."""
    period = form_of(request).period
    name = f"overzicht-{period.funder.slug}-{period.first}-{period.last}.xlsx"
    return HttpResponse(
        write_workbook(sheets_of(period, Figures.of(period))),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def form_of(request: Request) -> PeriodForm:
    """The form for the funders whose work this person reads. Refused (403) when there is none."""
    seats = Seat.objects.of(request.user.person, *OVERSEERS)
    funders = list(Funder.objects.filter(pk__in=seats.values("funder")))
    if not funders:
        raise PermissionDenied(_("Only who works on the plans of a funder reads this, and its auditor."))
    return PeriodForm(request.GET, funders=funders)
