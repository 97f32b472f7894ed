"""What officers do with a request that came another way: take it in, as if the residents had sent it that day."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Intake, Member, Scheme, Sheet
from grants.models.draft import begin_draft
from grants.models.intake import Came, duties_of_what_came, edition_on
from grants.models.sending import send_as_of
from grants.take_in import letters
from web import clock
from web.models import Person, record
from web.uploads import Made


@transaction.atomic
def take_in(
    scheme: Scheme,
    *,
    resident: Person,
    words: Mapping[str, str],
    asked: Money,
    came: Came,
    key: UUID,
    by: Person,
    sheets: Sequence[Made] = (),
) -> Application:
    """A request of `resident`, in the `words` of their letter, mail or call, or on the `sheets` of its scan.

    The clock and its place in the order begin on the day it came. A second click with the same `key` gives the same
    application. Raises ValidationError at the fields.
    """
    require(by, "take_in", scheme)
    Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)  # one click after the other
    if there := Application.objects.filter(intake__key=key).first():
        return there
    came.refuse()
    edition = edition_on(scheme, came.on)
    resident.save()
    application = begin_draft(scheme, by=resident, asked=asked, **words)
    application.frozen_edition = edition
    Sheet.objects.keep(application.plan, sheets)
    send_as_of(application, came.at, duties=duties_of_what_came(application))
    Intake.objects.create(
        application=application, came_by=came.by, yes=came.yes, why_later=came.why_later, key=key, by=by
    )
    # With the address they gave, if they gave one, they find it by signing in.
    Member.objects.filter(plan=application.plan_id).update(joined_at=clock.now())
    record(by, "take_in", application, came_by=came.by, received_on=came.on, yes=came.yes, why_later=came.why_later)
    letters.tell_received(application, to=resident)
    return application
