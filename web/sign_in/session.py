"""What a session must be to go on: with a seat, made by two factors and at most a working day old."""

import time
from collections.abc import Mapping
from typing import Any, Literal

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from web.models import Seat

CAME_IN = "came_in"  # session key: {"by": a door, "second": what else was shown, "at": seconds since 1970}
VOUCHED = "provider_vouched"  # session key: the user of whom the OIDC provider says that they showed two factors
Door = Literal["password", "oidc", "code"]
DOORS: dict[str, Door] = {"password": "password", "socialaccount": "oidc"}  # by allauth's names
OF_STAFF: tuple[Door, ...] = ("password", "oidc")


def door_of(request: HttpRequest, user: AbstractBaseUser) -> Door:
    """By which door `user` is coming in. Anything but a password or OIDC just now counts as a code."""
    methods = [record["method"] for record in get_authentication_records(request, user)]
    last = next((method for method in reversed(methods) if method != "mfa"), "")
    return DOORS.get(last, "code")


def second_of(request: HttpRequest, user: AbstractBaseUser) -> str:
    """The second factor `user` showed just now: its kind, "oidc" where the provider vouches, or nothing."""
    records = get_authentication_records(request, user)
    if records and records[-1]["method"] == "mfa":
        return str(records[-1]["type"])
    return "oidc" if provider_vouched(request, user) else ""


def provider_vouched(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether the OIDC provider by which `user` is coming in now says that they showed two factors there."""
    return door_of(request, user) == "oidc" and request.session.get(VOUCHED) == user.pk


def came_in(request: HttpRequest, by: Door, *, second: str = "") -> None:
    """Keep by which door and when somebody came in. The hours count from here, whatever they do afterwards."""
    request.session[CAME_IN] = {"by": by, "second": second, "at": time.time()}


def second_was_shown(request: HttpRequest, second: str) -> None:
    """The second factor was set up, and so shown, in this session."""
    request.session[CAME_IN] = request.session.get(CAME_IN, {}) | {"second": second}


def look_at(request: HttpRequest) -> None:
    """Sign out a seat holder who came in by code (the seat came later) or too long ago; note who showed one factor."""
    user, door = request.user, request.session.get(CAME_IN)
    is_staff = user.is_authenticated and (bool(Seat.look_up(user.person)) or user.is_staff or user.is_superuser)
    if is_staff and not good_for_staff(door):
        logout(request)
        is_staff = False
    request.lacks_second_factor = is_staff and not (door or {}).get("second")  # type: ignore[attr-defined]  # web.requests.Request declares it


def good_for_staff(door: Mapping[str, Any] | None) -> bool:
    """By password or OIDC, not too long ago. A session of which we don't know it isn't good."""
    if not door or door["by"] not in OF_STAFF:
        return False
    seconds = settings.STAFF_SESSION_HOURS * 3600 if door.get("second") else settings.SECOND_FACTOR_WITHIN
    return bool(time.time() - door["at"] < seconds)


def works_here(request: HttpRequest) -> bool:
    """Whether this session was made by a door of staff: what it opens, is noted for the auditor."""
    return bool((request.session.get(CAME_IN) or {}).get("by") in OF_STAFF)
