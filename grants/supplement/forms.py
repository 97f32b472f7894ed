"""What an officer types of a completion that came another way: whose it is, how and when it came, and what it says."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.models import Application, Intake, Member, Wait
from grants.models.sheet import MOST_FILES, MOST_PAGES
from grants.typed import MemberField
from web.clock import today
from web.days import DayField
from web.forms import Form, Why
from web.uploads import FilesField


class CompletionForm(Form):
    """Their own words, or a scan; and the day on which the clock runs on.

    `asked` is the list that stood above it: who typed an answer to another one looks again first.
    """

    why: ClassVar[dict[str, Why]] = {
        "asked": "decision",
        "member": "decision",
        "came_by": "decision",
        "received_on": "decision",
        "why_later": "voluntary",
        "told": "voluntary",
        "sheets": "voluntary",
    }

    asked = forms.CharField(widget=forms.HiddenInput, required=False)
    member = MemberField(Member.objects.none(), label=_("Whose is it?"), empty_label=None, widget=forms.RadioSelect)
    came_by = forms.ChoiceField(label=_("How did it come?"), choices=Intake.CameBy.choices, widget=forms.RadioSelect)
    received_on = DayField(
        label=_("When did it come?"),
        help_text=_("The clock runs on from this day. Write it like 31-12-2026."),
    )
    why_later = forms.CharField(
        label=_("Didn't it come today? Why is it noted now?"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    told = forms.CharField(
        label=_("What did they send or say?"),
        help_text=_("In their own words. They get a copy. Not needed when there is a scan."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    sheets = FilesField(
        most=MOST_FILES,
        most_pages=MOST_PAGES,
        label=_("Scan or photo of what they sent"),
        help_text=_("Only this fund and the group see it. At most 4 files, 10 pages together."),
    )

    def __init__(self, data: Any, files: Any, *, application: Application, wait: Wait) -> None:
        shown = str(wait.pk)
        self.is_about_another = data is not None and data.get("asked") != shown
        if data is not None:
            data = data.copy()
            data["asked"] = shown  # when it is shown again, it stands under this list
        super().__init__(data, files, initial={"received_on": today(), "asked": shown})
        members = application.plan.members.select_related("person").order_by("pk")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]  # its own kind

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        typed.pop("asked", None)
        if self.is_about_another:
            sentence = _(
                "They were asked something else meanwhile. It stands above. Press once more if this answers it."
            )
            raise ValidationError(sentence)
        return typed

    def run(self, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """A browser sends a file once: when nothing is done with it, it is asked again."""
        is_done = super().run(action, *args, **extra)
        if not is_done and self.files and "sheets" not in self.errors:
            self.add_error("sheets", _("Choose the scan once more. Nothing has been kept yet."))
        return is_done
