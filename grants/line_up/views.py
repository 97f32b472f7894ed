"""The order of complete requests: who comes first, where the money ends, and who is to be decided on before whom."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.models import Application, Scheme
from grants.models.queue import Turn, lined_up
from grants.models.ranking import BESIDE_EACH_OTHER, beside_each_other
from grants.models.status import Status
from grants.rules.staff import DECIDERS, tied_to
from web.models import Person, Seat
from web.requests import Request

AT_ONCE = 50  # plans on a page; those before them count all the same
NAMED = 20  # plans that are back with their residents


def own_scheme(request: Request, slug: str) -> Scheme:
    """A published scheme of a funder where they work; only who answers residents there reads its order."""
    person = request.user.person
    funders = Seat.objects.of(person).exclude(role=Seat.Role.PANEL).values("funder")
    schemes = Scheme.objects.published().filter(funder__in=funders).select_related("funder")
    scheme = get_object_or_404(schemes.prefetch_related("budgets"), slug=slug)
    if not Seat.held(person, scheme.funder_id, *DECIDERS):
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    return scheme


def queue(request: Request, slug: str) -> HttpResponse:
    """All undecided plans for the money of this scheme: complete since when, what they ask, what is left for them."""
    person, scheme = request.user.person, own_scheme(request, slug)
    budget = scheme.current_budget
    turns = lined_up(budget) if budget else []
    shown, after = page_of(turns, request.GET.get("after", ""))
    back = Application.objects.filter(scheme__budgets=budget or 0, status=Status.RETURNED)
    context = {
        "scheme": scheme,
        "funder": scheme.funder,
        "budget": budget,
        "rows": rows_of(shown, person, scheme),
        "after": after,
        "number": len(turns),
        "one_minute": any(turn.minute for turn in turns),
        "fitting": how_many_fit(turns),
        "together": turns[-1].together if turns else None,
        "back": back.select_related("plan").order_by("pk")[:NAMED],
    }
    return render(request, "grants/line_up/queue.html", context)


def how_many_fit(turns: Sequence[Turn]) -> int:
    """How many can get all they ask; of those of one minute that don't fit together, as many as fit in some order."""
    fitting, taken = 0, defaultdict[int, Decimal](Decimal)
    for turn in turns:
        if turn.fits and (not turn.minute or turn.leaves - taken[turn.place] >= turn.plan.asked):
            fitting += 1
            taken[turn.place] += turn.plan.asked if turn.minute else 0
    return fitting


def page_of(turns: Sequence[Turn], after: str) -> tuple[Sequence[Turn], str]:
    """The turns after this plan, and what the link to the next page carries."""
    begin = next((place for place, turn in enumerate(turns, 1) if str(turn.plan.pk) == after), 0)
    shown = turns[begin : begin + AT_ONCE]
    return shown, str(shown[-1].plan.pk) if len(turns) > begin + AT_ONCE else ""


def rows_of(turns: Sequence[Turn], person: Person, scheme: Scheme) -> list[dict[str, Any]]:
    """Each turn with its plan, and whether this person may decide on it."""
    rows = Application.objects.sent_to_funder_of(person).select_related(
        "scheme", "frozen_edition", "plan", "round", "place"
    )
    plans = rows.in_bulk([turn.plan.pk for turn in turns])
    tied = tied_to(person, plans.values())
    has_mandate = any(seat.mandate is not None for seat in Seat.held(person, scheme.funder_id, *DECIDERS))
    return [
        {
            "turn": turn,
            "plan": plans[turn.plan.pk],
            "is_tied": turn.plan.pk in tied,
            "decides": has_mandate and turn.plan.pk not in tied,
        }
        for turn in turns
        if turn.plan.pk in plans
    ]


def beside(request: Request, slug: str) -> HttpResponse:
    """Two to four of them beside each other: what they want to do, and what was judged."""
    scheme = own_scheme(request, slug)
    budget = scheme.current_budget
    turns = {turn.plan.pk: turn for turn in (lined_up(budget) if budget else [])}
    chosen = {int(each[:18]) for each in request.GET.getlist("plan") if each.isdecimal()} & set(turns)
    if not 1 < len(chosen) <= BESIDE_EACH_OTHER:
        messages.info(request, _("Choose two, three or four plans to put beside each other."))
        return redirect("grants:queue", slug)
    found = Application.objects.sent_to_funder_of(request.user.person).for_ranking().in_bulk(chosen)
    plans = [found[pk] for pk in turns if pk in found]
    context = {
        "scheme": scheme,
        "funder": scheme.funder,
        "plans": plans,
        "turns": [turns[each.pk] for each in plans],
        "rows": beside_each_other(plans),
    }
    return render(request, "grants/line_up/beside.html", context)
