"""The pages of a round: its plans in order with the line, some beside each other, and announcing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from djmoney.money import Money

from grants.access import may, require
from grants.models import Application, Round
from grants.models.line import draw, money_for
from grants.models.ranking import (
    counted,
    in_order,
    latest_review,
    panel_of,
    rounds_of,
    seen_as,
    suggested_order,
    verdicts_of,
)
from grants.models.status import Status
from grants.rank import actions
from grants.rank.forms import AnnounceForm, LineForm, RankForm
from grants.rules.staff import DECIDERS, tied_to
from web.amounts import euro
from web.models import Person, Seat
from web.requests import Request

BESIDE_EACH_OTHER = 4  # plans; more don't fit beside each other


def rounds(request: Request) -> HttpResponse:
    """The rounds of their funders in which the best plans come first; the newest first."""
    seats = Seat.objects.of(request.user.person, *DECIDERS).select_related("funder")
    if not seats:
        raise PermissionDenied(_("Only who answers residents for a funder ranks plans."))
    found = counted(rounds_of([seat.funder_id for seat in seats]))
    return render(request, "grants/rank/rounds.html", {"rounds": found, "funder": seats[0].funder})


def own_round(request: Request, pk: int) -> Round:
    """A published round of a funder where they work; what they may do there is asked of the access table."""
    funders = Seat.objects.of(request.user.person).exclude(role=Seat.Role.PANEL).values_list("funder", flat=True)
    found = get_object_or_404(rounds_of(funders), pk=pk)
    require(request.user.person, "rank", found)
    return found


def show(request: Request, pk: int) -> HttpResponse:
    """All judged plans in order with the line among them, and those that must be judged first. Posting ranks."""
    person, shown = request.user.person, own_round(request, pk)
    plans = list(Application.objects.waiting_in(shown).for_ranking())
    ready = [each for each in plans if each.status == Status.JUDGED]
    placed, tied = in_order(ready), tied_to(person, plans)
    ordered = placed + suggested_order(ready)
    ranking = RankForm(request.POST or None, plans=ordered, tied=tied, seen=seen_as(plans))
    if ranking.run(actions.rank, shown, by=person):
        messages.success(request, _("This is the order now."))
        return redirect("grants:round", pk)
    money = money_for(shown, plans)
    context = page(shown, person, money) | {
        "rows": rows_of(ordered, money, ranking, tied),
        "unready": [each for each in plans if each.status != Status.JUDGED],
        "ranking": ranking,
        "is_ranked": placed == ordered and bool(ordered),
        "line": LineForm(),
    }
    return render(request, "grants/rank/round.html", context)


def page(shown: Round, person: Person, money: Money) -> dict[str, Any]:
    """What every page of a round says at its head."""
    scheme = shown.edition.scheme
    decides = may(person, "draw_line", shown)
    return {"round": shown, "scheme": scheme, "funder": scheme.funder, "money": money, "decides": decides}


def rows_of(ordered: list[Application], money: Money, ranking: RankForm, tied: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "share": share,
            "verdicts": verdicts_of(share.application),
            "panel": panel_of(share.application),
            "field": ranking.field_of(share.application),
            "is_tied": share.application.pk in tied,
        }
        for share in draw(ordered, money)
    ]


def compare(request: Request, pk: int) -> HttpResponse:
    """Two to four plans beside each other, criterion by criterion: what was judged, and what the panel thinks."""
    person, shown = request.user.person, own_round(request, pk)
    chosen = [int(each) for each in request.GET.getlist("plan") if each.isdecimal()]
    plans = list(Application.objects.waiting_in(shown).filter(pk__in=chosen).for_ranking())
    if not 1 < len(plans) <= BESIDE_EACH_OTHER:
        messages.info(request, _("Choose two, three or four plans to put beside each other."))
        return redirect("grants:round", pk)
    titles = {judged.criterion.key: judged.criterion for each in plans for judged in judgements(each)}
    rows = [(criterion, [of_criterion(each, criterion.key) for each in plans]) for criterion in titles.values()]
    context = page(shown, person, money_for(shown, plans)) | {"plans": plans, "rows": rows}
    return render(request, "grants/rank/compare.html", context)


def judgements(plan: Application) -> list[Any]:
    review = latest_review(plan)
    return list(review.judgements.all()) if review else []


def of_criterion(plan: Application, key: object) -> tuple[Any, Any]:
    """What was judged of a criterion, and what the panel thinks of it; a criterion of another edition is the same."""
    judged = next((each for each in judgements(plan) if each.criterion.key == key), None)
    return judged, panel_of(plan, judged.criterion_id) if judged else None


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
    waiting = list(Application.objects.waiting_in(shown).for_ranking())
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
        "granted": len(granted),
        "declined": len(meant) - len(granted),
        "total": sum((each.amount for each in granted), euro(0)),
    }
    return render(request, "grants/rank/announce.html", context)
