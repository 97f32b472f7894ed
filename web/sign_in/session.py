"""What a session must be to go on: with a seat, made by password and at most a working day old."""

import time
from collections.abc import Mapping
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

CAME_IN = "came_in"  # session key: {"by": "password" | "code", "at": seconds since 1970}
Door = Literal["password", "code"]


def came_in(request: HttpRequest, by: Door) -> None:
    """Keep by which door and when somebody came in. The hours count from here, whatever they do afterwards."""
    request.session[CAME_IN] = {"by": by, "at": time.time()}


def end_unless_still_good(request: HttpRequest) -> None:
    """Sign out a seat holder who came in by code (the seat came later) or too long ago."""
    user = request.user
    if user.is_authenticated and user.signs_in_by_password and not good_for_staff(request.session.get(CAME_IN)):
        logout(request)


def good_for_staff(door: Mapping[str, Any] | None) -> bool:
    """By password, less than STAFF_SESSION_HOURS ago. A session of which we don't know it isn't good."""
    if not door or door["by"] != "password":
        return False
    return bool(time.time() - door["at"] < settings.STAFF_SESSION_HOURS * 3600)
