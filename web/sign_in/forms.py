"""What people type to come in. Which address belongs to whom is never told on the page, only by mail."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why
from web.models import User
from web.models.code import as_typed


class InOurWords(forms.Form):
    """allauth's form with our labels, without placeholders, saying why each thing is asked."""

    why: ClassVar[dict[str, Why]] = {}
    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class AskForCode(InOurWords, allauth.RequestLoginCodeForm):
    """An address to send a code to. An unknown address gets a user without a password."""

    why = {"email": "contact"}
    labels = {"email": _("Your e-mail address")}
    helps = {"email": _("We send you a code. You don't need a password.")}

    def clean_email(self) -> str:
        email = super().clean_email().lower()
        user = User.objects.of_address(email)
        # To whoever has a seat no code is sent; the mail says: use your password.
        self._user = None if user.signs_in_by_password or not user.is_active else user
        return email


class TypeCode(InOurWords, allauth.ConfirmLoginCodeForm):
    """The code, as people type it: small letters, spaces and dashes don't matter."""

    why = {"code": "contact", "own_device": "voluntary"}
    labels = {"code": _("The code from the mail")}

    own_device = forms.BooleanField(label=_("This is my own phone or computer. Keep me signed in."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "short", "autocapitalize": "characters", "spellcheck": "false"}

    def clean_code(self) -> str:
        self.cleaned_data["code"] = as_typed(self.cleaned_data["code"])
        return super().clean_code()


class SignInByPassword(InOurWords, allauth.LoginForm):
    why = {"login": "contact", "password": "contact", "remember": "voluntary"}
    labels = {"login": _("Your e-mail address"), "password": _("Password")}


class AskForNewPassword(InOurWords, allauth.ResetPasswordForm):
    """Only whoever signs in by password can choose a new one: others have none, and get none this way."""

    why = {"email": "contact"}
    labels = {"email": _("Your e-mail address")}
    helps = {"email": _("We send you a link to choose a new password.")}

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if getattr(user, "signs_in_by_password", False)]
        return email


class ChooseNewPassword(InOurWords, allauth.ResetPasswordKeyForm):
    why = {"password1": "contact", "password2": "contact"}
    labels = {"password1": _("New password"), "password2": _("The same password once more")}
    helps = {"password1": _("At least 12 characters. A few words in a row are easy to remember.")}


class ChangePassword(InOurWords, allauth.ChangePasswordForm):
    why = {"oldpassword": "contact", "password1": "contact", "password2": "contact"}
    labels = {"oldpassword": _("Your password now")} | ChooseNewPassword.labels
    helps = ChooseNewPassword.helps


class LinkToNewPassword(allauth.UserTokenForm):
    """The link in the mail: good only for somebody who (still) signs in by password."""

    why: ClassVar[dict[str, Why]] = {"uidb36": "contact", "key": "contact"}

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        user = self.reset_user
        if not isinstance(user, User) or not user.is_active or not user.signs_in_by_password:
            raise get_adapter().validation_error("invalid_password_reset")
        return cleaned


class TypePasswordAgain(InOurWords, allauth.ReauthenticateForm):
    why = {"password": "contact"}
    labels = {"password": _("Your password")}


class CodeOfApp(InOurWords):
    """Six digits of an app, or a recovery code. Spaces don't matter."""

    why = {"code": "contact"}
    labels = {"code": _("Code")}

    USED = "second_factor:{}:{}"  # a code of an app opens once, also within the half minutes that we are lenient
    FOR = 120  # seconds

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "short", "inputmode": "numeric", "autocomplete": "one-time-code"}

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form it is mixed into
        if not cache.add(self.USED.format(self.user.pk, as_typed(code)), "used", self.FOR):  # type: ignore[attr-defined]  # the same
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))
        return code


class TypeSecondCode(CodeOfApp, mfa.AuthenticateForm):
    helps = {"code": _("The six digits of your app, or one of your recovery codes.")}


class TypeSecondCodeAgain(CodeOfApp, mfa.ReauthenticateForm):
    helps = TypeSecondCode.helps


class SetUpApp(CodeOfApp, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits that your app shows now")}


class TakeAppAway(totp.DeactivateTOTPForm):
    """Nothing to fill in."""

    why: ClassVar[dict[str, Why]] = {}


class AddKey(InOurWords, webauthn.AddWebAuthnForm):
    why = {"name": "voluntary", "credential": "contact"}
    labels = {"name": _("What do you call it?")}
    helps = {"name": _("For instance: my laptop, the blue key.")}


class ResetSecondFactor(Form):
    why = {"note": "decision"}

    note = forms.CharField(
        label=_("How do you know that they asked this?"),
        help_text=_("For instance: she stood at my desk. The auditor reads this."),
        max_length=400,
    )
