"""What an officer types of a request that came another way: who asks, what, where and how much, and how it came."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants.models import Area, ExtraQuestion, Intake, Plan, Scheme
from grants.models.extra_question import FIELD
from grants.models.intake import Came, edition_on
from grants.models.sheet import MOST_FILES, MOST_PAGES
from web.amounts import AmountField
from web.clock import today
from web.days import DayField
from web.forms import Form, Why, bound
from web.language import said
from web.models import Person
from web.uploads import FilesField

MEDIUM, SHORT = ({"class": size, "autocomplete": "off"} for size in ("medium", "short"))
A_FEW = 8  # areas to choose from in one sentence
CONTACT = ("name", "postcode", "house_number", "email", "phone", "reached_by")
WORDS = ("title", "what", "where_when", "permission", "area")
LAST = ("yes", "key")


class TakeInForm(Form):
    """What is asked of one `scheme`: in the words of the residents, or on the scan of their paper.

    `key` makes a double click one request.
    """

    why: ClassVar[dict[str, Why]] = {
        "came_by": "decision",
        "received_on": "decision",
        "outside": "decision",
        "why_later": "voluntary",
        "name": "contact",
        "postcode": "decision",
        "house_number": "contact",
        "reached_by": "contact",
        "email": "voluntary",
        "phone": "voluntary",
        "title": "decision",
        "asked": "decision",
        "where_when": "decision",
        "sheets": "voluntary",
        "area": "voluntary",
        "what": "voluntary",
        "permission": "voluntary",
        "yes": "decision",
        "key": "decision",
    }

    came_by = forms.ChoiceField(label=_("How did it come?"), choices=Intake.CameBy.choices, widget=forms.RadioSelect)
    received_on = DayField(
        label=_("When did it come?"),
        help_text=_("Its clock and its place in the order begin on this day. Write it like 31-12-2026."),
        initial=today,
    )
    outside = forms.BooleanField(
        label=_("It came on a day on which this scheme took no plans. Take it in all the same"), required=False
    )
    why_later = forms.CharField(
        label=_("Didn't it come today? Why is it taken in now?"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name of the resident"), max_length=200, widget=forms.TextInput(MEDIUM))
    postcode = forms.RegexField(
        regex=r"^\s*[1-9][0-9]{3}\s?[A-Za-z]{2}\s*$",
        label=_("Postcode"),
        widget=forms.TextInput(SHORT),
        error_messages={"invalid": _("Write four digits and two letters, for instance 1234 AB.")},
    )
    house_number = forms.CharField(label=_("House number"), max_length=20, widget=forms.TextInput(SHORT))
    reached_by = forms.ChoiceField(
        label=_("How do they want to hear from you?"),
        choices=[
            (Person.ReachedBy.POST, _("By post")),
            (Person.ReachedBy.MAIL, _("By e-mail")),
            (Person.ReachedBy.PHONE, _("By phone, and letters by post")),
        ],
        initial=Person.ReachedBy.POST,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(label=_("E-mail address of the resident"), required=False, widget=forms.EmailInput(MEDIUM))
    phone = forms.CharField(
        label=_("Phone number of the resident"), max_length=40, required=False, widget=forms.TextInput(MEDIUM)
    )
    title = forms.CharField(
        label=_("What do they call their plan?"),
        help_text=_("No name? Write in a few words what it is."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    asked = AmountField(label=_("How much money do they ask?"), widget=forms.TextInput({"class": "short"}))
    where_when = forms.CharField(
        label=_("Where and when is it?"),
        help_text=_("The street or the place. And the day, if they say so."),
        widget=forms.Textarea({"rows": 2}),
    )
    area = forms.CharField(
        label=_("In which neighbourhood is it?"),
        help_text=_("Its name, or the four digits of a postcode there. Leave it empty to go by their own postcode."),
        required=False,
        max_length=120,
        widget=forms.TextInput(MEDIUM),
    )
    sheets = FilesField(
        most=MOST_FILES,
        most_pages=MOST_PAGES,
        label=_("Scan or photo of what they sent"),
        help_text=_(
            "Then this is their plan, and you need not type it over. Only this fund and the group see it. "
            "At most 4 files, 10 pages together."
        ),
    )
    what = forms.CharField(
        label=_("What are they going to do?"),
        help_text=_("In their own words, as they wrote or said it. Not needed when there is a scan."),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    permission = forms.ChoiceField(
        label=_("Do they say that permission is needed?"),
        choices=[("", _("They don't say")), *Plan.Permission.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    yes = forms.ChoiceField(
        label=_("How do you know that this is what they want?"),
        help_text=_("They get a copy with the receipt, and call you when something isn't right."),
        choices=Intake.Yes.choices,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, scheme: Scheme, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.scheme = scheme
        self.ask_extra()
        if scheme.edition.panel_from is not None:
            self.fields["what"].help_text = _("In their own words. The panel reads this, and never sees the scan.")
        if not self.is_bound:
            del self.fields["outside"]  # asked of who needs it

    def ask_extra(self) -> None:
        """What the scheme asks besides. A paper may not answer it: then it is something to complete."""
        for each in ExtraQuestion.objects.filter(edition=self.scheme.current).order_by("order"):
            told = gettext("Only if they tell it. Small plans aren't asked this.")
            widget = forms.Textarea({"rows": 2})
            field = forms.CharField(label=said(each, "text"), help_text=told, required=False, widget=widget)
            self.fields[each.field] = field
            bound(field)
        self.order_fields([*(name for name in self.fields if name not in LAST), *LAST])

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].split())
        return f"{typed[:4]} {typed[4:].upper()}"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        """What the action takes. Who wants mail, or calls, gives where."""
        typed = self.cleaned_data
        if self._could_be_asked(typed.get("received_on")):
            del self.fields["outside"]
        typed["area"] = self._area_of(typed.get("area", "").strip())
        if typed.get("reached_by") == Person.ReachedBy.MAIL and not typed.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the address to mail to, or choose another way."))
        if typed.get("reached_by") == Person.ReachedBy.PHONE and not typed.get("phone"):
            self.add_error("phone", _("Write the number to call, or choose another way."))
        if not typed.get("what") and not typed.get("sheets") and "sheets" not in self.errors:
            self.add_error("what", _("Type over what they want, or add a scan of it."))
        if self.errors:
            return typed
        return {
            "resident": Person(**{name: typed[name] for name in CONTACT}, language="nl"),
            "words": {name: text for name, text in typed.items() if name in WORDS or name.startswith(FIELD)},
            "asked": typed["asked"],
            "came": Came(typed["came_by"], typed["received_on"], typed["yes"], typed["why_later"], typed["outside"]),
            "sheets": typed["sheets"],
            "key": typed["key"],
        }

    def _area_of(self, line: str) -> Area | None:
        """Which area they mean: of the scheme's own where it has them, else the neighbourhood."""
        if not line:
            return None
        found = Area.objects.meant_by(line)
        own = [each for each in self.scheme.edition.areas.all() if any(each.contains(area) for area in found)]
        near = own or [area for area in found if area.kind == Area.Kind.NEIGHBOURHOOD] or found
        if len(near) == 1:
            return near[0]
        choices = "; ".join(area.in_words for area in near[:A_FEW])
        sentence = _("There are more that are called %(line)s. Write the one you mean: %(choices)s.")
        self.add_error(
            "area", (sentence if near else _("We don't know %(line)s.")) % {"line": line, "choices": choices}
        )
        return None

    def _could_be_asked(self, day: date | None) -> bool:
        """Whether the tick that it couldn't isn't needed: also while we don't know yet."""
        return day is None or edition_on(self.scheme, day).is_open_on(day)

    def run(self, action: Callable[..., Any], *args: Any, **extra: Any) -> bool:
        """A browser sends a file once: when nothing is done with it, it is asked again."""
        is_done = super().run(action, *args, **extra)
        if not is_done and self.files and "sheets" not in self.errors:
            self.add_error("sheets", _("Choose the scan once more. Nothing has been taken in yet."))
        return is_done
