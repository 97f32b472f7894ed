"""What is typed when a grant may change: the ground, what remains, the facts, the answer, and the reason."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Grant
from grants.models.ground import grounds_for
from ledger.models import kept
from web.amounts import AmountField, write_amount
from web.clock import add_weeks, today
from web.days import DayField
from web.forms import Form, Why

WHY = {"required": _("Write why, in words the residents understand.")}
SHORT = {"class": "short", "inputmode": "numeric", "autocomplete": "off"}


class IntendForm(Form):
    """One published ground, what would remain, and the facts that the group may answer."""

    why: ClassVar[dict[str, Why]] = dict.fromkeys(("ground", "amount", "facts", "until"), "decision")

    ground = forms.ChoiceField(label=_("On which ground?"), widget=forms.RadioSelect)
    amount = AmountField(
        label=_("What remains?"),
        help_text=_("0 when all of it is taken back."),
        zero_too=True,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    facts = forms.CharField(
        label=_("Which facts are it?"),
        help_text=_("The residents read this. Say where you have it from."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the facts, in words the residents understand.")},
    )
    until = DayField(
        label=_("Until which day can they react?"),
        help_text=_("At least two weeks. Write it like 31-12-2026."),
    )

    def __init__(self, data: Any = None, *, grant: Grant, public_body: bool) -> None:
        super().__init__(data, initial={"until": add_weeks(today(), 2)})
        choices = [
            (ground.value, f"{ground.label} ({ground.article})" if public_body else ground.label)
            for ground in grounds_for(grant)
        ]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]  # its own kind


class AnswerForm(Form):
    """What the group says."""

    why: ClassVar[dict[str, Why]] = {"answer": "decision"}

    answer = forms.CharField(
        label=_("What do you say?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your answer. A few words are enough.")},
    )


class ReviseForm(Form):
    """Why it is decided so, also after what the group said."""

    why: ClassVar[dict[str, Why]] = {"reason": "decision"}

    reason = forms.CharField(
        label=_("Why do you decide this?"),
        help_text=_("Say what you did with their answer. They read this in their letter."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WHY,
    )


class AnewForm(Form):
    """The amount they get now, and why."""

    why: ClassVar[dict[str, Why]] = {"amount": "decision", "reason": "decision"}

    amount = AmountField(label=_("What do they get in all?"), widget=forms.TextInput(attrs={"class": "short"}))
    reason = forms.CharField(
        label=_("Why? Use the residents' own words"),
        help_text=_("They read this in their letter."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WHY,
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, initial={"amount": application.asked})
        now = kept(application.grant.commitment)
        self.fields["amount"].help_text = _("More than they have now: %(amount)s.") % {"amount": write_amount(now)}
