"""What officers do with promises: make one to the residents, keep it, or say why it can't be kept."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Promise
from grants.models.desk import ANSWERERS
from grants.papers.work import tell_of_work
from grants.promise import letters
from web.clock import today
from web.models import Person, Seat, record


@transaction.atomic
def promise(application: Application, *, what: str, until: date, by: Person, owner: Person | None = None) -> Promise:
    """From now on the residents read what is done for them, by whom and by when. `owner`: a colleague who does it."""
    require(by, "promise", application)
    owner = owner or by
    if not Seat.held(owner, application.funder_id, *ANSWERERS):
        raise ValidationError({"owner": [_("Choose a colleague who answers residents here.")]})
    if until < today():
        raise ValidationError({"until": [_("Choose today or a later day.")]})
    if not what.strip():
        raise ValidationError({"what": [_("Write what you promise, in words the residents understand.")]})
    made = Promise.objects.create(application=application, what=what, until=until, owner=owner, made_by=by)
    record(by, "promise", application, until=until, person_id=owner.pk)
    tell_of_work(owner, [made], funder=application.scheme.funder, by=by)
    return made


@transaction.atomic
def keep_promise(kept: Promise, *, by: Person) -> Promise:
    """It was done."""
    require(by, "keep_promise", kept)
    kept.change(kept_on=today())
    record(by, "keep_promise", kept.application)
    return kept


@transaction.atomic
def excuse_promise(broken: Promise, *, excuse: str, by: Person) -> Promise:
    """It can't be done: the residents get a letter that says why."""
    require(by, "excuse_promise", broken)
    if not excuse.strip():
        raise ValidationError({"excuse": _("Write why not. The residents get it in a letter.")})
    broken.change(excuse=excuse, excused_on=today())
    record(by, "excuse_promise", broken.application)
    letters.tell_excused(broken)
    return broken
