"""The ranking of a round: its plans in order, and what must be done before it is announced."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from grants.models.application import Application
from grants.models.criterion import Criterion
from grants.models.edition import Division
from grants.models.review import Judgement, Review
from grants.models.round import Round
from grants.models.status import WAITING, Status
from web.models import Person

Found = tuple[Judgement | None, "Panel | None"]  # of one criterion in one plan: the judgement, and the panel's opinion
POINTS = {Judgement.Verdict.GOOD: 2, Judgement.Verdict.ENOUGH: 1}
NAMED = 5  # plans named in one sentence
BESIDE_EACH_OTHER = 4  # plans; more don't fit beside each other


@dataclass(frozen=True)
class Panel:
    """What a panel of residents thinks of a plan, or of one criterion: points of advice."""

    in_favour: int
    against: int


def rounds_of(funders: Iterable[int]) -> QuerySet[Round]:
    """The published rounds of these funders in which the best plans come first."""
    ranked = Round.objects.filter(edition__division=Division.RANKING, edition__published_at__isnull=False)
    return ranked.filter(edition__scheme__funder__in=list(funders)).select_related("edition__scheme__funder")


def counted(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Each once, however many editions had it, with how many plans wait in it (`waiting`) and were `announced`."""
    plans = Application.objects.filter(scheme=OuterRef("edition__scheme"), round__opens_on=OuterRef("opens_on"))
    told = Q(place__announced_at__isnull=False)
    waiting, announced = plans.filter(~told, status__in=WAITING), plans.filter(told, place__is_late=False)
    same = Round.objects.filter(edition__scheme=OuterRef("edition__scheme"), opens_on=OuterRef("opens_on"))
    earlier = same.filter(edition__published_at__isnull=False, edition__number__lt=OuterRef("edition__number"))
    found = rounds.filter(~Exists(earlier)).annotate(waiting=_number(waiting), announced=_number(announced))
    return found.order_by("-opens_on", "pk")


def _number(rows: QuerySet[Application]) -> Coalesce:
    counted_rows = rows.order_by().values("scheme").annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted_rows, output_field=IntegerField()), 0)


def in_order(plans: Iterable[Application]) -> list[Application]:
    """Those with a place, the best one first."""
    placed = [each for each in plans if hasattr(each, "place")]
    return sorted(placed, key=lambda each: each.place.rank)


def ranker_of(plans: Iterable[Application]) -> Person | None:
    """Who put them in this order: one person gives all places. Asks no query after `for_ranking()`."""
    return next((each.place.by for each in in_order(plans)), None)


def came_since(plans: Iterable[Application]) -> list[Application]:
    """Those that came into the round after it was ranked: each needs a place before it is announced."""
    found = list(plans)
    return [each for each in found if not hasattr(each, "place")] if in_order(found) else []


def late_in(round_: Round) -> QuerySet[Application]:
    """Those that were taken in after the round was announced, and aren't decided yet."""
    same = Application.objects.filter(scheme=round_.edition.scheme_id, round__opens_on=round_.opens_on)
    return same.filter(place__is_late=True, status__in=WAITING).select_related("plan").order_by("pk")


def suggested_order(plans: Iterable[Application]) -> list[Application]:
    """Those without a place, as the judgements suggest; judged alike, as they came in. Nothing is kept of it."""
    unplaced = [each for each in plans if not hasattr(each, "place")]
    return sorted(unplaced, key=lambda each: (-points(latest_review(each)), each.pk))


def latest_review(plan: Application) -> Review | None:
    """Asks no query after `for_ranking()`."""
    return next(iter(plan.reviews.all()), None)


def verdicts_of(plan: Application) -> list[tuple[str, int]]:
    """How often each verdict was given."""
    review = latest_review(plan)
    said = Counter(each.get_verdict_display() for each in review.judgements.all()) if review else Counter()
    return said.most_common()


def panel_of(plan: Application, criterion: int | None = None) -> Panel | None:
    """None where the panel said nothing. Asks no query after `for_ranking()`."""
    points = [point for advice in plan.advices.all() for point in advice.points.all()]
    points = [point for point in points if criterion in {None, point.criterion_id}]
    against = sum(point.is_a_no for point in points)
    return Panel(len(points) - against, against) if points else None


def beside_each_other(
    plans: Sequence[Application],
) -> list[tuple[Criterion, list[tuple[Judgement | None, Panel | None]]]]:
    """Criterion by criterion, for each plan what was judged and what the panel thinks.

    A criterion of another edition is the same. Asks no query after `for_ranking()`.
    """
    titles = {judged.criterion.key: judged.criterion for each in plans for judged in _judgements(each)}
    return [(criterion, [_of_criterion(each, key) for each in plans]) for key, criterion in titles.items()]


def _judgements(plan: Application) -> list[Judgement]:
    review = latest_review(plan)
    return list(review.judgements.all()) if review else []


def _of_criterion(plan: Application, key: object) -> Found:
    judged = next((each for each in _judgements(plan) if each.criterion.key == key), None)
    return judged, panel_of(plan, judged.criterion_id) if judged else None


def points(review: Review | None) -> int:
    """More for what is good; far less where something that must be met isn't."""
    verdicts = [each.verdict for each in review.judgements.all()] if review else []
    return sum(POINTS.get(Judgement.Verdict(each), 0) for each in verdicts) - 100 * verdicts.count(Judgement.Verdict.NO)


def seen_as(plans: Iterable[Application]) -> str:
    """A mark of the ranking and the quiet decisions: it differs as soon as anything of them does."""
    parts = sorted(f"{each.pk}.{_pk(each, 'place')}.{_pk(each, 'quiet')}" for each in plans)
    return "-".join(parts)


def _pk(plan: Application, name: str) -> int:
    return getattr(plan, name).pk if hasattr(plan, name) else 0


def refuse_unready(round_: Round, placed: list[Application]) -> None:
    """Raises ValidationError while the round is open, or a plan of it isn't judged or has no place."""
    if not round_.is_over:
        raise ValidationError(_("This round is still open. Plans may still come in."))
    waiting = Application.objects.waiting_in(round_).exclude(pk__in=[each.pk for each in placed])
    unready = [
        each.number for each in [*waiting[: NAMED + 1], *(each for each in placed if each.status != Status.JUDGED)]
    ]
    if unready:
        raise ValidationError(
            _("These aren't judged, or have no place yet: %(plans)s.") % {"plans": ", ".join(unready[:NAMED])}
        )
