"""What is typed to let a helper in: which helper and until when, the code a resident said, or an officer's note."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models import Consent, Helper, Invitation, Plan
from web.days import DayField
from web.forms import Form, Why


class OneOfTheHelpers(forms.ModelChoiceField[Helper]):
    """Helpers by name, with their organisation and who pays it."""

    def label_from_instance(self, obj: Helper) -> str:
        words = {"name": obj.person, "organisation": obj.organisation, "payer": obj.organisation.paid_by}
        return _("%(name)s, %(organisation)s (paid by %(payer)s)") % words


class LetInForm(Form):
    """Which helper, and until when."""

    why: ClassVar[dict[str, Why]] = {"helper": "decision", "until": "voluntary"}

    helper = OneOfTheHelpers(
        queryset=Helper.objects.none(), label=_("Who may help you?"), empty_label=None, widget=forms.RadioSelect
    )
    until = DayField(
        label=_("Until which day?"), help_text=_("Empty means: until your bank details are in."), required=False
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["helper"]
        assert isinstance(field, OneOfTheHelpers)  # noqa: S101  # for mypy: it is declared above
        field.queryset = Helper.objects.today().for_page()


class HelpCodeForm(Form):
    """The code that a resident says to a helper."""

    why: ClassVar[dict[str, Why]] = {"code": "contact", "until": "voluntary"}

    code = forms.CharField(
        label=_("The code that the resident says"),
        help_text=_("It starts with the number of the plan, like 1042-ACEFH-JKQRW."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    until = DayField(
        label=_("Until which day may you see the plan?"),
        help_text=_("They choose. Empty means: until the bank details are in."),
        required=False,
    )

    def clean_code(self) -> Invitation:
        found = Invitation.objects.open().of_code(self.cleaned_data["code"]).filter(purpose=Invitation.Purpose.HELP)
        invitation = found.select_related("plan").first()
        if invitation is None:
            raise ValidationError(
                _("This code isn't right, or it has been used. Look at it again, or ask for a new one.")
            )
        return invitation

    def clean(self) -> dict[str, Any]:
        return {"invitation": self.cleaned_data.get("code"), "until": self.cleaned_data.get("until")}


class OneConsent(forms.ModelChoiceField[Consent]):
    def label_from_instance(self, obj: Consent) -> str:
        return str(obj.helper)


class EndForm(Form):
    """Which helper, and who of the residents said so."""

    why: ClassVar[dict[str, Why]] = {"consent": "decision", "note": "decision"}

    consent = OneConsent(
        queryset=Consent.objects.none(), label=_("Which helper?"), empty_label=None, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Whom did you speak, and when?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, plan: Plan, **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["consent"]
        assert isinstance(field, OneConsent)  # noqa: S101  # for mypy: it is declared above
        field.queryset = plan.consents.filter(ended_at=None).for_page()
