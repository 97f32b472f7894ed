"""Forms of the house: they say why each thing is asked, run one action, and draw themselves."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from web.storage import nothing_left_behind

# What people read when something is missing: what to do, not what is wrong. For allauth's forms too.
forms.Field.default_error_messages["required"] = _("Fill this in.")
forms.ChoiceField.default_error_messages["required"] = _("Choose one.")
forms.BooleanField.default_error_messages = {"required": _("Tick this box.")}
forms.FileField.default_error_messages["required"] = _("Choose a file.")

# Sentences of Django and allauth that people may meet. They stand here to have a Dutch of our own.
BORROWED = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    gettext_noop("This password is too common."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("You must type the same password each time."),
)

Why = Literal["decision", "payment", "contact", "voluntary"]


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def on_one_line(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What a field of one line reads, without the line breaks a browser never sends: in a letter they would forge one.

    What isn't text (`empty_value` may be None) stays as it is.
    """

    def read_on_one_line(typed: Any) -> Any:
        said = read(typed)
        return " ".join(said.split()) if isinstance(said, str) else said

    return read_on_one_line


MOST_LETTERS = 10_000  # of a text without a bound of its own: some four pages
LONG = _("This is more than 10,000 letters. Make it shorter, or call us: then we find a way for the rest.")


def bound(field: forms.Field) -> None:
    """Nobody fills the database with one box. With a sentence, not max_length: that makes a browser cut off in silence
    what is pasted.
    """
    if isinstance(field, forms.UUIDField):
        return  # a kind of text to Django, but never a long one
    if isinstance(field, forms.CharField) and not any(
        isinstance(each, MaxLengthValidator) for each in field.validators
    ):
        field.validators = [*field.validators, MaxLengthValidator(MOST_LETTERS, LONG)]


class Form(forms.Form):
    """A form that runs one action. `why` says for each field what it is needed for (Awb 4:4)."""

    why: ClassVar[dict[str, Why]] = {}
    narrows: ClassVar[bool] = False  # it chooses what of a list is shown: that all of it is optional needs no words
    outcome: Any = None

    use_required_attribute = False  # the server says what is missing, in a sentence, not the browser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            bound(field)
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.Textarea):
                field.to_python = on_one_line(field.to_python)  # type: ignore[assignment, method-assign]  # its own copy

    def run_with(self, name: str, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """Do `action` with what came in one field, whatever the others say; a refusal stands at that field.

        For files: a browser sends them once, so they are kept even when an amount elsewhere can't be read.
        """
        if not self.is_bound or name in self.errors or not (sent := self.cleaned_data.pop(name, None)):
            return False
        return self.attempt(name, action, *args, sent, **extra)

    def attempt(self, name: str, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """Do `action`; a refusal stands at the field `name`, or at the form where that isn't asked here."""
        try:
            with nothing_left_behind():
                self.outcome = action(*args, **extra)
        except ValidationError as refusal:
            self.add_error(name if name in self.fields else None, refusal)
            return False
        return True

    def run(self, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """Do `action` with what was typed. When it refuses, each sentence stands at its field; what was typed stays."""
        if not self.is_bound or not self.is_valid():
            return False
        try:
            with nothing_left_behind():
                self.outcome = action(*args, **self.cleaned_data, **extra)
        except ValidationError as refusal:
            self._refuse(refusal)
            return False
        return True

    def _refuse(self, refusal: ValidationError) -> None:
        """Each sentence stands at its field; at the form where it names none, or one that isn't asked here."""
        by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: [refusal]}
        for name, sentences in by_field.items():
            self.add_error(name if name in self.fields else None, sentences)
