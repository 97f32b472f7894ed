"""What the funder's people do to know if a plan may be done here: ask it, find it out, or pass it on to a colleague."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Check, Clearance
from grants.models.clearance import find_out_one, finders
from grants.papers.work import tell_of_work
from web.clock import today
from web.models import Person, record


@transaction.atomic
def find_out(application: Application, *, check: Check, by: Person) -> Clearance:
    """Ask a question of the scheme's list that no word of the plan asked by itself; `by` owns it. Once is enough."""
    require(by, "find_out", application)
    _still_undecided(application)
    if check.edition_id != application.edition.pk:
        raise ValidationError(_("Choose from the list of this scheme."))
    if there := application.clearances.filter(check_of=check).first():
        return there
    clearance = find_out_one(application, check, owner=by)
    record(by, "find_out", clearance, what=check)
    return clearance


@transaction.atomic
def answer_clearance(clearance: Clearance, *, answer: str, text: str, by: Person) -> Clearance:
    """Say if it may be done. The residents read it at once. Until the decision it can be answered anew."""
    require(by, "answer_clearance", clearance)
    _still_undecided(clearance.application)
    if answer != Clearance.Answer.YES and not text.strip():
        raise ValidationError({"text": [_("Write what has to be right first, or why it may not.")]})
    clearance.answer, clearance.text = answer, text
    clearance.answered_on, clearance.answered_by = today(), by
    clearance.save(update_fields=["answer", "text", "answered_on", "answered_by"])
    record(by, "answer_clearance", clearance, answer=answer, text=text)
    return clearance


@transaction.atomic
def pass_on(clearance: Clearance, *, owner: Person, due_on: date, by: Person) -> Clearance:
    """From now on a colleague finds it out, or it is due on another day. The residents see both."""
    require(by, "pass_on", clearance)
    _still_undecided(clearance.application)
    had = Clearance.objects.values_list("owner", flat=True).get(pk=clearance.pk)
    if not finders(clearance.application).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": [_("Choose somebody who works here.")]})
    if due_on < today():
        raise ValidationError({"due_on": [_("Choose today or a later day.")]})
    if not Clearance.objects.filter(pk=clearance.pk, answer="").update(owner=owner, due_on=due_on):
        raise ValidationError(_("This has been found out already."))
    clearance.owner, clearance.due_on = owner, due_on
    record(by, "pass_on", clearance, owner=owner.pk, due_on=due_on)
    if owner.pk != had:
        tell_of_work(owner, [clearance], funder=clearance.application.scheme.funder, by=by)
    return clearance


def _still_undecided(application: Application) -> None:
    """Locked, so that nobody decides meanwhile on what was known before."""
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if not locked.is_waiting:
        raise ValidationError(_("This application has been decided already."))
