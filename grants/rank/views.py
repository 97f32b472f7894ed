"""The pages of a round: its plans in order with the line, some beside each other, and announcing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from djmoney.money import Money

from grants.access import allowed, require
from grants.models import Application, Round
from grants.models.line import draw, money_for
from grants.models.queue import lined_up_at
from grants.models.ranking import (
    BESIDE_EACH_OTHER,
    beside_each_other,
    came_since,
    counted,
    in_order,
    late_in,
    panel_of,
    rounds_of,
    seen_as,
    suggested_order,
    verdicts_of,
)
from grants.models.status import Status
from grants.rank import actions
from grants.rank.forms import AnnounceForm, LineForm, RankForm
from grants.rules.staff import DECIDERS, is_free_of_the_round, ranked_with_a_tie
from web.amounts import euro
from web.models import Person, Seat
from web.requests import Request


def rounds(request: Request) -> HttpResponse:
    """The rounds in which the best plans come first, the newest first; and the schemes where the earliest do."""
    seats = Seat.objects.of(request.user.person, *DECIDERS).select_related("funder")
    if not seats:
        raise PermissionDenied(_("Only who answers residents for a funder ranks plans."))
    funders = [seat.funder_id for seat in seats]
    context = {
        "rounds": counted(rounds_of(funders)),
        "in_order": lined_up_at(funders),
        "funder": seats[0].funder,
    }
    return render(request, "grants/rank/rounds.html", context)


def own_round(request: Request, pk: int) -> Round:
    """A published round of a funder where they answer residents. What they may do there the access table says."""
    person = request.user.person
    funders = Seat.objects.of(person).exclude(role=Seat.Role.PANEL).values_list("funder", flat=True)
    found = get_object_or_404(rounds_of(funders), pk=pk)
    if not Seat.held(person, found.funder_id, *DECIDERS):
        raise PermissionDenied(_("Only an officer of this funder can do this."))
    return found


def show(request: Request, pk: int) -> HttpResponse:
    """All judged plans in order with the line among them, and those that must be judged first. Posting ranks."""
    person, shown = request.user.person, own_round(request, pk)
    plans = list(Application.objects.waiting_in(shown).for_ranking())
    ready = [each for each in plans if each.status == Status.JUDGED]
    placed = in_order(ready)
    ordered = placed + suggested_order(ready)
    ranking = RankForm(request.POST or None, plans=ordered, seen=seen_as(plans))
    if ranking.run(actions.rank, shown, by=person):
        messages.success(request, _("This is the order now."))
        return redirect("grants:round", pk)
    money = money_for(shown, plans)
    context = page(shown, person, money) | {
        "rows": rows_of(ordered, money, ranking),
        "unready": [each for each in plans if each.status != Status.JUDGED],
        "ranking": ranking,
        "is_ranked": placed == ordered and bool(ordered),
        "since": came_since(plans),
        "tied_order": ranked_with_a_tie(plans),
        "late": late_in(shown),
        "line": LineForm(),
    }
    return render(request, "grants/rank/round.html", context)


def page(shown: Round, person: Person, money: Money) -> dict[str, Any]:
    """What every page of a round says at its head."""
    scheme = shown.edition.scheme
    may_there = allowed(person, ("rank", "draw_line"), shown)
    return {
        "round": shown,
        "scheme": scheme,
        "funder": scheme.funder,
        "money": money,
        "ranks": may_there["rank"],
        "decides": may_there["draw_line"],
        "ask_others": "" if may_there["rank"] else is_free_of_the_round.says(person, shown),
    }


def rows_of(ordered: list[Application], money: Money, ranking: RankForm) -> list[dict[str, Any]]:
    return [
        {
            "share": share,
            "verdicts": verdicts_of(share.application),
            "panel": panel_of(share.application),
            "field": ranking.field_of(share.application),
        }
        for share in draw(ordered, money)
    ]


def compare(request: Request, pk: int) -> HttpResponse:
    """Two to four plans beside each other, criterion by criterion: what was judged, and what the panel thinks."""
    person, shown = request.user.person, own_round(request, pk)
    chosen = [int(each[:18]) for each in request.GET.getlist("plan") if each.isdecimal()]
    plans = list(Application.objects.waiting_in(shown).filter(pk__in=chosen).for_ranking())
    if not 1 < len(plans) <= BESIDE_EACH_OTHER:
        messages.info(request, _("Choose two, three or four plans to put beside each other."))
        return redirect("grants:round", pk)
    context = page(shown, person, money_for(shown, plans)) | {"plans": plans, "rows": beside_each_other(plans)}
    return render(request, "grants/rank/compare.html", context)


@require_POST
def draw_line(request: Request, pk: int) -> HttpResponse:
    """Quiet decisions for all; then what they are can be read, and announced."""
    shown = own_round(request, pk)
    form = LineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what would be possible: a smaller plan, another fund, a next time."))
        return redirect("grants:round", pk)
    left = actions.draw_line(shown, by=request.user.person, **form.cleaned_data)
    if left:
        messages.info(
            request, _("%(number)s are for a colleague to decide on. They draw the line too.") % {"number": left}
        )
    return redirect("grants:announce", pk)


def announce(request: Request, pk: int) -> HttpResponse:
    """All that was decided quietly, to read before everybody hears at once."""
    person, shown = request.user.person, own_round(request, pk)
    require(person, "announce", shown)
    waiting = list(Application.objects.waiting_in(shown).for_ranking().prefetch_related("plan__members__person"))
    plans = in_order(waiting)
    form = AnnounceForm(request.POST or None, initial={"seen": seen_as(waiting)})
    if form.run(actions.announce, shown, by=person):
        messages.success(request, _("Announced: %(number)s letters leave in ten minutes.") % {"number": form.outcome})
        return redirect("grants:rounds")
    meant = [each.quiet for each in plans if hasattr(each, "quiet")]
    granted = [each for each in meant if each.grants]
    context = page(shown, person, money_for(shown, plans)) | {
        "plans": plans,
        "form": form,
        "is_complete": len(meant) == len(waiting) and bool(waiting),
        "since": came_since(waiting),
        "tied_order": ranked_with_a_tie(waiting),
        "granted": len(granted),
        "declined": len(meant) - len(granted),
        "total": sum((each.amount for each in granted), euro(0)),
    }
    return render(request, "grants/rank/announce.html", context)
