"""What officers write down for each other."""

from django.db import transaction

from grants.access import require
from grants.models import Application, Note
from web.models import Person, record


@transaction.atomic
def jot(application: Application, *, text: str, by: Person) -> Note:
    """A note for colleagues, with its author and its moment. Residents never read it on a page."""
    require(by, "jot", application)
    note = Note.objects.create(application=application, text=text, by=by)
    record(by, "jot", note)
    return note
