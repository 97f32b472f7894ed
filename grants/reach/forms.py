"""What residents type about themselves."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from web.forms import Form, Why
from web.models import Person

MEDIUM, SHORT = {"class": "medium"}, {"class": "short"}


class DetailsForm(Form):
    """How somebody is called and reached."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "phone": "voluntary",
        "postcode": "voluntary",
        "house_number": "voluntary",
        "reached_by": "contact",
        "wants_mails": "contact",
        "language": "contact",
    }

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(MEDIUM | {"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(MEDIUM | {"autocomplete": "tel", "inputmode": "tel"}),
    )
    postcode = forms.RegexField(
        regex=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
        label=_("Postcode"),
        required=False,
        widget=forms.TextInput(SHORT | {"autocomplete": "postal-code"}),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = forms.CharField(
        label=_("House number"), required=False, max_length=20, widget=forms.TextInput(SHORT)
    )
    reached_by = forms.ChoiceField(
        label=_("May we mail you, or do you want letters by post?"),
        choices=[(Person.ReachedBy.MAIL, _("You may mail me")), (Person.ReachedBy.POST, _("I want letters by post"))],
        widget=forms.RadioSelect,
    )
    wants_mails = forms.ChoiceField(
        label=_("Which mails do you want?"),
        help_text=_(
            "Letters always come: a receipt, a question, a decision and a payment. All of it stands with your plan."
        ),
        choices=[
            (Person.WantsMails.LETTERS, _("Only letters, and what you ask me")),
            (Person.WantsMails.NEWS, _("Also important news about my plan")),
            (Person.WantsMails.ALL, _("Everything that happens")),
        ],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("In which language do you want our letters?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        return f"{typed[:4]} {typed[-2:].upper()}" if typed else ""

    def clean(self) -> dict[str, object]:
        typed: dict[str, object] = self.cleaned_data
        if typed.get("reached_by") == Person.ReachedBy.POST and not (
            typed.get("postcode") and typed.get("house_number")
        ):
            self.add_error("postcode", _("For post we need your postcode and house number."))
        return typed


class ByPostForm(Form):
    """Where letters go, of somebody whose mail came back."""

    why: ClassVar[dict[str, Why]] = {"postcode": "contact", "house_number": "contact", "phone": "voluntary"}

    postcode = forms.RegexField(
        regex=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
        label=_("Postcode"),
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = forms.CharField(label=_("House number"), max_length=20, widget=forms.TextInput(SHORT))
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=40, widget=forms.TextInput(MEDIUM))

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, initial={name: getattr(person, name) for name in self.base_fields})

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        return f"{typed[:4]} {typed[-2:].upper()}"


class ToldEmailForm(Form):
    """The address they gave on the phone."""

    why: ClassVar[dict[str, Why]] = {"email": "contact"}

    email = forms.EmailField(
        label=_("Their other e-mail address"),
        help_text=_("We mail a code there. They read it out to you."),
        widget=forms.EmailInput(MEDIUM | {"autocomplete": "off"}),
    )


class SaidCodeForm(Form):
    """What they read out."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = forms.CharField(
        label=_("The code that they read out"),
        help_text=_("Six letters and digits. Small letters and spaces are fine."),
        max_length=20,
        widget=forms.TextInput(SHORT | {"autocomplete": "off"}),
    )


class NewEmailForm(Form):
    """The address they want to use from now on."""

    why: ClassVar[dict[str, Why]] = {"email": "contact"}

    email = forms.EmailField(
        label=_("Your new e-mail address"),
        help_text=_("We send a code to it, and one to the address you use now. Nothing changes until you type both."),
        widget=forms.EmailInput(MEDIUM | {"autocomplete": "email"}),
    )


class MoveCodeForm(Form):
    """The codes from both mails: who changes it reads the old address and the new one."""

    why: ClassVar[dict[str, Why]] = {"code_now": "contact", "code": "contact"}

    code_now = forms.CharField(
        label=_("The code from the mail at the address you use now"),
        help_text=_("Six letters and digits. Can't you read that mail any more? Then call us."),
        max_length=20,
        widget=forms.TextInput(SHORT | {"autocomplete": "one-time-code"}),
    )
    code = forms.CharField(
        label=_("The code from the mail at your new address"),
        help_text=_("Six letters and digits. Small letters and spaces are fine."),
        max_length=20,
        widget=forms.TextInput(SHORT | {"autocomplete": "off"}),
    )
