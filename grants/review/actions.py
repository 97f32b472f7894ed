"""What officers do before the decision: take a plan up, send it back once, and judge it by what was published."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Aside, Completion, DraftReview, Review, Wait
from grants.models.advice import refuse_unexplained
from grants.models.completion import may_be_missing, snapshot
from grants.models.review import Verdicts
from grants.models.sending import as_they_left_it
from grants.review import letters
from web import clock
from web.clock import add_weeks, today
from web.models import Person, record


@transaction.atomic
def take_up(application: Application, *, by: Person) -> Application:
    """From now on `by` has it: the residents see that name. Of two who take it up, the first has it."""
    require(by, "take_up", application)
    undecided = Application.objects.undecided().filter(pk=application.pk)
    if not undecided.filter(Q(officer=None) | Q(officer=by)).update(officer=by):
        elsewhere = undecided.select_related("officer").first()
        if elsewhere:
            raise ValidationError(_("It is already on the desk of %(name)s.") % {"name": elsewhere.officer})
        raise ValidationError(_("This application has been decided already."))
    application.officer = by
    record(by, "take_up", application)
    letters.tell_taken_up(application)
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
        raise ValidationError({"until": _("Give the residents at least a week.")})
    number = Completion.objects.filter(wait__application=application).count() + 1
    if number > 1 and not reason.strip():
        raise ValidationError({"reason": _("This plan was sent back before. Write why it goes back again.")})
    wait = Wait.begin(application, until=until, by=by)
    application.move_to(Application.Status.RETURNED, complete_at=None, answer_by=wait.latest())
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
    askable = {name for name, _text in may_be_missing(application.edition, application.duties)}
    if not missing or not askable.issuperset(missing):
        raise ValidationError({"missing": _("Choose from the list what is missing.")})


@transaction.atomic
def go_on_as_it_stands(application: Application, *, by: Person) -> Application:
    """The last day has passed and the plan didn't come back: judge it as the residents left it (Awb 4:5, 4:15)."""
    require(by, "go_on_as_it_stands", application)
    wait = Wait.objects.to_complete().filter(application=application).first()
    if wait is None:
        raise ValidationError(_("This plan is not with the residents any more."))
    if not wait.is_over:
        raise ValidationError(_("The residents have until %(day)s.") % {"day": date_format(wait.until, "j F Y")})
    wait.application = application
    left = as_they_left_it(wait.completion)
    wait.end()
    application.move_to(Application.Status.SUBMITTED, complete_at=clock.now(), **left)
    record(by, "go_on_as_it_stands", application)
    letters.tell_read_as_it_is(application)
    return application


@transaction.atomic
def judge(application: Application, *, strong: str, verdicts: Verdicts, by: Person) -> Review:
    """Judge every criterion. Judging again adds a review; until the decision the latest one counts.

    Raises ValidationError when the application has been decided, a criterion of the scheme is passed over, or the
    panel isn't followed without a reason.
    """
    require(by, "judge", application)
    refuse_unexplained(application, verdicts)
    review = Review.write(application, strong=strong, verdicts=verdicts, by=by)
    record(by, "judge", application, strong=strong)
    return review


def keep_judgement(application: Application, *, answers: Mapping[str, str], by: Person) -> None:
    """Remember what was typed of a judgement so far, for `by` alone."""
    require(by, "judge", application)
    DraftReview.keep(application, by=by, answers=answers)


@transaction.atomic
def step_aside(application: Application, *, by: Person) -> None:
    """`by` lives in the street of this plan, so a colleague judges it and decides on it (Awb 2:4)."""
    require(by, "step_aside", application)
    Aside.step(application, by=by)
    record(by, "step_aside", application)
