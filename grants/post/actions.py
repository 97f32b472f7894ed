"""What officers do with letters on paper: print them, post them, and say so."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Letter
from web import clock
from web.models import Person, record


@transaction.atomic
def mark_posted(letter: Letter, *, by: Person) -> Letter:
    """It is in the letter box. Of two people at once one says so; the other reads that it was done."""
    require(by, "mark_posted", letter.about)
    if not Letter.objects.to_post().filter(pk=letter.pk).update(posted_at=clock.now(), posted_by=by):
        raise ValidationError(_("This letter was posted already, or it needn't be."))
    letter.refresh_from_db(fields=["posted_at", "posted_by"])
    record(by, "mark_posted", letter)
    return letter
