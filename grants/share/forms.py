"""What a group types when it shares the work: who looks after the money, what kind of group it is, its partners."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Member, Partner, Plan
from web.amounts import AmountField
from web.forms import Form, Why


class OneMember(forms.ModelChoiceField[Member]):
    """The people of a group, by name."""

    def label_from_instance(self, obj: Member) -> str:
        return str(obj.person)


class TreasurerForm(Form):
    """One member besides the first contact, or nobody."""

    why: ClassVar[dict[str, Why]] = {"member": "voluntary"}

    member = OneMember(
        queryset=Member.objects.none(),
        label=_("Who looks after the money?"),
        required=False,
        blank=True,  # else radio buttons would leave out the empty choice
        empty_label=_("Only the first contact"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, plan: Plan, **extra: Any) -> None:
        super().__init__(*args, **extra)
        others = plan.members.exclude(role=Member.Role.FIRST_CONTACT).select_related("person").order_by("pk")
        field = self.fields["member"]
        assert isinstance(field, OneMember)  # noqa: S101  # for mypy: it is declared above
        field.queryset = others
        self.initial["member"] = others.filter(role=Member.Role.TREASURER).first()


class HandOverForm(Form):
    """Who becomes the first contact, and why an officer writes that down."""

    why: ClassVar[dict[str, Why]] = {"member": "contact", "note": "contact"}

    member = OneMember(
        queryset=Member.objects.none(),
        label=_("Who is the first contact now?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Why do you write this down for the group?"),
        help_text=_("Whom did you speak, and when? It stands in the letter to both."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, plan: Plan, **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["member"]
        assert isinstance(field, OneMember)  # noqa: S101  # for mypy: it is declared above
        field.queryset = plan.members.exclude(role=Member.Role.FIRST_CONTACT).select_related("person").order_by("pk")


class LegalFormForm(Form):
    """What the group is now, and its name."""

    why: ClassVar[dict[str, Why]] = {"legal_form": "voluntary", "group_name": "voluntary"}

    legal_form = forms.ChoiceField(
        label=_("What are you?"), choices=Plan.LegalForm.choices, widget=forms.RadioSelect, required=False
    )
    group_name = forms.CharField(
        label=_("The name of your group"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "organization"}),
    )

    def clean_legal_form(self) -> str:
        return str(self.cleaned_data["legal_form"] or Plan.LegalForm.INFORMAL)


class PartnerForm(Form):
    """Who takes part, and what they bring."""

    why: ClassVar[dict[str, Why]] = {
        "organisation": "decision",
        "kind": "decision",
        "brings": "decision",
        "amount": "voluntary",
        "email": "voluntary",
    }

    organisation = forms.CharField(
        label=_("Which organisation takes part?"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What kind of organisation is it?"), choices=Partner.Kind.choices)
    brings = forms.CharField(
        label=_("What do they bring?"),
        help_text=_("For instance: the school garden, two evenings of help, or printing the posters."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amount = AmountField(
        label=_("What is that worth, about?"), required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    email = forms.EmailField(
        label=_("The e-mail address of somebody who works there"),
        required=False,
        help_text=_("We mail them a link. With one click they say that it is right."),
        widget=forms.EmailInput(attrs={"class": "medium", "autocomplete": "off"}),
    )
