"""What who works for a funder says about their own desk: a mail in the morning, away until, and who takes over."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Desk
from grants.models.desk import colleagues_of, works_for
from web import clock
from web.models import Person, record


@transaction.atomic
def arrange_desk(
    desk: Desk, *, morning_mail: bool, by: Person, away_until: date | None = None, replaced_by: Person | None = None
) -> Desk:
    """Keep whether a mail comes in the morning, until when `by` is away, and who does their work until then."""
    require(by, "arrange_desk", desk)
    if away_until is None:
        replaced_by = None
    else:
        _refuse_absence(desk.person, away_until, replaced_by)
    desk.morning_mail, desk.away_until, desk.replaced_by = morning_mail, away_until, replaced_by
    desk.save(update_fields=["morning_mail", "away_until", "replaced_by"])
    record(by, "arrange_desk", desk, away_until=away_until or "", morning_mail=morning_mail)
    return desk


def _refuse_absence(person: Person, until: date, colleague: Person | None) -> None:
    """A day that is past, nobody to take over, somebody from elsewhere, or two who wait for each other."""
    if until < clock.today():
        raise ValidationError({"away_until": _("Choose today or a later day.")})
    if colleague is None or not colleagues_of(person).filter(pk=colleague.pk).exists():
        raise ValidationError({"replaced_by": _("Choose a colleague who does the same work.")})
    if colleague.pk in works_for(person):
        raise ValidationError({"replaced_by": _("You do the work of this colleague now. Choose somebody else.")})
