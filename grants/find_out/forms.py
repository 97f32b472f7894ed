"""What is typed when it is found out: may it be done, and what has to be right; or who finds it out, and by when."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Clearance
from grants.models.clearance import finders
from web.days import DayField
from web.forms import Form, Why
from web.models import Person


class AnswerForm(Form):
    """Yes, yes with what has to be right first, or no with why."""

    why: ClassVar[dict[str, Why]] = {"answer": "decision", "text": "voluntary"}

    answer = forms.ChoiceField(
        label=_("May it be done here?"), choices=Clearance.Answer.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What did you find out?"),
        help_text=_("The residents read it. Say who said so. With “yes, provided”: what has to be right first."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PassOnForm(Form):
    """A colleague, and a day."""

    why: ClassVar[dict[str, Why]] = {"owner": "decision", "due_on": "decision"}

    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who finds it out?"), empty_label=None)
    due_on = DayField(
        label=_("By when?"),
        help_text=_("The residents see this day. Write it like 31-12-2026."),
    )

    def __init__(self, data: Any = None, *, clearance: Clearance) -> None:
        super().__init__(data, initial={"owner": clearance.owner_id, "due_on": clearance.due_on})
        self.fields["owner"].queryset = finders(clearance.application)  # type: ignore[attr-defined]  # a ModelChoiceField
