"""Forms of the house: they say why each thing is asked, run one action, and draw themselves."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

# What people read when something is missing: what to do, not what is wrong. For allauth's forms too.
forms.Field.default_error_messages["required"] = _("Fill this in.")
forms.ChoiceField.default_error_messages["required"] = _("Choose one.")
forms.BooleanField.default_error_messages = {"required": _("Tick this box.")}
forms.FileField.default_error_messages["required"] = _("Choose a file.")

Why = Literal["decision", "payment", "contact", "voluntary"]


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Form(forms.Form):
    """A form that runs one action. `why` says for each field what it is needed for (Awb 4:4)."""

    why: ClassVar[dict[str, Why]] = {}
    outcome: Any = None

    use_required_attribute = False  # the server says what is missing, in a sentence, not the browser

    def run(self, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """Do `action` with what was typed. When it refuses, its sentence stands at the form; what was typed stays."""
        if not self.is_bound or not self.is_valid():
            return False
        try:
            self.outcome = action(*args, **self.cleaned_data, **extra)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return False
        return True
