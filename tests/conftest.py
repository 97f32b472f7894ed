"""What every test may use: a browser without a screen, and the cast."""

import time
from typing import Any

import pytest
from django.test import Client

from web.sign_in.session import CAME_IN, Door


class Visitor(Client):
    """Django's test client, coming in by one of our doors: `by` password unless said otherwise."""

    def force_login(self, user: Any, backend: str | None = None, *, by: Door = "password") -> None:
        super().force_login(user, backend)
        session = self.session
        session[CAME_IN] = {"by": by, "at": time.time()}
        session.save()


@pytest.fixture
def client() -> Visitor:
    return Visitor()
