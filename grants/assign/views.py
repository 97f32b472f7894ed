"""One page to give plans to a colleague."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.assign import actions
from grants.assign.forms import AssignForm, as_seen
from grants.models import Application
from grants.models.desk import ANSWERERS, who_answer
from grants.models.sieve import LOOKED_AT
from web.models import Person, Seat
from web.requests import Request

AT_ONCE = 50  # a page of the inbox


def assign(request: Request) -> HttpResponse:
    """The plans that were ticked, and whose desk they go to. What changed meanwhile is named; the rest is done."""
    person = request.user.person
    if not any(seat.role in ANSWERERS for seat in Seat.keep(person)):
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    said = (request.POST or request.GET).getlist("aanvraag")
    rows = ticked(person, said)
    if not rows:
        messages.info(request, _("Tick the plans first."))
        return redirect(inbox_of(request))
    form = AssignForm(request.POST or None, people=who_answer({row.funder_id for row in rows}))
    if form.is_valid():
        seen, to = as_seen(rows, said), form.cleaned_data["to"]
        left = actions.assign(seen, to=to, by=person)
        tell(request, done=len(seen) - len(left), to=to, left=left)
        return redirect(inbox_of(request))
    return render(request, "grants/assign/assign.html", {"form": form, "rows": rows, "funder": rows[0].scheme.funder})


def ticked(person: Person, said: list[str]) -> list[Application]:
    """At this person's funders, whatever became of them; the numbers may carry who had them."""
    numbers = {number for each in said if (number := each.partition(":")[0]).isdecimal() and len(number) <= AT_ONCE}
    funders = Seat.funders_of(person, *ANSWERERS)
    sent = Application.objects.sent_to_funder_of(person).filter(scheme__funder__in=funders)
    return list(
        sent.for_inbox().filter(pk__in=[int(each[:18]) for each in numbers]).order_by("answer_by", "pk")[:AT_ONCE]
    )


def tell(request: Request, *, done: int, to: Person, left: list[Application]) -> None:
    if done:
        said = ngettext("%(number)s plan is with %(name)s now.", "%(number)s plans are with %(name)s now.", done)
        messages.success(request, said % {"number": done, "name": to})
    if left:
        names = ", ".join(str(each) for each in left)
        messages.error(
            request,
            _("Not given, because somebody changed them meanwhile, or because %(name)s may not judge them: %(plans)s.")
            % {"name": to, "plans": names},
        )


def inbox_of(request: Request) -> str:
    """The list that was looked at."""
    looked_at = request.session.get(LOOKED_AT, {})
    return f"{reverse('grants:inbox')}?{looked_at.get('list', '')}"
