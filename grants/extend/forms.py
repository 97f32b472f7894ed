"""What is typed when an answer takes longer: the new day, and why."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Application
from web.clock import add_weeks, today
from web.days import DayField
from web.forms import Form, Why


class ExtendForm(Form):
    """A day, and the reason that the residents read."""

    why: ClassVar[dict[str, Why]] = {"until": "decision", "reason": "decision"}

    until = DayField(
        label=_("By which day do they hear?"),
        help_text=_("As soon as you can, and for the last time. Write it like 31-12-2026."),
    )
    reason = forms.CharField(
        label=_("Why does it take longer?"),
        help_text=_("The residents read this in their letter."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it takes longer. The residents read it in their letter.")},
    )

    def __init__(self, data: Any = None, *, application: Application) -> None:
        super().__init__(data, initial={"until": add_weeks(application.answer_by or today(), 2)})
