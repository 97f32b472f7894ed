"""The request as our views know it: with the person who acts."""

from django.contrib.auth.decorators import login_not_required as public
from django.http import HttpRequest

from web.models import Person, User

__all__ = ["Request", "public"]


class Request(HttpRequest):
    """`person` is the signed-in user's Person, or the holder of a draft on this device, or nobody."""

    person: Person | None
    user: User  # every page but the public ones asks people to sign in
