"""Sending: the moment a draft becomes an application, whoever says so and on whosever device."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from grants.models.application import Application
from grants.models.clock import complete_since
from grants.models.status import Status
from grants.models.track import Duties
from web import clock


def send_now(application: Application) -> None:
    """From now on the clock runs, what was published stands still, and the code of the draft opens nothing."""
    send_as_of(application, clock.now(), duties=duties_of_what_is_complete(application))


def send_as_of(application: Application, moment: datetime, *, duties: Duties) -> None:
    """Sent at that moment: what came on paper counts from the day it came."""
    edition, day = application.edition, localdate(moment)
    this_round = edition.round_on(day) if edition.in_rounds else None
    application.move_to(
        Status.SUBMITTED,
        frozen_edition=edition,
        round=this_round,
        frozen_duties=duties.as_json(),
        frozen_page=application.plan.page.as_json(),
        submitted_at=moment,
        complete_at=complete_since(moment),
        received_on=day,
        answer_by=this_round.answer_by if this_round else duties.answer_by(day),
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
