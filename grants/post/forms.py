"""Which letters went into the letter box."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.models import Letter
from web.forms import Form, Why


class PostedForm(Form):
    """The letters of one page of the tray; each stands ticked, for all were printed."""

    why: ClassVar[dict[str, Why]] = {"letters": "contact"}

    letters = forms.ModelMultipleChoiceField(
        Letter.objects.none(), error_messages={"required": _("Tick the letters that you posted.")}
    )

    def __init__(self, data: Any = None, *, tray: QuerySet[Letter]) -> None:
        super().__init__(data)
        self.fields["letters"].queryset = tray  # type: ignore[attr-defined]  # its own kind
