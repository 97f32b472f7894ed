"""What a helper types to begin a plan: who the resident is, where they ask, and that they said yes."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Scheme
from web.days import DayField
from web.forms import Form, Why
from web.language import said
from web.models import Person

MEDIUM = {"class": "medium", "autocomplete": "off"}
SHORT = {"class": "short", "autocomplete": "off"}
CONTACT = ("name", "postcode", "house_number", "email", "phone", "reached_by")


class SchemeField(forms.ModelChoiceField[Scheme]):
    def label_from_instance(self, obj: Scheme) -> str:
        return f"{said(obj, 'title')} · {obj.funder}"


class ResidentForm(Form):
    """A resident, reached in the way they choose. For who is known already only the plan is asked."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "postcode": "decision",
        "house_number": "contact",
        "reached_by": "contact",
        "email": "voluntary",
        "phone": "voluntary",
        "scheme": "decision",
        "until": "voluntary",
        "said_yes": "contact",
    }

    name = forms.CharField(label=_("Name of the resident"), max_length=200, widget=forms.TextInput(MEDIUM))
    postcode = forms.RegexField(
        regex=r"^\s*[1-9][0-9]{3}\s?[A-Za-z]{2}\s*$",
        label=_("Postcode"),
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = forms.CharField(label=_("House number"), max_length=20, widget=forms.TextInput(SHORT))
    reached_by = forms.ChoiceField(
        label=_("How may the fund reach them?"),
        help_text=_("Letters go this way. The letter that the plan has come in too."),
        choices=[
            (Person.ReachedBy.POST, _("By post")),
            (Person.ReachedBy.MAIL, _("By e-mail")),
            (Person.ReachedBy.PHONE, _("By phone, and letters by post")),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail address of the resident"),
        help_text=_("Their own address, never yours. No e-mail? Leave it empty."),
        required=False,
        widget=forms.EmailInput(MEDIUM),
    )
    phone = forms.CharField(
        label=_("Phone number of the resident"), max_length=40, required=False, widget=forms.TextInput(MEDIUM)
    )
    scheme = SchemeField(
        queryset=Scheme.objects.none(), label=_("Where do they ask?"), empty_label=None, widget=forms.RadioSelect
    )
    until = DayField(
        label=_("Until which day may you see the plan?"),
        help_text=_("They choose. Empty means: until the bank details are in."),
        required=False,
    )
    said_yes = forms.BooleanField(label=_("I read this aloud, and they said yes"))

    def __init__(self, *args: Any, by: Person, earlier: Application | None, known: Person | None, **extra: Any) -> None:
        """`known`: the resident it is for again, of whom nothing more is asked."""
        super().__init__(*args, **extra)
        self.by, self.known, self.earlier = by, known, earlier
        field = self.fields["scheme"]
        assert isinstance(field, SchemeField)  # noqa: S101  # for mypy: it is declared above
        field.queryset = Scheme.objects.open_now().select_related("funder", "current").order_by("funder__name", "pk")
        if earlier:
            self.initial["scheme"] = earlier.scheme_id
        for name in CONTACT if known else ():
            del self.fields[name]

    def leave_the_plan_out(self) -> None:
        """Only who the resident is."""
        for name in ("scheme", "until", "said_yes"):
            del self.fields[name]

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].split())
        return f"{typed[:4]} {typed[4:].upper()}"

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email and email in {self.by.email.lower(), self.by.user.email.lower()}:
            raise forms.ValidationError(_("This is your own address. Leave it empty when they have none."))
        return email

    def clean(self) -> dict[str, Any]:
        """With the resident: the known one, or somebody new. Who wants mail, or calls, gives where."""
        typed = self.cleaned_data
        if typed.get("reached_by") == Person.ReachedBy.MAIL and not typed.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the address to mail to, or choose another way."))
        if typed.get("reached_by") == Person.ReachedBy.PHONE and not typed.get("phone"):
            self.add_error("phone", _("Write the number to call, or choose another way."))
        about = {name: typed[name] for name in CONTACT if name in typed}
        resident = self.known or Person(**about, language="nl")
        return {"scheme": typed.get("scheme"), "until": typed.get("until"), "resident": resident}


class CorrectForm(ResidentForm):
    """What was written down wrong about a resident, put right."""

    def __init__(self, *args: Any, by: Person, **extra: Any) -> None:
        super().__init__(*args, by=by, earlier=None, known=None, **extra)
        self.leave_the_plan_out()

    def clean(self) -> dict[str, Any]:
        return {"resident": super().clean()["resident"]}
