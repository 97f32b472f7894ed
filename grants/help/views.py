"""A helper's desk: the residents who let this helper in, and where each of their plans is."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from grants.models import Application, Helper
from web.keyset import page_newest_first
from web.requests import Request


def at_my_desk(request: Request) -> Helper:
    """As whom this person helps; whoever doesn't help has no desk."""
    return get_object_or_404(Helper.objects.of(request.user.person).select_related("organisation", "person"))


def my_residents(request: Request) -> HttpResponse:
    """Every plan this helper is let in at."""
    me = at_my_desk(request)
    helped = Application.objects.helped_by(request.user.person).for_writing()
    page = page_newest_first(helped, after=request.GET.get("after", ""))
    return render(request, "grants/help/my_residents.html", {"me": me, "page": page})
