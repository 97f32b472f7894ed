"""What is typed about a promise: what, by whom and by when; or why it can't be kept."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models.desk import ANSWERERS
from web.clock import add_weeks, today
from web.days import DayField
from web.forms import Form, Why
from web.models import Person, Seat


class OwnerField(forms.ModelChoiceField[Person]):
    def label_from_instance(self, person: Person) -> str:
        return str(person)


class PromiseForm(Form):
    """One thing that somebody of the fund does, and by which day."""

    why: ClassVar[dict[str, Why]] = dict.fromkeys(("what", "owner", "until"), "decision")

    what = forms.CharField(
        label=_("What do you promise?"),
        help_text=_("The residents read this. For instance: we ask the water board about the quay."),
        max_length=200,
        error_messages={"required": _("Write what you promise, in words the residents understand.")},
    )
    owner = OwnerField(Person.objects.none(), label=_("Who does it?"), empty_label=None, widget=forms.RadioSelect)
    until = DayField(
        label=_("By which day?"),
        help_text=_("Write it like 31-12-2026."),
    )

    def __init__(self, data: Any = None, *, funder: int, by: Person) -> None:
        super().__init__(data, initial={"until": add_weeks(today(), 1), "owner": by})
        seats = Seat.objects.today().filter(funder=funder, role__in=ANSWERERS)
        colleagues = Person.objects.filter(pk__in=seats.values("person")).order_by("name", "pk")
        self.fields["owner"].queryset = colleagues  # type: ignore[attr-defined]  # its own kind


class ExcuseForm(Form):
    """Why it can't be kept."""

    why: ClassVar[dict[str, Why]] = {"excuse": "decision"}

    excuse = forms.CharField(
        label=_("Can't it be kept? Say why, and what you do instead"),
        help_text=_("The residents get this in a letter."),
        max_length=300,
        error_messages={"required": _("Write why not. The residents get it in a letter.")},
    )
