"""The page with the workbook's button, and the workbook."""

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from grants.access import may, require
from grants.export import actions
from grants.models import Application
from web.clock import today
from web.models import Funder, Reading, Seat
from web.requests import Request, noted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(request: Request) -> HttpResponse:
    """One button for each funder whose books this person reads."""
    with_a_seat = list(funders(request))
    if not with_a_seat:
        raise Http404
    readable = [funder for funder in with_a_seat if may(request.person, "export", funder)]
    if not readable:
        require(request.user.person, "export", with_a_seat[0])
    return render(request, "grants/export/page.html", {"funders": readable, "funder": readable[0]})


@require_POST
def workbook(request: Request, slug: str) -> HttpResponse:
    """The download. By POST, because it leaves a deed."""
    funder = get_object_or_404(funders(request), slug=slug)
    name = f"{funder.slug}-{today():%Y-%m-%d}.xlsx"
    content = actions.export(funder, by=request.user.person)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def funders(request: Request) -> QuerySet[Funder]:
    """Where this person has a seat: the others' pages aren't there for them."""
    return Funder.objects.filter(pk__in=Seat.objects.of(request.user.person).values("funder"))


@require_POST
def case(request: Request, pk: int) -> FileResponse:
    """One case with all its papers, for an objection or for who asks by law. By POST, because it leaves a deed."""
    seen = Application.objects.sent_to_funder_of(request.user.person)
    application = get_object_or_404(seen.for_application_page(), pk=pk)
    with_notes = "without_notes" not in request.POST
    packed = actions.export_case(application, with_notes=with_notes, by=request.user.person)
    noted(request, Reading.Page.CASE, application)
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(packed, as_attachment=True, filename=f"{application.number}.zip", headers=headers)
