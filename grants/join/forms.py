"""What people type to come into a group: whom to invite, who they are, and the code they were given."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models import Invitation
from web.forms import Form, Why
from web.models import Person


def short_text(
    label: Any, *, autocomplete: str, css: str = "medium", longest: int = 200, **more: Any
) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": css, "autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


class InviteForm(Form):
    """An address, or nothing: then there is only a link and a code to pass on."""

    why: ClassVar[dict[str, Why]] = {"name": "contact", "email": "voluntary"}

    name = short_text(_("Your name"), autocomplete="name", help_text=_("Then they know who asks them."))
    email = forms.EmailField(
        label=_("Their e-mail address"),
        required=False,
        help_text=_("Then we mail the link. You can also pass on the link or the code yourself."),
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: Person, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if by.name:
            del self.fields["name"]


class JoinForm(Form):
    """A name and one way to be reached are enough; nobody needs an e-mail address."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "email": "contact",
        "phone": "contact",
        "postcode": "contact",
        "house_number": "contact",
    }

    name = short_text(_("Your name"), autocomplete="name")
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "email"}),
    )
    phone = short_text(_("Your phone number"), autocomplete="tel", longest=40, required=False)
    postcode = forms.RegexField(
        regex=r"^\s*[1-9][0-9]{3}\s?[A-Za-z]{2}\s*$",
        label=_("Postcode"),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = short_text(_("House number"), autocomplete="off", css="short", longest=20, required=False)

    def __init__(self, *args: Any, known: Person | None, needs_address: bool, **extra: Any) -> None:
        """Of who is `known` by signing in it asks only what we lack. `needs_address` where the scheme counts those."""
        super().__init__(*args, **extra)
        self.asks_a_way = True
        for name in ("postcode", "house_number") if needs_address else ():
            self.fields[name].required = True
        if known is not None:
            self.leave_out_what_is_known(known)

    def leave_out_what_is_known(self, person: Person) -> None:
        for name in list(self.fields):
            if getattr(person, name) or not (self.fields[name].required or name == "name"):
                del self.fields[name]
        self.asks_a_way = False

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].split())
        return f"{typed[:4]} {typed[4:].upper()}".strip()

    def clean(self) -> dict[str, Any]:
        """With the way they are reached: the first one they gave. An address needs both its parts."""
        typed = self.cleaned_data
        if not self.asks_a_way or self.errors:
            return typed
        if typed.get("email"):
            return typed | {"reached_by": Person.ReachedBy.MAIL}
        if typed.get("phone"):
            return typed | {"reached_by": Person.ReachedBy.PHONE}
        if typed.get("postcode") and typed.get("house_number"):
            return typed | {"reached_by": Person.ReachedBy.POST}
        raise ValidationError(
            _("Write one way to reach you: your e-mail, your phone, or your postcode and house number.")
        )


class GroupCodeForm(Form):
    """The code from a letter, or the one somebody of the group read out."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("It starts with the number of the plan, like 1042-ACEFH-JKQRW."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> Invitation:
        """The open invitation this code belongs to."""
        purposes = (Invitation.Purpose.JOIN, Invitation.Purpose.ENTER)
        found = Invitation.objects.open().of_code(self.cleaned_data["code"]).filter(purpose__in=purposes)
        invitation = found.select_related("plan", "person").first()
        if invitation is None:
            raise ValidationError(
                _("This code isn't right, or it has been used. Look at it again, or ask for a new one.")
            )
        return invitation
