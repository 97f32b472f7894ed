"""What members of a panel do: advise on a plan, or leave it to the others because they live there."""

from collections.abc import Mapping

from django.db import transaction

from grants.access import require
from grants.models import Advice, Application, Aside, DraftReview
from grants.models.review import Verdicts
from web.models import Person, record


@transaction.atomic
def advise(application: Application, *, verdicts: Verdicts, by: Person) -> Advice:
    """Advise on every criterion. Advising again replaces it, until the last day or the decision.

    Raises ValidationError when that has passed, or a criterion of the scheme is passed over.
    """
    require(by, "advise", application)
    advice = Advice.give(application, verdicts=verdicts, by=by)
    record(by, "advise", application)
    return advice


@transaction.atomic
def keep_advice(application: Application, *, answers: Mapping[str, str], by: Person) -> None:
    """Remember what was typed of an advice so far, for `by` alone."""
    require(by, "advise", application)
    DraftReview.keep(application, by=by, answers=answers)


@transaction.atomic
def leave_to_others(application: Application, *, by: Person) -> None:
    """`by` lives in the street of this plan: the rest of the panel advises. What they advised before is gone."""
    require(by, "leave_to_others", application)
    Advice.take_away(application, by=by)
    Aside.step(application, by=by)
    record(by, "leave_to_others", application)
