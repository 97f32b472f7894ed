"""What officers do when a plan that was sent back is completed another way: on paper, by mail or by phone."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Completion, Member, Sheet
from grants.models.sending import completed_another_way
from grants.supplement import letters
from web.clock import today
from web.models import Person, record
from web.uploads import Made


@transaction.atomic
def note_completion(
    completion: Completion,
    *,
    told: str,
    member: Member,
    came_by: str,
    received_on: date,
    by: Person,
    why_later: str = "",
    sheets: Sequence[Made] = (),
) -> Application:
    """What `member` sent or said counts as the completed plan, from the day it came: then the clock runs on (Awb 4:15).

    It stands beside the plan, in their own words or as a scan; the page they sent stays as it was. They get a copy.
    Raises ValidationError when they sent it again themselves, the day can't be, or isn't today and nobody says why.
    """
    application = completion.wait.application
    require(by, "note_completion", application)
    _refuse(completion, member, told=told, sheets=sheets)
    _refuse_day(completion, received_on, why_later)
    Sheet.objects.keep(application, sheets)
    completed_another_way(completion, on=received_on)
    completion.told, completion.came_by, completion.noted_by = told, came_by, by
    completion.completed_by, completion.why_later = member.person, why_later
    completion.save(update_fields=["told", "came_by", "noted_by", "completed_by", "why_later"])
    about = {"came_by": came_by, "received_on": received_on, "why_later": why_later}
    record(by, "note_completion", application, on_behalf_of=member.person, **about)
    letters.tell_noted(completion, scanned=bool(sheets))
    return application


def _refuse(completion: Completion, member: Member, *, told: str, sheets: Sequence[Made]) -> None:
    """Nothing in it, or somebody else's."""
    plan = completion.wait.application.plan
    if member.plan_id != plan.pk:
        raise ValidationError({"member": _("Choose somebody of this group.")})
    if not told.strip() and not sheets:
        raise ValidationError({"told": [_("Type over what they sent or said, or add a scan of it.")]})


def _refuse_day(completion: Completion, day: date, why_later: str) -> None:
    """A day that can't be; or an earlier one without a reason, for it moves the plan up in the order (Awb 4:26)."""
    if not completion.wait.asked_on <= day <= today():
        raise ValidationError({"received_on": [_("It came after we asked, and not later than today.")]})
    if day < today() and not why_later.strip():
        raise ValidationError({"why_later": [_("Write why it is noted later than it came.")]})
