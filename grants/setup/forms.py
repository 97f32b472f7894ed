"""What fund admins type: each part of a draft is a short form, made of the fields of its noun."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from djmoney.models.fields import MoneyField

from grants.models import (
    Area,
    Check,
    Criterion,
    Edition,
    Exclusion,
    ExtraQuestion,
    Obligation,
    Round,
    Scheme,
    Track,
    Waiver,
)
from grants.models.completion import PARTS as MAY_BE_MISSING
from ledger.models import Budget
from web.amounts import AmountField
from web.days import DayField
from web.forms import Form, Why


def typed_as(field: "models.Field[Any, Any]") -> forms.Field:
    """How people fill in this field of a noun."""
    about: dict[str, Any] = {
        "label": capfirst(field.verbose_name),
        "help_text": field.help_text,
        "required": not field.blank and not isinstance(field, models.BooleanField),
    }
    if isinstance(field, MoneyField):
        return AmountField(**about, widget=forms.TextInput(attrs={"class": "short"}))
    if isinstance(field, models.DateField):
        return DayField(
            **about,
        )
    if isinstance(field, models.TextField):
        return forms.CharField(**about, widget=forms.Textarea(attrs={"rows": 3}))
    if field.choices and not isinstance(field, models.IntegerField):
        return forms.ChoiceField(**about, choices=chosen_from(field), widget=forms.RadioSelect)
    if isinstance(field, models.URLField):
        return forms.URLField(**about, assume_scheme="https")
    return field.formfield(**about)  # type: ignore[return-value]  # nothing only for what people never type


def chosen_from(field: "models.Field[Any, Any]") -> list[tuple[Any, Any]]:
    choices = list(field.flatchoices)
    return [("", _("not said")), *choices] if field.blank else choices


def form_of(noun: type[models.Model], *names: str) -> type[Form]:
    """A form of these fields of a noun; each says why it is asked."""
    fields: dict[str, Any] = {name: typed_as(noun._meta.get_field(name)) for name in names}  # type: ignore[arg-type]  # relations aren’t among them
    why: dict[str, Why] = {name: "decision" if field.required else "voluntary" for name, field in fields.items()}
    return type(f"{noun.__name__}Form", (Form,), {**fields, "why": why})


class AreasForm(Form):
    """The areas, one on a line, by whatever somebody calls them: there are 18,000 of them in a year."""

    A_FEW: ClassVar[int] = 8  # to choose from in one sentence
    why: ClassVar[dict[str, Why]] = {"areas": "voluntary"}

    areas = forms.CharField(
        label=_("Areas"),
        help_text=_(
            "One on a line: the name of a town, district or neighbourhood, a postcode, or a code. Empty: everywhere."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"areas": "\n".join(area.in_words for area in initial["areas"])})

    def clean_areas(self) -> list[Area]:
        """What every line means; a postcode is all neighbourhoods where it occurs."""
        lines = [line for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        found = {area.pk: area for line in lines for area in self.areas_of(line)}
        return list(found.values())

    def areas_of(self, line: str) -> list[Area]:
        found = Area.objects.meant_by(line)
        if not found:
            raise forms.ValidationError(_("We don't know %(line)s."), params={"line": line.strip()})
        if len(found) > 1 and not line.strip()[:4].isdecimal():
            choices = "; ".join(area.in_words for area in found[: self.A_FEW])
            sentence = _("There are more that are called %(line)s. Write the one you mean: %(choices)s.")
            raise forms.ValidationError(sentence, params={"line": line.strip(), "choices": choices})
        return found


class NameForm(Form):
    """What a scheme that nobody has seen yet is called, and where it will stand."""

    why: ClassVar[dict[str, Why]] = {"title": "decision", "title_en": "voluntary", "slug": "decision"}

    title = forms.CharField(label=_("What is it called?"), max_length=100)
    title_en = forms.CharField(label=_("And in English?"), max_length=100, required=False)
    slug = forms.SlugField(
        label=_("Its address on the web"),
        help_text=_("Small letters, numbers and dashes: buurtpot-2027. After publishing it stays the same for ever."),
        error_messages={"invalid": _("Use small letters, numbers and dashes.")},
    )


class MissingForm(Form):
    """Which of the fixed list may be missing from a plan here."""

    why: ClassVar[dict[str, Why]] = {"may_be_missing": "voluntary"}

    may_be_missing = forms.MultipleChoiceField(
        label=_("What may you send a plan back for?"),
        help_text=_("Choose nothing to keep the whole list."),
        choices=[(name, part.text) for name, part in MAY_BE_MISSING.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@dataclass(frozen=True)
class Part:
    """A part of the draft on a page of its own: fields of the edition, or rows that belong to it."""

    title: str | Promise
    form: type[Form]
    rows: str = ""  # what the edition calls them
    in_order: bool = False
    hint: str | Promise = ""

    def initial(self, thing: models.Model) -> dict[str, Any]:
        found = {name: getattr(thing, name) for name in self.form.base_fields}
        return {name: list(value.all()) if name == "areas" else value for name, value in found.items()}


TEXTS = ("purpose", "who_may_ask", "who_decides", "responsible")
TITLES = ("title", "title_en")
BOTH = ("title", "title_en", "text", "text_en")
DUTIES = ("answer_within", "answer_unit", "fixed_at_once", "story_questions", "asks_overview")
PARTS: dict[str, Part] = {
    "teksten": Part(_("Texts"), form_of(Edition, *(f"{name}{end}" for name in TEXTS for end in ("", "_en")))),
    "geld": Part(_("Amounts"), form_of(Edition, "minimum", "maximum", "ceiling", "ceiling_link", "pays_professionals")),
    "dagen": Part(_("Days"), form_of(Edition, "opens_on", "closes_on", "in_rounds", "division")),
    "rondes": Part(_("Rounds"), form_of(Round, "opens_on", "closes_on", "answer_by", "ceiling"), "rounds"),
    "groep": Part(_("The group"), form_of(Edition, "members_at_least", "different_addresses")),
    "gebieden": Part(_("Areas"), AreasForm),
    "routes": Part(_("Tracks"), form_of(Track, "kind", "up_to", "questions", *DUTIES), "tracks"),
    "criteria": Part(_("Criteria"), form_of(Criterion, "kind", *BOTH, "weighs_support"), "criteria", in_order=True),
    "uitzonderingen": Part(
        _("What isn't paid for"), form_of(Exclusion, "text", "text_en", "words", "holds"), "exclusions", in_order=True
    ),
    "extra-vragen": Part(
        _("Extra questions"),
        form_of(ExtraQuestion, "text", "text_en", "hint", "hint_en", "purpose", "obligatory", "reason", "reason_en"),
        "extra_questions",
        hint=_(
            "Two at most. We hold ourselves to sixteen fields for the longest form: each of these makes it longer. "
            "The short form never asks them."
        ),
    ),
    "afspraken": Part(_("Obligations"), form_of(Obligation, *BOTH), "obligations", in_order=True),
    "mag-het": Part(
        _("What we find out ourselves"), form_of(Check, "kind", *TITLES, "words", "within"), "checks", in_order=True
    ),
    "verantwoordelijk": Part(_("Who is responsible"), form_of(Edition, "insurance", "safety", "upkeep")),
    "beslissen": Part(_("Deciding"), form_of(Edition, "second_signature_above", "panel_from")),
    "aanvullen": Part(_("What may be missing"), MissingForm),
    "regelvrij": Part(
        _("Rules that don't hold for a while"), form_of(Waiver, "rule", "reason", "reason_en", "until"), "waivers"
    ),
}


class NewSchemeForm(NameForm):
    """A name, an address on the web, and which scheme it begins as a copy of."""

    why: ClassVar[dict[str, Why]] = {**NameForm.why, "copy_of": "voluntary"}

    copy_of = forms.ModelChoiceField(
        label=_("Begin with a copy of"),
        help_text=_("All of it, with the days a year later. You change it before anybody sees it."),
        queryset=Scheme.objects.none(),
        required=False,
        empty_label=_("nothing: a new scheme"),
    )

    def __init__(self, *args: Any, schemes: "models.QuerySet[Scheme]", **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["copy_of"].queryset = schemes  # type: ignore[attr-defined]  # a ModelChoiceField


class PaidFromForm(Form):
    """What is no rule of a scheme, and can change at any time."""

    why: ClassVar[dict[str, Why]] = {"budgets": "voluntary", "mailbox": "voluntary"}

    budgets = forms.ModelMultipleChoiceField(
        label=_("Which budgets is it paid from?"),
        help_text=_("One for each year. A treasurer sets how much there is."),
        queryset=Budget.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mailbox = forms.EmailField(label=_("Mailbox"), help_text=_("Empty: the funder's mailbox."), required=False)

    def __init__(self, data: Any = None, *, scheme: Scheme) -> None:
        super().__init__(data, initial={"budgets": list(scheme.budgets.all()), "mailbox": scheme.mailbox})
        own = Budget.objects.filter(funder=scheme.funder_id).order_by("-year", "name")
        self.fields["budgets"].queryset = own  # type: ignore[attr-defined]  # a ModelMultipleChoiceField


class PublishForm(Form):
    """Where it was published officially, and in a few words what is different."""

    why: ClassVar[dict[str, Why]] = {
        "what_changed": "voluntary",
        "what_changed_en": "voluntary",
        "publication_link": "voluntary",
    }

    what_changed = forms.CharField(
        label=_("What is different, in a few words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    what_changed_en = forms.CharField(
        label=_("And in English?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    publication_link = forms.URLField(
        label=_("Where was it published officially?"),
        help_text=_("The address of the official publication, if there is one."),
        required=False,
        assume_scheme="https",
    )
