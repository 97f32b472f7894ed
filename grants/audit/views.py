"""The auditor's page: who of the staff opened what about whose plan, and who took everything along at once."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from grants.audit.forms import ReadingsForm
from grants.models import Application, Member
from web.keyset import page_newest_first
from web.models import Deed, Funder, Reading, Seat
from web.requests import Request

EXPORTS = 20  # the latest: the list of readings is what is gone through


def readings(request: Request) -> HttpResponse:
    """Newest first, of the funders where this person is an auditor."""
    funders = Funder.objects.filter(seats__in=Seat.objects.of(request.user.person, Seat.Role.AUDITOR)).distinct()
    if not funders:
        raise PermissionDenied(_("Only an auditor reads who read what."))
    form = ReadingsForm(request.GET, funders=funders)
    page = page_newest_first(form.narrowed(Reading.objects.at_funders(funders)), after=request.GET.get("after", ""))
    about = whose(page.rows)
    exports = Deed.objects.filter(verb="export", funder__in=funders).select_related("by__became").order_by("-pk")
    context = {
        "form": form,
        "rows": [(row, about.get(row.strand or 0)) for row in page.rows],
        "exports": [] if any(request.GET.values()) else exports[:EXPORTS],
        "next_url": form.address(page.after),
        "funder": funders[0],
    }
    return render(request, "grants/audit/readings.html", context)


def whose(rows: Iterable[Reading]) -> dict[int, Application]:
    """By the number of the application: with what its plan is called, and whom it is of (`whose`). One query."""
    leads = Member.objects.filter(plan=OuterRef("plan"), role=Member.Role.FIRST_CONTACT)
    read = Application.objects.filter(pk__in={row.strand for row in rows if row.strand}).select_related("plan")
    return read.annotate(whose=Subquery(leads.values("person__name")[:1])).in_bulk()
