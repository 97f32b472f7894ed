"""What people type to come in. Which address belongs to whom is never told on the page, only by mail."""

from typing import ClassVar

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

from web.forms import Why
from web.models import User
from web.models.code import as_typed


class AskForCode(allauth.RequestLoginCodeForm):
    """An address to send a code to. An unknown address gets a user without a password."""

    why: ClassVar[dict[str, Why]] = {"email": "contact"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")

    def clean_email(self) -> str:
        email = str(super().clean_email()).lower()
        if self._user is None and not User.objects.filter(email__iexact=email).exists():
            self._user = User.objects.create_user(email)
        elif self._user and self._user.signs_in_by_password:
            self._user = None  # the mail says: use your password
        return email


class TypeCode(allauth.ConfirmLoginCodeForm):
    """The code, as people type it: small letters, spaces and dashes don't matter."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code from the mail")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = as_typed(self.cleaned_data["code"])
        return str(super().clean_code())


class SignInByPassword(allauth.LoginForm):
    why: ClassVar[dict[str, Why]] = {"login": "contact", "password": "contact"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["password"].help_text = ""


class AskForNewPassword(allauth.ResetPasswordForm):
    """Only whoever signs in by password can choose a new one: others have none, and get none this way."""

    why: ClassVar[dict[str, Why]] = {"email": "contact"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your e-mail address")

    def clean_email(self) -> str:
        email = str(super().clean_email())
        self.users = [user for user in self.users if user.signs_in_by_password]
        return email


class LinkToNewPassword(allauth.UserTokenForm):
    """The link in the mail: good only for somebody who (still) signs in by password."""

    def _get_user(self, uidb36: str) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user and user.is_active and user.signs_in_by_password else None
