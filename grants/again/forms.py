"""What people type when they do a plan again, or show it to others."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from grants.models import Member, Plan, Scheme, StoryPhoto
from web.amounts import AmountField
from web.forms import Form, Why
from web.language import said


class MembersField(forms.ModelMultipleChoiceField[Member]):
    def label_from_instance(self, member: Member) -> str:
        return str(member.person)


class DiffersForm(Form):
    """What is different from the earlier plan, in the residents' own words."""

    why: ClassVar[dict[str, Why]] = {"changed": "voluntary"}

    changed = forms.CharField(
        label=_("What is different this time?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FollowUpForm(Form):
    """Where, how much, and what is different: the rest stands in it already."""

    why: ClassVar[dict[str, Why]] = {
        "scheme": "decision",
        "asked": "voluntary",
        "changed": "voluntary",
        "members": "voluntary",
    }

    changed = forms.CharField(
        label=_("What is different this time?"),
        required=False,
        help_text=_("For instance: more houses take part. Nothing different is fine too."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked = AmountField(
        label=_("How much money do you ask?"), required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    scheme = forms.ChoiceField(label=_("Where do you ask?"), widget=forms.RadioSelect)
    members = MembersField(
        Member.objects.none(),
        label=_("Who of your group do we ask to join again?"),
        help_text=_("They get a mail from us, and say yes themselves. Others you invite on the page of your group."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, schemes: Sequence[Scheme], before: Scheme, asked: Money | None, others: QuerySet[Member]
    ) -> None:
        """`before`: where it was asked last time; chosen already when it is open. `others`: who else was in it."""
        self.schemes = {str(scheme.pk): scheme for scheme in schemes}
        super().__init__(*args, initial={"scheme": str(before.pk), "asked": asked})
        if others:
            self.fields["members"].queryset = others  # type: ignore[attr-defined]  # its own kind
        else:
            del self.fields["members"]
        choices = [(pk, f"{said(scheme, 'title')}, {scheme.funder}") for pk, scheme in self.schemes.items()]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_scheme(self) -> Scheme:
        return self.schemes[self.cleaned_data["scheme"]]


class ExampleForm(Form):
    """What everybody may read. No photo is shown unless who stands in it agrees."""

    why: ClassVar[dict[str, Why]] = {
        "title": "decision",
        "what": "decision",
        "photos": "voluntary",
        "agreed": "voluntary",
    }

    title = forms.CharField(label=_("What do you call it?"), max_length=120)
    what = forms.CharField(
        label=_("What did you do?"),
        help_text=_("Everybody can read this. Write no names, and no house numbers."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = forms.TypedMultipleChoiceField(
        label=_("Which photos do you show?"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label=_("Everybody in these photos agrees that they are shown here."), required=False)

    def __init__(self, *args: Any, plan: Plan, **extra: Any) -> None:
        super().__init__(*args, **extra)
        photos = StoryPhoto.objects.filter(story__plan=plan).select_related("story").order_by("pk")
        self.pictures = {photo.pk: photo for photo in photos}
        choices = [(pk, _("Photo %(number)s") % {"number": number}) for number, pk in enumerate(self.pictures, start=1)]
        self.fields["photos"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not self.pictures:
            del self.fields["photos"], self.fields["agreed"]

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("photos", [])
        if chosen and not self.cleaned_data.get("agreed"):
            self.add_error("agreed", _("Ask who stands in the photos first. Do they agree? Then tick this box."))
        typed = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        return typed | {"photos": [self.pictures[pk] for pk in chosen]}
