"""What who reads applications does with their own lists: keep one by a name, name it anew, throw it away."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from grants.access import require
from grants.models import KeptList
from grants.models.sieve import Sieve
from web.models import Funder, Person, record

MOST = 12  # lists of one person: more is a list of lists


@transaction.atomic
def keep_list(funder: Funder, *, name: str, sieve: Sieve, by: Person) -> KeptList:
    """Keep what the inbox is narrowed down to, of `funder` alone; not the words that were looked for."""
    require(by, "keep_list", funder)
    if KeptList.objects.of(by).count() >= MOST:
        raise ValidationError(_("You keep twelve lists. Remove one first."))
    narrowed = sieve.without_words(funder.slug).address
    kept = _named(KeptList(person=by, funder=funder, narrowed=narrowed), name)
    record(by, "keep_list", kept)
    return kept


@transaction.atomic
def rename_list(kept: KeptList, *, name: str, by: Person) -> KeptList:
    require(by, "rename_list", kept)
    _named(kept, name)
    record(by, "rename_list", kept)
    return kept


@transaction.atomic
def remove_list(kept: KeptList, *, by: Person) -> None:
    require(by, "remove_list", kept)
    record(by, "remove_list", kept)
    kept.delete()


def _named(kept: KeptList, name: str) -> KeptList:
    """Saved under this name, which no other list of theirs has."""
    kept.name = name
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise ValidationError({"name": _("You have a list of this name. Choose another.")}) from taken
    return kept
