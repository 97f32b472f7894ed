"""What residents do with photos, drawings and documents: put them with their plan, and take them off again."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import Application, Plan, Sheet
from grants.models.completion import note_who_wrote
from grants.models.draft import as_it_is_now
from grants.models.elsewhere import fixed_pages
from web.models import Person
from web.uploads import Made


@transaction.atomic
def add_sheets(application: Application, sheets: Sequence[Made], *, by: Person) -> None:
    """Put photos, drawings or documents with a draft. Raises ValidationError when there are too many of them."""
    require(by, "save_draft", application)
    Sheet.objects.keep(_free(as_it_is_now(application).plan), sheets)
    note_who_wrote(application, by)


@transaction.atomic
def remove_sheets(application: Application, files: Iterable[str], *, by: Person) -> None:
    """Take files off a draft again, with all their pages. `files` are their marks."""
    require(by, "save_draft", application)
    _free(as_it_is_now(application).plan).sheets.filter(file__in=files).take_away()
    note_who_wrote(application, by)


def _free(plan: Plan) -> Plan:
    """A plan whose photos and documents no fund looks at yet."""
    if fixed_pages(plan):
        raise ValidationError(_("A fund looks at this plan now, so its photos and documents stay as they are."))
    return plan
