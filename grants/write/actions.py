"""What residents do while they write: keep a draft, all of it or one answer at a time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, BudgetLine, Plan, Scheme, Sheet
from grants.models.consent import helps_with, note_scribe
from grants.models.draft import begin_draft, fingerprint
from grants.models.elsewhere import fixed_lines, fixed_pages, fixed_words, open_lines, others_of, still_needed
from web import clock
from web.models import Person
from web.uploads import Made

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
def add_sheets(application: Application, files: Sequence[Made], *, by: Person) -> None:
    """Put photos, drawings or documents with a draft. Raises ValidationError when there are too many of them."""
    require(by, "save_draft", application)
    Sheet.objects.keep(_free(_draft(application).plan), files)


@transaction.atomic
def remove_sheets(application: Application, files: Iterable[str], *, by: Person) -> None:
    """Take files off a draft again, with all their pages. `files` are their marks."""
    require(by, "save_draft", application)
    _free(_draft(application).plan).sheets.filter(file__in=files).take_away()


def _free(plan: Plan) -> Plan:
    """A plan whose photos and documents no fund looks at yet."""
    if fixed_pages(plan):
        raise ValidationError(_("A fund looks at this plan now, so its photos and documents stay as they are."))
    return plan


@transaction.atomic
def save_draft(application: Application, *, by: Person, seen: str = "", **answers: Any) -> Application:
    """Keep `answers`: all of the page or a part of it; what isn't among them stays as it was.

    Of a draft, and of a plan that came back to be completed.

    Answers are the plan's questions and `asked`, `title`, `permission`, `own_money`, and the lists of lines `costs`,
    `others`, `in_kind`. `seen` is the fingerprint of what the page showed. Raises ValidationError when the plan was
    sent already, or changed in another window since.
    """
    require(by, "save_draft", application)
    kept = _draft(application)
    if seen and seen != fingerprint(kept, answers):
        raise ValidationError(
            _("You changed this in another window too. Your text stands below, and is not kept yet. Keep it now?")
        )
    _write_answers(kept.plan, answers)
    if helps_with(by, kept.plan):
        note_scribe(kept.plan, by)
    if "asked" in answers:
        kept.asked = answers["asked"] or still_needed(kept.plan, others_of(kept)) or None

        if kept.asked is None and kept.status == Application.Status.RETURNED:
            raise ValidationError(_("Write how much money you ask."))
        kept.save(update_fields=["asked", "asked_currency"])
    return kept


def _draft(application: Application) -> Application:
    """The draft, or what came back to be completed, as it is now: for us alone until this is done."""
    kept = Application.objects.being_written().select_for_update(of=("self",)).filter(pk=application.pk).first()
    if kept is None:
        raise ValidationError(_("This plan has been sent, so it can't be changed any more."))
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
