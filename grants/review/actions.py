"""What officers do before the decision: take a plan up, send it back once, and judge it by what was published."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Completion, Criterion, Judgement, Review, Wait
from grants.models.completion import may_be_missing, snapshot
from grants.review import letters
from web import clock
from web.clock import add_weeks, today
from web.models import Person, record

Verdicts = Sequence[tuple[Criterion, str, str]]


@transaction.atomic
def take_up(application: Application, *, by: Person) -> Application:
    """From now on `by` has it: the residents see that name."""
    require(by, "take_up", application)
    if not Application.objects.undecided().filter(pk=application.pk).update(officer=by):
        raise ValidationError(_("This application has been decided already."))
    application.officer = by
    record(by, "take_up", application)
    return application


@transaction.atomic
def send_back(
    application: Application,
    *,
    missing: Sequence[str],
    until: date,
    by: Person,
    explanation: str = "",
    reason: str = "",
) -> Completion:
    """Ask the residents to complete the plan, with one list and a last day (Awb 4:5). The clock stands still.

    `missing` are names from the fixed list. Once is enough: a second time needs a reason, and is counted in public.
    Raises ValidationError with a sentence when it must not.
    """
    require(by, "send_back", application)
    _refuse_what_was_not_asked(application, missing)
    if until < add_weeks(today(), 1):
        raise ValidationError(_("Give the residents at least a week."))
    number = Completion.objects.filter(wait__application=application).count() + 1
    if number > 1 and not reason.strip():
        raise ValidationError(_("This plan was sent back before. Write why it goes back again."))
    wait = Wait.begin(application, until=until, by=by)
    application.move_to(Application.Status.RETURNED, answer_by=wait.latest())
    completion = Completion.objects.create(
        wait=wait,
        number=number,
        missing=list(missing),
        explanation=explanation,
        reason=reason,
        before=snapshot(application),
    )
    record(by, "send_back", application, missing=", ".join(missing), until=until, reason=reason)
    letters.tell_returned(completion)
    return completion


def _refuse_what_was_not_asked(application: Application, missing: Sequence[str]) -> None:
    """Something of the fixed list, and nothing the form never asked."""
    askable = {name for name, _text in may_be_missing(application.scheme, application.duties)}
    if not missing or not askable.issuperset(missing):
        raise ValidationError(_("Choose from the list what is missing."))


@transaction.atomic
def go_on_as_it_stands(application: Application, *, by: Person) -> Application:
    """The last day has passed and the plan didn't come back: judge it as the residents left it (Awb 4:5, 4:15)."""
    require(by, "go_on_as_it_stands", application)
    wait = Wait.objects.to_complete().filter(application=application).first()
    if wait is None:
        raise ValidationError(_("This plan is not with the residents any more."))
    if not wait.is_over:
        raise ValidationError(_("The residents have until %(day)s.") % {"day": date_format(wait.until, "j F Y")})
    wait.end()
    application.move_to(Application.Status.SUBMITTED)
    Completion.objects.filter(wait=wait).update(after=snapshot(application))
    record(by, "go_on_as_it_stands", application)
    letters.tell_read_as_it_is(application)
    return application


@transaction.atomic
def judge(application: Application, *, strong: str, verdicts: Verdicts, by: Person) -> Review:
    """Judge every criterion. Judging again adds a review; until the decision the latest one counts.

    Raises ValidationError when the application has been decided, or a criterion of the scheme is passed over.
    """
    require(by, "judge", application)
    _refuse_other_criteria(application, verdicts)
    if application.status == Application.Status.SUBMITTED:
        application.move_to(Application.Status.COMPLETE, complete_at=application.complete_at or clock.now())
    if application.status != Application.Status.JUDGED:
        application.move_to(Application.Status.JUDGED)
    _take_over_desk(application, by)
    review = Review.objects.create(application=application, by=by, strong=strong)
    Judgement.objects.bulk_create(
        Judgement(review=review, criterion=criterion, verdict=verdict, reason=reason)
        for criterion, verdict, reason in verdicts
    )
    record(by, "judge", application, strong=strong)
    return review


def _refuse_other_criteria(application: Application, verdicts: Verdicts) -> None:
    """All of the scheme's criteria, and no other: what wasn't published doesn't count (Awb 4:26, 4:35)."""
    judged = {criterion.pk for criterion, _verdict, _reason in verdicts}
    if judged != set(application.scheme.criteria.values_list("pk", flat=True)):
        raise ValidationError(_("Judge every criterion of this scheme, and no other."))


def _take_over_desk(application: Application, by: Person) -> None:
    if application.officer_id is None:
        Application.objects.filter(pk=application.pk, officer=None).update(officer=by)
        application.officer = by
