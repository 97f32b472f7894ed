"""What deciders do with a round: rank its plans, draw the line where the money ends, and announce it in one go."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import may, require, require_mandate
from grants.models import Application, Decision, Grant, Place, Proposal, QuietDecision, Round
from grants.models.advice import refuse_what_the_panel_said_since
from grants.models.clearance import refuse_before_it_may_be_done
from grants.models.decision import HOLD
from grants.models.division import refuse_over_ceiling, wait_for_round
from grants.models.line import Share, draw, money_for
from grants.models.proposal import refuse_what_is_proposed
from grants.models.ranking import in_order, refuse_unready, seen_as
from grants.rank import letters
from grants.rules.staff import ranked_with_a_tie
from web import clock
from web.models import Person, record


@transaction.atomic
def rank(round_: Round, *, numbers: Mapping[int, int], seen: str, by: Person) -> None:
    """Put the judged plans of a round in order: `numbers` by the plan's application, the lowest is the best.

    Raises ValidationError when two have the same number, or when a colleague ranked since (`seen`).
    """
    require(by, "rank", round_)
    wait_for_round(round_)
    plans = {each.pk: each for each in Application.objects.waiting_in(round_).for_ranking()}
    if not round_.is_over or not set(numbers) <= {
        pk for pk, each in plans.items() if each.status == each.Status.JUDGED
    }:
        raise ValidationError(_("Only judged plans of a round that is over can be ranked. Look again."))
    if seen != seen_as(plans.values()):
        raise ValidationError(_("A colleague has changed this ranking since. Look again."))
    _refuse_one_number_for_two(plans, numbers)
    after = sorted(numbers, key=lambda pk: numbers[pk])
    Place.give(round_, [plans[pk] for pk in after], by=by)
    QuietDecision.objects.filter(application__in=plans, by_line=True).delete()  # another order, another line
    record(by, "rank", round_, order=" ".join(plans[pk].number for pk in after))


def _refuse_one_number_for_two(plans: Mapping[int, Application], numbers: Mapping[int, int]) -> None:
    twice = [place for place, count in Counter(numbers.values()).items() if count > 1]
    if twice:
        same = ", ".join(plans[pk].number for pk, place in numbers.items() if place == twice[0])
        words = {"place": str(twice[0]), "plans": same}
        raise ValidationError(_("Number %(place)s was given to %(plans)s. Give each a number of its own.") % words)


def _refuse_an_order_with_a_tie(plans: list[Application]) -> None:
    """It was made before they said so (Awb 2:4): nothing is decided by it until a colleague has looked."""
    if why := ranked_with_a_tie(plans):
        raise ValidationError(why)


@transaction.atomic
def draw_line(round_: Round, *, possible: str, by: Person) -> int:
    """Decide quietly on every plan of the round that `by` may decide on, by its place and where the money ends.

    `possible`: what residents below the line read that is possible. What was declined on a criterion stays so. Gives
    the number of plans that are left to a colleague.
    """
    require(by, "draw_line", round_)
    wait_for_round(round_)
    plans = in_order(Application.objects.waiting_in(round_).for_ranking())
    refuse_unready(round_, plans)
    _refuse_an_order_with_a_tie(plans)
    if not possible.strip():
        raise ValidationError(
            {"possible": _("Write what would be possible: a smaller plan, another fund, a next time.")}
        )
    shares = draw(plans, money_for(round_, plans))
    served = max((share.rank for share in shares if share.gets), default=0)
    left = [each for each in shares if not _intend(each, of=len(plans), served=served, possible=possible, by=by)]
    record(by, "draw_line", round_)
    return len(left)


def _intend(share: Share, *, of: int, served: int, possible: str, by: Person) -> bool:
    """The line in words, for one plan. False: somebody else has to decide on it."""
    plan, quiet = share.application, getattr(share.application, "quiet", None)
    if share.is_out:
        return True
    if not may(by, "award", plan) or not _reaches(plan, share.wants, by=by):
        stands = quiet is not None and _says(quiet, share)
        if not stands:
            QuietDecision.objects.filter(application=plan, by_line=True).delete()
        return stands
    by_hand = {"wanted": quiet.wanted, "because": quiet.because} if quiet else {}
    chosen = {"lines": quiet.lines if quiet and share.is_full else []}
    agreed = quiet.obligations.all() if quiet and quiet.wanted else plan.edition.obligations.all()
    because = quiet.because if quiet else ""
    if share.is_below:
        words = {"reason": letters.why_not(share, of=of, served=served), "possible": possible}
        QuietDecision.keep(plan, outcome=Decision.Outcome.DECLINED, by_line=True, by=by, **words, **by_hand)
        return True
    less = share.gets != plan.asked
    reason = because if share.is_full else letters.why_less(share, of=of, because=because)
    outcome = Decision.Outcome.PARTLY if less else Decision.Outcome.GRANTED
    what = {"outcome": outcome, "amount": share.gets, "reason": reason, "by_line": True, **by_hand, **chosen}
    QuietDecision.keep(plan, obligations=list(agreed), by=by, **what)
    return True


def _says(quiet: QuietDecision, share: Share) -> bool:
    """Whether what was meant is still what the line leaves."""
    return share.is_out or quiet.amount == share.gets


def _reaches(plan: Application, amount: Money, *, by: Person) -> bool:
    try:
        require_mandate(plan, amount, by=by)
    except ValidationError:
        return False
    return True


@transaction.atomic
def announce(round_: Round, *, seen: str, by: Person) -> int:
    """Take all decisions of a round and tell everybody, in one go: all of them, or none. Gives how many.

    Each decision is of whoever meant it. Where two sign, `by` is the second. Raises ValidationError when something
    has changed since they read it (`seen`), and with the plan's number when one of them can't be taken.
    """
    require(by, "announce", round_)
    wait_for_round(round_)
    waiting = list(Application.objects.waiting_in(round_).for_ranking())
    plans = in_order(waiting)
    if not waiting:
        raise ValidationError(_("This round has been announced already, or nothing came in."))
    if seen != seen_as(waiting):
        raise ValidationError(_("A colleague has changed something since you read this. Read it again."))
    refuse_unready(round_, plans)
    _refuse_an_order_with_a_tie(plans)
    shares = draw(plans, money_for(round_, plans))
    for share in shares:
        quiet: QuietDecision | None = getattr(share.application, "quiet", None)
        if quiet is None or not _says(quiet, share):
            words = {"number": share.application.number}
            raise ValidationError(_("%(number)s has no decision that fits the line. Draw the line again.") % words)
    for plan in plans:
        _decide(plan, by=by)
    record(by, "announce", round_)
    return len(plans)


def _decide(plan: Application, *, by: Person) -> None:
    try:
        _take(plan, plan.quiet, by=by)
    except ValidationError as refusal:
        words = {"number": plan.number, "why": " ".join(refusal.messages)}
        raise ValidationError(_("%(number)s: %(why)s Nothing has been announced.") % words) from refusal


def _take(plan: Application, quiet: QuietDecision, *, by: Person) -> None:
    Application.objects.select_for_update(no_key=True).get(pk=plan.pk)  # nobody withdraws it meanwhile
    needs_two = quiet.grants and plan.needs_second_signature(quiet.amount)
    _refuse_who_may_not(plan, quiet, [quiet.by, by] if needs_two else [quiet.by])
    refuse_what_is_proposed(plan)
    refuse_what_the_panel_said_since(plan, against=quiet.grounds.all())
    words: dict[str, Any] = {
        name: getattr(quiet, name) for name in ("outcome", "amount", "reason", "possible", "lines")
    }
    words["at"] = at = clock.now()
    if not quiet.grants:
        plan.move_to(Application.Status.DECLINED, told_at=at + HOLD)
        decision = Decision.take(plan, by=quiet.by, **words)
        decision.grounds.set(quiet.grounds.all())
    else:
        refuse_before_it_may_be_done(plan)
        refuse_over_ceiling(plan, quiet.amount)
        decision = _award(plan, quiet, words, second=by if needs_two else None)
    plan.place.announce()
    quiet.delete()
    record(by, "announce", plan, amount=decision.amount, decision=decision)
    letters.tell_decided(plan, decision)


def _award(plan: Application, quiet: QuietDecision, words: dict[str, Any], *, second: Person | None) -> Decision:
    """The money is promised; with two signatures as by a proposal that is signed at once."""
    budget = plan.scheme.current_budget
    if budget is None:
        raise ValidationError(_("There is no budget for this year yet. Ask the treasurer to set it."))
    proposal = None
    if second:
        proposal = Proposal.begin(plan, budget=budget, amount=quiet.amount, reason=quiet.reason, by=quiet.by)
    plan.move_to(Application.Status.GRANTED, granted=quiet.amount, told_at=words["at"] + HOLD)
    decision = Decision.take(plan, by=second or quiet.by, obligations=quiet.obligations.all(), **words)
    if proposal and second:
        proposal.end(by=second, decision=decision)
    Grant.promise(decision, budget, first=quiet.by if second else None)
    return decision


def _refuse_who_may_not(plan: Application, quiet: QuietDecision, people: list[Person]) -> None:
    """Days may lie between: who meant it must still be the one who may, and two who sign are two."""
    deed = "award" if quiet.grants else "decline"
    amount = quiet.amount if quiet.grants else plan.asked or quiet.amount
    for person in people:
        if not may(person, deed, plan) or not _reaches(plan, amount, by=person):
            raise ValidationError(_("%(name)s may not decide on this now. A colleague has to.") % {"name": person})
    if len({person.pk for person in people}) < len(people):
        raise ValidationError(_("Two people sign for this amount. A colleague of yours has to announce it."))
