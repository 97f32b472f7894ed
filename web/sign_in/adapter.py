"""How allauth does things in this house: easy codes, mails through the outbox, and who may come in by which door."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from web import outbox
from web.context import House
from web.models import User, Visit, record
from web.models.code import Code, easy_code
from web.sign_in.adopt import address_was_shown
from web.sign_in.letters import tell_changed
from web.sign_in.session import OF_STAFF, came_in, door_of, second_of

THEIRS = "allauth.mfa.stages.AuthenticateStage"
ASKS = "web.sign_in.second.AskSecondFactor"


class Doorkeeper(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code. Look in the mail again, or ask for a new code."),
        "email_password_mismatch": _("This address and this password don't belong together. Try again."),
        "enter_current_password": _("This is not your password now."),
        "invalid_password_reset": _("This link has been used, or is too old. Ask for a new one."),
        "too_many_login_attempts": _("You have tried a few times. Wait a quarter of an hour, or call us."),
        "rate_limited": _("You have asked a few times. Wait a quarter of an hour, or call us."),
    }

    def generate_login_code(self) -> str:
        """The code already sent while it is valid, so that the first mail still works; else a new one."""
        stage = get_pending_stage(self.request)
        sent = stage.state if stage else {}
        still_good = sent.get("code") and time.time() - sent["at"] < Code.VALID.total_seconds()
        return str(sent["code"]) if still_good else easy_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mails go through the outbox, and only to people we know."""
        user = User.objects.filter(email__iexact=email, is_active=True).select_related("person").first()
        if user is None:
            return
        event = letter_about(template_prefix, user)
        values = context | {"site": settings.SITE_ADDRESS, "funders": context.get("funders")}
        outbox.write(
            user.person,
            address=user.email,
            subject=render_to_string(f"letters/sign_in/{event}_subject.txt", values),
            text=render_to_string(f"letters/sign_in/{event}.txt", values),
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no page to sign up: the code is enough."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one comes in who was on the way to nowhere: at the work of their role, or else at their plans."""
        pages = House(request).navigation
        return pages[0].url if pages else str(super().get_login_redirect_url(request))

    def get_login_stages(self) -> list[str]:
        """With our own stage for the second factor: residents have none."""
        return [ASKS if stage == THEIRS else stage for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Not of whoever came in a moment ago and has no second factor yet: they are setting it up."""
        if getattr(self.request, "lacks_second_factor", False):
            return False
        return bool(super().is_reauthentication_required(app=app, **about))

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **about: Any) -> HttpResponse | None:
        """A seat given between asking for a code and typing it shuts the door of the codes."""
        if isinstance(user, User) and user.signs_in_by_password and door_of(request, user) == "code":
            clear_login(request)
            return redirect("account_login")
        return super().pre_login(request, user, **about)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        door, second = door_of(request, user), second_of(request, user)
        super().login(request, user)
        came_in(request, door, second=second)
        if isinstance(user, User) and door in OF_STAFF:
            Visit.begin(request, user)
            if second == "recovery_codes":
                record(user.person, "use_recovery_code", user)
                tell_changed(user, "used", second)
        if isinstance(user, User) and door == "code":
            address_was_shown(user.person)


def letter_about(template_prefix: str, user: User) -> str:
    """Which of our letters stands for allauth's. One who comes to the wrong door is told of the right one, by mail."""
    event = template_prefix.rsplit("/", 1)[-1]
    if event != "unknown_account":
        return event
    return "use_your_password" if user.signs_in_by_password else "use_a_code"
