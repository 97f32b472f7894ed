"""What is typed to give somebody a role, and to end it."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.desk import ANSWERERS
from web.amounts import AmountField
from web.clock import today
from web.days import DayField
from web.forms import Form, Why
from web.models import Person, Seat


class AppointForm(Form):
    """Who, which role, up to how much, and from when until when."""

    why: ClassVar[dict[str, Why]] = {
        "name": "decision",
        "email": "decision",
        "role": "decision",
        "mandate": "voluntary",
        "starts_on": "decision",
        "ends_on": "voluntary",
    }

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address at work"))
    role = forms.ChoiceField(label=_("Role"), choices=Seat.Role, widget=forms.RadioSelect)
    mandate = AmountField(
        label=_("Decides up to"),
        help_text=_("For officers and deciders. Empty: they decide nothing themselves."),
        required=False,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    starts_on = DayField(
        label=_("From"),
    )
    ends_on = DayField(
        label=_("Until"),
        help_text=_("Empty: until somebody ends it."),
        required=False,
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, initial={"starts_on": today()}, **extra)


class PersonField(forms.ModelChoiceField[Person]):
    def label_from_instance(self, person: Person) -> str:
        return str(person)


class EndForm(Form):
    """The last day, and who takes over what isn't done by then."""

    why: ClassVar[dict[str, Why]] = {"ends_on": "decision", "to": "decision"}

    ends_on = DayField(
        label=_("What is the last day?"),
    )

    to = PersonField(
        Person.objects.none(),
        label=_("Who takes over the work?"),
        help_text=_(
            "Until and with the last day it stays with who leaves; the day after it is theirs. With today as the last "
            "day, at once. What they may not touch, goes to nobody and stands so in the inbox."
        ),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague who takes over the work.")},
    )

    def __init__(self, *args: Any, seat: Seat, leaves_desk: bool, has_work: bool, **extra: Any) -> None:
        known = {"ends_on": seat.ends_on or today(), "to": seat.handover.to if hasattr(seat, "handover") else None}
        super().__init__(*args, initial=known, **extra)
        if not leaves_desk:
            del self.fields["to"]
            return
        here = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), funder=seat.funder, role__in=ANSWERERS)
        others = Person.objects.filter(pk__in=here.exclude(person=seat.person).values("person")).order_by("name", "pk")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]  # its own kind
        self.fields["to"].required = has_work
