"""The request as our views know it: with the person who acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required as public
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from web.models import Person, Reading, User
from web.sign_in.session import works_here

__all__ = ["Known", "Request", "known", "noted", "private", "public"]


class Request(HttpRequest):
    """`person` is the signed-in user's Person, or the holder of a draft on this device, or nobody."""

    person: Person | None
    lacks_second_factor: bool  # a seat holder, with a password alone: they set up a second factor, and nothing else
    user: User  # every page but the public ones asks people to sign in


class Known(Request):
    """A request of somebody we know."""

    person: Person


def known(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever we know: signed in, or a holder on this device. Others are asked to sign in."""

    @public
    @wraps(view)
    def page(request: Request, *parts: object, **named: object) -> HttpResponse:
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *parts, **named)

    return page


def noted(request: Request, page: Reading.Page, *things: Any) -> None:
    """Staff open a page about residents: the auditor may know. Residents who read their own leave nothing."""
    if request.person is not None and works_here(request):
        Reading.note(request.person, page, *things)


def private(response: HttpResponse) -> HttpResponse:
    """For nobody but who has the address: not for those who search, nor for the next on this computer."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store, private"
    return response
