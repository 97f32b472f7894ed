"""What officers do before the decision: take an application up, and judge it against the published criteria."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Criterion, Judgement, Review
from web import clock
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
def judge(application: Application, *, strong: str, verdicts: Verdicts, by: Person) -> Review:
    """Judge every criterion. Judging again adds a review; until the decision the latest one counts.

    Raises ValidationError when the application has been decided, or a criterion of the scheme is passed over.
    """
    require(by, "judge", application)
    _refuse_other_criteria(application, verdicts)
    if application.status == Application.Status.SUBMITTED:
        application.move_to(Application.Status.COMPLETE, complete_at=clock.now())
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
