"""The auditor's page: who of the staff opened what about whose plan."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from grants.audit.forms import ReadingsForm
from web.keyset import page_newest_first
from web.models import Funder, Reading, Seat
from web.requests import Request


def readings(request: Request) -> HttpResponse:
    """Newest first, of the funders where this person is an auditor."""
    funders = Funder.objects.filter(seats__in=Seat.objects.of(request.user.person, Seat.Role.AUDITOR)).distinct()
    if not funders:
        raise PermissionDenied(_("Only an auditor reads who read what."))
    form = ReadingsForm(request.GET, funders=funders)
    page = page_newest_first(form.narrowed(Reading.objects.at_funders(funders)), after=request.GET.get("after", ""))
    context = {"form": form, "rows": page.rows, "next_url": form.address(page.after), "funder": funders[0]}
    return render(request, "grants/audit/readings.html", context)
