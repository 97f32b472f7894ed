"""What is typed about a question: the question itself, its answer, and whose answer it was on the phone."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from web.clock import add_weeks, today
from web.days import DayField
from web.forms import Form, Why

ANSWER = {"required": _("Write your answer. A few words are enough.")}


class QuestionForm(Form):
    """One question with a day, and whether nothing can be decided without the answer."""

    why: ClassVar[dict[str, Why]] = {"question": "decision", "until": "decision", "needed": "decision"}

    question = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("One question, that they can answer themselves. Not about a permit: we find that out."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DayField(
        label=_("Until which day?"),
        help_text=_("A week is usual. Write it like 31-12-2026."),
    )
    needed = forms.TypedChoiceField(
        label=_("Do you need the answer to decide?"),
        choices=[("yes", _("Yes, so the clock stands still")), ("no", _("No, the clock runs on"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, initial={"until": add_weeks(today(), 1), "needed": "yes"}, **extra)


class HearForm(Form):
    """Facts about the residents that may lead to a no, and until when they can react."""

    why: ClassVar[dict[str, Why]] = {"facts": "decision", "until": "decision"}

    facts = forms.CharField(
        label=_("Which facts are it?"),
        help_text=_("The residents read this. Say where you have it from."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the facts, in words the residents understand.")},
    )
    until = DayField(
        label=_("Until which day can they react?"),
        help_text=_("At least a week. Write it like 31-12-2026."),
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, initial={"until": add_weeks(today(), 1)}, **extra)


class AnswerForm(Form):
    """The residents' answer."""

    why: ClassVar[dict[str, Why]] = {"answer": "decision"}

    answer = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 4}), error_messages=ANSWER)
