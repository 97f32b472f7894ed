"""What fund admins do with the paper of their fund: put its logo above the letters, and take it away again."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from grants.access import require
from web.models import Funder, Person, record


@transaction.atomic
def show_logo(funder: Funder, *, logo: ContentFile[Any], by: Person) -> Funder:
    """From now on letters have this logo, which was made safe before. What was sent stays as it is."""
    require(by, "show_logo", funder)
    changed = _locked(funder)
    _throw_away(changed)
    changed.logo = logo
    changed.save(update_fields=["logo", "logo_width", "logo_height"])
    record(by, "show_logo", changed)
    return changed


@transaction.atomic
def take_logo_away(funder: Funder, *, by: Person) -> Funder:
    """From now on letters have the name alone. What was sent stays as it is."""
    require(by, "take_logo_away", funder)
    changed = _locked(funder)
    if not changed.logo:
        raise ValidationError(_("There is no logo any more."))
    _throw_away(changed)
    changed.logo = ""
    changed.logo_width = changed.logo_height = None
    changed.save(update_fields=["logo", "logo_width", "logo_height"])
    record(by, "take_logo_away", changed)
    return changed


def _locked(funder: Funder) -> Funder:
    """As it is now: of two who change it at once, neither leaves a file behind."""
    return Funder.objects.select_for_update(no_key=True).get(pk=funder.pk)


def _throw_away(funder: Funder) -> None:
    """The picture that was there, as soon as the change holds."""
    if funder.logo:
        transaction.on_commit(partial(funder.logo.storage.delete, str(funder.logo)), robust=True)
