"""What deciders do: grant an application, wholly or in part, or decline it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from djmoney.money import Money

from grants.access import require, require_mandate
from grants.decide import letters
from grants.models import (
    Application,
    Criterion,
    Decision,
    Enquiry,
    Grant,
    Judgement,
    Obligation,
    QuietDecision,
    Review,
    Wait,
)
from grants.models.advice import refuse_unexplained, refuse_what_the_panel_said_since
from grants.models.clearance import refuse_before_it_may_be_done
from grants.models.clock import not_handled_by
from grants.models.decision import HOLD, agreed_with, outcome_of, refuse_other_lines
from grants.models.division import (
    refuse_what_a_round_decides,
    refuse_what_does_not_fit,
    refuse_while_there_is_money,
    wait_for_turn,
)
from grants.models.intake import came_outside
from grants.models.proposal import refuse_what_is_proposed
from grants.models.review import Verdicts
from ledger.models import Budget
from web import clock
from web.amounts import euro
from web.clock import today
from web.models import Person, record


@transaction.atomic
def award(
    application: Application,
    *,
    amount: Money,
    by: Person,
    reason: str = "",
    lines: Sequence[int] = (),
    obligations: Iterable[Obligation] | None = None,
) -> Grant:
    """Promise `amount` to the group, out of the scheme's budget of this year.

    `lines`: where it is for some of the costs, their places on the page. `obligations`: the published ones that hold;
    all of them where none are named.
    Raises ValidationError with a sentence when it is more than was asked, than the mandate reaches to, or than
    there is; or when somebody else has just decided.
    """
    require(by, "award", application)
    require_mandate(application, amount, by=by)
    wait_for_turn(application)
    refuse_what_a_round_decides(application)
    refuse_what_is_proposed(application)
    refuse_what_the_panel_said_since(application)
    refuse_before_it_may_be_done(application)
    outcome, agreed = outcome_of(application, amount, reason), agreed_with(application, obligations)
    refuse_other_lines(application, lines)
    budget = _budget_for(application)
    refuse_what_does_not_fit(application, amount, budget)
    if application.needs_second_signature(amount):
        raise ValidationError({"amount": _("Above this amount a colleague signs too. Propose it.")})
    at = clock.now()
    application.move_to(Application.Status.GRANTED, granted=amount, told_at=at + HOLD)
    words = {"amount": amount, "reason": reason, "lines": list(lines), "at": at}
    decision = Decision.take(application, outcome=outcome, by=by, obligations=agreed, **words)
    grant = Grant.promise(decision, budget)
    record(by, "award", application, amount=amount, decision=decision)
    letters.tell_awarded(application, decision)
    return grant


@transaction.atomic
def settle(
    application: Application,
    *,
    verdicts: Verdicts,
    amount: Money,
    by: Person,
    strong: str = "",
    reason: str = "",
    obligations: Iterable[Obligation] | None = None,
) -> Grant:
    """Judge a small plan and grant it, at once. Refused when a criterion that must be met was answered with no."""
    require(by, "settle", application)
    wait_for_turn(application)
    if any(verdict == Judgement.Verdict.NO for _criterion, verdict, _why in verdicts):
        raise ValidationError(_("A plan that doesn't meet this can't be granted. Keep it, and decline it or ask."))
    refuse_unexplained(application, verdicts)
    Review.write(application, strong=strong, verdicts=verdicts, by=by)
    record(by, "settle", application, strong=strong)
    return award(application, amount=amount, reason=reason, obligations=obligations, by=by)


def _budget_for(application: Application) -> Budget:
    budget: Budget | None = application.scheme.current_budget
    if budget is None:
        raise ValidationError(_("There is no budget for this year yet. Ask the treasurer to set it."))
    return budget


@transaction.atomic
def decline(
    application: Application,
    *,
    grounds: Iterable[Criterion],
    reason: str,
    possible: str,
    by: Person,
    about_them: bool = False,
    no_money: bool = False,
) -> Decision:
    """Say no, on at least one published criterion, and say what would be possible (Awb 3:46, 4:35).

    `no_money`: no criterion is needed where the money has ended (Awb 4:25). `about_them`: it rests on facts about the
    residents that differ from what they told, so they were heard first (Awb 4:7). Raises ValidationError when they
    weren't, when no criterion of this scheme is named, or nothing possible.
    """
    require(by, "decline", application)
    named = _grounds(application, grounds, possible=possible, about_them=about_them, no_money=no_money)
    refuse_what_the_panel_said_since(application, against=named)
    require_mandate(application, application.asked or euro(0), by=by)
    wait_for_turn(application)
    if no_money:
        refuse_while_there_is_money(application)
    refuse_what_a_round_decides(application)
    refuse_what_is_proposed(application)
    at = clock.now()
    words: dict[str, Any] = {"reason": reason, "possible": possible}
    application.move_to(Application.Status.DECLINED, told_at=at + HOLD)
    decision = Decision.take(application, outcome=Decision.Outcome.DECLINED, by=by, at=at, **words)
    decision.grounds.set(named)
    record(by, "decline", application, decision=decision, reason=reason, possible=possible)
    letters.tell_declined(application, decision)
    return decision


def _grounds(
    application: Application, grounds: Iterable[Criterion], *, possible: str, about_them: bool, no_money: bool = False
) -> list[Criterion]:
    """The published criteria that a refusal rests on. Raises ValidationError as `decline` says."""
    named, wrong = list(grounds), {}
    if about_them and not Enquiry.objects.heard(application):
        wrong["about_them"] = _("First ask what the residents say to these facts. They get at least a week.")
    if not (named or no_money) or any(criterion.edition_id != application.edition.pk for criterion in named):
        wrong["grounds"] = _("Choose at least one criterion of this scheme. Other reasons don't count.")
    if not possible.strip():
        wrong["possible"] = _("Write what would be possible: a smaller plan, another fund, a next time.")
    if wrong:
        raise ValidationError(wrong)
    return named


@transaction.atomic
def award_quietly(
    application: Application,
    *,
    amount: Money,
    by: Person,
    reason: str = "",
    lines: Sequence[int] = (),
    obligations: Iterable[Obligation] | None = None,
) -> QuietDecision:
    """Say quietly how much is right for a plan of a round. What it gets of that the line says; nobody is told yet."""
    require(by, "award_quietly", application)
    require_mandate(application, amount, by=by)
    _refuse_outside_a_round(application)
    refuse_what_the_panel_said_since(application)
    outcome, agreed = outcome_of(application, amount, reason), agreed_with(application, obligations)
    refuse_other_lines(application, lines)
    words = {"reason": reason, "because": reason, "wanted": amount, "lines": list(lines)}
    quiet = QuietDecision.keep(application, outcome=outcome, amount=amount, obligations=agreed, by=by, **words)
    record(by, "award_quietly", application, amount=amount, reason=reason)
    return quiet


@transaction.atomic
def decline_quietly(
    application: Application,
    *,
    grounds: Iterable[Criterion],
    reason: str,
    possible: str,
    by: Person,
    about_them: bool = False,
) -> QuietDecision:
    """Say quietly no to a plan of a round, on at least one published criterion, wherever the line is drawn."""
    require(by, "decline_quietly", application)
    named = _grounds(application, grounds, possible=possible, about_them=about_them)
    require_mandate(application, application.asked or euro(0), by=by)
    _refuse_outside_a_round(application)
    refuse_what_the_panel_said_since(application, against=named)
    words = {"reason": reason, "possible": possible}
    quiet = QuietDecision.keep(application, outcome=Decision.Outcome.DECLINED, grounds=named, by=by, **words)
    record(by, "decline_quietly", application, reason=reason, possible=possible)
    return quiet


def _refuse_outside_a_round(application: Application) -> None:
    """The round is locked: nobody announces it meanwhile."""
    wait_for_turn(application)
    waiting = Application.objects.select_related("place", "round", "frozen_edition").get(pk=application.pk)
    if not waiting.waits_for_round or waiting.status != Application.Status.JUDGED:
        raise ValidationError(_("Only a judged plan of a round that isn't announced is decided on quietly."))


@transaction.atomic
def set_aside(application: Application, *, reason: str, by: Person) -> Decision:
    """Decide to read a plan no further that went back to be completed and didn't come again (Awb 4:5).

    Only when its last day has passed, and within four weeks after that: otherwise it is judged as it is. What came
    while nothing could be asked is left at once: the residents can't mend that.
    """
    require(by, "set_aside", application)
    require_mandate(application, application.asked or euro(0), by=by)
    wait_for_turn(application)
    wait = Wait.objects.to_complete().filter(application=application).first()
    if wait:
        _end_in_vain(wait)
    elif not came_outside(application):
        raise ValidationError(_("Only a plan that was sent back, and didn't come again, can be left."))
    refuse_what_is_proposed(application)
    application.move_to(Application.Status.NOT_HANDLED)
    decision = Decision.take(application, outcome=Decision.Outcome.NOT_HANDLED, reason=reason, by=by)
    record(by, "set_aside", application, decision=decision, reason=reason)
    letters.tell_not_handled(application, decision, wait)
    return decision


def _end_in_vain(wait: Wait) -> None:
    """The residents didn't complete it. Raises ValidationError when they still can, or it is too late to leave it."""
    if not wait.is_over:
        raise ValidationError(_("The residents have until %(day)s.") % {"day": date_format(wait.until, "j F Y")})
    if today() > (last_day := not_handled_by(wait.until)):
        day = date_format(last_day, "j F Y")
        raise ValidationError(_("This could be decided until %(day)s. Judge the plan as it is now.") % {"day": day})
    wait.end()
