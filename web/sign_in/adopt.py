"""Signing in makes the holder of a draft on this device into the person who signed in."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.module_loading import import_string

from web.models import Person

HOLDER = "holder"  # session key: the Person who holds a draft on this device, before any sign-in


@transaction.atomic
def adopt_the_holder(request: HttpRequest, person: Person) -> None:
    """Hand what the holder had to `person` (settings.ON_SIGN_IN says what that is), once."""
    holder = Person.objects.filter(pk=request.session.pop(HOLDER, None), became=None).exclude(pk=person.pk).first()
    if holder is None:
        return
    for name in settings.ON_SIGN_IN:
        import_string(name)(holder, person)
    holder.became = person
    holder.save(update_fields=["became"])
