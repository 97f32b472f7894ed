"""Who holds something on this device without signing in, and what a proven address brings along.

Signing in takes nothing over by itself: at a library's computer the next one to sign in is somebody else.
"""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from web.models import Person
from web.requests import Request

HOLDER = "holder"  # session key: the Person who holds a draft on this device, before any sign-in


def holder_of(request: Request) -> Person:
    """Who acts on this device: the one we know, or somebody new without a name, who holds what they start."""
    if request.person is None:
        request.person = Person.objects.create(language=(get_language() or "nl")[:2])
        request.session[HOLDER] = request.person.pk
    return request.person


def new_holder(request: Request) -> Person:
    """Whoever starts something on this device: who signed in, or somebody new. One holder holds one plan, no more."""
    if not bool(request.user.is_authenticated):
        hold_as(request, Person.objects.create(language=(get_language() or "nl")[:2]))
    return holder_of(request)


def hold_as(request: Request, person: Person) -> None:
    """From now on this device acts as `person`, who showed a code of theirs; whoever signed in stays themselves."""
    if not bool(request.user.is_authenticated):
        request.session.cycle_key()
        request.session[HOLDER] = person.pk
        request.person = person


@transaction.atomic
def address_was_shown(person: Person) -> None:
    """`person` typed the code from their mail: what is kept under that address is theirs."""
    for name in settings.ON_ADDRESS_SHOWN:
        import_string(name)(person)
