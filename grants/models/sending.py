"""Sending: the moment a draft becomes an application, whoever says so and on whosever device."""

from django.core.exceptions import ValidationError

from grants.models.application import Application
from grants.models.clock import complete_since
from grants.models.status import Status
from grants.models.track import Duties
from web import clock
from web.clock import today


def send_now(application: Application) -> None:
    """From now on the clock runs, what was published stands still, and the code of the draft opens nothing."""
    duties = duties_of_what_is_complete(application)
    edition = application.edition
    this_round = edition.round_on(today()) if edition.in_rounds else None
    application.move_to(
        Status.SUBMITTED,
        frozen_edition=edition,
        round=this_round,
        frozen_duties=duties.as_json(),
        frozen_page=application.plan.page.as_json(),
        submitted_at=(now := clock.now()),
        complete_at=complete_since(now),
        received_on=today(),
        answer_by=this_round.answer_by if this_round else duties.answer_by(today()),
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
