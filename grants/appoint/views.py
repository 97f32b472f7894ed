"""Who works for a funder, in which role: a page to give a role, and one to end it."""

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as NO_PASSWORD
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.access import require
from grants.appoint import actions
from grants.appoint.forms import AppointForm, EndForm
from grants.models.handover import OpenWork, leaves_desk
from web.clock import today
from web.models import Funder, Seat, User
from web.models.funder import SeatQuerySet
from web.requests import Request


def not_over() -> SeatQuerySet:
    """Seats that hold now or later. One that is over stays over.

    `address_alone` is what stands for the name of who never came in to work: the name may be a resident's.
    """
    linked = SocialAccount.objects.filter(user=OuterRef("pk"))
    never_came = User.objects.filter(~Exists(linked), person=OuterRef("person"), password__startswith=NO_PASSWORD)
    seats = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()))
    return seats.annotate(address_alone=Subquery(never_came.values("email")))


def people(request: Request, slug: str) -> HttpResponse:
    """Everybody who has a role now or later, and a form for one more."""
    own = Seat.objects.of(request.user.person).values("funder")
    funder = get_object_or_404(Funder, slug=slug, pk__in=own)
    require(request.user.person, "appoint", funder)
    form = AppointForm(request.POST or None)
    if form.run(actions.appoint, funder, by=request.user.person):
        messages.success(request, _("They have the role, and get a mail about it."))
        return redirect("grants:people", slug)
    seats = (
        not_over().filter(funder=funder).select_related("person", "handover__to").order_by("role", "person__name", "pk")
    )
    return render(request, "grants/appoint/people.html", {"form": form, "funder": funder, "seats": seats})


def end_seat(request: Request, pk: int) -> HttpResponse:
    """The last day of one role."""
    own = Seat.objects.of(request.user.person).values("funder")
    seat = get_object_or_404(not_over().select_related("person", "funder", "handover__to"), pk=pk, funder__in=own)
    require(request.user.person, "end_seat", seat.funder)
    leaves = leaves_desk(seat)
    work = (leaves and OpenWork.of(seat.person, seat.funder_id)) or None
    form = EndForm(request.POST or None, seat=seat, leaves_desk=leaves, has_work=work is not None)
    if form.run(actions.end_seat, seat, by=request.user.person):
        messages.success(request, _("Noted. The role ends on that day."))
        return redirect("grants:people", seat.funder.slug)
    context = {"form": form, "funder": seat.funder, "seat": seat, "work": work}
    return render(request, "grants/appoint/end.html", context)
