"""What somebody types about their own desk."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import Desk
from grants.models.desk import ANSWERERS, colleagues_of
from web.days import DayField
from web.forms import Form, Why
from web.models import Person, Seat


class DeskForm(Form):
    why: ClassVar[dict[str, Why]] = {
        "morning_mail": "voluntary",
        "away_until": "voluntary",
        "replaced_by": "voluntary",
    }

    morning_mail = forms.BooleanField(label=_("Mail me on working days what there is to do"), required=False)
    away_until = DayField(
        label=_("Are you away? Until and with which day?"),
        help_text=_("Leave this empty when you are here. Write it like 31-12-2026."),
        required=False,
    )
    replaced_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who takes over?"), required=False, empty_label=_("Nobody: I am here")
    )

    def __init__(self, *args: Any, desk: Desk, **extra: Any) -> None:
        kept = {name: getattr(desk, name) for name in self.base_fields}
        super().__init__(*args, initial=kept, **extra)
        if not Seat.objects.of(desk.person, *ANSWERERS).exists():  # of a panel: the others advise anyhow
            del self.fields["away_until"], self.fields["replaced_by"]
            return
        self.fields["replaced_by"].queryset = colleagues_of(desk.person)  # type: ignore[attr-defined]  # its own kind
