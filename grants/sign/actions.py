"""What two people with a mandate do together: the first proposes an award, the second signs it or doesn't."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import may, require, require_mandate
from grants.models import Application, Decision, Grant, Obligation, Proposal
from grants.models.advice import refuse_what_the_panel_said_since
from grants.models.clearance import refuse_before_it_may_be_done
from grants.models.decision import HOLD, agreed_with, outcome_of, refuse_other_lines
from grants.models.division import (
    refuse_over_ceiling,
    refuse_what_a_round_decides,
    refuse_what_does_not_fit,
    wait_for_turn,
)
from grants.rules.staff import DECIDERS
from grants.sign import letters
from web import clock
from web.models import Person, Seat, record


@transaction.atomic
def propose(
    application: Application,
    *,
    amount: Money,
    by: Person,
    reason: str = "",
    lines: Sequence[int] = (),
    obligations: Iterable[Obligation] | None = None,
) -> Proposal:
    """Sign first: the money is reserved, and a colleague is asked. Nothing is told to the residents yet.

    Raises ValidationError as an award does, and when one signature is enough or somebody proposed it already.
    """
    require(by, "propose", application)
    require_mandate(application, amount, by=by)
    outcome_of(application, amount, reason)
    agreed = agreed_with(application, obligations)
    refuse_other_lines(application, lines)
    if not application.needs_second_signature(amount):
        raise ValidationError({"amount": _("One signature is enough for this amount. Grant it.")})
    wait_for_turn(application)
    refuse_what_a_round_decides(application)
    if not Application.objects.filter(pk=application.pk, status=Application.Status.JUDGED).exists():
        raise ValidationError(_("Judge the plan first."))
    refuse_what_the_panel_said_since(application)
    budget = application.scheme.current_budget
    if budget is None:
        raise ValidationError(_("There is no budget for this year yet. Ask the treasurer to set it."))
    refuse_before_it_may_be_done(application)
    refuse_what_does_not_fit(application, amount, budget)
    what = {"amount": amount, "reason": reason, "lines": list(lines)}
    proposal = Proposal.begin(application, budget=budget, obligations=agreed, by=by, **what)
    record(by, "propose", application, amount=amount)
    return proposal


@transaction.atomic
def sign(proposal: Proposal, *, by: Person) -> Grant:
    """Sign second, with a mandate that reaches as far: the reserved money is promised, and the residents hear."""
    application = proposal.application
    require(by, "sign", application)
    require_mandate(application, proposal.amount, by=by)
    wait_for_turn(application)
    _refuse_a_first_signature_that_lapsed(proposal)
    refuse_before_it_may_be_done(application)
    refuse_over_ceiling(application, proposal.amount)
    at = clock.now()
    what: dict[str, Any] = {"amount": proposal.amount, "reason": proposal.reason}
    application.move_to(Application.Status.GRANTED, granted=proposal.amount, told_at=at + HOLD)
    outcome = outcome_of(application, proposal.amount, proposal.reason)
    what |= {"lines": proposal.lines, "obligations": proposal.obligations.all()}
    decision = Decision.take(application, outcome=outcome, by=by, at=at, **what)
    proposal.end(by=by, decision=decision)
    grant = Grant.promise(decision, proposal.budget, first=proposal.by)
    record(by, "sign", application, amount=proposal.amount, decision=decision)
    letters.tell_awarded(application, decision)
    return grant


def _refuse_a_first_signature_that_lapsed(proposal: Proposal) -> None:
    """Days may lie between the two: who signed first must still be the one who may."""
    application, first = proposal.application, proposal.by
    reaching = Seat.objects.of(first, *DECIDERS).reaching(proposal.amount).filter(funder=application.funder_id)
    if not reaching.exists() or not may(first, "propose", application):
        raise ValidationError(_("Who signed first may not decide on this now. Propose it anew."))


@transaction.atomic
def refuse_to_sign(proposal: Proposal, *, reason: str, by: Person) -> Proposal:
    """Not like this: the money is free again, and who proposed it reads why. Who proposed it may take it back too."""
    require(by, "refuse_to_sign", proposal.application)
    if not reason.strip():
        raise ValidationError({"reason": _("Write why not, for your colleague.")})
    proposal.free(by=by, why=reason)
    record(by, "refuse_to_sign", proposal.application, reason=reason)
    return proposal
