"""What deciders do: grant an application, wholly or in part, or decline it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require, require_mandate
from grants.decide import letters
from grants.models import Application, Criterion, Decision, Grant
from ledger.models import Budget, Commitment
from web.amounts import euro, write_amount
from web.models import Person, record


@transaction.atomic
def award(application: Application, *, amount: Money, by: Person, reason: str = "") -> Grant:
    """Promise `amount` to the group, out of the scheme's budget of this year.

    Raises ValidationError with a sentence when it is more than was asked, than the mandate reaches to, or than
    there is; or when somebody else has just decided.
    """
    require(by, "award", application)
    require_mandate(application, amount, by=by)
    outcome = _outcome_of(application, amount, reason)
    application.move_to(Application.Status.GRANTED, granted=amount)
    decision = Decision.take(application, outcome=outcome, amount=amount, reason=reason, by=by)
    commitment = _promise(application, decision)
    grant = Grant.objects.create(application=application, commitment=commitment, decision=decision)
    application.plan.open_purse(asked=application.duties is not None and application.duties.asks_overview)
    record(by, "award", application, amount=amount, decision=decision)
    letters.tell_awarded(application, decision)
    return grant


def _outcome_of(application: Application, amount: Money, reason: str) -> Decision.Outcome:
    """Granted, or granted in part: then the residents read why. Never more than was asked."""
    if application.asked is None or amount > application.asked:
        raise ValidationError(_("That is more than they ask (%(asked)s).") % {"asked": write_amount(application.asked)})
    if amount == application.asked:
        return Decision.Outcome.GRANTED
    if not reason.strip():
        raise ValidationError(_("It is less than they ask. Write why: the residents read it in their letter."))
    return Decision.Outcome.PARTLY


def _promise(application: Application, decision: Decision) -> Commitment:
    """The award in the ledger. The database refuses what the budget doesn't hold."""
    budget: Budget | None = application.scheme.current_budget
    if budget is None:
        raise ValidationError(_("There is no budget for this year yet. Ask the treasurer to set it."))
    duties = application.duties
    return budget.promise(
        decision.amount,
        reference=decision.number,
        label=str(application.plan),
        thread=application.plan_id,
        strand=application.pk,
        page=reverse("grants:track", args=[application.pk]),
        fixed_at_once=duties is None or duties.fixed_at_once,
        decided_by=decision.by,
        holders=application.plan.holders(),
        group=application.plan.people(),
        by=decision.by,
    )


@transaction.atomic
def decline(
    application: Application, *, grounds: Iterable[Criterion], reason: str, possible: str, by: Person
) -> Decision:
    """Say no, on at least one published criterion, and say what would be possible (Awb 3:46, 4:35).

    Raises ValidationError when no criterion of this scheme is named, or nothing possible.
    """
    require(by, "decline", application)
    named = list(grounds)
    if not named or any(criterion.scheme_id != application.scheme_id for criterion in named):
        raise ValidationError(_("Choose at least one criterion of this scheme. Other reasons don't count."))
    if not possible.strip():
        raise ValidationError(_("Write what would be possible: a smaller plan, another fund, a next time."))
    require_mandate(application, application.asked or euro(0), by=by)
    application.move_to(Application.Status.DECLINED)
    decision = Decision.take(application, outcome=Decision.Outcome.DECLINED, reason=reason, possible=possible, by=by)
    decision.grounds.set(named)
    record(by, "decline", application, decision=decision, reason=reason, possible=possible)
    letters.tell_declined(application, decision)
    return decision
