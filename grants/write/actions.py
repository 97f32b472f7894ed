"""What residents do while they write: keep a draft, all of it or one answer at a time."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, BudgetLine, Plan, Scheme
from grants.models.completion import note_who_wrote
from grants.models.consent import helps_with, note_scribe
from grants.models.draft import as_it_is_now, begin_draft, fingerprint
from grants.models.elsewhere import fixed_lines, fixed_words, open_lines, others_of, still_needed
from grants.models.extra_answer import keep_extra
from grants.models.extra_question import FIELD
from web import clock
from web.models import Person

KINDS = {
    "costs": BudgetLine.Kind.COST,
    "own_money": BudgetLine.Kind.OWN_MONEY,
    "others": BudgetLine.Kind.PAID_BY_OTHERS,
    "in_kind": BudgetLine.Kind.IN_KIND,
}


@transaction.atomic
def start_draft(scheme: Scheme, *, by: Person, **answers: Any) -> Application:
    """Keep a first draft for `by`, who may still be nobody in particular. Leaves no deed: nothing was asked yet."""
    return save_draft(begin_draft(scheme, by=by), by=by, **answers)


@transaction.atomic
def save_draft(application: Application, *, by: Person, seen: str = "", **answers: Any) -> Application:
    """Keep `answers`: all of the page or a part of it; what isn't among them stays as it was.

    Of a draft, and of a plan that came back to be completed.

    Answers are the plan's questions and `asked`, `title`, `permission`, `own_money`, and the lists of lines `costs`,
    `others`, `in_kind`. `seen` is the fingerprint of what the page showed. Raises ValidationError when the plan was
    sent already, or changed in another window since.
    """
    require(by, "save_draft", application)
    kept = as_it_is_now(application)
    if seen and seen != fingerprint(kept, answers):
        raise ValidationError(
            _("You changed this in another window too. Your text stands below, and is not kept yet. Keep it now?")
        )
    extra = {name: answers.pop(name) for name in list(answers) if name.startswith(FIELD)}
    _write_answers(kept.plan, answers)
    if extra:
        keep_extra(kept, extra)
    if helps_with(by, kept.plan):
        note_scribe(kept.plan, by)
    note_who_wrote(kept, by)
    if "asked" in answers:
        kept.asked = answers["asked"] or still_needed(kept.plan, others_of(kept)) or None

        if kept.asked is None and kept.status == Application.Status.RETURNED:
            raise ValidationError(_("Write how much money you ask."))
        kept.save(update_fields=["asked", "asked_currency"])
    return kept


def _write_answers(plan: Plan, answers: dict[str, Any]) -> None:
    """The words on the plan, and the lists of lines that came along."""
    fixed = fixed_words(plan)
    if any(name in fixed and text != getattr(plan, name) for name, text in answers.items()):
        raise ValidationError(_("A fund reads this plan now, so your answers stay as they are. You can add to them."))
    title = answers.get("title", plan.own_title)
    for name in answers.keys() - KINDS.keys() - {"asked", "title"}:
        setattr(plan, name, answers[name])
    plan.title = plan.title if "title" in fixed else title or plan.first_words
    plan.saved_at = clock.now()
    plan.save()
    if own := KINDS.keys() & answers.keys():
        _keep_lines(plan, {name: _as_lines(name, answers[name]) for name in own})


def _as_lines(name: str, typed: Any) -> list[dict[str, Any]]:
    """Lines as rows; own money is a single amount, or nothing."""
    if name != "own_money":
        return [{key: value for key, value in line.items() if value is not None} for line in typed]
    return [{"what": _("Own money"), "amount": typed}] if typed else []


def _keep_lines(plan: Plan, lists: dict[str, list[dict[str, Any]]]) -> None:
    """Replace the lines of these lists that may still change; the others stay.

    All of them are numbered anew in the order of the page, after those that a fund reads.
    """
    before, first = open_lines(plan), len(fixed_lines(plan))
    rows: list[BudgetLine] = []
    for name, kind in KINDS.items():
        if name in lists:
            rows += [BudgetLine(kind=kind, **line) for line in lists[name]]
        else:
            rows += [line for line in before if line.kind == kind]
    plan.lines.filter(order__gt=first).delete()
    for order, row in enumerate(rows, start=first + 1):
        row.pk, row.plan, row.order = None, plan, order
    BudgetLine.objects.bulk_create(rows)
