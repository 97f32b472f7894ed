"""What officers do when an answer takes longer than was promised: say so once, in time, and name the day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.access import require
from grants.extend import letters
from grants.models import Application, Extension, Wait
from grants.models.clock import DECISION_WEEKS, lengthened
from web.clock import add_weeks, today
from web.models import Person, record


@transaction.atomic
def extend(application: Application, *, until: date, reason: str, by: Person) -> Extension:
    """Tell the residents that they hear by `until`, and why not sooner (Awb 4:14). Once, and before the day is over.

    A weekend or a holiday becomes the working day after it. Raises ValidationError with a sentence when it must not.
    """
    require(by, "extend", application)
    before = _promised_day(application)
    day = lengthened(today(), until)
    if not before < day <= add_weeks(before, DECISION_WEEKS):
        words = {"day": date_format(before, "j F Y"), "weeks": DECISION_WEEKS}
        raise ValidationError({"until": _("Choose a day after %(day)s, and at most %(weeks)s weeks after it.") % words})
    if not reason.strip():
        raise ValidationError({"reason": _("Write why it takes longer. The residents read it in their letter.")})
    waiting = Application.objects.undecided().filter(pk=application.pk, answer_by=before)
    if not waiting.update(answer_by=day):
        raise ValidationError(_("Someone else has just changed this application."))
    application.answer_by = day
    extension = Extension.objects.create(application=application, before=before, until=day, reason=reason, by=by)
    record(by, "extend", application, until=day, reason=reason)
    letters.tell_longer(extension)
    return extension


def _promised_day(application: Application) -> date:
    """The day that was promised. Refuses when it has passed, when the clock stands still, or when this was done."""
    if not application.is_waiting:
        raise ValidationError(_("This application has been decided already."))
    if Extension.objects.filter(application=application).exists():
        raise ValidationError(_("The residents were promised a later day before. That promise must hold."))
    if Wait.objects.open().filter(application=application, stops_clock=True).exists():
        raise ValidationError(_("The clock stands still now: you wait for the residents. Finish that first."))
    if application.answer_by is None or application.answer_by < today():
        raise ValidationError(_("The promised day has passed, so this is too late. Call the residents, and decide."))
    return application.answer_by
