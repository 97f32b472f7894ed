"""What residents and officers type afterwards: the story, that it isn't happening, and the fixing."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Grant, Story
from web.amounts import AmountField
from web.forms import Form, Why
from web.uploads import PictureField


class StoryForm(Form):
    """One question for a small plan, three for a larger one; a photo if you like."""

    why: ClassVar[dict[str, Why]] = {
        "worked": "decision",
        "best": "voluntary",
        "left_over": "voluntary",
        "photo": "voluntary",
    }

    worked = forms.ChoiceField(label=_("Did it work?"), choices=Story.Worked.choices, widget=forms.RadioSelect)
    best = forms.CharField(label=_("What did you like best?"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    left_over = AmountField(
        label=_("How much money is left, about?"),
        help_text=_("Nothing left? Leave this empty."),
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    photo = PictureField(label=_("A photo"), required=False)

    def __init__(self, *args: Any, questions: int, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name in ("best", "left_over") if questions == 1 else ():
            del self.fields[name]


class StopForm(Form):
    """It isn't happening."""

    why: ClassVar[dict[str, Why]] = {"reason": "voluntary"}

    reason = forms.CharField(
        label=_("Do you want to say why?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FixForm(Form):
    """The amount that is fixed: what was awarded, or lower on a published ground (Awb 4:46)."""

    why: ClassVar[dict[str, Why]] = {"amount": "decision", "reason": "decision"}

    amount = AmountField(label=_("Fix at"), zero_too=True, widget=forms.TextInput(attrs={"class": "short"}))
    reason = forms.CharField(
        label=_("Lower than awarded? Write why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, grant: Grant) -> None:
        super().__init__(data, initial={"amount": grant.commitment.total})
        follows = grant.application.scheme.funder.citing(_("The amount follows what was really spent."), "4:46")
        self.fields["reason"].help_text = f"{follows} {_('The residents read this.')}"
