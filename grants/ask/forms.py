"""What residents type when they send their plan: who they are, the code that confirms it, and why they stop."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.models import Area
from web.forms import Form, Why
from web.models import Person

POSTCODE = forms.RegexField(
    regex=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
    label=_("Postcode"),
    widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
    error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
)


A_FEW = 6  # choices: more become a list that folds


class AreaField(forms.ModelChoiceField[Area]):
    def label_from_instance(self, obj: Area) -> str:
        return obj.name


class ContactForm(Form):
    """Who asks. Nothing here weighs in the decision; the postcode shows that the plan is from here."""

    why: ClassVar[dict[str, Why]] = {
        "name": "contact",
        "postcode": "decision",
        "house_number": "contact",
        "email": "contact",
        "phone": "voluntary",
        "reached_by": "contact",
        "area": "voluntary",
    }

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "name"})
    )
    postcode = POSTCODE
    house_number = forms.CharField(
        label=_("House number"), max_length=20, widget=forms.TextInput(attrs={"class": "short"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send you a code. With it you send your plan."),
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "tel", "inputmode": "tel"}),
    )
    reached_by = forms.ChoiceField(
        label=_("May we mail you, or do you want letters by post?"),
        choices=[(Person.ReachedBy.MAIL, _("You may mail me")), (Person.ReachedBy.POST, _("I want letters by post"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, signed_in: bool = False, areas: QuerySet[Area] | None = None, **extra: Any) -> None:
        """`areas`: those of the scheme. Where there are several we ask which one it is, and not to know is fine."""
        super().__init__(*args, **extra)
        if areas and len(areas) > 1:
            self.fields["area"] = AreaField(
                areas,
                label=_("In which neighbourhood is your plan?"),
                help_text=_("Don’t you know? Then we look at your postcode."),
                required=False,
                empty_label=_("I don't know"),
                blank=True,
                widget=forms.RadioSelect if len(areas) <= A_FEW else forms.Select,
            )
        if signed_in:
            del self.fields["email"]  # known, and proven, by signing in

    def clean_postcode(self) -> str:
        return f"{self.cleaned_data['postcode'][:4]} {self.cleaned_data['postcode'][-2:].upper()}"


class CodeForm(Form):
    """The code from the mail."""

    why: ClassVar[dict[str, Why]] = {"code": "contact"}

    code = forms.CharField(
        label=_("The code from our e-mail"),
        help_text=_("Six letters and digits. Small letters and spaces are fine."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "one-time-code"}),
    )


class WithdrawForm(Form):
    """Withdrawing may say why, and need not."""

    why: ClassVar[dict[str, Why]] = {"reason": "voluntary"}

    reason = forms.CharField(
        label=_("Do you want to say why?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
