"""Sending: the moment a draft becomes an application, or comes back complete, on whosever device."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from grants.models.application import Application
from grants.models.clearance import find_out_for
from grants.models.clock import complete_since
from grants.models.completion import Completion, snapshot
from grants.models.intake import moment_on
from grants.models.invitation import Invitation
from grants.models.neighbourhood import find_area
from grants.models.place import Place
from grants.models.status import Status
from grants.models.track import Duties
from grants.models.wait import Wait
from web import clock
from web.clock import today
from web.models import Person


def send_now(application: Application) -> None:
    """From now on the clock runs, what was published stands still, and the code of the draft opens nothing."""
    hold_as_written(application)
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
        frozen_page=application.page.as_json(),
        submitted_at=moment,
        complete_at=complete_since(moment),
        received_on=day,
        answer_by=this_round.answer_by if this_round else duties.answer_by(day),
    )
    Place.stand_behind(application)
    find_area(application)
    find_out_for(application)
    application.plan.let_code_die()


def send_again_now(application: Application, *, by: Person) -> Completion:
    """What came back is sent again, complete, by its resident `by`: the clock runs on."""
    hold_as_written(application)
    wait = asked_to_complete(application)
    if wait is None:
        raise ValidationError(_("This plan has been sent again already, or it isn't with you any more."))
    duties = _duties_of_what_is_completed(application, wait.completion)
    wait.end()
    application.move_to(
        Status.SUBMITTED,
        complete_at=_complete_since(application),
        frozen_duties=duties.as_json(),
        frozen_page=application.page.as_json(),
        answer_by=wait.latest(today(), duties=duties),
    )
    Completion.objects.filter(wait=wait).update(after=snapshot(application), completed_by=by)
    find_out_for(application)  # what is new may ask for it
    return wait.completion


def completed_another_way(completion: Completion, *, on: date) -> None:
    """What completes it came on paper, by mail or by phone, on that day: it counts from then, in the order too."""
    wait, application = completion.wait, completion.wait.application
    left = as_they_left_it(completion)
    wait.end(on)
    moment = moment_on(on)
    complete_at = complete_since(application.submitted_at or moment, [moment])
    application.move_to(Status.SUBMITTED, complete_at=complete_at, answer_by=wait.latest(on), **left)
    find_out_for(application)


def as_they_left_it(completion: Completion) -> dict[str, Any]:
    """What counts of a plan that its residents didn't send again: their words of now, and the amount as it was sent.

    Another amount may belong to another track, or be more than can be asked: that is looked at when they send it. What
    a helper wrote and nobody said yes to isn't theirs.
    """
    application = completion.wait.application
    hold_as_written(application)
    application.asked = completion.asked_before or application.asked
    if completion.is_unconfirmed:
        return {"asked": application.asked}
    Completion.objects.filter(pk=completion.pk).update(after=snapshot(application))
    return {"asked": application.asked, "frozen_page": application.page.as_json()}


def hold_as_written(application: Application) -> None:
    """As it was written last; whoever still writes finds it sent."""
    now = Application.objects.select_for_update(no_key=True)
    application.refresh_from_db(fields=["plan", "asked", "asked_currency"], from_queryset=now)


def asked_to_complete(application: Application) -> Wait | None:
    """The one list of what is missing, while it is with the residents."""
    return Wait.objects.to_complete().filter(application=application).first()


def what_is_still_missing(application: Application) -> dict[str, str]:
    """A sentence for each field of a draft, or of what came back to be completed."""
    wait = asked_to_complete(application) if application.status == Status.RETURNED else None
    return wait.completion.still_missing(application) if wait else application.still_missing()


def duties_of_what_is_complete(application: Application) -> Duties:
    """What the amount asks of both sides. Raises ValidationError with every sentence about what is still missing."""
    duties = application.duties
    if (sentences := what_is_still_missing(application)) or duties is None:
        raise ValidationError(list(sentences.values()))
    return duties


def _duties_of_what_is_completed(application: Application, completion: Completion) -> Duties:
    duties = completion.duties_of(application)
    if (sentences := completion.still_missing(application)) or duties is None:
        raise ValidationError(list(sentences.values()))
    promised, received_on = application.duties, application.received_on
    return duties.no_sooner_than(promised, received_on) if promised and received_on else duties


def _complete_since(application: Application) -> datetime:
    """In the order of complete requests it counts from now on (Awb 4:26)."""
    now = clock.now()
    return complete_since(application.submitted_at or now, [now])


def still_to_confirm(invitation: Invitation) -> Application | None:
    """The draft that this yes sends, or what came back to be completed, for as long as it isn't sent."""
    return Application.objects.being_written().for_writing().filter(pk=invitation.asked_at_id or 0).first()
