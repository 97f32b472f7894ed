"""Sending: the moment a draft becomes an application, whoever says so and on whosever device."""

from django.core.exceptions import ValidationError

from grants.models.application import Application
from grants.models.status import Status
from grants.models.track import Duties
from web import clock
from web.clock import today


def send_now(application: Application) -> None:
    """From now on the clock runs, the duties of its track stand still, and the code of the draft opens nothing."""
    duties = duties_of_what_is_complete(application)
    application.move_to(
        Status.SUBMITTED,
        frozen_duties=duties.as_json(),
        frozen_page=application.plan.page.as_json(),
        submitted_at=clock.now(),
        received_on=today(),
        answer_by=duties.answer_by(today()),
    )
    application.plan.let_code_die()


def duties_of_what_is_complete(application: Application) -> Duties:
    """What the amount asks of both sides. Raises ValidationError with every sentence about what is still missing."""
    duties = application.duties
    if (sentences := application.still_missing()) or duties is None:
        raise ValidationError(list(sentences.values()))
    return duties


def still_to_send(plan: int) -> Application | None:
    """The draft of this plan, by its number, for as long as it isn't sent."""
    return Application.objects.drafts().for_writing().filter(plan=plan).order_by("pk").first()
