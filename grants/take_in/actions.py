"""What officers do with a request that came another way: take it in, as if the residents had sent it that day."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from djmoney.money import Money

from grants.access import require
from grants.models import Application, Edition, Intake, Member, Scheme, Sheet
from grants.models.draft import begin_draft
from grants.models.extra_answer import extra_of, keep_extra
from grants.models.extra_question import FIELD
from grants.models.intake import Came, duties_of_what_came, edition_on, refuse_outside
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
    words: Mapping[str, Any],
    asked: Money,
    came: Came,
    key: UUID,
    by: Person,
    sheets: Sequence[Made] = (),
) -> Application:
    """A request of `resident`, in the `words` of their letter, mail or call, or on the `sheets` of its scan.

    Among the words: its area, and what they answer to the scheme's extra questions, by the names in a form.

    The clock and its place in the order begin on the day it came. A second click with the same `key` gives the same
    application. Raises ValidationError at the fields.
    """
    require(by, "take_in", scheme)
    Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)  # one click after the other
    if there := Application.objects.filter(intake__key=key).first():
        return there
    came.refuse()
    edition = edition_on(scheme, came.on)
    refuse_outside(edition, came)
    resident.save()
    application = _written(scheme, edition, words, asked=asked, by=resident)
    Sheet.objects.keep(application, sheets)
    send_as_of(application, came.at, duties=duties_of_what_came(application))
    about: dict[str, Any] = {"came_by": came.by, "yes": came.yes, "why_later": came.why_later}
    outside = not edition.is_open_on(came.on)
    Intake.objects.create(application=application, outside=outside, key=key, by=by, **about)
    # With the address they gave, if they gave one, they find it by signing in.
    Member.objects.filter(plan=application.plan_id).update(joined_at=clock.now())
    record(by, "take_in", application, received_on=came.on, **about)
    letters.tell_received(application, to=resident)
    return application


def _written(scheme: Scheme, edition: Edition, words: Mapping[str, Any], *, asked: Money, by: Person) -> Application:
    """The draft under the rules of its day, with the answers to what they ask besides."""
    extra = {name: text for name, text in words.items() if name.startswith(FIELD)}
    about = {name: text for name, text in words.items() if name not in extra}
    application = begin_draft(scheme, by=by, asked=asked, **about)
    application.frozen_edition = edition
    if extra_of(application):
        keep_extra(application, extra)
    return application
