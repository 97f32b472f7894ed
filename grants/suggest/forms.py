"""What people type when they tell an idea, and what an officer answers."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from grants.models import Idea, Scheme
from grants.models.idea import FOUR_LINES
from web.forms import Form, Why
from web.language import said
from web.models import Funder, Person
from web.reach import reach_of

ENOUGH = _("Four lines are enough for an idea. Keep the rest for your plan.")


class IdeaForm(Form):
    """Four lines, and no more than that is needed."""

    why: ClassVar[dict[str, Why]] = {
        "text": "decision",
        "came_from": "decision",
        "where": "voluntary",
        "reach": "voluntary",
        "funder": "decision",
    }

    text = forms.CharField(
        label=_("What is your idea?"),
        help_text=_("Four lines are enough. It commits you to nothing."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(FOUR_LINES, ENOUGH)],
    )
    came_from = forms.ChoiceField(
        label=_("Who came up with it?"), choices=Idea.CameFrom.choices, widget=forms.RadioSelect
    )
    where = forms.CharField(
        label=_("Where is it?"),
        required=False,
        max_length=100,
        help_text=_("A street, a neighbourhood or a postcode."),
        widget=forms.TextInput(attrs={"class": "medium"}),
    )
    reach = forms.CharField(
        label=_("Your e-mail address or phone number"),
        required=False,
        max_length=200,
        help_text=_("Then we can tell you our answer. Without it you read the answer on the page of your idea."),
        widget=forms.TextInput(attrs={"class": "medium", "autocomplete": "email"}),
    )
    funder = forms.ChoiceField(label=_("To whom do you tell it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, funders: Sequence[Funder], **extra: Any) -> None:
        """`funders` to choose from; where there is one, it isn't asked."""
        super().__init__(*args, **extra)
        self.funders = {str(funder.pk): funder for funder in funders}
        if len(self.funders) == 1:
            del self.fields["funder"]
        else:
            self.fields["funder"].choices = [(pk, str(funder)) for pk, funder in self.funders.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_reach(self) -> dict[str, str]:
        return reach_of(self.cleaned_data["reach"])

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = dict(self.cleaned_data)
        reach: dict[str, str] = typed.pop("reach", {})
        return typed | reach

    @property
    def told_to(self) -> Funder:
        """The funder that was chosen, or the only one."""
        chosen = self.cleaned_data.pop("funder", "")
        return self.funders[chosen] if chosen else next(iter(self.funders.values()))


class WriteDownForm(IdeaForm):
    """An idea that came by phone, by letter or at the desk, as an officer writes it down."""

    why: ClassVar[dict[str, Why]] = IdeaForm.why | {
        "came_by": "decision",
        "name": "voluntary",
        "postcode": "voluntary",
        "house_number": "voluntary",
    }
    field_order = ("funder", "came_by", "text", "came_from", "where", "name", "reach", "postcode", "house_number")

    came_by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[each for each in Idea.CameBy.choices if each[0] != Idea.CameBy.PAGE],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Their name"), required=False, max_length=120, widget=forms.TextInput(attrs={"class": "medium"})
    )
    postcode = forms.RegexField(
        regex=r"^[1-9][0-9]{3} ?[A-Za-z]{2}$",
        label=_("Their postcode"),
        required=False,
        help_text=_("For who has no e-mail: then the answer becomes a letter for the post."),
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = forms.CharField(
        label=_("Their house number"), required=False, max_length=20, widget=forms.TextInput(attrs={"class": "short"})
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["text"].label = _("What is the idea?")
        self.fields["text"].help_text = _("In their own words. Four lines are enough.")
        self.fields["reach"].label = _("Their e-mail address or phone number")
        self.fields["reach"].help_text = ""

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        return f"{typed[:4]} {typed[-2:].upper()}" if typed else ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if bool(typed.get("postcode")) != bool(typed.get("house_number")):
            self.add_error("house_number", _("For post we need a postcode and a house number."))
        elif typed.get("postcode") and not typed.get("email"):
            typed["reached_by"] = Person.ReachedBy.POST
        return typed


class AnswerForm(Form):
    """What is possible, in the officer's own words; and where the idea may become a plan."""

    why: ClassVar[dict[str, Why]] = {"answer": "decision", "scheme": "voluntary"}

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say first what is possible. Short sentences; say who helps and how to reach them."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    scheme = forms.ChoiceField(label=_("Where may it become a plan?"), required=False)

    def __init__(self, *args: Any, schemes: Sequence[Scheme], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.schemes = {str(scheme.pk): scheme for scheme in schemes}
        choices = [("", _("Let them choose")), *((pk, said(scheme, "title")) for pk, scheme in self.schemes.items())]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_scheme(self) -> Scheme | None:
        return self.schemes.get(self.cleaned_data["scheme"])
